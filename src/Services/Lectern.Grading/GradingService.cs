using Lectern.Grading.Anonymity;
using Lectern.Grading.Annotations;
using Lectern.Grading.AnswerClaims;
using Lectern.Grading.AssignmentGroups;
using Lectern.Grading.Assignments;
using Lectern.Grading.CalibrationAnswers;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.CommentDrafts;
using Lectern.Grading.Dashboard;
using Lectern.Grading.FeedbackImports;
using Lectern.Grading.FeedbackUploads;
using Lectern.Grading.Gradebook;
using Lectern.Grading.GradebookExports;
using Lectern.Grading.GradebookImports;
using Lectern.Grading.GradebookViews;
using Lectern.Grading.GradePoints;
using Lectern.Grading.Grades;
using Lectern.Grading.GradingClaims;
using Lectern.Grading.KeyCorrections;
using Lectern.Grading.Labels;
using Lectern.Grading.LateAllowances;
using Lectern.Grading.LearnerMessages;
using Lectern.Grading.MarkDecisions;
using Lectern.Grading.MarkingPlans;
using Lectern.Grading.MissingWork;
using Lectern.Grading.Outcomes;
using Lectern.Grading.Overrides;
using Lectern.Grading.PeerResets;
using Lectern.Grading.PeerReviews;
using Lectern.Grading.PeerScores;
using Lectern.Grading.Postings;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Grading.QuestionMarks;
using Lectern.Grading.Questions;
using Lectern.Grading.RegradeRequests;
using Lectern.Grading.RevisionRequests;
using Lectern.Grading.RubricAssessments;
using Lectern.Grading.Rubrics;
using Lectern.Grading.SavedComments;
using Lectern.Grading.SimilarityChecks;
using Lectern.Grading.SubmissionDownloads;
using Lectern.Grading.Submissions;
using Lectern.Grading.VoiceUploads;
using Lectern.Platform.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Grading;

/// <summary>The public door of this service.</summary>
public sealed class GradingService : IService
{
    public string Name => "grading";

    public void Add(IServiceCollection services)
    {
        services.AddOptions<GradingOptions>().BindConfiguration("Lectern:Grading").ValidateDataAnnotations().ValidateOnStart();
        GradingParts.Add(services);
        GradingScopes.AddScopes(services);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        MapAssignments(routes);
        StartUpload.Map(routes);
        GetDraft.Map(routes);
        SaveDraft.Map(routes);
        SubmitWork.Map(routes);
        ListMySubmissions.Map(routes);
        ListSubmissions.Map(routes);
        ListLearnerSubmissions.Map(routes);
        GetSubmission.Map(routes);
        AddComment.Map(routes);

        RecordGrade.Map(routes);
        RecordGrades.Map(routes);
        ChangeGrade.Map(routes);
        ListGradeHistory.Map(routes);
        GetMyGrades.Map(routes);
        GetLearnerGrades.Map(routes);
        ForecastGrades.Map(routes);

        MapFinalGradesAndPostings(routes);

        GetGradebook.Map(routes);
        ListGradebookNews.Map(routes);
        RecordLook.Map(routes);
        ListGradebookViews.Map(routes);
        SaveGradebookView.Map(routes);
        DeleteGradebookView.Map(routes);
        ListGradebookChanges.Map(routes);
        WatchGradebook.Map(routes);
        RecordPresence.Map(routes);
        SendLearnerMessages.Map(routes);
        PreviewLearnerMessage.Map(routes);
        GetGradingPolicy.Map(routes);
        ReplaceGradingPolicy.Map(routes);
        ListMissingWork.Map(routes);

        CreateRegradeRequest.Map(routes);
        ListRegradeRequests.Map(routes);
        AnswerRegradeRequest.Map(routes);
        WithdrawRegradeRequest.Map(routes);

        GetDashboard.Map(routes);
        MapFiles(routes);
        MapPeers(routes);
        MapRubrics(routes);
        MapQueue(routes);
        MapMarking(routes);
        MapOutcomes(routes);
        MapQuestions(routes);
        MapSimilarity(routes);
    }

