using Lectern.Contracts.Identity;
using Lectern.Identity.Accounts;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Users;

/// <summary>Adds and updates many people at once, as a roster names them: three statements for ten thousand rows.</summary>
internal sealed class RosterStore(TenantDb db, PlatformSessions sessions, Administrators administrators)
{
    private const int Many = 50;

    public async Task<IReadOnlyList<KnownPerson>> Ensure(IReadOnlyList<RosterPerson> people, CancellationToken ct)
    {
        if (people.Count == 0) return [];
        await db.Begin(ct);
        // A plan kept from finding one person in a small table compares each of ten thousand with every row. From here to the end of
        // the unit of work each statement is planned for what it is given.
        if (people.Count > Many) await db.Execute($"SET LOCAL plan_cache_mode = force_custom_plan", ct);
        var match = new RosterMatch(people, await Stored(people, ct));
        var suspended = match.ToChange.Where(change => change.State is UserState.Suspended).Select(change => change.UserId).ToList();
        if (suspended.Count > 0) await administrators.Hold(ct);
        var added = await Insert(match.ToAdd, ct);
        await Update(match.ToChange, ct);
        if (suspended.Count > 0)
        {
            // Whoever plans a roster refuses this by row; here it can only be that another administrator has gone since.
            if (await administrators.EndedWith(suspended, ct)) throw new InvalidOperationException(Administrators.LastOne.Because);
            await sessions.EndAll(suspended, ct);
        }

        for (var i = 0; i < added.Count; i++) db.Raise(new PersonAdded(added[i], match.ToAdd[i].Name, match.ToAdd[i].Email));
        if (added.Count > 0) db.Audit(IdentityAudit.PersonAdded, "roster", new { count = added.Count, first = added[0], last = added[^1] });
        if (match.ToChange.Count > 0) db.Audit(IdentityAudit.PersonChanged, "roster", new { count = match.ToChange.Count });
        return match.Answer(added);
    }

    private Task<List<RosterMatch.Stored>> Stored(IReadOnlyList<RosterPerson> people, CancellationToken ct)
    {
        var sis = people.Select(person => person.SisId).OfType<string>().Distinct().ToArray();
        var emails = people.Select(person => Spelling.Login(person.Email)).OfType<string>().Distinct().ToArray();
        var logins = people.Select(person => Spelling.Login(person.LoginName)).OfType<string>().Distinct().ToArray();
        const string columns = "SELECT user_id, sis_id, email, login_name, name, sortable_name, state FROM users";
        // Three index look-ups; one OR over the three would be a scan.
        return db.Query<RosterMatch.Stored>($"""
            {Sql.Raw(columns)} WHERE tenant_id = {db.Tenant} AND sis_id = ANY ({sis})
            UNION
            {Sql.Raw(columns)} WHERE tenant_id = {db.Tenant} AND email_norm = ANY ({emails})
            UNION
            {Sql.Raw(columns)} WHERE tenant_id = {db.Tenant} AND login_norm = ANY ({logins})
            """, ct);
    }

    private async Task<List<UserId>> Insert(IReadOnlyList<RosterMatch.Row> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        // Numbers are given in the order of the SELECT, so sorting them gives back the order of the roster.
        var ids = await db.Query<UserId>($"""
            INSERT INTO users (tenant_id, name, sortable_name, name_norm, sortable_norm, email, email_norm, login_name, login_norm, sis_id,
                               state, created_at)
            SELECT {db.Tenant}, name, sortable, name_norm, sortable_norm, email, email_norm, login, login_norm, sis, state, {db.Now}
            FROM {Unnested(rows)} ORDER BY at RETURNING user_id
            """, ct);
        ids.Sort((left, right) => left.Value.CompareTo(right.Value));
        return ids;
    }

    private async Task Update(IReadOnlyList<RosterMatch.Row> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        await db.Execute($"""
            UPDATE users u
            SET name = t.name, sortable_name = t.sortable, name_norm = t.name_norm, sortable_norm = t.sortable_norm,
                email = t.email, email_norm = t.email_norm, login_name = t.login, login_norm = t.login_norm, sis_id = t.sis,
                state = t.state, version = u.version + 1
            FROM {Unnested(rows)} WHERE u.tenant_id = {db.Tenant} AND u.user_id = t.user_id
            """, ct);
    }

    private static Sql Unnested(IReadOnlyList<RosterMatch.Row> rows) => $"""
        unnest({Column(rows, row => row.UserId.Value)}, {Column(rows, row => row.Name)}, {Column(rows, row => row.SortableName)},
               {Column(rows, row => Spelling.Name(row.Name))}, {Column(rows, row => Spelling.Name(row.SortableName))},
               {Column(rows, row => row.Email)}::text[], {Column(rows, row => Spelling.Login(row.Email))}::text[],
               {Column(rows, row => row.LoginName)}::text[], {Column(rows, row => Spelling.Login(row.LoginName))}::text[],
               {Column(rows, row => row.SisId)}::text[], {Column(rows, row => row.State)}) WITH ORDINALITY
            AS t(user_id, name, sortable, name_norm, sortable_norm, email, email_norm, login, login_norm, sis, state, at)
        """;

    private static T[] Column<T>(IReadOnlyList<RosterMatch.Row> rows, Func<RosterMatch.Row, T> value) => rows.Select(value).ToArray();
}
