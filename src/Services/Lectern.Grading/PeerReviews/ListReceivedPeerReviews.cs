using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Grading.PeerScores;
using Lectern.Grading.RubricAssessments;
using Lectern.Grading.Rubrics;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Lists what others said of a learner's own work, once the plan shows it.</summary>
internal static class ListReceivedPeerReviews
{
    /// <param name="ReviewerName">A pseudonym where reviewers are hidden; null for what the learner wrote of their own work.</param>
    internal sealed record Item(
        PeerReviewId PeerReviewId, PeerKind Kind, string? ReviewerName, AssessmentView? Assessment, string Comment,
        DateTimeOffset HandedInAt);

    /// <param name="Waits">What is waited for; null when everything is shown.</param>
    /// <param name="Owed">Reviews the learner has to hand in first.</param>
    /// <param name="TakenOver">The learner's posted score was taken over from reviews like these.</param>
    internal sealed record Response(
        FeedbackWaits? Waits, DateTimeOffset ReviewsDueAt, int Owed, bool TakenOver, IReadOnlyList<Item> Items);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/peer-reviews/received", Handle)
        .RequirePermission(GradingPermission.ReadOwnSubmissions);

    internal static async Task<Results<Ok<Response>, NotFound>> Handle(
        AssignmentId assignmentId, RouteScope scope, Actor actor, TenantDb db, GradebookStore gradebooks, PeerPlanStore plans,
        PeerReviewStore reviews, PeerScoreStore scores, AssessmentReader assessments, CancellationToken ct)
    {
        var course = new CourseId(scope.Id("course"));
        if (await plans.Find(assignmentId, ct) is not { } plan) return TypedResults.NotFound();
        var read = await gradebooks.Read(course, [actor.Person], ct);
        if (read.Course?.Find(assignmentId) is not { IsPublished: true } || !read.Learners.TryGetValue(actor.Person, out var learner))
            return TypedResults.NotFound();
        var owed = plan.ReviewsFirst ? await reviews.Owed(assignmentId, actor.Person, ct) : 0;
        var posted = learner.GradeOn(assignmentId).PostedAt is not null;
        FeedbackWaits? waits = plan.Feedback switch
        {
            PeerFeedback.WhenDue when db.Now <= plan.ReviewsDueAt => FeedbackWaits.Due,
            PeerFeedback.WhenPosted when !posted => FeedbackWaits.Posting,
            _ => owed > 0 ? FeedbackWaits.OwnReviews : null,
        };
        if (waits is not null) return TypedResults.Ok(new Response(waits, plan.ReviewsDueAt, owed, false, []));
        var grade = learner.GradeOn(assignmentId);
        var taken = posted && (await scores.Origins(course, actor.Person, ct)).Exists(
            one => one.AssignmentId == assignmentId && one.Score == grade.EnteredScore && one.MadeVersion <= grade.Version);
        var (names, items) = (plan.Reviewers, new List<Item>());
        foreach (var one in await reviews.Received(course, assignmentId, actor.Person, ct))
            items.Add(new(
                one.PeerReviewId, one.Kind,
                one.Kind is PeerKind.Self ? null : plan.HidesReviewers ? names.NameOf(one.ReviewerId) : one.ReviewerName,
                await assessments.AsMade(one.Assessment, ct), one.Comment, one.HandedInAt!.Value));
        return TypedResults.Ok(new Response(null, plan.ReviewsDueAt, owed, taken, items));
    }
}

/// <summary>What reviews of one's work wait for.</summary>
internal enum FeedbackWaits { Due, Posting, OwnReviews }
