using Lectern.Contracts.Identity;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Lists an account's outcomes and their groups, with those it inherits from the accounts above.</summary>
internal static class ListAccountOutcomes
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}/outcomes", Handle)
        .RequirePermission(GradingPermission.ReadOutcomes);

    internal static async Task<Ok<OutcomeTree>> Handle(AccountId accountId, OutcomeStore outcomes, CancellationToken ct)
    {
        var owner = OutcomeOwner.Of(accountId);
        return TypedResults.Ok(new OutcomeTree(await outcomes.SeenGroups(owner, ct), await outcomes.Seen(owner, ct)));
    }
}

/// <summary>What an account or a course has and inherits. A thing's group and owner say where it stands.</summary>
internal sealed record OutcomeTree(IReadOnlyList<OutcomeGroup> Groups, IReadOnlyList<Outcome> Outcomes);
