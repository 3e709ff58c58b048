using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Identity;

/// <summary>Keeps routes about oneself to those who are somebody: a service that acts for an institution has no profile.</summary>
internal static class OnlyPeople
{
    public static RouteHandlerBuilder OnlyForPeople(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (invocation, next) =>
        invocation.HttpContext.RequestServices.GetRequiredService<Actor>().UserId is null
            ? Problems.Forbidden("Only a person can do this.")
            : await next(invocation));
}
