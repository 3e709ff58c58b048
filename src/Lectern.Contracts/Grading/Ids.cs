using System.Text.Json.Serialization;
using Lectern.Platform.Data;

namespace Lectern.Contracts.Grading;

/// <summary>A group of assignments that is weighted and dropped from as one.</summary>
[JsonConverter(typeof(IdJson<AssignmentGroupId>))]
public readonly record struct AssignmentGroupId(long Value) : IId<AssignmentGroupId>
{
    public static AssignmentGroupId From(long value) => new(value);

    public static bool TryParse(string? text, out AssignmentGroupId id) => IId<AssignmentGroupId>.TryRead(text, out id);
}

/// <summary>Something a learner hands in or is graded on.</summary>
[JsonConverter(typeof(IdJson<AssignmentId>))]
public readonly record struct AssignmentId(long Value) : IId<AssignmentId>
{
    public static AssignmentId From(long value) => new(value);

    public static bool TryParse(string? text, out AssignmentId id) => IId<AssignmentId>.TryRead(text, out id);
}

/// <summary>One attempt of one learner at an assignment.</summary>
[JsonConverter(typeof(IdJson<SubmissionId>))]
public readonly record struct SubmissionId(long Value) : IId<SubmissionId>
{
    public static SubmissionId From(long value) => new(value);

    public static bool TryParse(string? text, out SubmissionId id) => IId<SubmissionId>.TryRead(text, out id);
}

/// <summary>A learner's standing on an assignment.</summary>
[JsonConverter(typeof(IdJson<GradeId>))]
public readonly record struct GradeId(long Value) : IId<GradeId>
{
    public static GradeId From(long value) => new(value);

    public static bool TryParse(string? text, out GradeId id) => IId<GradeId>.TryRead(text, out id);
}

/// <summary>One time that grades were shown to learners, or hidden from them.</summary>
[JsonConverter(typeof(IdJson<PostingId>))]
public readonly record struct PostingId(long Value) : IId<PostingId>
{
    public static PostingId From(long value) => new(value);

    public static bool TryParse(string? text, out PostingId id) => IId<PostingId>.TryRead(text, out id);
}

/// <summary>A remark on a learner's work.</summary>
[JsonConverter(typeof(IdJson<SubmissionCommentId>))]
public readonly record struct SubmissionCommentId(long Value) : IId<SubmissionCommentId>
{
    public static SubmissionCommentId From(long value) => new(value);

    public static bool TryParse(string? text, out SubmissionCommentId id) => IId<SubmissionCommentId>.TryRead(text, out id);
}

/// <summary>What work is assessed by: criteria, in versions.</summary>
[JsonConverter(typeof(IdJson<RubricId>))]
public readonly record struct RubricId(long Value) : IId<RubricId>
{
    public static RubricId From(long value) => new(value);

    public static bool TryParse(string? text, out RubricId id) => IId<RubricId>.TryRead(text, out id);
}

/// <summary>One learner's review of another's work.</summary>
[JsonConverter(typeof(IdJson<PeerReviewId>))]
public readonly record struct PeerReviewId(long Value) : IId<PeerReviewId>
{
    public static PeerReviewId From(long value) => new(value);

    public static bool TryParse(string? text, out PeerReviewId id) => IId<PeerReviewId>.TryRead(text, out id);
}

/// <summary>Something a grader says often.</summary>
[JsonConverter(typeof(IdJson<SavedCommentId>))]
public readonly record struct SavedCommentId(long Value) : IId<SavedCommentId>
{
    public static SavedCommentId From(long value) => new(value);

    public static bool TryParse(string? text, out SavedCommentId id) => IId<SavedCommentId>.TryRead(text, out id);
}

/// <summary>The carrying over of assessments to a newer version of their rubric.</summary>
[JsonConverter(typeof(IdJson<RubricMigrationId>))]
public readonly record struct RubricMigrationId(long Value) : IId<RubricMigrationId>
{
    public static RubricMigrationId From(long value) => new(value);

    public static bool TryParse(string? text, out RubricMigrationId id) => IId<RubricMigrationId>.TryRead(text, out id);
}

