using Lectern.Platform.Access;

namespace Lectern.Identity;

/// <summary>What this service lets people do, and who.</summary>
internal static class IdentityPermission
{
    public static readonly Permission ReadPeople = new(
        "people.read", "See the people of the institution", Role.Administrator, Role.Coordinator);

    public static readonly Permission ManagePeople = new("people.manage", "Add, change and suspend people", Role.Administrator);

    public static readonly Permission ExplainAccess = new("access.explain", "See why a person may see something", Role.Administrator);

    public static readonly Permission ReadAccounts = new(
        "account.read", "See how the institution is divided", Role.Administrator, Role.Coordinator, Role.Instructor, Role.Designer);

    public static readonly Permission ManageAccounts = new("account.manage", "Change sub-accounts and their settings", Role.Administrator);

    public static readonly Permission AssignRoles = new("role.assign", "Give and take roles at an account", Role.Administrator);

    public static readonly Permission ReadFamilies = new(
        "family.read", "See families and who belongs to them", Role.Administrator, Role.Coordinator);

    public static readonly Permission ManageFamilies = new(
        "family.manage", "Add and change families", Role.Administrator, Role.Coordinator);
}
