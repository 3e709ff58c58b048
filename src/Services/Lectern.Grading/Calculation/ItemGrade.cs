namespace Lectern.Grading.Calculation;

/// <summary>One item as its page row shows it: the score after policy, and how it entered either total.</summary>
/// <param name="Attempt">The attempt whose score it is, where one of several counts.</param>
internal sealed record ItemGrade(
    long AssignmentId, decimal? Entered, decimal Deducted, decimal? Score, bool IsLate, Inclusion InCurrent, Inclusion InFinal,
    int? Attempt)
{
    internal static IReadOnlyList<ItemGrade> Of(CourseFold fold)
    {
        var (current, final) = (Inclusions(fold, Basis.Current), Inclusions(fold, Basis.Final));
        return [.. fold.Items.Select(scored => Of(scored, current, final))];
    }

    private static ItemGrade Of(ScoredItem scored, Dictionary<long, Inclusion> current, Dictionary<long, Inclusion> final)
    {
        var id = scored.Item.Assignment.AssignmentId;
        var work = scored.Work;
        return new(
            id, work.Entered, work.Deducted, work.Score, Lateness.IsLate(scored.Item, work),
            current.GetValueOrDefault(id, Inclusion.OutsidePeriods), final.GetValueOrDefault(id, Inclusion.OutsidePeriods),
            work.Attempt);
    }

    private static Dictionary<long, Inclusion> Inclusions(CourseFold fold, Basis basis)
    {
        var scopes = fold.Whole is { } whole ? [whole.On(basis)] : fold.Periods.Select(period => period.Folds.On(basis));
        return scopes
            .SelectMany(scope => scope.Groups)
            .SelectMany(group => group.Takes)
            .ToDictionary(take => take.Assignment.AssignmentId, take => take.Inclusion);
    }
}
