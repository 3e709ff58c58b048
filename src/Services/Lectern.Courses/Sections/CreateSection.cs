using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Sections;

/// <summary>Adds a section to a course.</summary>
internal static class CreateSection
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/sections", Handle).RequirePermission(CoursesPermission.ManageSections);

    internal static async Task<Results<Created<Section>, ProblemHttpResult>> Handle(
        CourseId courseId, SectionForm request, SectionStore sections, CourseStore courses, TenantDb db, CancellationToken ct)
    {
        if (await courses.Find(courseId, ct) is null) return Problems.NotFound();
        if (request.Refuses() is { } refusal) return refusal.ToProblem();
        var section = await sections.Insert(courseId, request, ct);
        db.Audit(CoursesAudit.SectionCreated, CourseStore.ScopeOf(courseId).Key, new { section_id = section, request.Name });
        return TypedResults.Created($"/api/v1/courses/{courseId.Value}/sections/{section.Value}", (await sections.Find(section, ct))!);
    }
}
