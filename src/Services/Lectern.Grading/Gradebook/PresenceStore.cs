using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>What must be known of a grader before others are told where they are. Where they are is never stored.</summary>
internal sealed class PresenceStore(TenantDb db, Actor actor)
{
    /// <summary>What a grader is called, and what of a cell of this course others may be told.</summary>
    public async Task<(string Name, GraderPlace? Place)> Find(CourseId course, GraderPlace? at, CancellationToken ct)
    {
        var found = await db.Find<Found>($"""
            SELECT p.name, (
                SELECT a.anonymity_key IS NOT NULL AND a.anonymity_lifted_at IS NULL FROM assignments a
                WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {at?.AssignmentId}::bigint AND a.course_id = {course}
                    AND a.status <> 'deleted') AS anonymous,
                EXISTS (SELECT 1 FROM course_members m WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course}
                    AND m.user_id = {at?.UserId}::bigint AND m.role = 'learner') AS is_learner
            FROM people p WHERE p.tenant_id = {db.Tenant} AND p.user_id = {actor.Person}
            """, ct);
        // Where work is graded without names, the column is all there is to say.
        var place = found?.Anonymous is { } hides ? at! with { UserId = !hides && found.IsLearner ? at.UserId : null } : null;
        return (found?.Name ?? string.Empty, place is { UserId: null } ? place with { Typing = false } : place);
    }

    private sealed record Found(string Name, bool? Anonymous, bool IsLearner);
}

/// <summary>Where in a gradebook a grader is.</summary>
/// <param name="UserId">The learner of the line; null where only the column is to be said.</param>
/// <param name="Typing">A value is being typed there.</param>
internal sealed record GraderPlace(UserId? UserId, AssignmentId AssignmentId, bool Typing);
