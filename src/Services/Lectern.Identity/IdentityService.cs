using Lectern.Contracts.Identity;
using Lectern.Identity.Accounts;
using Lectern.Identity.ApiTokens;
using Lectern.Identity.Families;
using Lectern.Identity.Institution;
using Lectern.Identity.Observers;
using Lectern.Identity.PasswordResets;
using Lectern.Identity.Passwords;
using Lectern.Identity.Profile;
using Lectern.Identity.Sessions;
using Lectern.Identity.Users;
using Lectern.Platform.Audit;
using Lectern.Platform.Hosting;
using Lectern.Platform.Http;
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
        services.AddScoped<SignInStore>().AddScoped<SignIn>().AddScoped<ResetStore>();
        services.AddScoped<UserStore>().AddScoped<RosterStore>().AddScoped<Avatars>();
        services.AddScoped<PeopleList>().AddScoped<AccessExplanation>();
        services.AddScoped<AccountStore>().AddScoped<AccountView>().AddScoped<AccountReach>().AddScoped<InstitutionCard>();
        services.AddScoped<RoleStore>().AddScoped<Administrators>().AddScoped<ObserverStore>();
        services.AddScoped<FamilyStore>().AddScoped<FamilyRequest>();
        services.AddScoped<IPeople, People>().AddScoped<IPeopleAdmin, PeopleAdmin>();
        services.AddScoped<IPersonNames, PersonNames>();
        services.AddScoped<ITenantSetup, RootAccountSetup>();
        services.AddScope("familyId", FamilyStore.ScopeOf).AddScope("accountId", AccountStore.ScopeOf);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        GetInstitution.Map(routes);
        MapSignIn(routes);
        MapOneself(routes);
        MapPeople(routes);
        MapAccounts(routes);
        ListFamilies.Map(routes);
        GetFamily.Map(routes);
        CreateFamily.Map(routes);
        UpdateFamily.Map(routes);
    }

    private static void MapSignIn(IEndpointRouteBuilder routes)
    {
        CreateSession.Map(routes);
        GetCurrentSession.Map(routes);
        EndCurrentSession.Map(routes);
        ListSessions.Map(routes);
        EndSession.Map(routes);
        AskForPasswordReset.Map(routes);
        SetForgottenPassword.Map(routes);
        ListApiTokens.Map(routes);
        CreateApiToken.Map(routes);
        RevokeApiToken.Map(routes);
    }

    private static void MapOneself(IEndpointRouteBuilder routes)
    {
        GetProfile.Map(routes);
        UpdateProfile.Map(routes);
        SetAvatar.Map(routes);
        ChangePassword.Map(routes);
    }

    private static void MapPeople(IEndpointRouteBuilder routes)
    {
        ListUsers.Map(routes);
        CreateUser.Map(routes);
        GetUser.Map(routes);
        UpdateUser.Map(routes);
        SetUserState.Map(routes);
        ExplainAccess.Map(routes);
        ListObservers.Map(routes);
        AddObserver.Map(routes);
        RemoveObserver.Map(routes);
    }

    private static void MapAccounts(IEndpointRouteBuilder routes)
    {
        ListAccounts.Map(routes);
        CreateAccount.Map(routes);
        GetAccount.Map(routes);
        UpdateAccount.Map(routes);
        SetAccountLogo.Map(routes);
        ListAccountUsers.Map(routes);
        ListAccountRoles.Map(routes);
        GiveAccountRole.Map(routes);
        TakeAccountRole.Map(routes);
    }
}
