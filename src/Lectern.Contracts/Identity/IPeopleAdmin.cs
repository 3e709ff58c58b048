using Lectern.Platform.Tenancy;

namespace Lectern.Contracts.Identity;

/// <summary>What the command line and the demonstration need before anybody can sign in.</summary>
public interface IPeopleAdmin
{
    /// <summary>Adds a person who signs in with this password; somebody known by the e-mail address only gets the password.</summary>
    Task<UserId> AddWithPassword(string name, string email, string password, CancellationToken ct);

    /// <summary>Makes a person an administrator of the whole institution. Repeating it changes nothing.</summary>
    Task MakeAdministrator(UserId user, CancellationToken ct);

    /// <summary>The active person with this e-mail address; null when there is none.</summary>
    Task<UserId?> Find(string email, CancellationToken ct);
}
