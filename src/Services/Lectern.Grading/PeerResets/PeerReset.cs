using Lectern.Contracts.Grading;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerResets;

/// <summary>What taking reviews away together takes away.</summary>
/// <param name="Started">Something is written, and not handed in.</param>
internal sealed record ResetCounts(int Reviews, int Started, int HandedIn);

/// <summary>Reviews that were taken away together.</summary>
/// <param name="ReviewerId">Whose; null: everybody's.</param>
/// <param name="Restored">How many came back when it was undone.</param>
internal sealed record PeerReset(
    PeerResetId PeerResetId, UserId? ReviewerId, string? ReviewerName, int Reviews, int HandedIn, string? ActorName, DateTimeOffset At,
    DateTimeOffset? UndoneAt, int? Restored);
