using Lectern.Identity.Users;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Observers;

/// <summary>Lists who may see what a learner sees.</summary>
internal static class ListObservers
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/users/{userId}/observers", Handle).RequirePermission(IdentityPermission.ReadPeople).CanWait();

    internal static async Task<Results<Ok<Page<ObserverShown>>, ProblemHttpResult>> Handle(
        UserId userId, UserStore users, ObserverStore observers, CancellationToken ct)
    {
        if (await users.Find(userId, ct) is null) return Problems.NotFound();
        return TypedResults.Ok(new Page<ObserverShown>(await observers.Of(userId, ct), null));
    }
}
