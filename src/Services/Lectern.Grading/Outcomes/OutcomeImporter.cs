using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Sheets;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.Outcomes;

/// <summary>
/// Takes a table of outcomes in. Lines are done as they come, in one transaction; where any is wrong all that is wrong is answered by its
/// line, and the transaction ends as if nothing had been sent.
/// </summary>
internal sealed class OutcomeImporter(
    TenantDb db, OutcomeStore outcomes, CourseOutcomeStore inCourses, OutcomeDesk desk, GradebookStore gradebooks)
{
    private readonly List<FieldError> errors = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<OutcomeId> added = [];
    private Dictionary<string, OutcomeGroup> groups = [];
    private Dictionary<string, Outcome> known = [];
    private int changed;
    private int unchanged;
    private int deleted;

    public async Task<Results<Ok<OutcomeImport>, ProblemHttpResult>> Import(OutcomeOwner owner, IFormFile? file, CancellationToken ct)
    {
        if (file is null) return new Refusal("file_required", "Choose the file with the outcomes.", "file").ToProblem();
        List<OutcomeLine> lines;
        try
        {
            await using var content = file.OpenReadStream();
            (lines, var wrong) = OutcomeSheet.Read(SheetRows.Read(content, SheetLimits.Default));
            errors.AddRange(wrong);
        }
        catch (SheetUnreadableException unreadable)
        {
            return new Refusal(unreadable.Code, unreadable.Message, "file").ToProblem();
        }

        if (owner.CourseId is { } held) await gradebooks.HoldStructure(held, ct);
        groups = (await outcomes.OwnGroups(owner, ct)).ToDictionary(group => group.Code, StringComparer.Ordinal);
        known = (await outcomes.Seen(owner, ct)).Where(one => one.Owner == owner)
            .ToDictionary(outcome => outcome.Code, StringComparer.Ordinal);
        foreach (var line in lines.Where(line => !line.Deleted)) await Do(owner, line, ct);
        // What stands in a group goes before it, so the last lines first.
        foreach (var line in lines.Where(line => line.Deleted).Reverse()) await Delete(line, ct);
        if (errors.Count == 0 && owner.CourseId is { } course && added.Count > 0 && await desk.Take(course, added, ct) is { } full)
            return full.ToProblem();
        if (errors.Count > 0)
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity, "outcomes_refused",
                $"{errors.Count} things are wrong with this file. Nothing was changed.", [.. errors.OrderBy(LineOf)]);
        db.Audit(GradingAudit.OutcomeChanged, owner.Scope.Key, new { imported = lines.Count, added = added.Count, changed, deleted });
        return TypedResults.Ok(new OutcomeImport(lines.Count, added.Count, changed, unchanged, deleted));
    }

    private async Task Do(OutcomeOwner owner, OutcomeLine line, CancellationToken ct)
    {
        OutcomeGroup? parent = null;
        if (!seen.Add($"{line.IsGroup} {line.Code}")) Wrong(line, new("named_twice", $"'{line.Code}' is in this file twice."));
        else if (line.Parent is not null && !groups.TryGetValue(line.Parent, out parent))
            Wrong(line, new("parent_unknown", $"There is no group '{line.Parent}' here, and none in an earlier line."));
        else if (line.IsGroup) await DoGroup(owner, line, line.ToGroup(parent?.OutcomeGroupId), ct);
        else await DoOutcome(owner, line, parent, ct);
    }

    private async Task DoGroup(OutcomeOwner owner, OutcomeLine line, OutcomeGroupFields fields, CancellationToken ct)
    {
        if (fields.Refused() is { } refusal) Wrong(line, refusal);
        else if (!groups.TryGetValue(line.Code, out var before))
        {
            if (await outcomes.AddGroup(owner, fields, ct) is { } made) groups[line.Code] = made;
            else Wrong(line, OutcomeDesk.CodeTaken(line.Code));
        }
        else if ((before.Title, before.Description, before.ParentId) == (fields.Title, fields.Description, fields.ParentId)) unchanged++;
        else if (StandsIn(before.OutcomeGroupId, fields.ParentId))
            Wrong(line, new("group_circle", "A group cannot stand in itself or in one of its own."));
        else if (await outcomes.ReplaceGroup(before, fields, ct))
        {
            groups[line.Code] = before with
            {
                Title = fields.Title!, Description = fields.Description, ParentId = fields.ParentId, Version = before.Version + 1,
            };
            changed++;
        }
        else Wrong(line, Overtaken);
    }

    private async Task DoOutcome(OutcomeOwner owner, OutcomeLine line, OutcomeGroup? group, CancellationToken ct)
    {
        var before = known.GetValueOrDefault(line.Code);
        var fields = line.ToOutcome(group?.OutcomeGroupId, before);
        if (fields.Refused() is { } refusal) Wrong(line, refusal);
        else if (before is null)
        {
            if (await outcomes.Add(owner, fields, ct) is { } made) added.Add(made);
            else Wrong(line, OutcomeDesk.CodeTaken(line.Code));
        }
        else if (Same(before, fields)) unchanged++;
        else if (await outcomes.Replace(before, fields, ct))
        {
            db.Enqueue(new CarryOutcome(before.OutcomeId), CarryOutcome.Options(db.Tenant, before.OutcomeId));
            changed++;
        }
        else Wrong(line, Overtaken);
    }

    private async Task Delete(OutcomeLine line, CancellationToken ct)
    {
        if (line.IsGroup && groups.TryGetValue(line.Code, out var group))
        {
            if (await outcomes.GroupIsUsed(group.OutcomeGroupId, ct))
                Wrong(line, new("group_not_empty", "Something still stands in this group. Move it elsewhere first."));
            else if (await outcomes.RemoveGroup(group.OutcomeGroupId, group.Version, ct)) deleted++;
            else Wrong(line, Overtaken);
        }
        else if (!line.IsGroup && known.TryGetValue(line.Code, out var outcome))
        {
            if (await inCourses.Courses(outcome.OutcomeId, ct) is var courses and > 0)
                Wrong(line, new("outcome_in_use", $"Courses that work towards this outcome: {courses}. Leave it out of them first."));
            else if (await outcomes.Remove(outcome.OutcomeId, outcome.Version, ct)) deleted++;
            else Wrong(line, Overtaken);
        }
        else unchanged++;
    }

    private bool StandsIn(OutcomeGroupId group, OutcomeGroupId? parent)
    {
        var above = groups.Values.ToDictionary(one => one.OutcomeGroupId, one => one.ParentId);
        for (var steps = 0; parent is { } at && steps <= above.Count; parent = above.GetValueOrDefault(at), steps++)
            if (at == group) return true;
        return false;
    }

    private static bool Same(Outcome before, OutcomeFields fields) =>
        (before.Title, before.DisplayName, before.Description, before.LearnerDescription, before.OutcomeGroupId)
            == (fields.Title, fields.DisplayName, fields.Description, fields.LearnerDescription, fields.OutcomeGroupId)
        && before.Scale.SaysTheSame(fields.Scale) && before.Method == fields.Calculation;

    private void Wrong(OutcomeLine line, Refusal refusal) => errors.Add(OutcomeSheet.At(line.Line, refusal.Code, refusal.Because));

    private static int LineOf(FieldError error) =>
        int.TryParse(error.Field.Replace("lines[", string.Empty, StringComparison.Ordinal).TrimEnd(']'), out var line) ? line : 0;

    private static Refusal Overtaken => new("overtaken", "Somebody changed this while the file was read. Send it again.");
}

/// <summary>What became of a table of outcomes.</summary>
internal sealed record OutcomeImport(int Lines, int Added, int Changed, int Unchanged, int Deleted);
