using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.ProvisionalMarks;

/// <summary>One marker's mark of one learner's work; without a score it is still to be given.</summary>
internal sealed record ProvisionalMark(
    UserId UserId, UserId MarkerId, string? MarkerName, decimal? Score, decimal? BlindScore, string Comment, Assessment? Assessment,
    DateTimeOffset? MarkedAt, int Version);

/// <summary>A marker's own mark, and the others' once all are there.</summary>
internal sealed record OwnMark(
    decimal? Score, string Comment, AssessmentSheet? Assessment, DateTimeOffset? MarkedAt, int Version, IReadOnlyList<OtherMark> Others)
{
    /// <param name="marks">All marks of the work.</param>
    /// <param name="marker">Whose own.</param>
    public static OwnMark? Of(IReadOnlyList<ProvisionalMark> marks, UserId? marker)
    {
        if (marks.FirstOrDefault(mark => mark.MarkerId == marker) is not { } mine) return null;
        var others = marks.All(mark => mark.MarkedAt is not null) ? marks.Where(mark => mark != mine) : [];
        return new(
            mine.Score, mine.Comment, AssessmentSheet.Of(mine.Assessment), mine.MarkedAt, mine.Version,
            [.. others.Select(one => new OtherMark(
                one.MarkerId, one.MarkerName, one.Score, one.Comment, AssessmentSheet.Of(one.Assessment)))]);
    }
}

internal sealed record OtherMark(UserId MarkerId, string? MarkerName, decimal? Score, string Comment, AssessmentSheet? Assessment);
