using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Courses;

/// <summary>Shows a course, with what the person asking is there and may do there.</summary>
internal static class GetCourse
{
    internal sealed record Response(Course Course, IReadOnlyList<Role> Roles, IReadOnlyList<string> Permissions);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}", Handle).RequirePermission(CoursesPermission.ReadCourse);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CourseId courseId, CourseStore courses, Access access, HttpContext context, CancellationToken ct)
    {
        if (await courses.Find(courseId, ct) is not { } course) return Problems.NotFound();
        context.Response.Headers.ETag = Etag.Of(course.Version);
        var may = new List<string>();
        foreach (var permission in PermissionCatalogue.All)
            if (await access.May(permission, CourseStore.ScopeOf(courseId), ct)) may.Add(permission.Name);
        may.Sort(StringComparer.Ordinal);
        return TypedResults.Ok(new Response(course, courses.MyRoles(courseId), may));
    }
}
