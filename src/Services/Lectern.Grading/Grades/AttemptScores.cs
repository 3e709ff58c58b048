using Lectern.Contracts.Grading;
using Lectern.Platform.Data;

namespace Lectern.Grading.Grades;

/// <summary>What the attempts of one learner were scored with, each once, in the order they were graded first.</summary>
[StoredAsJson]
internal sealed record AttemptScores(IReadOnlyList<AttemptScore> Scores)
{
    public bool Equals(AttemptScores? other) => other is not null && Scores.SequenceEqual(other.Scores);

    public override int GetHashCode() => Scores.Count;

    public decimal? Of(SubmissionId attempt) => Scores.FirstOrDefault(one => one.SubmissionId == attempt)?.Score;

    /// <summary>
    /// What is known once an attempt was given a score: null while it is the only one, and when the score is taken away, which takes all.
    /// </summary>
    /// <param name="also">Other attempts that were scored in the same breath.</param>
    public static AttemptScores? After(
        Grade before, SubmissionId? graded, decimal? score, IReadOnlyList<AttemptScore>? also = null)
    {
        if (graded is not { } attempt || score is not { } worth) return null;
        List<AttemptScore> all = [.. before.AttemptScores?.Scores ?? Only(before)];
        foreach (var scored in (also ?? []).Append(new(attempt, worth)))
        {
            var at = all.FindIndex(known => known.SubmissionId == scored.SubmissionId);
            if (at < 0) all.Add(scored);
            else all[at] = scored;
        }

        return all.Count > 1 ? new(all) : null;
    }

    private static IReadOnlyList<AttemptScore> Only(Grade grade) =>
        grade is { SubmissionId: { } attempt, EnteredScore: { } worth, ScoreIsAutomatic: false } ? [new(attempt, worth)] : [];
}

internal sealed record AttemptScore(SubmissionId SubmissionId, decimal Score);
