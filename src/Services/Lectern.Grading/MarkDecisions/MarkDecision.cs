using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.MarkDecisions;

/// <summary>What the marks of one learner's work became, with the marks it was made from.</summary>
/// <param name="MarkerId">Whose mark was chosen.</param>
internal sealed record MarkDecision(
    UserId UserId, int Version, DecisionWay Way, decimal Score, UserId? MarkerId, MarkList Marks, string Note, UserId? ActorId,
    string? ActorName, DateTimeOffset At);

internal enum DecisionWay { Rule, Chosen, Entered }

[StoredAsJson]
internal sealed class MarkList : List<MarkMade>;

internal sealed record MarkMade(UserId MarkerId, decimal? Score);
