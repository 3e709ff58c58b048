using Lectern.Contracts.Courses;
using Lectern.Courses.Terms;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Courses;

/// <summary>Changes what a course is called, when it runs and how it looks. Learners' access follows its dates at once.</summary>
internal static class UpdateCourse
{
    internal sealed record Request(
        string? Code, string? Title, string? Description, TermId? TermId, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
        string? TimeZone, string? Color, decimal? Credits,
        int? Version)
    {
        internal CourseForm Form => new(Code, Title, Description, TermId, StartsAt, EndsAt, TimeZone, Color, Credits);
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}", Handle).RequirePermission(CoursesPermission.ManageCourse);

    internal static async Task<Results<Ok<Course>, ProblemHttpResult>> Handle(
        CourseId courseId, Request request, CourseStore courses, TermStore terms, TenantDb db, HttpContext context, CancellationToken ct)
    {
        var form = request.Form;
        if (form.Refuses() is { } refusal) return refusal.ToProblem();
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Required.ToProblem();
        if (form.TermId is { } term && await terms.Find(term, ct) is null) return TermStore.Unknown.ToProblem();
        if (!await courses.Update(courseId, form, seen, ct))
            return await courses.Find(courseId, ct) is { } current
                ? Problems.Conflict("Somebody changed this course since you opened it.", current, request)
                : Problems.NotFound();
        db.Audit(CoursesAudit.CourseChanged, CourseStore.ScopeOf(courseId).Key, form);
        var saved = (await courses.Find(courseId, ct))!;
        context.Response.Headers.ETag = Etag.Of(saved.Version);
        return TypedResults.Ok(saved);
    }
}
