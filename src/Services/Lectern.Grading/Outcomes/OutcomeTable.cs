using Lectern.Grading.Sheets;

namespace Lectern.Grading.Outcomes;

/// <summary>Writes an owner's own outcomes as a table that <see cref="OutcomeSheet"/> reads again without a change.</summary>
internal sealed class OutcomeTable(OutcomeStore outcomes)
{
    public async Task<byte[]> Of(OutcomeOwner owner, CancellationToken ct)
    {
        var groups = await outcomes.OwnGroups(owner, ct);
        var codes = groups.ToDictionary(group => group.OutcomeGroupId, group => group.Code);
        using var content = new MemoryStream();
        await using (var table = new CsvTable(content, CsvStyle.Spreadsheet))
        {
            await table.Row(OutcomeSheet.Columns.Select(title => (TableCell)title), ct);
            foreach (var group in Parents(groups))
                await table.Row(Line("group", group.Code, group.Title, group.Description, group.ParentId is { } id ? codes[id] : null), ct);
            foreach (var one in (await outcomes.Seen(owner, ct)).Where(one => one.Owner == owner))
            {
                var parent = one.OutcomeGroupId is { } id ? codes.GetValueOrDefault(id) : null;
                await table.Row(
                [
                    .. Line("outcome", one.Code, one.Title, one.Description, parent, one), one.Scale.MasteryPoints,
                    .. one.Scale.Levels.Reverse().SelectMany(level => new TableCell[] { level.Points, level.Name }),
                ], ct);
            }
        }

        return content.ToArray();
    }

    private static IEnumerable<TableCell> Line(
        string type, string code, string title, string description, string? parent, Outcome? outcome = null) =>
    [
        code, type, title, description, outcome?.DisplayName, outcome?.LearnerDescription,
        outcome is null ? null : OutcomeSheet.NameOf(outcome.Method.Kind), outcome?.Method.Parameter, parent, "active",
    ];

    /// <summary>Parents before what stands in them.</summary>
    private static IEnumerable<OutcomeGroup> Parents(List<OutcomeGroup> groups)
    {
        var waiting = groups.ToLookup(group => group.ParentId);
        var next = new Queue<OutcomeGroup>(waiting[null]);
        while (next.TryDequeue(out var group))
        {
            yield return group;
            foreach (var inside in waiting[group.OutcomeGroupId]) next.Enqueue(inside);
        }
    }
}
