using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Assignments;

/// <summary>Says anew which sections and people have other dates; lateness follows.</summary>
internal static class ReplaceAssignmentDates
{
    internal sealed record Request(IReadOnlyList<DateFields>? Items, int? Version);

    internal sealed record DateFields(
        DateAudience Audience, long AudienceId, DateTimeOffset? DueAt, DateTimeOffset? UnlocksAt, DateTimeOffset? LocksAt);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/dates", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Ok<ListAssignmentDates.Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, HttpContext context, AssignmentStore assignments,
        AssignmentEditor editor,
        CancellationToken ct)
    {
        var course = new CourseId(scope.Id("course"));
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (request.Items is not { } items) return NoItems.ToProblem();
        var dates = items.Select(
            date => new AssignmentDate(assignmentId, date.Audience, date.AudienceId, date.DueAt, date.UnlocksAt, date.LocksAt)).ToList();
        if (Refused(dates, await assignments.Seats(course, ct)) is { } refusal) return refusal.ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } assignment) return TypedResults.NotFound();

        await editor.Hold(course, ct);
        if (!await assignments.ReplaceDates(course, assignmentId, dates, version, ct))
            return await editor.Conflict(assignmentId, request, ct);
        editor.Changed(assignment, RecalculationCause.DatesChanged, new { dates });
        return TypedResults.Ok(new ListAssignmentDates.Response(dates, version + 1));
    }

    private static Refusal NoItems => new("items_required", "Say all other dates as 'items'; an empty list takes them all away.", "items");

    private static Refusal? Refused(List<AssignmentDate> dates, List<AssignmentStore.Seat> seats)
    {
        if (dates.Count > 2000) return new Refusal("too_many", "At most 2,000 other dates.", "items");
        if (dates.DistinctBy(date => (date.Audience, date.AudienceId)).Count() < dates.Count)
            return new Refusal("dates_repeat", "Each section and person is named once.", "items");
        var sections = seats.Select(seat => seat.SectionId.Value).ToHashSet();
        var people = seats.Select(seat => seat.UserId.Value).ToHashSet();
        if (dates.Any(date => !(date.Audience is DateAudience.Section ? sections : people).Contains(date.AudienceId)))
            return new Refusal("unknown_audience", "Dates can be given to this course's learners and to sections with learners.", "items");
        return dates.Select(date => AssignmentFields.RefusedDates(date.UnlocksAt, date.DueAt, date.LocksAt))
            .FirstOrDefault(refusal => refusal is not null);
    }
}
