using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Annotations;
using Lectern.Grading.Anonymity;
using Lectern.Grading.AnswerClaims;
using Lectern.Grading.Answers;
using Lectern.Grading.AssignmentGroups;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation.Proof;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.CodeRuns;
using Lectern.Grading.CommentDrafts;
using Lectern.Grading.Dashboard;
using Lectern.Grading.Elsewhere;
using Lectern.Grading.FeedbackImports;
using Lectern.Grading.GradePoints;
using Lectern.Grading.Gradebook;
using Lectern.Grading.GradebookExports;
using Lectern.Grading.GradebookImports;
using Lectern.Grading.GradebookViews;
using Lectern.Grading.Grades;
using Lectern.Grading.GradingClaims;
using Lectern.Grading.GroupSubmissions;
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
using Lectern.Platform.Events;
using Lectern.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lectern.Grading;

/// <summary>What this service is made of, part by part; <see cref="GradingService"/> says what it answers.</summary>
internal static class GradingParts
{
    public static void Add(IServiceCollection services)
    {
        AddWork(services);
        AddGrades(services);
        AddGradebook(services);
        AddPostings(services);
        AddMissingWork(services);
        AddQueue(services);
        AddRubrics(services);
        AddMarking(services);
        AddPeers(services);
        AddOutcomes(services);
        AddQuestions(services);
        AddFiles(services);
        AddSimilarity(services);
        services.AddListener<PersonEnrolled, OnPersonEnrolled>().AddListener<PersonUnenrolled, OnPersonUnenrolled>();
        services.AddListener<PeopleEnrolled, OnPeopleEnrolled>().AddListener<GradeRecorded, OnGradeRecorded>();
        services.AddScoped<WorkFromElsewhereStore>().AddScoped<IGrading, GradingPort>();
    }

    private static void AddWork(IServiceCollection services)
    {
        services.AddScoped<AssignmentStore>().AddScoped<AssignmentReader>().AddScoped<AssignmentEditor>().AddScoped<GroupStore>();
        services.AddScoped<GroupWorkStore>().AddScoped<DraftStore>().AddScoped<GroupGrades>();
        services.AddScoped<SubmissionStore>().AddScoped<CommentStore>().AddScoped<WorkDesk>().AddScoped<WorkReader>();
    }

    private static void AddGrades(IServiceCollection services)
    {
        services.AddScoped<GradeStore>().AddScoped<GradeRecorder>().AddScoped<GradeEyes>().AddScoped<OverrideStore>();
        services.AddScoped<LateAllowanceStore>().AddScoped<PolicyStore>().AddScoped<PeriodLock>().AddScoped<LabelStore>();
        services.AddScoped<RegradeStore>().AddScoped<GradePointReader>().AddScoped<DashboardReader>();
        services.AddScoped<GradeLedgerProof>().AddScoped<IGradeLedgerProof>(scope => scope.GetRequiredService<GradeLedgerProof>());
        services.AddSingleton<ICalculatorProof, CalculatorProof>();
    }

    private static void AddGradebook(IServiceCollection services)
    {
        services.AddScoped<GradebookStore>().AddScoped<GradebookReader>().AddScoped<GradebookPast>().AddScoped<GradebookViewStore>();
        services.AddScoped<LookStore>().AddScoped<PresenceStore>().AddScoped<GradebookStreams>().AddScoped<MessageWriter>();
        services.AddJob<RefoldGradebook, RefoldGradebookHandler>();
        services.AddJob<CheckGradebooks, CheckGradebooksHandler>(JobLane.Bulk).AddNightly<CheckGradebooks>();
        services.AddSingleton(GradingFeature.LiveGradebook);
    }

    private static void AddPostings(IServiceCollection services)
    {
        services.AddScoped<PostingStore>().AddScoped<Poster>();
        services.AddJob<ContinuePosting, ContinuePostingHandler>().AddJob<PostOnSchedule, PostOnScheduleHandler>();
        services.AddJob<SendPostingNotices, SendPostingNoticesHandler>().AddJob<TellRemarks, TellRemarksHandler>();
    }

    private static void AddMissingWork(IServiceCollection services)
    {
        services.AddScoped<MissingStore>().AddScoped<MissingMarker>().AddJob<MarkMissing, MarkMissingHandler>();
        services.AddJob<MarkMissingNightly, MarkMissingNightlyHandler>(JobLane.Bulk).AddNightly<MarkMissingNightly>();
    }

    private static void AddQueue(IServiceCollection services)
    {
        services.AddScoped<AnonymityStore>().AddScoped<ClaimStore>().AddScoped<GradingDesk>().AddScoped<CommentDraftStore>();
        services.AddScoped<SavedCommentStore>().AddScoped<RevisionStore>();
        services.AddScoped<AnnotationStore>().AddScoped<AnnotationEyes>().AddScoped<AnnotationRemoval>();
    }

    private static void AddRubrics(IServiceCollection services)
    {
        services.AddScoped<RubricStore>().AddScoped<RubricMigrationStore>().AddJob<MigrateRubric, MigrateRubricHandler>();
        services.AddScoped<AssessmentStore>().AddScoped<AssessmentReader>().AddScoped<AssessmentWriter>().AddScoped<Assessor>();
    }

