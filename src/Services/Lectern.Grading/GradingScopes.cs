using Lectern.Grading.Outcomes;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Grading;

/// <summary>Everything here belongs to a course, and who may do what is asked there.</summary>
internal static class GradingScopes
{
    public static void AddScopes(IServiceCollection services)
    {
        services.AddScope("assignmentId", (db, id, ct) => CourseOf(db, $"""
            SELECT course_id FROM assignments WHERE tenant_id = {db.Tenant} AND assignment_id = {id} AND status <> 'deleted'
            """, ct));
        services.AddScope("peerReviewId", (db, id, ct) => CourseOf(db, $"""
            SELECT course_id FROM peer_reviews WHERE tenant_id = {db.Tenant} AND peer_review_id = {id}
            """, ct));
        services.AddScope("gradeId",
            (db, id, ct) => CourseOf(db, $"SELECT course_id FROM grades WHERE tenant_id = {db.Tenant} AND grade_id = {id}", ct));
        services.AddScope("rubricId", (db, id, ct) => CourseOf(db, $"""
            SELECT course_id FROM rubrics WHERE tenant_id = {db.Tenant} AND rubric_id = {id} AND status = 'active'
            """, ct));
        services.AddScope("rubricMigrationId", (db, id, ct) => CourseOf(db, $"""
            SELECT course_id FROM rubric_migrations WHERE tenant_id = {db.Tenant} AND rubric_migration_id = {id}
            """, ct));
        services.AddScope("keyCorrectionId", (db, id, ct) => CourseOf(db, $"""
            SELECT course_id FROM key_corrections WHERE tenant_id = {db.Tenant} AND key_correction_id = {id}
            """, ct));
        services.AddScope("regradeRequestId", (db, id, ct) => CourseOf(db, $"""
            SELECT course_id FROM regrade_requests WHERE tenant_id = {db.Tenant} AND regrade_request_id = {id}
            """, ct));
        services.AddScope("outcomeId", (db, id, ct) => OwnerOf(db, $"""
            SELECT account_id, course_id FROM outcomes WHERE tenant_id = {db.Tenant} AND outcome_id = {id} AND status = 'active'
            """, ct));
        services.AddScope("outcomeGroupId", (db, id, ct) => OwnerOf(db, $"""
            SELECT account_id, course_id FROM outcome_groups
            WHERE tenant_id = {db.Tenant} AND outcome_group_id = {id} AND status = 'active'
            """, ct));
        services.AddScope("courseOutcomeId", (db, id, ct) => CourseOf(db, $"""
            SELECT course_id FROM course_outcomes WHERE tenant_id = {db.Tenant} AND course_outcome_id = {id} AND status = 'active'
            """, ct));
        services.AddScope("submissionId", (db, id, ct) => CourseOf(db, $"""
            SELECT course_id FROM submissions WHERE tenant_id = {db.Tenant} AND submission_id = {id}
            """, ct));
        services.AddScope("annotationId", (db, id, ct) => CourseOf(db, $"""
            SELECT course_id FROM annotations WHERE tenant_id = {db.Tenant} AND annotation_id = {id}
            """, ct));
        services.AddScope("postingId",
            (db, id, ct) => CourseOf(db, $"SELECT course_id FROM postings WHERE tenant_id = {db.Tenant} AND posting_id = {id}", ct));
        services.AddScope("assignmentGroupId", (db, id, ct) => CourseOf(db, $"""
            SELECT course_id FROM assignment_groups WHERE tenant_id = {db.Tenant} AND assignment_group_id = {id} AND status = 'active'
            """, ct));
    }

    private static async Task<Scope?> OwnerOf(TenantDb db, Sql sql, CancellationToken ct) =>
        (await db.Find<OutcomeOwner>(sql, ct))?.Scope;

    private static async Task<Scope?> CourseOf(TenantDb db, Sql sql, CancellationToken ct) =>
        await db.Value<long?>(sql, ct) is { } course ? Scope.Of("course", course) : null;
}
