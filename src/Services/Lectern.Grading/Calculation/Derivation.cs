namespace Lectern.Grading.Calculation;

/// <summary>Builds derivation nodes and works their values out again from the given facts alone.</summary>
internal static class Derivation
{
    /// <summary>The number a tree shows, from its leaves only; values written on the way are not read.</summary>
    internal static decimal? Evaluate(DerivationNode node) => Work(node)?.ToDecimal();

    internal static DerivationNode Given(DerivationKind kind, DerivationUnit unit, decimal value) =>
        new(kind, unit, DerivationOperation.Given, value, []);

    internal static DerivationNode Of(
        DerivationKind kind, DerivationUnit unit, DerivationOperation operation, params IReadOnlyList<DerivationNode> inputs)
    {
        var node = new DerivationNode(kind, unit, operation, null, inputs);
        return node with { Value = Evaluate(node) };
    }

    internal static DerivationNode Because(this DerivationNode node, params ReadOnlySpan<DerivationReason> reasons) =>
        node with { Reasons = [.. node.Reasons, .. reasons] };

    internal static DerivationNode Aside(this DerivationNode node) => node with { Counts = false };

    private static Exact? Work(DerivationNode node)
    {
        if (node.Operation == DerivationOperation.Given) return node.Value;
        if (node.Operation == DerivationOperation.Absent) return null;
        var values = new List<Exact>(node.Inputs.Count);
        foreach (var input in node.Inputs)
        {
            if (!input.Counts) continue;
            values.Add(Work(input) ?? throw new InvalidOperationException($"{node.Label} counts something without a value."));
        }
        return Apply(node.Operation, values);
    }

    private static Exact Apply(DerivationOperation operation, List<Exact> values) => operation switch
    {
        DerivationOperation.Sum => values.Aggregate((Exact)0m, (a, b) => a + b),
        DerivationOperation.Difference => values[0] - values[1],
        DerivationOperation.Product => values.Aggregate((Exact)1m, (a, b) => a * b),
        DerivationOperation.Quotient => values[0] / values[1],
        DerivationOperation.PercentOfWhole => values[0] / values[1] * 100m,
        DerivationOperation.PercentOf => values[0] * values[1] / 100m,
        DerivationOperation.Least => values.Min(),
        DerivationOperation.Greatest => values.Max(),
        DerivationOperation.RoundUpToWhole => values.Single().Ceiling(),
        DerivationOperation.Round => values.Single().Round(Standing.Places),
        DerivationOperation.RoundToScore => values.Single().Round(WorkScore.Places),
        DerivationOperation.Same => values.Single(),
        _ => throw new InvalidOperationException($"{operation} has no inputs to work on."),
    };
}
