using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Rubrics;

/// <summary>Puts back every assessment and score that a carrying over changed, but those somebody graded since.</summary>
internal static class UndoRubricMigration
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/rubric-migrations/{rubricMigrationId}/undo", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Accepted<RubricMigration>, NotFound, ProblemHttpResult>> Handle(
        RubricMigrationId rubricMigrationId, TenantDb db, RubricMigrationStore migrations, CancellationToken ct)
    {
        if (await migrations.Find(rubricMigrationId, ct) is not { } migration) return TypedResults.NotFound();
        if (migration.Status is MigrationStatus.Undoing or MigrationStatus.Undone) return Answer(migration);
        if (!await migrations.Turn(rubricMigrationId, MigrationStatus.Applied, MigrationStatus.Undoing, ct))
            return new Refusal("rubric_migration_state", "Assessments by this rubric are being changed. Wait until that is done.")
                .ToProblem();
        db.Audit(GradingAudit.RubricChanged, $"rubric:{migration.RubricId.Value}", new { undone = rubricMigrationId });
        db.Enqueue(new MigrateRubric(rubricMigrationId), MigrateRubric.Options(db.Tenant, migration.RubricId));
        return Answer(migration with { Status = MigrationStatus.Undoing });
    }

    private static Accepted<RubricMigration> Answer(RubricMigration migration) =>
        TypedResults.Accepted($"/api/v1/rubrics/{migration.RubricId.Value}/migrations", migration);
}
