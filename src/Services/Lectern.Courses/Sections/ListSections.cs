using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Sections;

/// <summary>Lists the sections taught in a course, its own first.</summary>
internal static class ListSections
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/sections", Handle).RequirePermission(CoursesPermission.ReadRoster).ReadsMayLag().CanWait();

    internal static async Task<Ok<Page<Section>>> Handle(CourseId courseId, SectionStore sections, CancellationToken ct) =>
        TypedResults.Ok(new Page<Section>(await sections.Of(courseId, ct), null));
}
