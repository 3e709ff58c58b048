using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.RegradeRequests;

/// <summary>Asks that one's own grade be looked at again, and says why among the remarks on the work.</summary>
internal static class CreateRegradeRequest
{
    internal sealed record Request(string? Reason);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/regrade-requests", Handle)
        .RequirePermission(GradingPermission.AskForRegrade);

    internal static async Task<Results<Created<RegradeRequest>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, Actor actor, TenantDb db, GradebookStore gradebooks,
        RegradeStore requests, CommentStore comments, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
            return new Refusal("body_required", "Say what should be looked at again.", "reason").ToProblem();
        if (request.Reason.Length > GradeChange.LongestComment)
            return new Refusal("too_long", $"A reason can have at most {GradeChange.LongestComment} characters.", "reason").ToProblem();
        var course = new CourseId(scope.Id("course"));
        var read = await gradebooks.Read(course, [actor.Person], ct);
        if (read.Course?.Find(assignmentId) is not { IsPublished: true } || !read.Learners.TryGetValue(actor.Person, out var learner))
            return TypedResults.NotFound();
        if (learner.GradeOn(assignmentId) is not { PostedAt: not null, Score: { } score })
            return new Refusal("nothing_to_regrade", "There is no score here yet that could be looked at again.").ToProblem();

        await db.Begin(ct);
        if (await requests.Add(course, assignmentId, score, ct) is not { } added)
            return new Refusal("regrade_open", "You have asked already, and nobody has answered yet.").ToProblem();
        var about = learner.LatestOn(assignmentId)?.SubmissionId;
        comments.AddAtCommit(course, [new(assignmentId, actor.Person, about, request.Reason.Trim(), AtOnce: true, Waits: false)]);
        db.Raise(new RegradeRequested(assignmentId, course, actor.Person));
        return TypedResults.Created($"/api/v1/regrade-requests/{added.RegradeRequestId.Value}", added);
    }
}
