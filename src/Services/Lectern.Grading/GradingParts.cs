using Lectern.Contracts.Grading;
using Lectern.Grading.AnswerClaims;
using Lectern.Grading.Answers;
using Lectern.Grading.CodeRuns;
using Lectern.Grading.KeyCorrections;
using Lectern.Grading.QuestionMarks;
using Lectern.Grading.Questions;
using Lectern.Grading.SimilarityChecks;
using Lectern.Grading.Submissions;
using Lectern.Platform.Events;
using Lectern.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lectern.Grading;

/// <summary>What larger parts of this service are made of.</summary>
internal static class GradingParts
{
    public static void AddQuestions(IServiceCollection services)
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

    /// <summary>An adapter that was registered before is asked in place of the program's own.</summary>
    public static void AddSimilarity(IServiceCollection services)
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
