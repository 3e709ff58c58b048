using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Sections;

/// <summary>Changes a section's name and dates; its learners' access follows at once.</summary>
internal static class UpdateSection
{
    internal sealed record Request(string? Name, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}/sections/{sectionId}", Handle).RequirePermission(CoursesPermission.ManageSections);

    internal static async Task<Results<Ok<Section>, ProblemHttpResult>> Handle(
        CourseId courseId, SectionId sectionId, Request request, SectionStore sections, TenantDb db, HttpContext context,
        CancellationToken ct)
    {
        if (await sections.Find(sectionId, ct) is not { } section || section.CourseId != courseId) return Problems.NotFound();
        var form = new SectionForm(request.Name, request.StartsAt, request.EndsAt);
        if (form.Refuses() is { } refusal) return refusal.ToProblem();
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Required.ToProblem();
        if (!await sections.Update(sectionId, form, seen, ct))
            return Problems.Conflict("Somebody changed this section since you opened it.", await sections.Find(sectionId, ct), request);
        db.Audit(CoursesAudit.SectionChanged, CourseStore.ScopeOf(courseId).Key,
            new { section_id = sectionId, form.Name, form.StartsAt, form.EndsAt });
        return TypedResults.Ok((await sections.Find(sectionId, ct))!);
    }
}
