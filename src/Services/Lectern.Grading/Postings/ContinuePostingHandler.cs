using Lectern.Platform.Jobs;

namespace Lectern.Grading.Postings;

/// <summary>Goes on with a posting in a large course. One that was undone meanwhile stops; its undo goes on instead.</summary>
internal sealed class ContinuePostingHandler(PostingStore postings, Poster poster) : IJobHandler<ContinuePosting>
{
    public async Task<object?> Run(ContinuePosting job, JobProgress progress, CancellationToken ct)
    {
        if (await postings.Hold(job.PostingId, ct) is not { } posting || job.Undo != posting.UndoneAt is not null) return null;
        return new
        {
            changed = job.Sweep ? await poster.Sweep(posting, job.After, ct) : (await poster.Step(posting, job.After, ct)).Changed,
        };
    }
}
