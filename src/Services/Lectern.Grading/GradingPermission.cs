using Lectern.Platform.Access;

namespace Lectern.Grading;

/// <summary>What this service lets people do, and who may.</summary>
internal static class GradingPermission
{
    public static readonly Permission ReadAssignments = new(
        "assignment.read", "See a course's assignments",
        Role.Learner, Role.PastLearner, Role.Observer, Role.Instructor, Role.TeachingAssistant, Role.Designer, Role.Administrator);

    public static readonly Permission ReadDrafts = new(
        "assignment.read_drafts", "See assignments that are not published yet", Role.Instructor, Role.TeachingAssistant, Role.Designer,
        Role.Administrator);

    public static readonly Permission ManageAssignments = new(
        "assignment.manage", "Make and change assignments", Role.Instructor, Role.Designer, Role.Administrator);

    public static readonly Permission ReadQuestionKeys = new(
        "question_key.read", "See what answers are judged by", Role.Instructor, Role.TeachingAssistant, Role.Designer, Role.Administrator);

    public static readonly Permission Submit = new("submission.submit", "Hand in one's own work", Role.Learner);

    /// <summary>Learners see and discuss only their own; the handlers see to it.</summary>
    public static readonly Permission ViewSubmission = new(
        "submission.view", "See one piece of work and what was said of it",
        Role.Learner, Role.PastLearner, Role.Instructor, Role.TeachingAssistant, Role.Administrator);

    public static readonly Permission Comment = new(
        "submission.comment", "Say something about work", Role.Learner, Role.Instructor, Role.TeachingAssistant, Role.Administrator);

    public static readonly Permission ReadOwnSubmissions = new("submission.read_own", "See one's own work", Role.Learner, Role.PastLearner);

    public static readonly Permission ReadSubmissions = new(
        "submission.read", "See what learners handed in", Role.Instructor, Role.TeachingAssistant, Role.Administrator);

    /// <summary>Held at the scope of a learner, not of a course.</summary>
    public static readonly Permission ObserveSubmissions = new(
        "submission.observe", "See the work of a learner one answers for", Role.Observer, Role.Administrator);

    public static readonly Permission ReadGrades = new(
        "grade.read", "Read a course's gradebook", Role.Instructor, Role.TeachingAssistant, Role.Administrator);

    public static readonly Permission RecordGrades = new(
        "grade.record", "Grade learners' work", Role.Instructor, Role.TeachingAssistant, Role.Administrator);

    public static readonly Permission PostGrades = new(
        "grade.post", "Show grades to learners and hide them", Role.Instructor, Role.TeachingAssistant, Role.Administrator);

    public static readonly Permission LiftAnonymity = new(
        "anonymity.lift", "Show whose work is graded anonymously", Role.Instructor, Role.Administrator);

    public static readonly Permission Moderate = new(
        "marking.moderate", "Decide marks that several people gave, and set references for calibration", Role.Instructor,
        Role.Administrator);

    public static readonly Permission MessageLearners = new(
        "learner_message.send", "Write to learners of a course from its gradebook",
        Role.Instructor, Role.TeachingAssistant, Role.Administrator);

    public static readonly Permission OverrideGrades = new(
        "grade.override", "Set a learner's final grade by hand", Role.Instructor, Role.Administrator);

    public static readonly Permission AllowLateness = new(
        "late_allowance.manage", "Exempt learners from the late policy, give late passes and give them back",
        Role.Instructor, Role.TeachingAssistant, Role.Administrator);

    public static readonly Permission ReadPeerReviews = new(
        "peer_review.read", "See how work is reviewed by peers, and one's own reviews",
        Role.Learner, Role.PastLearner, Role.Instructor, Role.TeachingAssistant, Role.Administrator);

    public static readonly Permission WritePeerReviews = new("peer_review.write", "Review the work of other learners", Role.Learner);

    public static readonly Permission ManagePeerReviews = new(
        "peer_review.manage", "Plan peer review, hand reviews out and take them away", Role.Instructor, Role.Administrator);

    public static readonly Permission ChangeClosedPeriods = new(
        "grade.change_closed", "Change grades of a grading period that is closed", Role.Administrator);

    public static readonly Permission AskForRegrade = new(
        "regrade.request", "Ask that one's own grade be looked at again", Role.Learner);

    public static readonly Permission ManagePolicy = new(
        "grading_policy.manage", "Change how a course's grades are worked out", Role.Instructor, Role.Administrator);

    public static readonly Permission ReadOutcomes = new(
        "outcome.read", "See the outcomes of an account or a course", Role.Instructor, Role.TeachingAssistant, Role.Designer,
        Role.Administrator);

    /// <summary>Held at the owner: those of an account are its administrators'.</summary>
    public static readonly Permission ManageOutcomes = new(
        "outcome.manage", "Make and change outcomes, and say what shows them", Role.Instructor, Role.Designer, Role.Administrator);

