using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Speaks to a cell as the application's own database role, but without its care: no institution named, the wrong one, or none of
/// its filters. Whatever it says, another institution's rows must stay where they are and unseen.
/// </summary>
internal sealed class RawSql(Tally tally, string where, NpgsqlDataSource cell, Tenant self, Tenant other)
{
    public async Task TryAll(IReadOnlyList<TenantTable> tables, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            foreach (var (setting, what) in new[] { ((string?)null, "no tenant"), (string.Empty, "an empty tenant"), (
                $"{self.Id} OR true", "a tenant that is SQL") })
                await WithoutTenant(table, setting, what, ct);
            await AsAnother(table, ct);
        }
    }

    /// <summary>Without an institution a statement fails loudly; over a table with no row at all the policy is never asked, and it
    /// answers nothing.</summary>
    private async Task WithoutTenant(TenantTable table, string? setting, string what, CancellationToken ct)
    {
        foreach (var statement in Statements(table))
        {
            var answer = await Run(statement, setting, ct);
            tally.Count(answer.Refused || answer.Value == 0 ? null : $"{where} {table.Name}, {what}: {statement} answered {answer.Value}");
        }
    }

    private async Task AsAnother(TenantTable table, CancellationToken ct)
    {
        var name = table.Qualified;
        string[] mustTouchNothing =
        [
            $"SELECT count(*) FROM {name} WHERE tenant_id = {other.Id}",
            $"SELECT count(*) FROM {name} WHERE tenant_id <> {self.Id}",
            $"SELECT count(*) FROM {name} t WHERE t.tenant_id IN (SELECT tenant_id FROM {name} WHERE tenant_id <> {self.Id})",
            $"UPDATE {name} SET tenant_id = tenant_id WHERE tenant_id = {other.Id}",
            $"DELETE FROM {name} WHERE tenant_id = {other.Id}",
            $"INSERT INTO {name} (tenant_id) VALUES ({other.Id})",
            $"TRUNCATE {name}",
        ];
        foreach (var statement in mustTouchNothing)
        {
            var answer = await Run(statement, self.Id.ToString(), ct);
            tally.Count(answer.Refused || answer.Value == 0 ? null
                : $"{where} {table.Name} as {self.Slug}: {statement} answered {answer.Value}");
        }

        string[] mustFail =
        [
            $"SET LOCAL row_security = off; SELECT count(*) FROM {name}",
            $"SET LOCAL ROLE lectern_owner; SELECT count(*) FROM {name}",
            $"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY",
            $"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY",
        ];
        foreach (var statement in mustFail)
        {
            var answer = await Run(statement, self.Id.ToString(), ct);
            tally.Count(answer.Refused ? null : $"{where} {table.Name} as {self.Slug}: {statement} was allowed");
        }

        await GiveAway(table, ct);
    }

    /// <summary>Rows of one's own must not be handed to another institution either.</summary>
    private async Task GiveAway(TenantTable table, CancellationToken ct)
    {
        var answer = await Run($"UPDATE {table.Qualified} SET tenant_id = {other.Id}", self.Id.ToString(), ct);
        tally.Count(answer.Refused || answer.Value == 0 ? null
            : $"{where} {table.Name} as {self.Slug}: {answer.Value} rows were given to {other.Slug}");
    }

    private static IEnumerable<string> Statements(TenantTable table) =>
    [
        $"SELECT count(*) FROM {table.Qualified}",
        $"UPDATE {table.Qualified} SET tenant_id = tenant_id",
        $"DELETE FROM {table.Qualified}",
        $"INSERT INTO {table.Qualified} (tenant_id) VALUES (1)",
    ];

    private async Task<Answer> Run(string statement, string? tenant, CancellationToken ct)
    {
        await using var connection = await cell.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            if (tenant is not null)
            {
                await using var name = new NpgsqlCommand("SELECT set_config('lectern.tenant', $1, true)", connection);
                name.Parameters.AddWithValue(tenant);
                await name.ExecuteNonQueryAsync(ct);
            }

            await using var command = new NpgsqlCommand(statement, connection);
            if (!statement.Contains("SELECT count", StringComparison.Ordinal)) return new Answer(
                false, await command.ExecuteNonQueryAsync(ct));
            return new Answer(false, await command.ExecuteScalarAsync(ct) as long? ?? 0);
        }
        catch (PostgresException)
        {
            return new Answer(true, 0);
        }
    }

    private readonly record struct Answer(bool Refused, long Value);
}
