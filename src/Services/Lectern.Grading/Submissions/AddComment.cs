using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Grades;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Adds a remark, with words or files or both, to a learner's work: a grader's to anybody's, a learner's to their own.</summary>
internal static class AddComment
{
    /// <param name="AtOnce">The learner reads it now, whether the grade is posted or not; else with the grade.</param>
    internal sealed record Request(string? Body, FileId[]? FileIds, bool AtOnce = false);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/submissions/{submissionId}/comments", Handle)
        .RequirePermission(GradingPermission.Comment);

    internal static async Task<Results<Created<CommentView>, NotFound, ProblemHttpResult>> Handle(
        SubmissionId submissionId, Request request, RouteScope scope, Actor actor, Access access, TenantDb db, SubmissionStore submissions,
        AssignmentStore assignments, CommentStore comments, StoredFiles files, CancellationToken ct)
    {
        var (body, fileIds) = (request.Body?.Trim() ?? string.Empty, request.FileIds?.Distinct().ToArray() ?? []);
        if (body.Length == 0 && fileIds.Length == 0)
            return new Refusal("body_required", "Write something first.", "body").ToProblem();
        if (body.Length > GradeChange.LongestComment)
            return new Refusal("too_long", $"A comment can have at most {GradeChange.LongestComment} characters.", "body").ToProblem();
        if (fileIds.Length > WorkForm.MostFiles)
            return new Refusal("too_many_files", $"At most {WorkForm.MostFiles} files.", "file_ids").ToProblem();
        if (await submissions.Find(submissionId, ct) is not { } about) return TypedResults.NotFound();
        if (about.UserId != actor.UserId && !await access.May(GradingPermission.ReadSubmissions, scope.Scope, ct))
            return TypedResults.NotFound();
        var attached = await files.Find(fileIds, ct, StartUpload.PurposeOf(about.AssignmentId), actor.UserId);
        if (attached.Count < fileIds.Length)
            return new Refusal("unknown_file", "Some of these files are not stored, or not yours.", "file_ids").ToProblem();

        await db.Begin(ct);
        var course = new CourseId(scope.Id("course"));
        // Nobody's grade hangs on what a learner says of their own work, so those who made it with them read it now.
        var atOnce = request.AtOnce || about.UserId == actor.UserId;
        var added = await comments.Add(course, about, body, fileIds, atOnce, ct);
        // Where a group is graded as one, what is said of its work is said to all who made it.
        if (await assignments.Find(about.AssignmentId, ct) is { GradeIndividually: false })
        {
            foreach (var theirs in await submissions.MadeWith(about, ct))
                await comments.Add(course, theirs, body, fileIds, atOnce, ct);
        }

        return TypedResults.Created($"/api/v1/submissions/{submissionId.Value}", CommentView.Of(added, attached, added.Waits));
    }
}