    private static void AddMarking(IServiceCollection services)
    {
        services.AddScoped<MarkingPlanStore>().AddScoped<MarkStore>().AddScoped<DecisionStore>().AddScoped<Moderator>().AddScoped<Judge>();
        services.AddScoped<CalibrationStore>().AddScoped<CalibrationDesk>();
    }

    private static void AddPeers(IServiceCollection services)
    {
        services.AddScoped<PeerPlanStore>().AddScoped<PeerReviewStore>().AddScoped<PeerReader>().AddScoped<PeerWriter>();
        services.AddScoped<PeerAllocator>().AddScoped<PeerRemoval>().AddScoped<PeerNotices>();
        services.AddScoped<PeerScoreStore>().AddScoped<TakeoverPlanner>().AddScoped<PeerResetStore>();
        services.AddJob<AllocatePeers, AllocatePeersHandler>().AddJob<TellPeers, TellPeersHandler>();
    }

    private static void AddOutcomes(IServiceCollection services)
    {
        services.AddScoped<OutcomeStore>().AddScoped<CourseOutcomeStore>().AddScoped<OutcomeDesk>().AddScoped<OutcomeGroupDesk>();
        services.AddScoped<AcrossCourses>().AddScoped<OutcomeExportStore>().AddScoped<OutcomeImporter>().AddScoped<OutcomeTable>();
        services.AddJob<ExportOutcome, ExportOutcomeHandler>(JobLane.Bulk);
        services.AddJob<ExpireOutcomeExport, ExpireOutcomeExportHandler>(JobLane.Bulk);
        services.AddScoped<MasteryReader>().AddScoped<MasteryPast>().AddScoped<MasteryViews>().AddJob<CarryOutcome, CarryOutcomeHandler>();
    }

    private static void AddQuestions(IServiceCollection services)
    {
        services.AddScoped<QuestionStore>().AddScoped<QuestionMarkStore>().AddScoped<MarkedScores>();
        services.AddJob<MarkAnswers, MarkAnswersHandler>().AddJob<RunPrograms, RunProgramsHandler>(JobLane.Programs);
        services.AddScoped<KeyCorrectionStore>().AddScoped<AnswerReview>().AddScoped<CorrectionPreview>();
        services.AddJob<CorrectMarks, CorrectMarksHandler>(JobLane.Programs);
        services.AddSingleton<BubblewrapRunner>().AddScoped<ProgramGrader>();
        services.AddSingleton<ICodeRunner>(known => known.GetRequiredService<BubblewrapRunner>());
        services.AddSingleton<ICodeSandbox>(known => known.GetRequiredService<BubblewrapRunner>());
        services.AddScoped<AnswerClaimStore>().AddScoped<AnswerDesk>();
    }

    /// <summary>Grades and work that leave as files and come back; all of it is made and read by jobs.</summary>
    private static void AddFiles(IServiceCollection services)
    {
        services.AddScoped<GradebookExportStore>().AddScoped<ExportReader>();
        services.AddJob<ExportGradebook, ExportGradebookHandler>(JobLane.Bulk);
        services.AddJob<ExpireGradebookExport, ExpireGradebookExportHandler>(JobLane.Bulk);
        services.AddScoped<SubmissionDownloadStore>().AddScoped<WorkArchive>();
        services.AddJob<DownloadSubmissions, DownloadSubmissionsHandler>(JobLane.Bulk);
        services.AddJob<ExpireSubmissionDownload, ExpireSubmissionDownloadHandler>(JobLane.Bulk);
        services.AddScoped<FeedbackImportStore>().AddScoped<FeedbackPlanner>().AddScoped<StandingFiles>();
        services.AddJob<PlanFeedbackImport, PlanFeedbackImportHandler>(JobLane.Bulk);
        services.AddJob<ApplyFeedbackImport, ApplyFeedbackImportHandler>(JobLane.Bulk);
        services.AddJob<ReverseFeedbackImport, ReverseFeedbackImportHandler>(JobLane.Bulk);
        services.AddJob<ExpireFeedbackImport, ExpireFeedbackImportHandler>(JobLane.Bulk);
        services.AddScoped<GradebookImportStore>().AddScoped<ImportPlanner>();
        services.AddJob<PlanGradebookImport, PlanGradebookImportHandler>(JobLane.Bulk);
        services.AddJob<ApplyGradebookImport, ApplyGradebookImportHandler>(JobLane.Bulk);
        services.AddJob<ReverseGradebookImport, ReverseGradebookImportHandler>(JobLane.Bulk);
    }

    /// <summary>An adapter that was registered before is asked in place of the program's own.</summary>
    private static void AddSimilarity(IServiceCollection services)
    {
        services.AddScoped<SimilarityPolicyStore>().AddScoped<SimilarityStore>().AddScoped<SimilarityReader>();
        services.AddScoped<SimilarityDesk>().AddScoped<SimilarityTally>().AddScoped<WorkTextReader>();
        services.TryAddScoped<ISimilarityProvider, PrintIndex>();
        services.AddListener<WorkSubmitted, OnWorkSubmitted>();
        services.AddJob<ReadForSimilarity, ReadForSimilarityHandler>(JobLane.Bulk);
        services.AddJob<CompareWork, CompareWorkHandler>(JobLane.Bulk);
        services.AddJob<CompareAssignment, CompareAssignmentHandler>(JobLane.Bulk);
    }
}