    private static void MapAssignments(IEndpointRouteBuilder routes)
    {
        ListGroups.Map(routes);
        CreateGroup.Map(routes);
        UpdateGroup.Map(routes);
        DeleteGroup.Map(routes);

        ListAssignments.Map(routes);
        CreateAssignment.Map(routes);
        GetAssignment.Map(routes);
        UpdateAssignment.Map(routes);
        SetAssignmentStatus.Map(routes);
        DeleteAssignment.Map(routes);
        ListAssignmentDates.Map(routes);
        ReplaceAssignmentDates.Map(routes);
    }

    private static void MapOutcomes(IEndpointRouteBuilder routes)
    {
        ListAccountOutcomes.Map(routes);
        CreateAccountOutcome.Map(routes);
        ListCourseOutcomes.Map(routes);
        CreateCourseOutcome.Map(routes);
        GetOutcome.Map(routes);
        ReplaceOutcome.Map(routes);
        DeleteOutcome.Map(routes);
        CreateAccountOutcomeGroup.Map(routes);
        CreateCourseOutcomeGroup.Map(routes);
        ReplaceOutcomeGroup.Map(routes);
        DeleteOutcomeGroup.Map(routes);
        TakeOutcomes.Map(routes);
        RemoveCourseOutcome.Map(routes);
        ReplaceAlignments.Map(routes);
        ListMastery.Map(routes);
        GetMasterySummary.Map(routes);
        GetCourseMastery.Map(routes);
        GetMyGradePoints.Map(routes);
        GetLearnerGradePoints.Map(routes);
        ForecastGradePoints.Map(routes);
        GetMyMastery.Map(routes);
        GetLearnerMastery.Map(routes);
        ListOutcomeCourses.Map(routes);
        ListWaitingLearners.Map(routes);
        CreateOutcomeExport.Map(routes);
        GetOutcomeExport.Map(routes);
        ImportAccountOutcomes.Map(routes);
        ImportCourseOutcomes.Map(routes);
        ExportAccountOutcomes.Map(routes);
        ExportCourseOutcomes.Map(routes);
    }

    private static void MapFiles(IEndpointRouteBuilder routes)
    {
        CreateGradebookExport.Map(routes);
        ListGradebookExports.Map(routes);
        GetGradebookExport.Map(routes);
        CreateGradebookImport.Map(routes);
        ListGradebookImports.Map(routes);
        GetGradebookImport.Map(routes);
        ListGradebookImportRows.Map(routes);
        CreateImportApplication.Map(routes);
        CreateImportReversal.Map(routes);

        CreateSubmissionDownload.Map(routes);
        ListSubmissionDownloads.Map(routes);
        GetSubmissionDownload.Map(routes);
        StartFeedbackUpload.Map(routes);
        StartVoiceUpload.Map(routes);
        CreateFeedbackImport.Map(routes);
        ListFeedbackImports.Map(routes);
        GetFeedbackImport.Map(routes);
        ListFeedbackImportFiles.Map(routes);
        CreateFeedbackApplication.Map(routes);
        CreateFeedbackReversal.Map(routes);
    }

    private static void MapFinalGradesAndPostings(IEndpointRouteBuilder routes)
    {
        SetFinalGrade.Map(routes);
        ListFinalGrades.Map(routes);

        GetLateAllowance.Map(routes);
        SetLateAllowance.Map(routes);
        GetMyLateAllowance.Map(routes);
        UseLatePasses.Map(routes);

        GetGradeLabels.Map(routes);
        ReplaceGradeLabels.Map(routes);
        CreatePosting.Map(routes);
        ListPostings.Map(routes);
        UndoPosting.Map(routes);
        ReplacePostingPolicy.Map(routes);
    }

    private static void MapQueue(IEndpointRouteBuilder routes)
    {
        ClaimWork.Map(routes);
        RenewClaims.Map(routes);
        ReleaseClaim.Map(routes);
        GetGradingWork.Map(routes);
        SaveCommentDraft.Map(routes);
        RequestRevision.Map(routes);
        ListSavedComments.Map(routes);
        CreateSavedComment.Map(routes);
        UseSavedComment.Map(routes);
        DeleteSavedComment.Map(routes);

        ListAnnotations.Map(routes);
        CreateAnnotation.Map(routes);
        UpdateAnnotation.Map(routes);
        DeleteAnnotation.Map(routes);
        RestoreAnnotation.Map(routes);
    }

