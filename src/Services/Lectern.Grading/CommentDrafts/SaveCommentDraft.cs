using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Grades;
using Lectern.Grading.GradingClaims;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.CommentDrafts;

/// <summary>Keeps what a grader is writing of a learner's work, and the work the grader's for as long as they write.</summary>
internal static class SaveCommentDraft
{
    internal sealed record Request(string? Body, int? Version);

    internal sealed record Response(int Version, DateTimeOffset SavedAt);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/comment-drafts/{learnerId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades).Critical();

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, Request request, RouteScope scope, TenantDb db, CommentDraftStore drafts,
        ClaimStore claims, AnonymityStore anonymity, CancellationToken ct)
    {
        if (request.Body?.Length > GradeChange.LongestComment)
            return new Refusal("too_long", $"A comment can have at most {GradeChange.LongestComment} characters.", "body").ToProblem();
        if (request.Version is not { } seen)
            return new Refusal("version_required", "Say which version of the draft you saw; 0 when there was none.", "version").ToProblem();
        if (await anonymity.Learner(assignmentId, learnerId, ct) is not { } learner) return TypedResults.NotFound();
        await claims.Renew(new CourseId(scope.Id("course")), assignmentId, [learner], ct);
        if (await drafts.Keep(assignmentId, learner, request.Body ?? string.Empty, seen, ct) is not { } version)
            return Problems.Conflict(
                "This draft was saved from another window.", await drafts.Find(assignmentId, learner, ct), request);
        return TypedResults.Ok(new Response(version, db.Now));
    }
}
