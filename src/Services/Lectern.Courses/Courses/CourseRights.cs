using Lectern.Contracts.Courses;
using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Courses.Courses;

/// <summary>Who may make a course where.</summary>
internal sealed class CourseRights(TenantDb db, Access access, Actor actor, IPeople people)
{
    /// <summary>
    /// The account a new course goes to: the one named, or the root. Administrators make courses anywhere below their own account.
    /// Who teaches may make them at the root and beside a course they teach, and then teaches the new one.
    /// </summary>
    public async Task<(AccountId Account, bool AsTeacher)?> PlaceFor(AccountId? wanted, CancellationToken ct)
    {
        var root = await people.RootAccount(ct);
        var account = wanted ?? root;
        if (await access.May(CoursesPermission.CreateCourse, CourseStore.ScopeOf(account), ct)) return (account, false);
        var taught = actor.Roles.Where(held => held.Role is Role.Instructor).Select(held => held.Scope.IdOf("course")).OfType<long>()
            .ToArray();
        if (taught.Length == 0 || !actor.RightsAllow(CoursesPermission.CreateCourse)) return null;
        if (account == root) return (account, true);
        var beside = await db.Value<bool>($"""
            SELECT EXISTS (SELECT 1 FROM courses WHERE tenant_id = {db.Tenant} AND course_id = ANY ({taught}) AND account_id = {account})
            """, ct);
        return beside ? (account, true) : null;
    }

    /// <summary>Whether the person may make courses at all, for a page that offers it.</summary>
    public bool MayCreateSomewhere() =>
        actor.RightsAllow(CoursesPermission.CreateCourse) && actor.Roles.Any(held => held.Role is Role.Administrator or Role.Instructor);
}
