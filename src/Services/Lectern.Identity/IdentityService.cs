using Lectern.Contracts.Identity;
using Lectern.Identity.Accounts;
using Lectern.Identity.Institution;
using Lectern.Identity.Observers;
using Lectern.Identity.Passwords;
using Lectern.Identity.Sessions;
using Lectern.Identity.Users;
using Lectern.Platform.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Identity;

/// <summary>Who people are, how they show it, and what an institution's tree and roles let them do.</summary>
public sealed class IdentityService : IService
{
    public string Name => "identity";

    public void Add(IServiceCollection services)
    {
        services.AddOptions<IdentityOptions>().BindConfiguration("Lectern:Identity").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PasswordVault>().AddSingleton<SignInLimits>();
        services.AddScoped<UserStore>().AddScoped<RosterStore>().AddScoped<Avatars>().AddScoped<SignInStore>().AddScoped<CreateSession>();
        services.AddScoped<AccountStore>().AddScoped<RoleStore>().AddScoped<ObserverStore>().AddScoped<InstitutionCard>();
        services.AddScoped<IPeople, People>().AddScoped<IPeopleAdmin, PeopleAdmin>();
        services.AddScoped<ITenantSetup, RootAccountSetup>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        GetInstitution.Map(routes);
        CreateSession.Map(routes);
        GetCurrentSession.Map(routes);
        EndCurrentSession.Map(routes);
        CreateUser.Map(routes);
    }
}
