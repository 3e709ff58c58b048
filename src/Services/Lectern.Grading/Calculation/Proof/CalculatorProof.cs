using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lectern.Contracts.Grading;

namespace Lectern.Grading.Calculation.Proof;

/// <summary>Sets every version of the calculator against one written apart from it, against its own derivations, and against what it
/// gave when it was published.</summary>
internal sealed class CalculatorProof : ICalculatorProof
{
    /// <summary>How many gradebooks the published totals are kept of.</summary>
    private const int Kept = 10_000;

    /// <summary>
    /// By version, SHA-256 of the totals of the first <see cref="Kept"/> gradebooks, in hexadecimal. An entry is written when a version is
    /// released and never changed: courses pinned to it show these numbers.
    /// </summary>
    internal static readonly IReadOnlyDictionary<int, string> Published = new Dictionary<int, string>
    {
        [1] = "d5d3a2adaef70017c3932317ce3f13b8854b65286e217f954dee771f463370ba",
        [2] = "29d90044b634176e6bf817bce3b62d5821d699cb8829b45ce508e1e547d97445",
        [3] = "952f1b7dd1a04e6eb9c18e93ecce0e300c8d024c8e81cc4b17034f71de001fd7",
    };

    public LedgerProof Prove(int gradebooks)
    {
        var count = new Count();
        foreach (var version in GradeCalculator.Versions) Prove(GradeCalculator.For(version), gradebooks, count);
        return new(count.Attempts, count.Failures, count.Findings);
    }

    private static void Prove(GradeCalculator calculator, int gradebooks, Count count)
    {
        for (var seed = 0; seed < gradebooks; seed++)
        {
            var input = RandomGradebook.Of(calculator.Version, seed);
            Check(input, calculator.Totals(input), calculator.Calculate(input), count, $"version {calculator.Version}, gradebook {seed}");
        }

        // A course is carried to a later version by what the earlier one does not know: everything else must stay as it was published.
        foreach (var known in GradeCalculator.Versions.Where(version => version <= calculator.Version))
        {
            var sha256 = Sum(calculator, known);
            count.Expect(Published.GetValueOrDefault(known) == sha256,
                $"version {calculator.Version} gives other totals than version {known} was published with: {sha256}");
        }
    }

    private static string Sum(GradeCalculator calculator, int known)
    {
        var totals = new StringBuilder();
        for (var seed = 0; seed < Kept; seed++)
            totals.AppendJoin('|', AllOf(calculator.Totals(RandomGradebook.Of(known, seed))).Select(Written)).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(totals.ToString())));
    }

    private static void Check(CourseGradingInput input, CourseTotals quick, CourseGrade explained, Count count, string which)
    {
        foreach (var (standing, final) in new[] { (quick.Current, false), (quick.Final, true) })
        {
            var slow = SlowCalculator.Percent(input, final)?.Rounded();
            count.Expect(standing.Percent == slow, $"{which}: {standing.Percent} is shown and {slow} worked out apart");
        }

        count.Expect(
            AllOf(quick).SequenceEqual(AllOf(explained.Totals)), $"{which}: the totals that are written are not those that are explained");
        foreach (var (node, standing) in Shown(explained))
        {
            var value = Derivation.Evaluate(node);
            count.Expect(value == standing.Percent, $"{which}: {standing.Percent} is shown and its derivation comes to {value}");
        }
    }

    /// <summary>Every derivation beside the number it explains.</summary>
    internal static IEnumerable<(DerivationNode Node, Standing Standing)> Shown(CourseGrade grade) =>
    [
        .. Both(grade.Course, grade.Totals.Current, grade.Totals.Final),
        .. grade.Groups.Zip(grade.Totals.Course.Groups).SelectMany(pair => Both(pair.First, pair.Second.Current, pair.Second.Final)),
        .. grade.Periods.Zip(grade.Totals.Periods)
            .SelectMany(pair => Both(pair.First, pair.Second.Totals.Current, pair.Second.Totals.Final)),
    ];

    private static IEnumerable<(DerivationNode, Standing)> Both(Derived derived, Standing current, Standing final) =>
        [(derived.Current, current), (derived.Final, final)];

    private static IEnumerable<Standing> AllOf(CourseTotals totals) =>
        totals.Periods.Select(period => period.Totals).Prepend(totals.Course).SelectMany(scope =>
            scope.Groups.SelectMany(group => new[] { group.Current, group.Final }).Prepend(scope.Final).Prepend(scope.Current));

    private static string Written(Standing standing) =>
        string.Create(CultureInfo.InvariantCulture, $"{standing.Percent:0.00}{standing.Letter}");

    private sealed class Count
    {
        private const int MostFindings = 50;

        public long Attempts { get; private set; }

        public long Failures { get; private set; }

        public List<string> Findings { get; } = [];

        public void Expect(bool holds, string otherwise)
        {
            Attempts++;
            if (holds) return;
            Failures++;
            if (Findings.Count < MostFindings) Findings.Add(otherwise);
        }
    }
}
