using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.LateAllowances;

/// <summary>Says anew what a learner is allowed beside the late policy: exempt or not, late passes given, spent and given back.</summary>
internal static class SetLateAllowance
{
    internal sealed record Request(
        bool Exempt, AssignmentId[]? ExemptFrom, int ExtraPasses, IReadOnlyList<UsedPasses>? Used, string? Reason,
        int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}/learners/{learnerId}/late-allowance", Handle)
        .RequirePermission(GradingPermission.AllowLateness);

    internal static async Task<Results<Ok<AllowanceView>, NotFound, ProblemHttpResult>> Handle(
        CourseId courseId, UserId learnerId, Request request, HttpContext context, TenantDb db, GradebookStore gradebooks,
        LateAllowanceStore allowances, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        var held = await gradebooks.Hold(courseId, [learnerId], ct);
        if (!held.Learners.TryGetValue(learnerId, out var learner)) return TypedResults.NotFound();
        if (held.Course is not { } course) return NothingToAllow.ToProblem();
        if (Refused(request, course) is { } refusal) return refusal.ToProblem();

        var current = learner.Allowance ?? LateAllowance.None;
        var set = new LateAllowance(
            current.Version + 1, request.Exempt, [.. (request.ExemptFrom ?? []).Distinct()], request.ExtraPasses,
            (request.Used ?? []).Where(of => of.Count > 0).ToDictionary(of => of.AssignmentId.Value, of => of.Count));
        // What already stands as it was wanted is answered as it stands: the answer to the first request was lost, say.
        if (current.SaysTheSame(set)) return await Answer();
        if (current.Version != version) return Problems.Conflict(
            "Somebody changed this after you read it. Nothing was overwritten.", AllowanceView.Of(course, learner), request);

        await allowances.SaveAtCommit(held, gradebooks, learner, set, request.Reason?.Trim(), ct);
        db.Audit(GradingAudit.LateAllowanceChanged, $"late_allowance:{courseId.Value}:{learnerId.Value}", new
        {
            from = current, to = set, request.Reason,
        });
        db.Raise(new LateAllowanceChanged(courseId, learnerId));
        return TypedResults.Ok(AllowanceView.Of(course, learner));

        async Task<Ok<AllowanceView>> Answer() =>
            TypedResults.Ok(AllowanceView.Of(course, learner, await allowances.History(courseId, learnerId, ct)));
    }

    private static Refusal? Refused(Request request, CourseStructure course)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return new("reason_required", "Say why.", "reason");
        if (request.Reason.Length > 1000) return new("too_long", "A reason can have at most 1,000 characters.", "reason");
        if (request.ExtraPasses is < -100 or > 100)
            return new("late_passes_out_of_range", "Between 100 fewer and 100 more late passes.", "extra_passes");
        if ((request.ExemptFrom ?? []).Any(id => course.Find(id) is null))
            return new("unknown_assignment", "There is no such assignment here.", "exempt_from");
        var used = request.Used ?? [];
        if (used.Contains(null!) || used.DistinctBy(of => of.AssignmentId).Count() < used.Count
            || used.Any(of => course.Find(of.AssignmentId) is null))
            return new("unknown_assignment", "Name each assignment of this course once.", "used");
        return course.Head.Policy.LatePasses switch
        {
            null when used.Any(of => of.Count != 0) => UseLatePasses.NoPasses with { Field = "used" },
            { } rules when used.Any(of => of.Count < 0 || of.Count > rules.MostPerAssignment) =>
                new("late_passes_per_assignment", $"Between 0 and {rules.MostPerAssignment} late passes on one assignment.", "used"),
            _ => null,
        };
    }

    private static Refusal NothingToAllow => new("nothing_to_grade", "This course has no assignments yet.");
}
