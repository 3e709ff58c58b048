using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Grading.Assignments;

/// <summary>Assignments and their dates.</summary>
internal sealed class AssignmentStore(TenantDb db, Actor actor)
{
    public Task<AssignmentDetail?> Find(AssignmentId id, CancellationToken ct) => db.Find<AssignmentDetail>($"""
        SELECT {Sql.Raw(Assignment.Columns)}, a.description FROM assignments a
        WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {id} AND a.status <> 'deleted'
        """, ct);

    /// <summary>
    /// Adds an assignment in the next free slot. It takes the course's counter, so this comes after everything that may wait.
    /// </summary>
    public async Task<AssignmentId> Add(CourseId course, AssignmentGroupId group, AssignmentFields fields, CancellationToken ct)
    {
        await db.Begin(ct);
        var slot = await db.Get<int>($"""
            UPDATE gradebooks SET next_slot = next_slot + 1, version = version + 1
            WHERE tenant_id = {db.Tenant} AND course_id = {course} RETURNING next_slot - 1
            """, ct);
        DateTimeOffset? publishedAt = fields.Status is AssignmentStatus.Published ? db.Now : null;
        return await db.Get<AssignmentId>($"""
            INSERT INTO assignments (tenant_id, course_id, assignment_group_id, slot, title, description, points_possible, grading_type,
                submission_types,
                due_at, unlocks_at, locks_at, attempts_allowed, status, position, omit_from_final, extra_credit, optional, only_named,
                    posts_manually, group_set_id, grade_individually, attempts_kept,
                created_by, created_at, published_at)
            VALUES ({db.Tenant}, {course}, {group}, {slot}, {fields.Title!.Trim()}, {fields.Description}, {fields.PointsPossible},
                {fields.GradingType},
                {fields.SubmissionTypes}, {fields.DueAt}, {fields.UnlocksAt}, {fields.LocksAt}, {fields.AttemptsAllowed}, {fields.Status},
                {fields.Position ?? slot}, {fields.OmitFromFinal}, {fields.ExtraCredit}, {fields.Optional}, {fields.OnlyNamed},
                    {fields.PostsManually}, {fields.GroupSetId}, {fields.GradeIndividually}, {fields.AttemptsKept},
                {actor.UserId}, {db.Now}, {publishedAt})
            RETURNING assignment_id
            """, ct);
    }

    /// <summary>Changes an assignment if it still has the version the change was made upon.</summary>
    public async Task<bool> Change(AssignmentId id, AssignmentGroupId group, AssignmentFields fields, int version, CancellationToken ct) =>
        await db.Execute($"""
        UPDATE assignments SET assignment_group_id = {group}, title = {fields.Title!.Trim()}, description = {fields.Description},
            points_possible = {fields.PointsPossible}, grading_type = {fields.GradingType}, submission_types = {fields.SubmissionTypes},
            due_at = {fields.DueAt}, unlocks_at = {fields.UnlocksAt}, locks_at = {fields.LocksAt},
                attempts_allowed = {fields.AttemptsAllowed},
            position = COALESCE({fields.Position}::int, position), omit_from_final = {fields.OmitFromFinal},
                extra_credit = {fields.ExtraCredit},
            optional = {fields.Optional}, only_named = {fields.OnlyNamed}, posts_manually = {fields.PostsManually},
            group_set_id = {fields.GroupSetId}, grade_individually = {fields.GradeIndividually},
            attempts_kept = {fields.AttemptsKept},
            posts_at = CASE WHEN {fields.PostsManually} THEN posts_at END, version = version + 1
        WHERE tenant_id = {db.Tenant} AND assignment_id = {id} AND version = {version} AND status <> 'deleted'
        """, ct) == 1;

    /// <summary>Changes only the status, on the same condition.</summary>
    public async Task<bool> SetStatus(AssignmentId id, AssignmentStatus status, int version, CancellationToken ct)
    {
        DateTimeOffset? publishedAt = status is AssignmentStatus.Published ? db.Now : null;
        return await db.Execute($"""
            UPDATE assignments SET status = {status}, published_at = COALESCE(published_at, {publishedAt}::timestamptz),
                version = version + 1
            WHERE tenant_id = {db.Tenant} AND assignment_id = {id} AND version = {version} AND status <> 'deleted'
            """, ct) == 1;
    }

