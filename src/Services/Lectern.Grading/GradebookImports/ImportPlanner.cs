using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.Sheets;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradebookImports;

/// <summary>Reads a file and compares it with what stands here, some hundred lines at a time.</summary>
internal sealed class ImportPlanner(TenantDb db, GradebookStore gradebooks, GradeStore grades, PeriodLock periods)
{
    /// <summary>What one import may change, and what one person may look through.</summary>
    public const int MostRows = 50_000;

    private const int LinesAtOnce = 250;

    /// <exception cref="SheetUnreadableException">The file is no sheet of grades of this course.</exception>
    public async Task<ImportPlan> Plan(CourseId course, Stream content, JobProgress progress, CancellationToken ct)
    {
        var structure = await gradebooks.Structure(course, ct) ?? CourseStructure.Empty(course);
        var sheet = GradeSheet.Open(SheetRows.Read(content, SheetLimits.Default), structure);
        var plan = new ImportPlan();
        foreach (var column in sheet.Unknown) plan.Unknown(column);
        var people = new Roll(await Learners(course, ct));
        var done = 0;
        foreach (var lines in sheet.Lines().Chunk(LinesAtOnce))
        {
            await Compare(plan, structure, people, lines, ct);
            if (plan.Rows.Count > MostRows)
                throw new SheetUnreadableException(
                    "sheet_too_much", $"More than {MostRows} cells differ from what stands here. Send fewer columns at a time.");
            await progress.At(done += lines.Length, null, ct);
        }

        return plan;
    }

    private async Task Compare(ImportPlan plan, CourseStructure course, Roll people, SheetLine[] lines, CancellationToken ct)
    {
        var meant = lines.Select(line => (Line: line, Found: people.Find(line))).ToList();
        var users = meant.Where(one => one.Found.Learner is not null).Select(one => one.Found.Learner!.UserId).ToArray();
        var stand = (await db.Query<Grade>($"""
            SELECT {Sql.Raw(Grade.Columns)} FROM grades g
            WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course.Head.CourseId} AND g.user_id = ANY ({users})
            """, ct)).ToDictionary(grade => (grade.AssignmentId, grade.UserId));
        Grade GradeOn(UserId user, AssignmentId assignment) =>
            stand.GetValueOrDefault((assignment, user)) ?? Grade.None(assignment, user);

        var wanted = meant.Where(one => one.Found.Learner is not null).SelectMany(one =>
            ImportPlan.ToLookUp(one.Line, assignment => GradeOn(one.Found.Learner!.UserId, assignment.AssignmentId))
                .Select(cell => (cell.Assignment.AssignmentId, one.Found.Learner!.UserId, cell.Seen!.Value))).Distinct().ToList();
        var seen = wanted.Count == 0 ? [] : (await grades.Entries(wanted, ct)).ToDictionary(
            entry => (entry.AssignmentId, entry.UserId, entry.Version),
            entry => new Standing(entry.EnteredScore, entry.Status is Calculation.WorkStatus.Excused));
        var closed = await periods.Over(course, users, ct);
        foreach (var (line, (learner, code, because)) in meant)
        {
            if (learner is null) plan.Unknown(line, code!, because!);
            else plan.Compare(
                line, learner, assignment => GradeOn(learner.UserId, assignment.AssignmentId),
                assignment => closed.Refuses(assignment.AssignmentId, learner.UserId),
                cell => seen.TryGetValue((cell.Assignment.AssignmentId, learner.UserId, cell.Seen ?? 0), out var stood) ? stood : null);
        }
    }

    private Task<List<KnownLearner>> Learners(CourseId course, CancellationToken ct) => db.Query<KnownLearner>($"""
        SELECT DISTINCT p.user_id, p.name, p.sis_id, p.email_norm FROM course_members m
        JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = m.user_id
        WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.role = 'learner' AND m.state = 'active'
        """, ct);

    /// <summary>Whom a line means, and whether another line has meant them already.</summary>
    private sealed class Roll(List<KnownLearner> learners)
    {
        private readonly Dictionary<string, KnownLearner> byId =
            learners.ToDictionary(learner => learner.UserId.Value.ToString(CultureInfo.InvariantCulture));

        private readonly Dictionary<string, KnownLearner> bySis =
            learners.Where(learner => learner.SisId is not null).ToDictionary(learner => learner.SisId!);

        private readonly Dictionary<string, KnownLearner> byEmail =
            learners.Where(learner => learner.EmailNorm is not null).ToDictionary(learner => learner.EmailNorm!);

        private readonly HashSet<UserId> met = [];

        public (KnownLearner? Learner, string? Code, string? Because) Find(SheetLine line)
        {
            var email = line.Email.Normalize().ToLowerInvariant();
            var found = new[]
            {
                (Said: line.LearnerId, Learner: byId.GetValueOrDefault(line.LearnerId)),
                (Said: line.SisId, Learner: bySis.GetValueOrDefault(line.SisId)),
                (Said: email, Learner: byEmail.GetValueOrDefault(email)),
            }.Where(one => one.Said.Length > 0).ToList();
            if (found.Count == 0 || found[0].Learner is not { } learner)
                return (null, "unknown_learner", "Nobody in this course is known by that.");
            // Somebody sorted one column alone, or pasted over another: whose grades these are cannot be told.
            if (found.Any(one => one.Learner is { } other && other != learner))
                return (null, "learner_contradicts", "The ids of this line are those of two people.");
            return met.Add(learner.UserId)
                ? (learner, null, null)
                : (null, "learner_repeated", "An earlier line is about the same person.");
        }
    }
}
