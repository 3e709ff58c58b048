using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Rubrics;

/// <summary>
/// Carries assessments over to a newer version of their rubric, or puts back what that did: some learners in user order, one
/// transaction, then a job for the next. Every grade goes through the ledger; one that somebody changed since is left alone.
/// </summary>
internal sealed class MigrateRubricHandler(
    TenantDb db, GradebookStore gradebooks, GradeStore grades, AssessmentWriter writer, RubricStore rubrics,
    RubricMigrationStore migrations, AssessmentStore assessments, PeriodLock periods) : IJobHandler<MigrateRubric>
{
    private const int LearnersAtOnce = 100;

    public async Task<object?> Run(MigrateRubric job, JobProgress progress, CancellationToken ct)
    {
        await db.Begin(ct);
        if (await migrations.Find(job.RubricMigrationId, ct) is not { } migration) return null;
        var last = migration.Status switch
        {
            MigrationStatus.Applying => await Apply(migration, job.After, ct),
            MigrationStatus.Undoing => await Undo(migration, job.After, ct),
            _ => null,
        };
        if (last is not null) db.Enqueue(job with { After = last }, MigrateRubric.Options(db.Tenant, migration.RubricId));
        else await End(migration, ct);
        return null;
    }

    private async Task End(RubricMigration migration, CancellationToken ct)
    {
        var ended = migration.Status is MigrationStatus.Applying ? MigrationStatus.Applied : MigrationStatus.Undone;
        await migrations.Turn(migration.RubricMigrationId, migration.Status, ended, ct);
    }

    /// <summary>Carries the next learners over; answers the last of them, or null when nobody is left.</summary>
    private async Task<UserId?> Apply(RubricMigration migration, UserId? after, CancellationToken ct)
    {
        var users = await assessments.NextBefore(
            migration.CourseId, migration.RubricId, migration.ToVersion, after, LearnersAtOnce, ct);
        if (users.Count == 0) return null;
        var versions = await rubrics.Versions(migration.RubricId, ct);
        var held = await gradebooks.Hold(migration.CourseId, users, ct);
        var closed = await periods.Over(held, ct);
        var newest = versions[migration.ToVersion];
        var changes = new List<AssessedChange>();
        // Read now that they are held and stay as they are read.
        foreach (var graded in await assessments.Before(migration.CourseId, migration.RubricId, migration.ToVersion, users, ct))
        {
            if (held.Course?.Find(graded.AssignmentId) is not { } assignment
                || !held.Learners.TryGetValue(graded.UserId, out var learner)) continue;
            var current = learner.GradeOn(graded.AssignmentId);
            var becomes = graded.Assessment.CarryTo(newest, versions[graded.Assessment.RubricVersion], current.Version + 1);
            var follows = graded.TotalIsScore && becomes.GivesScore(newest, current.EnteredScore)
                && assignment.RefusesScore(becomes.Total) is null && closed.Refuses(graded.AssignmentId, graded.UserId) is null;
            if (follows) becomes = becomes with { Scored = becomes.Total };
            var grade = follows ? Next(migration, current).With(becomes.Total) : Next(migration, current);
            changes.Add(new(learner, assignment, AssessedChange.EntryOf(grade, becomes, Reason(migration))));
        }

        migrations.RememberAtCommit(
            migration.RubricMigrationId,
            changes.ConvertAll(one => new MigratedGrade(one.Learner.UserId, one.Assignment.AssignmentId, one.Entry.Grade.Version)));
        await migrations.Count(migration.RubricMigrationId, changes.Count, 0, ct);
        if (held.Course is not null) writer.Write(held.Course, changes);
        return users[^1];
    }

    /// <summary>Puts back the next learners' grades; answers the last of them, or null when nobody is left.</summary>
    private async Task<UserId?> Undo(RubricMigration migration, UserId? after, CancellationToken ct)
    {
        var done = await migrations.Next(migration.RubricMigrationId, after, LearnersAtOnce, ct);
        if (done.Count == 0) return null;
        var held = await gradebooks.Hold(migration.CourseId, [.. done.Select(one => one.UserId).Distinct()], ct);
        var before = (await grades.Entries([.. done.Select(one => (one.AssignmentId, one.UserId, one.Version - 1))], ct))
            .ToDictionary(entry => (entry.AssignmentId, entry.UserId));
        var since = await migrations.GradedSince(done, ct);
        var changes = new List<AssessedChange>();
        foreach (var one in done)
        {
            if (held.Course?.Find(one.AssignmentId) is not { } assignment || !held.Learners.TryGetValue(one.UserId, out var learner)
                || learner.GradeOn(one.AssignmentId) is not { } current || since.Contains((one.AssignmentId, one.UserId))) continue;
            var entry = before[(one.AssignmentId, one.UserId)];
            var grade = Next(migration, current) with
            {
                EnteredScore = entry.EnteredScore, AttemptScores = entry.AttemptScores,
            };
            changes.Add(new(learner, assignment, new NewEntry(
                grade, EntryKind.Undo, entry.RubricData?.GetRawText(), KeepsRubric: false, Reason(migration))));
        }

        await migrations.Count(migration.RubricMigrationId, 0, done.Count - changes.Count, ct);
        if (held.Course is not null) writer.Write(held.Course, changes);
        return done[^1].UserId;
    }

    // Nothing but the assessment and the score that follows it.
    private Grade Next(RubricMigration migration, Grade current) => current with
    {
        GraderId = migration.ActorId, Source = GradeSource.Person, GradedAt = db.Now, Version = current.Version + 1,
    };

    private static string Reason(RubricMigration migration) => $"rubric changed to version {migration.ToVersion}";
}
