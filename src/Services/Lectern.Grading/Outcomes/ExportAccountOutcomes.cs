using Lectern.Contracts.Identity;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Sends the outcomes of an account and their groups as CSV, in the columns of Canvas.</summary>
internal static class ExportAccountOutcomes
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}/outcome-table", Handle)
        .RequirePermission(GradingPermission.ReadOutcomes).CanWait();

    internal static async Task<FileContentHttpResult> Handle(AccountId accountId, OutcomeTable table, CancellationToken ct) =>
        TypedResults.File(await table.Of(OutcomeOwner.Of(accountId), ct), "text/csv; charset=utf-8", "outcomes.csv");
}