/// <summary>Answers judged anew after what they are judged by was corrected.</summary>
[JsonConverter(typeof(IdJson<KeyCorrectionId>))]
public readonly record struct KeyCorrectionId(long Value) : IId<KeyCorrectionId>
{
    public static KeyCorrectionId From(long value) => new(value);

    public static bool TryParse(string? text, out KeyCorrectionId id) => IId<KeyCorrectionId>.TryRead(text, out id);
}

/// <summary>A learner's wish that a grade be looked at again.</summary>
[JsonConverter(typeof(IdJson<RegradeRequestId>))]
public readonly record struct RegradeRequestId(long Value) : IId<RegradeRequestId>
{
    public static RegradeRequestId From(long value) => new(value);

    public static bool TryParse(string? text, out RegradeRequestId id) => IId<RegradeRequestId>.TryRead(text, out id);
}

/// <summary>One hand-in of a group of learners.</summary>
[JsonConverter(typeof(IdJson<GroupSubmissionId>))]
public readonly record struct GroupSubmissionId(long Value) : IId<GroupSubmissionId>
{
    public static GroupSubmissionId From(long value) => new(value);

    public static bool TryParse(string? text, out GroupSubmissionId id) => IId<GroupSubmissionId>.TryRead(text, out id);
}

/// <summary>A grader's mark on a place in work that was handed in.</summary>
[JsonConverter(typeof(IdJson<AnnotationId>))]
public readonly record struct AnnotationId(long Value) : IId<AnnotationId>
{
    public static AnnotationId From(long value) => new(value);

    public static bool TryParse(string? text, out AnnotationId id) => IId<AnnotationId>.TryRead(text, out id);
}

/// <summary>What learners are to be able to do.</summary>
[JsonConverter(typeof(IdJson<OutcomeId>))]
public readonly record struct OutcomeId(long Value) : IId<OutcomeId>
{
    public static OutcomeId From(long value) => new(value);

    public static bool TryParse(string? text, out OutcomeId id) => IId<OutcomeId>.TryRead(text, out id);
}

/// <summary>A group of outcomes.</summary>
[JsonConverter(typeof(IdJson<OutcomeGroupId>))]
public readonly record struct OutcomeGroupId(long Value) : IId<OutcomeGroupId>
{
    public static OutcomeGroupId From(long value) => new(value);

    public static bool TryParse(string? text, out OutcomeGroupId id) => IId<OutcomeGroupId>.TryRead(text, out id);
}

/// <summary>An outcome as one course has taken it in.</summary>
[JsonConverter(typeof(IdJson<CourseOutcomeId>))]
public readonly record struct CourseOutcomeId(long Value) : IId<CourseOutcomeId>
{
    public static CourseOutcomeId From(long value) => new(value);

    public static bool TryParse(string? text, out CourseOutcomeId id) => IId<CourseOutcomeId>.TryRead(text, out id);
}

/// <summary>Scores of peers that a grader took over as grades in one action.</summary>
[JsonConverter(typeof(IdJson<PeerTakeoverId>))]
public readonly record struct PeerTakeoverId(long Value) : IId<PeerTakeoverId>
{
    public static PeerTakeoverId From(long value) => new(value);

    public static bool TryParse(string? text, out PeerTakeoverId id) => IId<PeerTakeoverId>.TryRead(text, out id);
}

/// <summary>Reviews among peers that were taken away together.</summary>
[JsonConverter(typeof(IdJson<PeerResetId>))]
public readonly record struct PeerResetId(long Value) : IId<PeerResetId>
{
    public static PeerResetId From(long value) => new(value);

    public static bool TryParse(string? text, out PeerResetId id) => IId<PeerResetId>.TryRead(text, out id);
}
