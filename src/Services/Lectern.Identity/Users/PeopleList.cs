using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Users;

/// <summary>One line of a list of people, with the roles held anywhere.</summary>
internal sealed record PersonListed(
    UserId UserId, string Name, string SortableName, string? Email, string? LoginName, string? SisId, string? Pronouns, string? AvatarUrl,
    UserState State, IReadOnlyList<Role> Roles);

/// <summary>Which people are wanted: by what a name, address or id begins with, by a role, by where it is held, by state.</summary>
internal sealed record PeopleWanted(string? Search, Role? Role, Scope? Within, UserState? State);

/// <summary>Lists people in the order of their sortable names, a page at a time.</summary>
internal sealed class PeopleList(TenantDb db, Grants grants, Avatars avatars)
{
    private sealed record Row(
        UserId UserId, string Name, string SortableName, string? Email, string? LoginName, string? SisId, string? Pronouns,
        FileId? AvatarFileId, UserState State, Role[] Roles);

    public async Task<Page<PersonListed>> Read(PeopleWanted wanted, PageRequest page, CancellationToken ct)
    {
        var user = Sql.Raw("u.user_id");
        var (afterName, afterId) = page.AfterKey;
        Sql held = wanted.Role is null && wanted.Within is null ? Sql.Empty : $"AND {grants.Holding(user, wanted.Role, wanted.Within)}";
        var rows = await db.Query<Row>($"""
            SELECT u.user_id, u.name, u.sortable_name, u.email, u.login_name, u.sis_id, u.pronouns, u.avatar_file_id, u.state,
                   {grants.RolesOf(user)} AS roles
            FROM users u
            WHERE u.tenant_id = {db.Tenant} AND u.state <> 'deleted' AND (u.sortable_norm, u.user_id) > ({afterName}, {afterId})
            {Sql.When(wanted.State is not null, $"AND u.state = {wanted.State}")} {Matching(wanted.Search)} {held}
            ORDER BY u.sortable_norm, u.user_id LIMIT {page.Rows}
            """, ct);
        var urls = await avatars.Urls([.. rows.Select(row => row.AvatarFileId).OfType<FileId>()], ct);
        var people = rows.ConvertAll(row => new PersonListed(
            row.UserId, row.Name, row.SortableName, row.Email, row.LoginName, row.SisId, row.Pronouns,
            row.AvatarFileId is { } avatar ? urls.GetValueOrDefault(avatar) : null, row.State, row.Roles));
        return Page<PersonListed>.From(people, page, last => PageRequest.Key(Spelling.Name(last.SortableName), last.UserId.Value));
    }

    /// <summary>Ranges on normalised columns, each of which has an index that row policies let it use.</summary>
    private static Sql Matching(string? search)
    {
        if (Spelling.Clean(search) is not { } words) return Sql.Empty;
        var (name, login) = (Spelling.Name(words), Spelling.Login(words)!);
        var (afterName, afterLogin) = (Spelling.AfterPrefix(name), Spelling.AfterPrefix(login));
        return $"""
            AND ((u.name_norm >= {name} AND u.name_norm < {afterName}) OR (u.sortable_norm >= {name} AND u.sortable_norm < {afterName})
              OR (u.email_norm >= {login} AND u.email_norm < {afterLogin}) OR (u.login_norm >= {login} AND u.login_norm < {afterLogin})
              OR u.sis_id = {words})
            """;
    }
}
