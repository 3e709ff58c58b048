using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Observers;

/// <summary>Ends an observer's sight of a learner, unless a family gives it.</summary>
internal static class RemoveObserver
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/users/{userId}/observers/{observerId}", Handle).RequirePermission(IdentityPermission.ManagePeople);

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        UserId userId, UserId observerId, ObserverStore observers, CancellationToken ct)
    {
        var known = (await observers.Of(userId, ct)).FirstOrDefault(row => row.UserId == observerId);
        if (known is null) return Problems.NotFound();
        if (known.Sources.FirstOrDefault(source => source != ObserverStore.Direct) is { } family)
        {
            var because = $"This comes with {family.Replace(':', ' ')}. Change the family instead.";
            return new Refusal("observes_by_family", because, "observer_id").ToProblem();
        }

        await observers.Unlink([(observerId, userId)], ObserverStore.Direct, ct);
        return TypedResults.NoContent();
    }
}