    public static readonly Permission ReadOwnGrades = new("grade.read_own", "See one's own grades", Role.Learner, Role.PastLearner);

    /// <summary>Held at the scope of a learner, not of a course.</summary>
    public static readonly Permission ObserveGrades = new(
        "grade.observe", "See the grades of a learner one answers for", Role.Observer, Role.Administrator);
}

/// <summary>What this service writes into the audit log.</summary>
internal static class GradingAudit
{
    public static readonly Lectern.Platform.Audit.AuditAction GradebookRead = new("gradebook.read");
    public static readonly Lectern.Platform.Audit.AuditAction GradebookExported = new("gradebook.exported");
    public static readonly Lectern.Platform.Audit.AuditAction GradebookExportRead = new("gradebook_export.read");
    public static readonly Lectern.Platform.Audit.AuditAction GradebookImportSent = new("gradebook_import.sent");
    public static readonly Lectern.Platform.Audit.AuditAction GradebookImported = new("gradebook_import.applied");
    public static readonly Lectern.Platform.Audit.AuditAction GradebookImportReversed = new("gradebook_import.reversed");
    public static readonly Lectern.Platform.Audit.AuditAction GradesRead = new("grades.read");
    public static readonly Lectern.Platform.Audit.AuditAction GradeRecorded = new("grade.recorded");
    public static readonly Lectern.Platform.Audit.AuditAction GradesRecorded = new("grades.recorded");
    public static readonly Lectern.Platform.Audit.AuditAction PeerPlanChanged = new("peer_plan.changed");
    public static readonly Lectern.Platform.Audit.AuditAction PeersAllocated = new("peer_reviews.allocated");
    public static readonly Lectern.Platform.Audit.AuditAction PeerScoresTaken = new("peer_scores.taken");
    public static readonly Lectern.Platform.Audit.AuditAction PeersChanged = new("peer_review.changed");
    public static readonly Lectern.Platform.Audit.AuditAction SubmissionsRead = new("submissions.read");
    public static readonly Lectern.Platform.Audit.AuditAction SubmissionsDownloaded = new("submissions.downloaded");
    public static readonly Lectern.Platform.Audit.AuditAction SubmissionsDownloadRead = new("submission_download.read");
    public static readonly Lectern.Platform.Audit.AuditAction FeedbackImportSent = new("feedback_import.sent");
    public static readonly Lectern.Platform.Audit.AuditAction FeedbackImported = new("feedback_import.applied");
    public static readonly Lectern.Platform.Audit.AuditAction FeedbackImportReversed = new("feedback_import.reversed");
    public static readonly Lectern.Platform.Audit.AuditAction LabelsChanged = new("grade_labels.changed");
    public static readonly Lectern.Platform.Audit.AuditAction AssignmentChanged = new("assignment.changed");
    public static readonly Lectern.Platform.Audit.AuditAction GroupChanged = new("assignment_group.changed");
    public static readonly Lectern.Platform.Audit.AuditAction RubricChanged = new("rubric.changed");
    public static readonly Lectern.Platform.Audit.AuditAction OutcomeChanged = new("outcome.changed");
    public static readonly Lectern.Platform.Audit.AuditAction SimilarityPolicyChanged = new("similarity_policy.changed");
    public static readonly Lectern.Platform.Audit.AuditAction SimilarityRead = new("similarity_check.read");
    public static readonly Lectern.Platform.Audit.AuditAction SimilaritySourceExcluded = new("similarity_check.source_excluded");
    public static readonly Lectern.Platform.Audit.AuditAction SimilarityAsked = new("similarity_check.asked");
    public static readonly Lectern.Platform.Audit.AuditAction RevisionRequested = new("revision.requested");
    public static readonly Lectern.Platform.Audit.AuditAction PolicyChanged = new("grading_policy.changed");
    public static readonly Lectern.Platform.Audit.AuditAction RegradeAnswered = new("regrade_request.answered");
    public static readonly Lectern.Platform.Audit.AuditAction PostingChanged = new("posting.changed");
    public static readonly Lectern.Platform.Audit.AuditAction MarkersAllocated = new("markers.allocated");
    public static readonly Lectern.Platform.Audit.AuditAction MarkDecided = new("mark.decided");
    public static readonly Lectern.Platform.Audit.AuditAction CalibrationChanged = new("calibration.changed");
    public static readonly Lectern.Platform.Audit.AuditAction AnonymityLifted = new("anonymity.lifted");
    public static readonly Lectern.Platform.Audit.AuditAction LearnersMessaged = new("learners.messaged");
    public static readonly Lectern.Platform.Audit.AuditAction LateAllowanceChanged = new("late_allowance.changed");
    public static readonly Lectern.Platform.Audit.AuditAction QuestionsChanged = new("questions.changed");
    public static readonly Lectern.Platform.Audit.AuditAction AnswersMarked = new("answers.marked");
    public static readonly Lectern.Platform.Audit.AuditAction FinalGradeChanged = new("final_grade.changed");
}
