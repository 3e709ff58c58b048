using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Reads an attempt and has it remembered; comparing it comes after that is committed.</summary>
internal sealed class ReadForSimilarityHandler(SimilarityDesk desk, SimilarityStore checks, WorkTextReader reader,
    ISimilarityProvider provider, TenantDb db) : IJobHandler<ReadForSimilarity>
{
    public async Task<object?> Run(ReadForSimilarity job, JobProgress progress, CancellationToken ct)
    {
        if (await desk.Open(job.SubmissionId, ct) is not { } open) return null;
        var text = await reader.Read(open.Work, ct);
        await checks.Hold([job.SubmissionId], ct);
        var leftOut = NotCounted.In(text.Text, $"{open.Description}\n\n{open.Policy.Template}", open.Policy.WithoutQuotations);
        var compared = new ComparedText(text.Text, leftOut);
        await checks.KeepText(open.Work, text, compared, leftOut, ct);
        await provider.Keep(open.Compared(text.Text, leftOut), ct);
        db.Enqueue(new CompareWork(job.SubmissionId), CompareWork.Options);
        return null;
    }
}

/// <summary>
/// Compares an attempt with other work. What they share is written down on both sides, unless the other side is to be compared with its own
/// assignment only.
/// </summary>
internal sealed class CompareWorkHandler(
    SimilarityDesk desk, SimilarityStore checks, SimilarityPolicyStore policies, SimilarityTally tally, ISimilarityProvider provider)
    : IJobHandler<CompareWork>
{
    public async Task<object?> Run(CompareWork job, JobProgress progress, CancellationToken ct)
    {
        if (await desk.Open(job.SubmissionId, ct) is not { Check: var check } open) return null;
        var sources = await provider.Compare(open.Compared(check.Body, Ranges.Of(check.LeftOut)), ct);
        var before = (await checks.Matches([job.SubmissionId], ct)).Select(match => match.OtherSubmissionId);
        var concerned = sources.Select(source => source.Work).Concat(before).OfType<SubmissionId>().Append(job.SubmissionId)
            .Distinct().OrderBy(id => id.Value).ToList();
        await checks.Hold(concerned, ct);

        var held = await checks.Find(concerned, ct);
        var texts = held.ToDictionary(text => text.SubmissionId, text => text.Compared());
        var far = await policies.FarReaching(held.Select(text => text.AssignmentId), ct);
        var told = held.Where(text => text.AssignmentId == check.AssignmentId || far.Contains(text.AssignmentId))
            .Select(text => text.SubmissionId).ToHashSet();
        await checks.Forget(job.SubmissionId, ct);
        await checks.Add([.. sources.SelectMany(source => Sides(job.SubmissionId, source, texts))
            .Where(side => told.Contains(side.SubmissionId))], ct);
        await tally.Count(texts, job.SubmissionId, ct);
        return new { sources = sources.Count };
    }

    private static IEnumerable<SimilarityMatch> Sides(
        SubmissionId own, SimilarSource source, Dictionary<SubmissionId, ComparedText> texts)
    {
        if (!texts.TryGetValue(own, out var mine)) yield break;
        var name = source.Work is { } work ? SimilarityStore.SourceOf(work) : source.Address ?? source.Title ?? "source";
        yield return new SimilarityMatch(
            own, name, source.Work, source.Title, source.Address,
            Ranges.WordsIn(mine, source.Passages.Select(passage => passage.Here)), Ranges.Flat(source.Passages));
        if (source.Work is not { } other || !texts.TryGetValue(other, out var theirs)) yield break;
        yield return new SimilarityMatch(
            other, SimilarityStore.SourceOf(own), own, null, null,
            Ranges.WordsIn(theirs, source.Passages.Select(passage => passage.There)),
            Ranges.Flat(source.Passages.OrderBy(passage => passage.There.Start)
                .Select(passage => new SharedPassage(passage.There, passage.Here))));
    }
}

/// <summary>Asks for all attempts of an assignment, a step at a time.</summary>
internal sealed class CompareAssignmentHandler(SimilarityStore checks, SimilarityPolicyStore policies, TenantDb db)
    : IJobHandler<CompareAssignment>
{
    private const int AtOnce = 500;

    public async Task<object?> Run(CompareAssignment job, JobProgress progress, CancellationToken ct)
    {
        if (!(await policies.Of(job.AssignmentId, ct)).Enabled) return null;
        var some = await checks.SubmissionsOf(job.AssignmentId, job.After, AtOnce, ct);
        if (some.Count == 0) return null;
        await checks.Ask(some, ct);
        if (some.Count == AtOnce) db.Enqueue(job with { After = some[^1] }, CompareAssignment.Options);
        return new { asked = some.Count };
    }
}
