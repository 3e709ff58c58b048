using Lectern.Grading.GradebookExports;
using Lectern.Grading.Sheets;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Lectern.Grading.Outcomes;

/// <summary>Writes the learners of all courses that measure an outcome into a file, a course at a time, and stores that.</summary>
internal sealed class ExportOutcomeHandler(
    OutcomeExportStore exports, OutcomeStore outcomes, AcrossCourses across, StoredFiles files, TenantDb db,
    IOptions<PlatformOptions> platform, IOptions<GradingOptions> options) : IJobHandler<ExportOutcome>
{
    private static readonly TableCell[] Titles =
    [
        "Course", "Course title", "Learner ID", "SIS ID", "Name", "E-mail", "Outcome", "Outcome title", "Score", "Level", "Mastery",
        "Version",
    ];

    public async Task<object?> Run(ExportOutcome job, JobProgress progress, CancellationToken ct)
    {
        if (await exports.Find(job.OutcomeExportId, ct) is not { State: ExportState.Waiting } export) return null;
        if (await outcomes.Find(export.OutcomeId, ct) is not { } outcome) return null;
        await using var content = TemporaryFile.Open(platform.Value);
        var learners = await Write(export, outcome, content, progress, ct);
        content.Position = 0;

        // From here on it is one short transaction: everything above was only read.
        if (await exports.Hold(job.OutcomeExportId, ct) is not { State: ExportState.Waiting }) return null;
        var code = new string([.. outcome.Code.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-')]);
        var (stored, refusal) = await files.Store(
            $"{code}-mastery-{db.Now:yyyy-MM-dd}.csv", "text/csv; charset=utf-8", content, "outcome_export", ct);
        if (refusal is not null) throw new InvalidOperationException(refusal.Because);
        await exports.MarkReady(job.OutcomeExportId, stored!.FileId, learners, db.Now.AddDays(options.Value.KeepExportsDays), ct);
        return new { outcome_export_id = job.OutcomeExportId, learners };
    }

    private async Task<int> Write(OutcomeExport export, Outcome outcome, Stream content, JobProgress progress, CancellationToken ct)
    {
        await using var table = new CsvTable(content, CsvStyle.Spreadsheet);
        await table.Row(Titles, ct);
        var (written, done) = (0, 0);
        // Jobs read everything; whoever asked might read these.
        var courses = (await across.All(export.OutcomeId, ct)).Where(course => export.CourseIds.Contains(course.CourseId)).ToList();
        foreach (var course in courses)
        {
            foreach (var learner in await across.Learners(course.CourseId, course.Slot, ct))
            {
                var level = course.Scale.LevelOf(learner.Points);
                await table.Row(
                [
                    course.Code, course.Title, learner.UserId.Value, learner.SisId, learner.Name, learner.Email, outcome.Code,
                    outcome.Title, learner.Points, level is { } at ? course.Scale.Levels[at - 1].Name : null,
                    learner.Points >= course.Scale.MasteryPoints ? "yes" : "no", course.Version,
                ], ct);
                written++;
            }

            await progress.At(++done, courses.Count, ct);
        }

        return written;
    }
}

/// <summary>Gives up the file of an export whose time is over; its bytes go with the next sweep.</summary>
internal sealed class ExpireOutcomeExportHandler(OutcomeExportStore exports, StoredFiles files) : IJobHandler<ExpireOutcomeExport>
{
    public async Task<object?> Run(ExpireOutcomeExport job, JobProgress progress, CancellationToken ct)
    {
        if (await exports.Hold(job.OutcomeExportId, ct) is not { State: ExportState.Ready, FileId: { } file }) return null;
        await files.Forget(file, ct);
        await exports.MarkExpired(job.OutcomeExportId, ct);
        return null;
    }
}