    private static void MapMarking(IEndpointRouteBuilder routes)
    {
        SetAnonymity.Map(routes);
        LiftAnonymity.Map(routes);
        GetMarkingPlan.Map(routes);
        SetMarkingPlan.Map(routes);
        RemoveMarkingPlan.Map(routes);
        AllocateMarkers.Map(routes);
        SaveProvisionalMark.Map(routes);
        ListMarkDecisions.Map(routes);
        DecideMark.Map(routes);
        AcceptMarks.Map(routes);
        GetMarkerAgreement.Map(routes);
        ListCalibrationWorks.Map(routes);
        GetCalibrationWork.Map(routes);
        SetCalibrationWork.Map(routes);
        RemoveCalibrationWork.Map(routes);
        AnswerCalibration.Map(routes);
        GetCalibrationAgreement.Map(routes);
    }

    private static void MapQuestions(IEndpointRouteBuilder routes)
    {
        ListQuestions.Map(routes);
        GetQuestionKey.Map(routes);
        ReplaceQuestions.Map(routes);
        RecordMarks.Map(routes);
        PreviewKeyCorrection.Map(routes);
        StartKeyCorrection.Map(routes);
        ListKeyCorrections.Map(routes);
        UndoKeyCorrection.Map(routes);
        CountMarks.Map(routes);
        ClaimAnswers.Map(routes);
        RenewAnswerClaims.Map(routes);
        GetAnswerGroup.Map(routes);
        ReleaseAnswerClaim.Map(routes);
    }

    private static void MapSimilarity(IEndpointRouteBuilder routes)
    {
        GetSimilarityPolicy.Map(routes);
        ReplaceSimilarityPolicy.Map(routes);
        ListSimilarityChecks.Map(routes);
        StartSimilarityCheck.Map(routes);
        GetSimilarityCheck.Map(routes);
        GetSimilarityMatch.Map(routes);
        ExcludeSimilaritySource.Map(routes);
    }

    private static void MapPeers(IEndpointRouteBuilder routes)
    {
        GetPeerPlan.Map(routes);
        SetPeerPlan.Map(routes);
        RemovePeerPlan.Map(routes);
        PreviewPeerAllocation.Map(routes);
        StartPeerAllocation.Map(routes);
        ListPeerReviewers.Map(routes);
        ListPeerReviews.Map(routes);
        AddPeerReview.Map(routes);
        RemovePeerReview.Map(routes);
        RestorePeerReview.Map(routes);
        ListMyPeerReviews.Map(routes);
        ListReceivedPeerReviews.Map(routes);
        GetPeerReview.Map(routes);
        SavePeerReview.Map(routes);
        ListPeerScores.Map(routes);
        PreviewPeerTakeover.Map(routes);
        CreatePeerTakeover.Map(routes);
        ListPeerTakeovers.Map(routes);
        ReversePeerTakeover.Map(routes);
        PreviewPeerReset.Map(routes);
        CreatePeerReset.Map(routes);
        ListPeerResets.Map(routes);
        UndoPeerReset.Map(routes);
    }

    private static void MapRubrics(IEndpointRouteBuilder routes)
    {
        ListRubrics.Map(routes);
        CreateRubric.Map(routes);
        ReadRubricTable.Map(routes);
        GetRubric.Map(routes);
        ReplaceRubric.Map(routes);
        DeleteRubric.Map(routes);
        PreviewRubric.Map(routes);
        ListRubricMigrations.Map(routes);
        StartRubricMigration.Map(routes);
        UndoRubricMigration.Map(routes);
        GetAssignmentRubric.Map(routes);
        SetAssignmentRubric.Map(routes);
        RemoveAssignmentRubric.Map(routes);
        GetRubricAssessment.Map(routes);
        SaveRubricAssessment.Map(routes);
        SaveCriterion.Map(routes);
    }
}
