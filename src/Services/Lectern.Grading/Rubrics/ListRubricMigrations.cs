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

/// <summary>Lists how assessments were carried over to newer versions of a rubric, the newest first.</summary>
internal static class ListRubricMigrations
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/rubrics/{rubricId}/migrations", Handle)
        .RequirePermission(GradingPermission.ReadDrafts);

    internal static async Task<Ok<Page<RubricMigration>>> Handle(
        RubricId rubricId, RubricMigrationStore migrations, CancellationToken ct) =>
        TypedResults.Ok(new Page<RubricMigration>(await migrations.List(rubricId, ct), null));
}
