using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Http;

/// <summary>What a route says about who may call it. Every route says one or the other; a test refuses those that do not.</summary>
public sealed record RouteAccess(Permission? Permission, string? OpenBecause);

/// <summary>Finds the scope behind a route parameter: the course of an assignment, say. Null: there is no such thing here.</summary>
public delegate Task<Scope?> FindScope(TenantDb db, long id, CancellationToken ct);

/// <summary>The scope the address was found to name, for handlers that go on from there: the course of an assignment, say.</summary>
public sealed record RouteScope(Scope Scope)
{
    public static ValueTask<RouteScope?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<RouteScope>());

    /// <summary>Its number, where it must be a scope of that kind.</summary>
    public long Id(string kind) =>
        Scope.IdOf(kind) ?? throw new InvalidOperationException($"This route is not about a {kind} but about {Scope}.");
}

internal sealed record ScopeParameter(string Name, FindScope Find);

public static class RoutingExtensions
{
    /// <summary>Only those who hold the permission at the scope the address names may call this.</summary>
    public static TBuilder RequirePermission<TBuilder>(
        this TBuilder route, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RouteAccess(permission, null));

    /// <summary>Anybody may call this, signed in or not, for the reason given.</summary>
    public static TBuilder AllowAnonymous<TBuilder>(this TBuilder route, string because) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RouteAccess(null, because));

    /// <summary>This answer is written as it is made, after the unit of work has ended (streams, live channels).</summary>
    public static TBuilder Streams<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new StreamedAnswer());

    /// <summary>This answer stays open and tells of changes. Nodes of the target <c>realtime</c> give these and no others.</summary>
    public static TBuilder Live<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.Streams().WithMetadata(new LiveAnswer());

    /// <summary>
    /// This answer is the same for everybody at the institution, signed in or not, and may be kept at the edge for so many seconds.
    /// Browsers ask each time. Never for anything a permission guards.
    /// </summary>
    public static RouteHandlerBuilder KeptAtEdge(this RouteHandlerBuilder route, int seconds) =>
        route.WithMetadata(new EdgeAnswer()).AddEndpointFilter((invocation, next) =>
        {
            var headers = invocation.HttpContext.Response.Headers;
            headers.CacheControl = $"public, max-age=0, s-maxage={seconds}";
            // The institution may be named by a token; an answer found by one is not for those who come without.
            headers.Vary = "Authorization, Cookie, X-Tenant-ID";
            return next(invocation);
        });

    /// <summary>This answer holds a secret that is shown once: a repeated request is told it was done, and not the secret again.</summary>
    public static TBuilder ShownOnce<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new SecretAnswer());

    /// <summary>Teaches routes which scope a parameter of this name stands for.</summary>
    public static IServiceCollection AddScope(this IServiceCollection services, string parameter, FindScope find) =>
        services.AddSingleton(new ScopeParameter(parameter, find));
}

internal sealed record StreamedAnswer;

internal sealed record LiveAnswer;

internal sealed record EdgeAnswer;

internal sealed record SecretAnswer;
