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

namespace Lectern.Grading.RevisionRequests;

/// <summary>Gives a learner's or a group's latest attempt back with a note: they may hand in once more.</summary>
internal static class RequestRevision
{
    private const int LongestNote = 5000;

    internal sealed record Request(UserId UserId, string? Note);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/revision-requests", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Created<Revision>, Ok<Revision>, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, Actor actor, TenantDb db, SubmissionStore submissions,
        RevisionStore revisions, AnonymityStore anonymity, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Note))
            return new Refusal("note_required", "Say what is to be revised.", "note").ToProblem();
        if (request.Note.Length > LongestNote)
            return new Refusal("too_long", $"A note can have at most {LongestNote:N0} characters.", "note").ToProblem();
        var course = new CourseId(scope.Id("course"));
        if (await anonymity.Learner(assignmentId, request.UserId, ct) is not { } learner
            || await submissions.Latest(course, assignmentId, learner, ct) is not { } latest)
            return new Refusal("nothing_to_return", "This learner has handed in nothing here.", "user_id").ToProblem();
        var revision = new Revision(latest.Attempt, request.Note.Trim(), db.Now);
        if (!await revisions.Ask(course, assignmentId, learner, revision, ct))
            return TypedResults.Ok((await revisions.Newest(assignmentId, learner, ct))!);
        // What a group made together goes back to all who made it.
        var makers = await submissions.MadeWith(latest, ct);
        foreach (var theirs in makers)
            await revisions.Ask(course, assignmentId, theirs.UserId, revision with { Attempt = theirs.Attempt }, ct);
        db.Audit(GradingAudit.RevisionRequested, $"submission:{latest.SubmissionId.Value}", new { revision.Note });
        if (actor.UserId is { } grader) db.RaiseAll([.. makers.Append(latest).Select(one =>
            new FeedbackGiven(assignmentId, course, one.UserId, grader))]);
        return TypedResults.Created($"/api/v1/submissions/{latest.SubmissionId.Value}", revision);
    }
}
