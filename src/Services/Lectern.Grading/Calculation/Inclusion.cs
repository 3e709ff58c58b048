using System.Text.Json.Serialization;

namespace Lectern.Grading.Calculation;

/// <summary>Whether unfinished work is left out or counts as nothing.</summary>
internal enum Basis
{
    /// <summary>What has been graded so far.</summary>
    Current,

    /// <summary>If nothing else comes in: blanks are zero.</summary>
    Final,
}

/// <summary>How an item enters a total, or why it does not.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Inclusion>))]
internal enum Inclusion
{
    Counted,
    UngradedCountedAsZero,
    NotPostedCountedAsZero,
    Ungraded,
    NotPosted,
    PendingReview,
    Excused,
    OmittedFromFinal,
    Unpublished,
    NotAssigned,
    NotGraded,
    DroppedLowest,
    DroppedHighest,

    /// <summary>Due in no grading period of a course whose total is made of its periods.</summary>
    OutsidePeriods,
}

/// <summary>An item with its score after policy; both bases and every period share it.</summary>
/// <param name="Hidden">Not posted, and seen by the learner: the score is not even read, so that no explanation can show it.</param>
internal sealed record ScoredItem(GradeItem Item, WorkScore Work, bool Hidden)
{
    internal static ScoredItem Of(GradeItem item, GradingPolicy policy, GradeView view)
    {
        var hidden = view == GradeView.Learner && !item.Posted;
        return new(item, hidden ? default : WorkScore.Of(item, policy), hidden);
    }
}

/// <summary>What one item brings into one group total.</summary>
internal readonly record struct ItemTake(ScoredItem Scored, decimal Score, decimal Possible, Inclusion Inclusion)
{
    internal GradedAssignment Assignment => Scored.Item.Assignment;

    internal bool Counts => Inclusion <= Inclusion.NotPostedCountedAsZero;

    internal static ItemTake Of(ScoredItem scored, Basis basis)
    {
        var inclusion = NeverCounts(scored.Item) ?? Now(scored, basis);
        var score = inclusion == Inclusion.Counted ? scored.Work.Score ?? 0 : 0;
        var assignment = scored.Item.Assignment;
        return new(scored, score, assignment.ExtraCredit ? 0 : assignment.Points, inclusion);
    }

    private static Inclusion? NeverCounts(GradeItem item) => item switch
    {
        { Assigned: false } => Inclusion.NotAssigned,
        { Assignment.Published: false } => Inclusion.Unpublished,
        { Assignment.GradingType: GradingType.NotGraded } => Inclusion.NotGraded,
        { Status: WorkStatus.Excused } => Inclusion.Excused,
        { Assignment.OmitFromFinal: true } => Inclusion.OmittedFromFinal,
        _ => null,
    };

    private static Inclusion Now(ScoredItem scored, Basis basis) => (basis, scored) switch
    {
        (Basis.Current, { Hidden: true }) => Inclusion.NotPosted,
        (Basis.Final, { Hidden: true }) => Inclusion.NotPostedCountedAsZero,
        (Basis.Current, { Work.Score: null }) => Inclusion.Ungraded,
        (Basis.Final, { Work.Score: null }) => Inclusion.UngradedCountedAsZero,
        (Basis.Current, { Item.PendingReview: true }) => Inclusion.PendingReview,
        _ => Inclusion.Counted,
    };
}
