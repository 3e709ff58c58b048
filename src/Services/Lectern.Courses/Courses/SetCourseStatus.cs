using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Courses;

/// <summary>Publishes a course, concludes it, or takes such a step back.</summary>
internal static class SetCourseStatus
{
    internal sealed record Request(string? Status, int? Version);

    internal sealed record Response(CourseId CourseId, CourseStatus Status, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt, int Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}/status", Handle).RequirePermission(CoursesPermission.ManageCourse);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CourseId courseId, Request request, CourseStore courses, TenantDb db, HttpContext context, CancellationToken ct)
    {
        if (!Words.TryRead<CourseStatus>(request.Status, out var wanted) || wanted is not { } next)
            return new Refusal("status_unknown", "A course is draft, published or concluded.", "status").ToProblem();
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Required.ToProblem();
        if (await courses.Find(courseId, ct) is not { } course) return Problems.NotFound();
        if (course.Version != seen) return Conflict(course, request);
        if (course.Status == next) return TypedResults.Ok(Answer(course));
        if (course.Refuses(next, db.Now) is { } refusal) return refusal.ToProblem();

        if (!await courses.SetStatus(courseId, next, seen, ct)) return Conflict((await courses.Find(courseId, ct))!, request);
        db.Raise(new CourseStatusChanged(courseId, request.Status!));
        db.Audit(CoursesAudit.CourseStatusChanged, CourseStore.ScopeOf(courseId).Key, new { from = course.Status, to = next });
        return TypedResults.Ok(Answer((await courses.Find(courseId, ct))!));
    }

    private static Response Answer(Course course) => new(course.CourseId, course.Status, course.OpensAt, course.ClosesAt, course.Version);

    private static ProblemHttpResult Conflict(Course current, Request yours) =>
        Problems.Conflict("Somebody changed this course since you opened it.", Answer(current), yours);
}
