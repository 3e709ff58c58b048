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

/// <summary>Carries all assessments over to the rubric's newest version, in the background.</summary>
internal static class StartRubricMigration
{
    internal sealed record Request(int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/rubrics/{rubricId}/migrations", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Accepted<RubricMigration>, NotFound, ProblemHttpResult>> Handle(
        RubricId rubricId, Request request, HttpContext context, TenantDb db, RubricStore rubrics, RubricMigrationStore migrations,
        CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await rubrics.Find(rubricId, ct) is not { } rubric) return TypedResults.NotFound();
        if (rubric.Version != seen)
            return Problems.Conflict("Somebody changed this rubric after you read it. Nothing was carried over.", rubric, request);
        if ((await migrations.List(rubricId, ct)).Exists(one => one.Status is MigrationStatus.Applying or MigrationStatus.Undoing))
            return new Refusal("rubric_migration_state", "Assessments by this rubric are being changed. Wait until that is done.")
                .ToProblem();
        var id = await migrations.Begin(rubric.CourseId, rubricId, seen, ct);
        db.Audit(GradingAudit.RubricChanged, $"rubric:{rubricId.Value}", new { migration = id, version = seen });
        db.Enqueue(new MigrateRubric(id), MigrateRubric.Options(db.Tenant, rubricId));
        return TypedResults.Accepted($"/api/v1/rubrics/{rubricId.Value}/migrations", await migrations.Find(id, ct));
    }
}
