using Lectern.Identity.Users;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Observers;

/// <summary>Lets somebody see what a learner sees. Asking again changes nothing.</summary>
internal static class AddObserver
{
    /// <summary>The observer, by number or by e-mail address.</summary>
    internal sealed record Request(UserId? ObserverId, string? Email);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/users/{userId}/observers", Handle).RequirePermission(IdentityPermission.ManagePeople);

    internal static async Task<Results<Created<ObserverShown>, ProblemHttpResult>> Handle(
        UserId userId, Request request, UserStore users, ObserverStore observers, CancellationToken ct)
    {
        if (await users.Find(userId, ct) is null) return Problems.NotFound();
        var observer = request.ObserverId is { } id ? await users.Find(id, ct) : await users.FindByEmail(request.Email ?? string.Empty, ct);
        if (observer is null) return new Refusal("unknown_person", "There is no such person to observe.", "observer_id").ToProblem();
        if (observer.UserId == userId)
            return new Refusal("observes_oneself", "Everybody sees their own work already.", "observer_id").ToProblem();

        await observers.Link([(observer.UserId, userId)], ObserverStore.Direct, ct);
        var shown = (await observers.Of(userId, ct)).Single(row => row.UserId == observer.UserId);
        return TypedResults.Created($"/api/v1/users/{userId.Value}/observers/{observer.UserId.Value}", shown);
    }
}
