using Lectern.Contracts.Identity;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Adds a group of outcomes to an account.</summary>
internal static class CreateAccountOutcomeGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/outcome-groups", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static Task<Results<Created<OutcomeGroup>, ProblemHttpResult>> Handle(
        AccountId accountId, OutcomeGroupFields request, OutcomeGroupDesk desk, CancellationToken ct) =>
        desk.Create(OutcomeOwner.Of(accountId), request, ct);
}
