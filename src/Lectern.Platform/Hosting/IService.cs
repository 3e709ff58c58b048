using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Hosting;

/// <summary>
/// A part of the product that can be deployed and scaled alone. Its public door: what it adds, and which routes it answers.
/// </summary>
public interface IService
{
    /// <summary>One lower-case word: the name of its migrations and of <c>--services</c>.</summary>
    string Name { get; }

    /// <summary>Registers stores, ports, listeners, jobs and options. Always called, so that ports need no network.</summary>
    void Add(IServiceCollection services);

    /// <summary>Maps routes under <c>/api/v1</c>. Called only where this service is served.</summary>
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>
/// Gives a new institution what a service needs there from the first moment. May be called again; the second call changes nothing.
/// </summary>
public interface ITenantSetup
{
    Task SetUp(Tenant tenant, CancellationToken ct);
}
