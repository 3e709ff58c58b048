using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Sections;

/// <summary>Teaches a section in another course, or brings it home again. Its people and what they may do go with it.</summary>
internal static class CrossListSection
{
    /// <summary>No course brings the section home.</summary>
    internal sealed record Request(CourseId? CourseId, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/sections/{sectionId}/cross-listing", Handle).RequirePermission(CoursesPermission.CrossList);

    internal static async Task<Results<Ok<Section>, ProblemHttpResult>> Handle(
        SectionId sectionId, Request request, SectionStore sections, CourseStore courses, Access access, TenantDb db, HttpContext context,
        CancellationToken ct)
    {
        if (await sections.Find(sectionId, ct) is not { } section) return Problems.NotFound();
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Required.ToProblem();
        var target = request.CourseId ?? section.HomeCourseId;
        if (!await access.May(CoursesPermission.CrossList, CourseStore.ScopeOf(target), ct)
            || await courses.Find(target, ct) is not { } course)
            return new Refusal("course_unknown", "There is no such course, or it is not yours to fill.", "course_id").ToProblem();
        if (course.Status is CourseStatus.Concluded)
            return new Refusal("course_concluded", "That course has ended. Reopen it before you move a section there.", "course_id")
                .ToProblem();
        if (section.CourseId == target && section.Version == seen) return TypedResults.Ok(section);
        if (!await sections.Teach(section, target, seen, ct))
            return Problems.Conflict("Somebody changed this section since you opened it.", await sections.Find(sectionId, ct), request);
        db.Audit(CoursesAudit.SectionCrossListed, CourseStore.ScopeOf(target).Key,
            new { section_id = sectionId, from = section.CourseId, to = target });
        return TypedResults.Ok((await sections.Find(sectionId, ct))!);
    }
}
