namespace Lectern.Platform.Access;

/// <summary>
/// Something a person may be allowed to do, by a stable name such as <c>grade.record</c>, and the roles that allow it.
/// The catalogue is code: a role gets a permission where the permission is declared.
/// </summary>
public sealed record Permission
{
    public Permission(string name, string meaning, params Role[] roles)
    {
        Name = name;
        Meaning = meaning;
        Roles = roles.ToHashSet();
        PermissionCatalogue.Add(this);
    }

    /// <summary>The name seen in the API, in tokens' rights and in the answer to "why can this person see this?".</summary>
    public string Name { get; }

    /// <summary>One sentence in words a person understands.</summary>
    public string Meaning { get; }

    public IReadOnlySet<Role> Roles { get; }

    public bool Equals(Permission? other) => other?.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}

/// <summary>
/// The roles this product comes with. A role is held at a scope: the institution, a sub-account, a course or a section.
/// </summary>
public enum Role
{
    /// <summary>Learns in a course while it is open.</summary>
    Learner,

    /// <summary>Learned in a course that has closed: may still read, no longer hand in.</summary>
    PastLearner,

    Instructor,
    TeachingAssistant,
    Designer,

    /// <summary>Sees what named learners see, and changes nothing.</summary>
    Observer,

    /// <summary>Is told of enrolments: the coordinator of a co-op or a department.</summary>
    Coordinator,

    /// <summary>Administers an institution or one of its sub-accounts and everything below.</summary>
    Administrator,

    /// <summary>Runs the installation. Held only in the operators' own institution.</summary>
    Operator,
}

/// <summary>All permissions the running program knows.</summary>
public static class PermissionCatalogue
{
    private static readonly Dictionary<string, Permission> ByName = new(StringComparer.Ordinal);

    public static IReadOnlyCollection<Permission> All
    {
        get { lock (ByName) return [.. ByName.Values]; }
    }

    internal static void Add(Permission permission)
    {
        lock (ByName) ByName[permission.Name] = permission;
    }
}

/// <summary>Permissions of the platform itself.</summary>
public static class PlatformPermission
{
    /// <summary>Anybody who has signed in. The route then shows only what is that person's own.</summary>
    public static readonly Permission SignedIn = new("self", "Use one's own account", Enum.GetValues<Role>());

    public static readonly Permission ReadAudit = new("audit.read", "Read the audit log", Role.Administrator);

    public static readonly Permission SeeJobs = new("job.read", "See all background work of the institution", Role.Administrator);

    public static readonly Permission ManageJobs = new("job.manage", "Replay or cancel background work", Role.Administrator);

    public static readonly Permission Operate = new("operate", "Run the installation", Role.Operator);
}
