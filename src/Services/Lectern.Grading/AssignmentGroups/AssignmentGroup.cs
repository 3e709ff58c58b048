using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;

namespace Lectern.Grading.AssignmentGroups;

/// <summary>Assignments that are weighted and dropped from as one.</summary>
internal sealed record AssignmentGroup(
    AssignmentGroupId AssignmentGroupId, int Slot, string Name, decimal WeightPercent, int DropLowest, int DropHighest,
    AssignmentId[] NeverDrop,
    bool ExtraCredit, int Position, int Version)
{
    public const string Columns =
        "g.assignment_group_id, g.slot, g.name, g.weight_percent, g.drop_lowest, g.drop_highest, g.never_drop, g.extra_credit, "
        + "g.position, g.version";

    public GradeGroup ToGradeGroup() => new(AssignmentGroupId.Value, WeightPercent)
    {
        DropLowest = DropLowest, DropHighest = DropHighest, ExtraCredit = ExtraCredit,
        NeverDrop = NeverDrop.Select(id => id.Value).ToHashSet(),
    };
}
