using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.Outcomes;

/// <summary>Makes and changes outcomes, alike for accounts and courses.</summary>
internal sealed class OutcomeDesk(TenantDb db, OutcomeStore outcomes, CourseOutcomeStore inCourses, GradebookStore gradebooks)
{
    private const int MostInCourse = 200;

    public async Task<Results<Created<Outcome>, ProblemHttpResult>> Create(OutcomeOwner owner, OutcomeFields fields, CancellationToken ct)
    {
        if (fields.Refused() is { } refusal) return refusal.ToProblem();
        if (await RefusesGroup(owner, fields.OutcomeGroupId, "outcome_group_id", ct) is { } unknown) return unknown.ToProblem();
        // What a course makes, it works towards.
        if (owner.CourseId is { } into) await gradebooks.HoldStructure(into, ct);
        if (await outcomes.Add(owner, fields, ct) is not { } id) return CodeTaken(fields.Code).ToProblem();
        if (owner.CourseId is { } course && await Take(course, [id], ct) is { } full) return full.ToProblem();
        db.Audit(GradingAudit.OutcomeChanged, $"outcome:{id.Value}", new { added = fields.Code });
        return TypedResults.Created($"/api/v1/outcomes/{id.Value}", (await outcomes.Find(id, ct))!);
    }

    public async Task<Results<Ok<Outcome>, NotFound, ProblemHttpResult>> Replace(
        OutcomeId id, OutcomeFields fields, int? seen, CancellationToken ct)
    {
        if (fields.Refused() is { } refusal) return refusal.ToProblem();
        if (seen is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (await outcomes.Find(id, ct) is not { } before) return TypedResults.NotFound();
        if (await RefusesGroup(before.Owner, fields.OutcomeGroupId, "outcome_group_id", ct) is { } unknown) return unknown.ToProblem();
        if (before.Version != version) return Changed(before, fields);
        if (await outcomes.CodeIsTaken(before.Owner, fields.Code!, id, ct)) return CodeTaken(fields.Code).ToProblem();
        var moves = !before.Scale.SaysTheSame(fields.Scale) || before.Method != fields.Calculation;
        if (moves && string.IsNullOrWhiteSpace(fields.Reason)) return ReasonRequired.ToProblem();
        if (!await outcomes.Replace(before, fields, ct)) return Changed((await outcomes.Find(id, ct))!, fields);
        db.Enqueue(new CarryOutcome(id), CarryOutcome.Options(db.Tenant, id));
        db.Audit(GradingAudit.OutcomeChanged, $"outcome:{id.Value}", new { version = version + 1, fields.Reason, recalculates = moves });
        return TypedResults.Ok((await outcomes.Find(id, ct))!);
    }

    /// <summary>Takes outcomes into a course whose structure is held. Null: done.</summary>
    public async Task<Refusal?> Take(CourseId course, IReadOnlyCollection<OutcomeId> wanted, CancellationToken ct)
    {
        var taken = await inCourses.Take(course, wanted, ct);
        if (taken.Count == 0) return null;
        if ((await inCourses.List(course, ct)).Count > MostInCourse)
            return new("too_many", $"A course works towards at most {MostInCourse} outcomes.", "outcome_ids");
        inCourses.ChangedAtCommit(course, wanted.Count == 1 ? wanted.First() : null);
        return null;
    }

    /// <summary>A group is the owner's own.</summary>
    public async Task<Refusal?> RefusesGroup(OutcomeOwner owner, OutcomeGroupId? group, string field, CancellationToken ct) =>
        group is { } id && (await outcomes.FindGroup(id, ct))?.Owner != owner
            ? new("unknown_outcome_group", "There is no such group of outcomes here.", field)
            : null;

    public static Refusal CodeTaken(string? code) => new("code_taken", $"There is '{code}' here already.", "code");

    private static ProblemHttpResult Changed(Outcome now, OutcomeFields fields) =>
        Problems.Conflict("Somebody changed this outcome after you read it. Nothing was overwritten.", now, fields);

    private static Refusal ReasonRequired =>
        new("reason_required", "Learners' scores change by this. Say why; it is kept with the change.", "reason");
}
