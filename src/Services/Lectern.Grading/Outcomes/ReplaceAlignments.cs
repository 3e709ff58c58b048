using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Says anew what shows an outcome in a course: criteria of rubrics and scores of assignments.</summary>
internal static class ReplaceAlignments
{
    private const int MostAlignments = 100;

    internal sealed record Request(IReadOnlyList<AlignmentFields?>? Alignments, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/course-outcomes/{courseOutcomeId}/alignments", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static async Task<Results<Ok<CourseOutcome>, NotFound, ProblemHttpResult>> Handle(
        CourseOutcomeId courseOutcomeId, Request request, HttpContext context, RouteScope scope, TenantDb db,
        CourseOutcomeStore inCourses, GradebookStore gradebooks, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        var course = new CourseId(scope.Id("course"));
        await gradebooks.HoldStructure(course, ct);
        if (await inCourses.Find(course, courseOutcomeId, ct) is not { } before) return TypedResults.NotFound();
        if (Refused(request.Alignments, await inCourses.Choices(course, ct), before.Alignments) is { } refusal)
            return refusal.ToProblem();
        List<AlignmentFields> wanted = [.. request.Alignments!.Select(one => one!)];
        // The answer to the first request was lost, say.
        if (wanted.SequenceEqual(before.Alignments.Select(Said))) return TypedResults.Ok(before);
        if (!await inCourses.Align(course, courseOutcomeId, wanted, seen, ct))
            return Problems.Conflict("Somebody changed this after you read it. Nothing was overwritten.", before, request);
        inCourses.ChangedAtCommit(course, before.Outcome.OutcomeId);
        db.Audit(GradingAudit.OutcomeChanged, $"outcome:{before.Outcome.OutcomeId.Value}", new { course, aligned = wanted.Count });
        return TypedResults.Ok((await inCourses.Find(course, courseOutcomeId, ct))!);
    }

    private static AlignmentFields Said(Alignment one) => new(one.RubricId, one.CriterionId, one.AssignmentId);

    // What it is aligned to now may stay, also where its rubric has lost the criterion since.
    private static Refusal? Refused(IReadOnlyList<AlignmentFields?>? wanted, AlignmentChoices choices, AlignmentList now)
    {
        if (wanted is null) return new("nothing_to_change", "Say what shows this outcome; an empty list for nothing.", "alignments");
        if (wanted.Count > MostAlignments)
            return new("too_many", $"An outcome is aligned to at most {MostAlignments} things in a course.", "alignments");
        var known = choices.Criteria.Select(one => new AlignmentFields(one.RubricId, one.CriterionId, null))
            .Concat(choices.Assignments.Select(one => new AlignmentFields(null, null, one.AssignmentId)))
            .Concat(now.Select(Said)).ToHashSet();
        for (var at = 0; at < wanted.Count; at++)
            if (wanted[at] is not { } one || !known.Contains(one) || wanted.Take(at).Contains(one))
                return new("unknown_alignment", "Name criteria of this course's rubrics and assignments with points, each once.",
                    $"alignments[{at}]");
        return null;
    }
}
