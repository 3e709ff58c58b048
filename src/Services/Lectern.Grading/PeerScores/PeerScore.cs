using System.Globalization;
using Lectern.Contracts.Grading;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerScores;

/// <summary>How the reviews of one work become one score.</summary>
internal enum PeerRule { Mean, Median, Weighted }

/// <summary>What a review gives a work.</summary>
/// <param name="Share">Of what its rubric had to give when it was written.</param>
/// <param name="Weight">How much it counts where reviews are weighted.</param>
internal sealed record PeerVote(UserId ReviewerId, decimal Share, decimal Weight)
{
    /// <summary>Of whoever has reviewed no work with a reference.</summary>
    public const decimal Unknown = 0.5m;

    private const decimal Least = 0.1m;

    /// <summary>1 for who is always at the reference, down to a tenth for who is half of all points off on average.</summary>
    public static decimal WeightOf(decimal off) => decimal.Round(Math.Max(Least, 1 - (2 * off)), 2);
}

/// <summary>What the reviews of one work say together; without any there is no score, which is not 0.</summary>
/// <param name="Scores">Of each review, from low to high, so that their order tells nobody.</param>
/// <param name="Disagrees">They lie so far apart that somebody should look.</param>
internal sealed record PeerScore(decimal? Score, IReadOnlyList<decimal> Scores, bool Disagrees)
{
    /// <summary>Reviews that lie further apart than this part of the points disagree.</summary>
    public const decimal Tolerance = 0.25m;

    private const int Places = 2;

    public static PeerScore Of(PeerRule rule, IReadOnlyCollection<PeerVote> votes, decimal pointsPossible)
    {
        if (votes.Count == 0) return new(null, [], false);
        var sorted = votes.OrderBy(vote => vote.Share).ToArray();
        var share = rule switch
        {
            PeerRule.Mean => sorted.Average(vote => vote.Share),
            PeerRule.Weighted => Weighted(sorted),
            _ => (sorted[(sorted.Length - 1) / 2].Share + sorted[sorted.Length / 2].Share) / 2,
        };
        return new(
            Points(share), [.. sorted.Select(vote => Points(vote.Share))], sorted[^1].Share - sorted[0].Share > Tolerance);

        decimal Points(decimal part) => decimal.Round(part * pointsPossible, Places, MidpointRounding.AwayFromZero);
    }

    /// <summary>What the history of the grade says of where it comes from.</summary>
    public string Said(PeerRule rule)
    {
        var each = string.Join(", ", Scores.Select(one => one.ToString("0.##", CultureInfo.InvariantCulture)));
        return $"{rule} of {Scores.Count} reviews by peers: {each}";
    }

    // Nobody counts for nothing, or a work could be left without a score by who happened to review it.
    private static decimal Weighted(PeerVote[] votes)
    {
        var all = votes.Sum(vote => vote.Weight);
        return all > 0 ? votes.Sum(vote => vote.Weight * vote.Share) / all : votes.Average(vote => vote.Share);
    }
}

/// <summary>A learner's work and what its reviews give it.</summary>
/// <param name="SubmissionId">Of those attempts that were reviewed the learner's newest; null where none was.</param>
internal sealed record VotedWork(UserId UserId, SubmissionId? SubmissionId, IReadOnlyList<PeerVote> Votes);
