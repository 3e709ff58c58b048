using Lectern.Grading.Gradebook;
using Lectern.Platform.Jobs;

namespace Lectern.Grading.Postings;

/// <summary>Shows everybody their grades at the instant that was set, unless another has been set since, or none.</summary>
internal sealed class PostOnScheduleHandler(GradebookStore gradebooks, Poster poster) : IJobHandler<PostOnSchedule>
{
    public async Task<object?> Run(PostOnSchedule job, JobProgress progress, CancellationToken ct)
    {
        var course = await gradebooks.Structure(job.CourseId, ct);
        if (course?.Find(job.AssignmentId) is not { PostsManually: true } assignment || assignment.PostsAt != job.At) return null;
        return new { changed = (await poster.Begin(assignment, new(PostingKind.Post, false, []), ct)).Changed };
    }
}
