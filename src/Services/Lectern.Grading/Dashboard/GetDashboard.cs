using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Dashboard;

/// <summary>Shows what a person has to do: work due, feedback, work to grade, courses; the same for learners they observe.</summary>
internal static class GetDashboard
{
    internal sealed record Response(
        IReadOnlyList<DueWork> Due, IReadOnlyList<Feedback> Feedback, IReadOnlyList<ToGrade> ToGrade, IReadOnlyList<CourseCard> Courses,
        IReadOnlyList<ObservedLearner> Observed);

    /// <param name="Closed">It can no longer be handed in.</param>
    /// <param name="Reviews">How many reviews of others' work are to be written; null: one's own work is to be handed in.</param>
    internal sealed record DueWork(
        DueBucket Bucket, AssignmentId AssignmentId, CourseId CourseId, string Title, DateTimeOffset? DueAt, decimal PointsPossible,
        SubmissionType[] SubmissionTypes, bool Optional, bool Closed, int? Reviews);

    /// <summary>A posted grade, with the latest remark of somebody else.</summary>
    internal sealed record Feedback(
        AssignmentId AssignmentId, CourseId CourseId, string Title, decimal PointsPossible, decimal? Score, Calculation.WorkStatus Status,
        DateTimeOffset At, DateTimeOffset PostedAt, string? Comment);

    /// <param name="CurrentPercent">What the learner sees; null for those who teach and where nothing is posted.</param>
    internal sealed record CourseCard(
        CourseId CourseId, string Code, string Title, string Status, string? Color, string[] Roles, DateTimeOffset? OpensAt,
        DateTimeOffset? ClosesAt,
        decimal? CurrentPercent, string? CurrentLetter);

    internal sealed record ObservedLearner(
        UserId UserId, string Name, IReadOnlyList<DueWork> Due, IReadOnlyList<Feedback> Feedback, IReadOnlyList<CourseCard> Courses);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/dashboard", Handle).RequirePermission(PlatformPermission.SignedIn).ReadsMayLag();

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Actor actor, TenantDb db, DashboardReader reader, CancellationToken ct)
    {
        if (actor.UserId is not { } person) return Problems.Forbidden("A dashboard is a person's own.");
        var facts = await reader.Read(person, [.. actor.Observed], ct);
        return TypedResults.Ok(new Response(
            DueOf(facts, person, db.Now), FeedbackOf(facts, person), facts.ToGrade, CoursesOf(facts, person),
            [.. facts.Observed.Select(
                who => new ObservedLearner(
                    who.UserId, who.Name, DueOf(facts, who.UserId, db.Now), FeedbackOf(facts, who.UserId),
                    LearntBy(facts, who.UserId)))]));
    }

    private static List<DueWork> DueOf(DashboardFacts facts, UserId learner, DateTimeOffset now) =>
        [.. facts.Due.Where(work => work.UserId == learner && !work.IsGraded).Select(work => Work(work, now)).OfType<DueWork>()
            .Concat(facts.Reviews.Where(asked => asked.UserId == learner).Select(asked => Reviews(asked, now)))
            .OrderBy(work => work.DueAt ?? DateTimeOffset.MaxValue).ThenBy(work => work.AssignmentId.Value)];

    private static DueWork? Work(DueFact work, DateTimeOffset now) => DueBuckets.Of(work, now) is { } bucket
        ? new DueWork(
            bucket, work.AssignmentId, work.CourseId, work.Title, work.Due, work.PointsPossible, work.SubmissionTypes, work.Optional,
            now > work.LocksAt, null)
        : null;

    private static DueWork Reviews(ReviewsFact asked, DateTimeOffset now) => new(
        asked.DueAt < now ? DueBucket.Missing : DueBuckets.Before(asked.DueAt, now), asked.AssignmentId, asked.CourseId, asked.Title,
        asked.DueAt, asked.PointsPossible, asked.SubmissionTypes, false, false, asked.Count);

    private static List<Feedback> FeedbackOf(DashboardFacts facts, UserId learner) =>
        [.. facts.Feedback.Where(given => given.UserId == learner).Select(given => new Feedback(
            given.AssignmentId, given.CourseId, given.Title, given.PointsPossible, given.Score, given.Status, given.At, given.PostedAt,
            given.Comment))];

    private static List<CourseCard> CoursesOf(DashboardFacts facts, UserId person) =>
        [.. facts.Courses.Where(course => course.UserId == person).Select(Card)];

    // Of a learner one observes only what is learnt is shown, not what that person may teach.
    private static List<CourseCard> LearntBy(DashboardFacts facts, UserId learner) =>
        [.. facts.Courses.Where(course => course.UserId == learner && course.Learns).Select(Card)];

    private static CourseCard Card(CourseFact course) => new(
        course.CourseId, course.Code, course.Title, course.Status, course.Color, course.Roles, course.OpensAt, course.ClosesAt,
        course.Current is { } current ? Scaled.ToDecimal(current) : null, string.IsNullOrEmpty(course.Letter) ? null : course.Letter);
}

/// <summary>How soon something is to be done.</summary>
internal enum DueBucket { Missing, Now, Next, Later }

/// <summary>
/// Sorts work by how soon it is due: two days, a week, later or at no time. Past its date it is missing, and never drops out of the list.
/// </summary>
internal static class DueBuckets
{
    public static DueBucket? Of(DueFact work, DateTimeOffset now)
    {
        var flags = (CellFlags)work.Flags;
        if (flags.HasFlag(CellFlags.Missing)) return DueBucket.Missing;
        // Work that is not handed in here is shown until its date, and cannot be missing by itself; nor can what is optional.
        if (work.Due < now) return work.HandedInOnline && !work.Optional && !flags.HasFlag(CellFlags.Extended) ? DueBucket.Missing : null;
        if (work.Due is not { } due) return work.HandedInOnline ? DueBucket.Later : null;
        return Before(due, now);
    }

    public static DueBucket Before(DateTimeOffset due, DateTimeOffset now) =>
        due <= now.AddDays(2) ? DueBucket.Now : due <= now.AddDays(7) ? DueBucket.Next : DueBucket.Later;
}
