using Lectern.Platform.Tenancy;

namespace Lectern.Grading.MarkDecisions;

/// <summary>How well markers agree, by marks each gave without knowing the others'.</summary>
internal static class Agreement
{
    /// <summary>
    /// The intraclass correlation ICC(1,1) for markers who differ from learner to learner: (B − W) / (B + (k − 1) W), with B and W the mean
    /// squares between and within learners (P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability",
    /// Psychological Bulletin 86, 1979). Where learners have different numbers of marks, k is (N − Σk²/N) / (n − 1).
    /// </summary>
    /// <returns>Null with fewer than two learners who have two marks, or when all marks are the same.</returns>
    public static double? Intraclass(IReadOnlyCollection<IReadOnlyList<decimal>> marks)
    {
        var rated = marks.Where(of => of.Count > 1).Select(of => of.Select(mark => (double)mark).ToArray()).ToList();
        if (rated.Count < 2) return null;
        double all = rated.Sum(of => of.Length);
        var mean = rated.Sum(of => of.Sum()) / all;
        var between = rated.Sum(of => of.Length * Square(of.Average() - mean)) / (rated.Count - 1);
        var within = rated.Sum(of => of.Sum(mark => Square(mark - of.Average()))) / (all - rated.Count);
        var each = (all - (rated.Sum(of => Square(of.Length)) / all)) / (rated.Count - 1);
        var sum = between + ((each - 1) * within);
        return sum == 0 ? null : (between - within) / sum;
    }

    /// <summary>
    /// Cohen's kappa with quadratic weights for two markers: 1 − Σ(a − b)² observed / expected, the expected being every mark of one
    /// against every mark of the other (J. Cohen, "Weighted kappa", Psychological Bulletin 70, 1968).
    /// </summary>
    /// <returns>Null with fewer than two pairs, or when both always gave the same mark.</returns>
    public static double? QuadraticKappa(IReadOnlyCollection<(decimal A, decimal B)> pairs)
    {
        if (pairs.Count < 2) return null;
        var (a, b) = (pairs.Select(pair => (double)pair.A).ToArray(), pairs.Select(pair => (double)pair.B).ToArray());
        var observed = a.Zip(b, (one, other) => Square(one - other)).Average();
        // The mean of (x − y)² over all x and y, without looking at every pair.
        var expected = a.Average(Square) + b.Average(Square) - (2 * a.Average() * b.Average());
        return expected <= 1e-12 ? null : 1 - (observed / expected);
    }

    private static double Square(double value) => value * value;
}

/// <summary>How two markers agree on work both marked.</summary>
/// <param name="MeanDifference">The first's marks less the second's: above 0, the first is the more generous.</param>
/// <param name="WithinTolerance">The share of work on which they lie no further apart than the plan allows.</param>
internal sealed record MarkerPair(
    UserId FirstId, string? FirstName, UserId SecondId, string? SecondName, int Learners, double MeanDifference,
    double MeanAbsoluteDifference, double WithinTolerance, double? QuadraticKappa);
