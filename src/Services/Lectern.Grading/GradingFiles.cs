using Lectern.Grading.FeedbackImports;
using Lectern.Grading.GradebookExports;
using Lectern.Grading.GradebookImports;
using Lectern.Grading.SubmissionDownloads;
using Lectern.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Grading;

/// <summary>Grades and work that leave as files and come back; all of it is made and read by jobs.</summary>
internal static class GradingFiles
{
    public static void AddFiles(IServiceCollection services)
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
}
