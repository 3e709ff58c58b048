using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;

namespace Lectern.Grading.AssignmentGroups;

/// <summary>Groups of assignments.</summary>
internal sealed class GroupStore(TenantDb db)
{
    public Task<List<AssignmentGroup>> List(CourseId course, CancellationToken ct) => db.Query<AssignmentGroup>($"""
        SELECT {Sql.Raw(AssignmentGroup.Columns)} FROM assignment_groups g
        WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.status = 'active' ORDER BY g.position, g.assignment_group_id
        """, ct);

    public Task<AssignmentGroup?> Find(AssignmentGroupId id, CancellationToken ct) => db.Find<AssignmentGroup>($"""
        SELECT {Sql.Raw(AssignmentGroup.Columns)} FROM assignment_groups g
        WHERE g.tenant_id = {db.Tenant} AND g.assignment_group_id = {id} AND g.status = 'active'
        """, ct);

    public async Task<AssignmentGroupId> Add(CourseId course, GroupFields fields, CancellationToken ct)
    {
        await db.Begin(ct);
        var slot = await db.Get<int>($"""
            UPDATE gradebooks SET next_group_slot = next_group_slot + 1 WHERE tenant_id = {db.Tenant} AND course_id = {course}
                RETURNING next_group_slot - 1
            """, ct);
        return await db.Get<AssignmentGroupId>($"""
            INSERT INTO assignment_groups (tenant_id, course_id, slot, name, weight_percent, drop_lowest, drop_highest, never_drop,
                extra_credit, position)
            VALUES ({db.Tenant}, {course}, {slot}, {fields.Name!.Trim()}, {fields.WeightPercent}, {fields.DropLowest}, {fields.DropHighest},
                {fields.NeverDrop}, {fields.ExtraCredit}, {fields.Position ?? slot})
            RETURNING assignment_group_id
            """, ct);
    }

    public async Task<bool> Change(AssignmentGroupId id, GroupFields fields, int version, CancellationToken ct) => await db.Execute($"""
        UPDATE assignment_groups SET name = {fields.Name!.Trim()}, weight_percent = {fields.WeightPercent},
            drop_lowest = {fields.DropLowest},
            drop_highest = {fields.DropHighest}, never_drop = {fields.NeverDrop}, extra_credit = {fields.ExtraCredit},
            position = COALESCE({fields.Position}::int, position), version = version + 1
        WHERE tenant_id = {db.Tenant} AND assignment_group_id = {id} AND version = {version} AND status = 'active'
        """, ct) == 1;

    public Task<bool> IsUsed(CourseId course, AssignmentGroupId id, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM assignments a
            WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course} AND a.assignment_group_id = {id} AND a.status <> 'deleted')
        """, ct);

    public async Task<bool> Remove(AssignmentGroupId id, int version, CancellationToken ct) => await db.Execute($"""
        UPDATE assignment_groups SET status = 'deleted', version = version + 1
        WHERE tenant_id = {db.Tenant} AND assignment_group_id = {id} AND version = {version} AND status = 'active'
        """, ct) == 1;
}

/// <summary>What a group is to be. A change says all of it.</summary>
internal sealed record GroupFields
{
    public string? Name { get; init; }

    public decimal WeightPercent { get; init; }

    public int DropLowest { get; init; }

    public int DropHighest { get; init; }

    public AssignmentId[] NeverDrop { get; init; } = [];

    public bool ExtraCredit { get; init; }

    public int? Position { get; init; }

    public int? Version { get; init; }

    public Refusal? Refused() => this switch
    {
        { Name: var name } when string.IsNullOrWhiteSpace(name) => new("name_required", "A group needs a name.", "name"),
        { Name.Length: > 255 } => new("too_long", "A name can have at most 255 characters.", "name"),
        { WeightPercent: < 0 or > 1000 } => new("weight_out_of_range", "A weight lies between 0 and 1000 percent.", "weight_percent"),
        { WeightPercent: var weight } when decimal.Round(weight, Scaled.Places) != weight =>
            new("weight_too_fine", $"A weight can have at most {Scaled.Places} decimals.", "weight_percent"),
        { DropLowest: < 0 or > 1000 } => new("drop_out_of_range", "Between 0 and 1000.", "drop_lowest"),
        { DropHighest: < 0 or > 1000 } => new("drop_out_of_range", "Between 0 and 1000.", "drop_highest"),
        { NeverDrop.Length: > 1000 } => new("too_many", "At most 1,000 assignments.", "never_drop"),
        { Position: < 0 or > 1_000_000 } => new("position_out_of_range", "A position lies between 0 and 1,000,000.", "position"),
        _ => null,
    };
}
