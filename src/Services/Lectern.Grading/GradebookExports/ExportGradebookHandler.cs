using Lectern.Grading.Sheets;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Lectern.Grading.GradebookExports;

/// <summary>Writes a gradebook into a temporary file as it reads it, and stores that. Run again, it begins anew.</summary>
internal sealed class ExportGradebookHandler(
    GradebookExportStore exports, ExportReader reader, StoredFiles files, TenantDb db, IOptions<PlatformOptions> platform,
    IOptions<GradingOptions> options) : IJobHandler<ExportGradebook>
{
    public async Task<object?> Run(ExportGradebook job, JobProgress progress, CancellationToken ct)
    {
        if (await exports.Peek(job.GradebookExportId, ct) is not { State: ExportState.Waiting } export) return null;
        var course = await reader.Course(export, ct);
        var people = await reader.People(export.CourseId, export.SectionIds, ct);
        var file = GradebookFile.For(export.Format);
        await using var content = TemporaryFile.Open(platform.Value);
        var leftOut = await file.Write(course, reader.Learners(course, people, progress, ct), content, ct);
        content.Position = 0;

        // From here on it is one short transaction: everything above was only read.
        if (await exports.Hold(job.GradebookExportId, ct) is not { State: ExportState.Waiting }) return null;
        var (stored, refusal) = await files.Store(NameOf(course, file), file.ContentType, content, "gradebook_export", ct);
        if (refusal is not null) throw new InvalidOperationException(refusal.Because);
        await exports.MarkReady(
            job.GradebookExportId, stored!.FileId, new WrittenFile(people.Count, leftOut, course.Structure.Head.Version),
            db.Now.AddDays(options.Value.KeepExportsDays), ct);
        return new { gradebook_export_id = job.GradebookExportId, learners = people.Count, left_out = leftOut };
    }

    private static string NameOf(ExportedCourse course, GradebookFile file)
    {
        var code = new string([.. course.Code.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-')]);
        return $"{code}-grades-{course.At:yyyy-MM-dd}{file.Extension}";
    }
}

/// <summary>Gives up the file of an export whose time is over; its bytes go with the next sweep.</summary>
internal sealed class ExpireGradebookExportHandler(GradebookExportStore exports, StoredFiles files) : IJobHandler<ExpireGradebookExport>
{
    public async Task<object?> Run(ExpireGradebookExport job, JobProgress progress, CancellationToken ct)
    {
        if (await exports.Hold(job.GradebookExportId, ct) is not { State: ExportState.Ready, FileId: { } file }) return null;
        await files.Forget(file, ct);
        await exports.MarkExpired(job.GradebookExportId, ct);
        return null;
    }
}
