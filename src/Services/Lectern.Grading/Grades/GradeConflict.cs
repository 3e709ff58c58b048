using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Calculation;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.Grades;

/// <summary>Another grader was faster: what stands, who set it and when, and what was to be set.</summary>
/// <param name="Index">Which of the changes asked for, from 0.</param>
internal sealed record GradeConflict(
    int Index, AssignmentId AssignmentId, UserId UserId, GradeConflict.Standing Current, GradeConflict.Wanted Yours)
{
    /// <summary>The conflicts among changes, with the names of who was faster.</summary>
    public static async Task<List<GradeConflict>> Of(IReadOnlyList<JudgedChange> judged, GradeStore grades, CancellationToken ct)
    {
        var conflicting = judged.Index().Where(one => one.Item.Verdict is Verdict.Conflicting).ToList();
        var names = await grades.NamesOf(conflicting.Select(one => one.Item.Current.GraderId), ct);
        return conflicting.ConvertAll(one => new GradeConflict(
            one.Index, one.Item.Asked.AssignmentId, one.Item.Asked.UserId, Standing.Of(one.Item.Current, names),
            new Wanted(one.Item.Change.Score, one.Item.Change.Status, one.Item.Change.Restore, one.Item.Change.Version)));
    }

    public GradeConflict Under(IReadOnlyDictionary<AssignmentId, Pseudonyms> hidden) =>
        hidden.TryGetValue(AssignmentId, out var pseudonyms) ? this with { UserId = pseudonyms.Of(UserId) } : this;

    public ProblemHttpResult ToProblem() =>
        Problems.Conflict("Somebody changed this grade after you read it. Nothing was overwritten.", Current, Yours);

    public static ProblemHttpResult ToProblem(List<GradeConflict> conflicts) => Problems.Of(
        StatusCodes.Status409Conflict, "conflict",
        $"Somebody changed {conflicts.Count} of these grades after you read them. Nothing was changed.", null, ("conflicts", conflicts));

    internal sealed record Wanted(decimal? Score, WorkStatus? Status, int? Restore, int? Version);

    internal sealed record Grader(UserId? UserId, string? Name);

    internal sealed record Standing(
        GradeId? GradeId, decimal? Score, decimal? EnteredScore, WorkStatus Status, int Version, Grader GradedBy, DateTimeOffset? GradedAt)
    {
        public static Standing Of(Grade grade, IReadOnlyDictionary<UserId, string> names) => new(
            grade.IsRecorded ? grade.GradeId : null, grade.Score, grade.EnteredScore, grade.Status, grade.Version,
            new Grader(grade.GraderId, grade.GraderId is { } grader ? names.GetValueOrDefault(grader) : null),
            grade.IsRecorded ? grade.GradedAt : null);
    }
}
