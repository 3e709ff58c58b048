using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.MissingWork;

/// <summary>Counts the work that scoring by the dates would call missing now, and the work that it has.</summary>
internal static class ListMissingWork
{
    /// <param name="Items">Work that has gone missing and that nobody has said anything of, by assignment.</param>
    /// <param name="Scored">How much work has the score of missing work by the rules.</param>
    internal sealed record Response(IReadOnlyList<Item> Items, int Scored);

    /// <param name="PostsManually">Learners see nothing of it until somebody posts.</param>
    internal sealed record Item(AssignmentId AssignmentId, string Title, bool PostsManually, int Learners);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/missing-work", Handle)
        .RequirePermission(GradingPermission.ManagePolicy);

    internal static async Task<Ok<Response>> Handle(
        CourseId courseId, TenantDb db, GradebookStore gradebooks, MissingStore missing, CancellationToken ct)
    {
        if (await gradebooks.Structure(courseId, ct) is not { } course) return TypedResults.Ok(new Response([], 0));
        var open = (await missing.Count(courseId, ct)).Where(work => !IsClosed(course, work.DueAt, db.Now));
        return TypedResults.Ok(new Response(
            [.. open.GroupBy(work => work.AssignmentId).Select(of =>
                new Item(of.Key, of.First().Title, of.First().PostsManually, of.Sum(work => work.Learners)))],
            await missing.CountMarked(courseId, ct)));
    }

    private static bool IsClosed(CourseStructure course, DateTimeOffset dueAt, DateTimeOffset now) =>
        course.Policy.PeriodOf(dueAt) is { } period
        && course.Head.Policy.Periods.First(one => one.PeriodId == period.PeriodId).IsClosed(now);
}