    public Task<bool> HasWork(CourseId course, AssignmentId id, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM submissions s WHERE s.tenant_id = {db.Tenant} AND s.assignment_id = {id})
            OR EXISTS (SELECT 1 FROM grade_entries e WHERE e.tenant_id = {db.Tenant} AND e.assignment_id = {id})
        """, ct);

    public Task<List<AssignmentDate>> Dates(CourseId course, AssignmentId id, CancellationToken ct) => db.Query<AssignmentDate>($"""
        SELECT d.assignment_id, d.audience, d.audience_id, d.due_at, d.unlocks_at, d.locks_at FROM assignment_dates d
        WHERE d.tenant_id = {db.Tenant} AND d.course_id = {course} AND d.assignment_id = {id} ORDER BY d.audience, d.audience_id
        """, ct);

    /// <summary>Replaces all other dates of an assignment, if it still has the version they were read with.</summary>
    public async Task<bool> ReplaceDates(
        CourseId course, AssignmentId id, IReadOnlyList<AssignmentDate> dates, int version, CancellationToken ct)
    {
        var changed = await db.Execute($"""
            UPDATE assignments SET version = version + 1 WHERE tenant_id = {db.Tenant} AND assignment_id = {id} AND version = {version}
                AND status <> 'deleted'
            """, ct);
        if (changed == 0) return false;
        await db.Execute(
            $"DELETE FROM assignment_dates WHERE tenant_id = {db.Tenant} AND course_id = {course} AND assignment_id = {id}", ct);
        if (dates.Count == 0) return true;
        await db.Execute($"""
            INSERT INTO assignment_dates (tenant_id, course_id, assignment_id, audience, audience_id, due_at, unlocks_at, locks_at)
            SELECT {db.Tenant}, {course}, {id}, t.audience, t.audience_id, t.due_at, t.unlocks_at, t.locks_at
            FROM unnest({dates.Select(date => date.Audience).ToArray()}, {dates.Select(date => date.AudienceId).ToArray()},
                {Instants(dates, date => date.DueAt)}, {Instants(dates, date => date.UnlocksAt)}, {Instants(dates, date => date.LocksAt)})
                AS t(audience, audience_id, due_at, unlocks_at, locks_at)
            """, ct);
        return true;
    }

    public Task<bool> HasGroupSet(CourseId course, GroupSetId set, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM group_set_cards c
            WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course} AND c.group_set_id = {set})
        """, ct);

    /// <summary>Which of these people and sections belong to the course; others cannot have dates here.</summary>
    public Task<List<Seat>> Seats(CourseId course, CancellationToken ct) => db.Query<Seat>($"""
        SELECT m.user_id, m.section_id FROM course_members m
        WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.role = 'learner' AND m.state = 'active'
        """, ct);

    private static DateTime?[] Instants(IReadOnlyList<AssignmentDate> dates, Func<AssignmentDate, DateTimeOffset?> of) =>
        [.. dates.Select(date => of(date)?.UtcDateTime)];

    internal sealed record Seat(Lectern.Platform.Tenancy.UserId UserId, SectionId SectionId);
}

/// <summary>An assignment with its description.</summary>
internal sealed record AssignmentDetail(
    AssignmentId AssignmentId, CourseId CourseId, AssignmentGroupId AssignmentGroupId, int Slot, string Title, decimal PointsPossible,
    AssignmentGrading GradingType, SubmissionType[] SubmissionTypes, DateTimeOffset? DueAt, DateTimeOffset? UnlocksAt,
    DateTimeOffset? LocksAt,
    int? AttemptsAllowed, AssignmentStatus Status, int Position, bool OmitFromFinal, bool ExtraCredit, bool Optional, bool OnlyNamed,
    bool PostsManually, DateTimeOffset? PostsAt, GroupSetId? GroupSetId, bool GradeIndividually, bool Anonymous, bool SeveralMarkers,
    AttemptsKept AttemptsKept, int Version, string Description)
{
    public Assignment Assignment => new(
        AssignmentId, CourseId, AssignmentGroupId, Slot, Title, PointsPossible, GradingType, SubmissionTypes, DueAt, UnlocksAt, LocksAt,
        AttemptsAllowed,
        Status, Position, OmitFromFinal, ExtraCredit, Optional, OnlyNamed, PostsManually, PostsAt, GroupSetId, GradeIndividually, Anonymous,
        SeveralMarkers, AttemptsKept, Version);
}
