using Lectern.Contracts.Identity;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Adds an outcome to an account; courses below may take it in.</summary>
internal static class CreateAccountOutcome
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/outcomes", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static Task<Results<Created<Outcome>, ProblemHttpResult>> Handle(
        AccountId accountId, OutcomeFields request, OutcomeDesk desk, CancellationToken ct) =>
        desk.Create(OutcomeOwner.Of(accountId), request, ct);
}
