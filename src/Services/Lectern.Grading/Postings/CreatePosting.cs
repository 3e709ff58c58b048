using Lectern.Platform.Access;
using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Postings;

/// <summary>Shows learners their grades on an assignment or hides them; in a large course a job goes on with it.</summary>
internal static class CreatePosting
{
    /// <param name="OnlyGraded">Leaves out whoever is not graded yet; else they see their grade as soon as it is entered.</param>
    /// <param name="SectionIds">Only learners of these sections; everybody when left out.</param>
    /// <param name="LiftAnonymity">Where names are hidden, posting shows them to graders; whoever posts says that they know.</param>
    internal sealed record Request(PostingKind? Kind, bool OnlyGraded, SectionId[]? SectionIds, bool LiftAnonymity = false);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/postings", Handle)
        .RequirePermission(GradingPermission.PostGrades);

    internal static async Task<Results<Created<PostingView>, Accepted<PostingView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, Access access, TenantDb db, AssignmentStore assignments,
        PostingStore postings, Poster poster, CancellationToken ct)
    {
        if (request.Kind is not { } kind) return new Refusal("kind_required", "Say 'post' or 'hide'.", "kind").ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } found) return TypedResults.NotFound();
        if (found.Anonymous && kind is PostingKind.Post)
        {
            if (!await access.May(GradingPermission.LiftAnonymity, scope.Scope, ct))
                return Problems.Forbidden("Posting would show whose work was graded, and you may not lift anonymity.");
            if (!request.LiftAnonymity) return Lifts.ToProblem();
        }

        var sections = (request.SectionIds ?? []).Distinct().ToArray();
        if (!await postings.AllHaveLearners(found.CourseId, sections, ct))
            return new Refusal("unknown_section", "Name sections of this course that have learners.", "section_ids").ToProblem();

        var step = await poster.Begin(found.Assignment, new PostingAudience(kind, request.OnlyGraded, sections), ct);
        var posting = step.Posting;
        if (step.Changed == 0 && posting.PolicyAfter == posting.PolicyBefore) return NothingToDo(kind).ToProblem();
        var place = $"/api/v1/assignments/{assignmentId.Value}/postings";
        return step.Next is null
            ? TypedResults.Created(place, PostingView.Of(step, db.Now))
            : TypedResults.Accepted(place, PostingView.Of(step, db.Now));
    }

    private static Refusal Lifts => new(
        "posting_lifts_anonymity", "Posting ends anonymous grading: graders see from then on whose work it is. Say that you want that.",
        "lift_anonymity");

    private static Refusal NothingToDo(PostingKind kind) => new("nothing_to_post", kind is PostingKind.Post
        ? "There is no grade here that these learners do not see already."
        : "There is no grade here that these learners see.");
}

/// <summary>A posting as it is sent.</summary>
/// <param name="Grades">How many grades it has changed so far.</param>
/// <param name="NoticesAt">Until then it can be undone; then learners are told.</param>
/// <param name="CanUndo">By the server's clock, which may not be the reader's.</param>
/// <param name="FinishedAt">Null while a job goes on with it.</param>
/// <param name="JobId">The job that goes on with it, in the answer to whoever asked.</param>
internal sealed record PostingView(
    PostingId PostingId, AssignmentId AssignmentId, PostingKind Kind, bool OnlyGraded, SectionId[] SectionIds, PostingActor Actor,
    DateTimeOffset At, int Grades, DateTimeOffset NoticesAt, DateTimeOffset? FinishedAt, DateTimeOffset? UndoneAt, bool CanUndo,
    int Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? JobId = null)
{
    public static PostingView Of(Posting posting, DateTimeOffset now) => new(
        posting.PostingId, posting.AssignmentId, posting.Kind, posting.OnlyGraded, posting.SectionIds,
        new PostingActor(posting.ActorId, posting.ActorName), posting.At, posting.Grades, posting.NoticesAt, posting.FinishedAt,
        posting.UndoneAt, posting.RefusesUndo(now) is null, posting.Version);

    public static PostingView Of(PostingStep step, DateTimeOffset now) =>
        Of(step.Posting, now) with { JobId = step.Next?.Value, Version = step.Posting.Version + 1 };
}

internal sealed record PostingActor(Lectern.Platform.Tenancy.UserId? UserId, string? Name);
