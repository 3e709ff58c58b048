using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Enrollments;

/// <summary>Lists the people of a course by sortable name. Ended enrolments and addresses are shown to staff only.</summary>
internal static class ListEnrollments
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/enrollments", Handle).RequirePermission(CoursesPermission.ReadRoster).CanWait();

    internal static async Task<Results<Ok<Page<EnrollmentListed>>, ProblemHttpResult>> Handle(
        CourseId courseId, string? role, [FromQuery(Name = "section_id")] SectionId? sectionId, string? state, string? search,
        PageRequest page,
        EnrollmentStore enrollments, Access access, TenantDb db, CancellationToken ct)
    {
        if (!Words.TryRead<Role>(role, out var wantedRole)) return EnrollmentRules.UnknownRole.ToProblem();
        if (!Words.TryRead<EnrollmentState>(state, out var wantedState))
            return new Refusal("state_unknown", "An enrolment is active, inactive or completed.", "state").ToProblem();
        var contacts = await access.May(CoursesPermission.ReadContacts, CourseStore.ScopeOf(courseId), ct);
        EnrollmentState[] states = !contacts ? [EnrollmentState.Active]
            : wantedState is { } one ? [one] : [EnrollmentState.Active, EnrollmentState.Inactive, EnrollmentState.Completed];
        var filter = new EnrollmentFilter(wantedRole, sectionId, string.IsNullOrWhiteSpace(search) ? null : search, states, contacts);
        var rows = await enrollments.List(courseId, filter, page, ct);
        // Once per list and not per page: the log says who looked, not how far they scrolled.
        if (page.After is null) db.Audit(CoursesAudit.RosterRead, CourseStore.ScopeOf(courseId).Key,
            new { role, search, section_id = sectionId });
        return TypedResults.Ok(Page<EnrollmentListed>.From(rows, page, row => PageRequest.Key(row.SortableName, row.EnrollmentId.Value)));
    }
}
