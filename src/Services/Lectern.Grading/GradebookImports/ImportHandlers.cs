using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.Sheets;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.GradebookImports;

/// <summary>Compares a file with what stands here, and lets go of the file.</summary>
internal sealed class PlanGradebookImportHandler(GradebookImportStore imports, ImportPlanner planner, StoredFiles files)
    : IJobHandler<PlanGradebookImport>
{
    public async Task<object?> Run(PlanGradebookImport job, JobProgress progress, CancellationToken ct)
    {
        if (await imports.Hold(job.GradebookImportId, ct) is not { State: ImportState.Planning, FileId: { } file } import) return null;
        await using var content = await files.Open(file, ct) ?? throw new InvalidOperationException("The file that was sent is gone.");
        try
        {
            await imports.SavePlan(job.GradebookImportId, await planner.Plan(import.CourseId, content, progress, ct), ct);
        }
        catch (SheetUnreadableException why)
        {
            await imports.Refuse(job.GradebookImportId, why.Code, why.Message, ct);
        }

        await files.Forget(file, ct);
        return new { gradebook_import_id = job.GradebookImportId };
    }
}

/// <summary>Makes the grades what was chosen, all in one unit of work; where one is no longer as it was compared, none.</summary>
internal sealed class ApplyGradebookImportHandler(GradebookImportStore imports, GradeRecorder recorder, TenantDb db)
    : IJobHandler<ApplyGradebookImport>
{
    public async Task<object?> Run(ApplyGradebookImport job, JobProgress progress, CancellationToken ct)
    {
        if (await imports.Hold(job.GradebookImportId, ct) is not { State: ImportState.Applying } import) return null;
        var rows = await imports.Taken(job.GradebookImportId, ct);
        var asked = rows.ConvertAll(row => new AskedChange(row.AssignmentId!.Value, row.UserId!.Value, ChangeOf(row, import.FileName)));
        var recorded = await recorder.Record(import.CourseId, asked, import.FileName, ct);
        if (recorded.Result is not Ok<RecordedGrades> { Value.Grades: { } made })
        {
            await imports.MarkOutdated(job.GradebookImportId, ct);
            return new { applied = false, code = "plan_outdated", because = GradebookImport.OutdatedBecause };
        }

        await imports.Made(job.GradebookImportId, rows, made, ct);
        await imports.MarkApplied(job.GradebookImportId, import.Summary with { Taken = rows.Count }, ct);
        db.Audit(GradingAudit.GradebookImported, $"course:{import.CourseId.Value}", new
        {
            gradebook_import_id = job.GradebookImportId, import.FileName, taken = rows.Count,
        });
        return new { applied = true, taken = rows.Count };
    }

    private static GradeChange ChangeOf(ImportRow row, string reason)
    {
        // A file says a grade of each person.
        var change = new GradeChange { Version = row.Version, Reason = reason, Source = GradeSource.Import, OnlyThisLearner = true };
        if (row.Excused) change.Status = WorkStatus.Excused;
        else change.Score = row.Score;
        // An emptied cell says that the grade is to be as if nobody had given one.
        if (row is { Score: null, Excused: false, CurrentExcused: true }) change.Status = WorkStatus.Computed;
        return change;
    }
}

/// <summary>
/// Takes back what an import changed: each grade that still stands as the import made it goes back to what stood before, as one more entry
/// of the ledger. What somebody changed since is left.
/// </summary>
internal sealed class ReverseGradebookImportHandler(
    GradebookImportStore imports, GradebookStore gradebooks, GradeRecorder recorder, PeriodLock periods, TenantDb db)
    : IJobHandler<ReverseGradebookImport>
{
    private const int UsersAtOnce = 250;

    public async Task<object?> Run(ReverseGradebookImport job, JobProgress progress, CancellationToken ct)
    {
        if (await imports.Hold(job.GradebookImportId, ct) is not { State: ImportState.Reversing } import) return null;
        var rows = await imports.Taken(job.GradebookImportId, ct);
        var users = rows.Select(row => row.UserId!.Value).Distinct().ToArray();
        var course = await gradebooks.Structure(import.CourseId, ct) ?? CourseStructure.Empty(import.CourseId);
        var stand = await GradesOf(course, users, ct);
        var closed = await periods.Over(course, users, ct);
        var asked = new List<AskedChange>();
        foreach (var row in rows)
        {
            if (stand.GetValueOrDefault((row.AssignmentId!.Value, row.UserId!.Value)) is not { } grade
                || !grade.IsAsSeenAt(row.MadeVersion) || closed.Refuses(grade.AssignmentId, grade.UserId) is not null) continue;
            asked.Add(new(grade.AssignmentId, grade.UserId, new GradeChange
            {
                Restore = row.Version, Version = grade.Version, Reason = import.FileName, Source = GradeSource.Import,
            }));
        }

        // Somebody who was faster than this makes it begin anew, and find that grade changed.
        if (asked.Count > 0 && (await recorder.Record(import.CourseId, asked, import.FileName, ct)).Result is ProblemHttpResult problem)
            throw new InvalidOperationException(problem.ProblemDetails.Detail);
        await imports.MarkReversed(
            job.GradebookImportId, import.Summary with { Reverted = asked.Count, Kept = rows.Count - asked.Count }, ct);
        db.Audit(GradingAudit.GradebookImportReversed, $"course:{import.CourseId.Value}", new
        {
            gradebook_import_id = job.GradebookImportId, import.FileName, reverted = asked.Count, kept = rows.Count - asked.Count,
        });
        return new { reverted = asked.Count, kept = rows.Count - asked.Count };
    }

    /// <summary>How the grades stand of who is still in the gradebook, on what is still in the course.</summary>
    private async Task<Dictionary<(AssignmentId, UserId), Grade>> GradesOf(CourseStructure course, UserId[] users, CancellationToken ct)
    {
        var (id, assignments) = (course.Head.CourseId, course.Assignments.Select(one => one.AssignmentId).ToHashSet());
        var stand = new Dictionary<(AssignmentId, UserId), Grade>();
        // Some at a time, so that each is a walk through an index however little is known of how rows are spread.
        foreach (var some in users.Chunk(UsersAtOnce))
        {
            var batch = db.Batch();
            var lines = batch.Query<UserId>($"""
                SELECT r.user_id FROM gradebook_rows r
                WHERE r.tenant_id = {db.Tenant} AND r.course_id = {id} AND r.user_id = ANY ({some})
                """);
            var grades = batch.Query<Grade>($"""
                SELECT {Sql.Raw(Grade.Columns)} FROM grades g
                WHERE g.tenant_id = {db.Tenant} AND g.course_id = {id} AND g.user_id = ANY ({some})
                """);
            await batch.Run(ct);
            var known = lines.ToHashSet();
            foreach (var grade in grades.Where(grade => known.Contains(grade.UserId) && assignments.Contains(grade.AssignmentId)))
                stand.Add((grade.AssignmentId, grade.UserId), grade);
        }

        return stand;
    }
}
