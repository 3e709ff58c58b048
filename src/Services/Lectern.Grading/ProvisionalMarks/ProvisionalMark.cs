using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.ProvisionalMarks;

/// <summary>One marker's mark of one learner's work; without a score it is still to be given.</summary>
internal sealed record ProvisionalMark(
    UserId UserId, UserId MarkerId, string? MarkerName, decimal? Score, decimal? BlindScore, string Comment, DateTimeOffset? MarkedAt,
    int Version);

/// <summary>A marker's own mark, and the others' once all are there.</summary>
internal sealed record OwnMark(decimal? Score, string Comment, DateTimeOffset? MarkedAt, int Version, IReadOnlyList<OtherMark> Others);

internal sealed record OtherMark(UserId MarkerId, string? MarkerName, decimal? Score, string Comment);
