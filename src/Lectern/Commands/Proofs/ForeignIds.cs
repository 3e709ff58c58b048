using System.Globalization;
using System.Text.Json;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Commands.Proofs;

/// <summary>
/// The numbers by which one institution's things are called, by the name a route gives them: for <c>courseId</c> the highest
/// <c>course_id</c> it has, which no other institution has.
/// </summary>
internal sealed class ForeignIds
{
    private static readonly string[] People = ["userId", "learnerId", "memberId", "observerId", "actorId", "studentId"];

    private readonly Dictionary<string, string> byColumn = new(StringComparer.Ordinal);

    public static async Task<ForeignIds> Of(NpgsqlConnection admin, Tenant tenant, CancellationToken ct)
    {
        var ids = new ForeignIds();
        var tables = await TenantTable.Of(admin, tenant.Cell.Schema, ct);
        tables.AddRange((await TenantTable.Of(admin, "platform", ct)).Where(table => table.Name == "jobs"));
        foreach (var table in tables)
        {
            // The table whose own number it is, not one that refers to it.
            var own = table.Numbered.Concat(
                table.Columns.Where(column => column is "session_id" or "job_id" or "audit_entry_id")).FirstOrDefault();
            if (own is null) continue;
            await using var command = new NpgsqlCommand(
                $"SELECT \"{own}\"::text FROM {table.Qualified} WHERE tenant_id = $1 ORDER BY \"{own}\" DESC LIMIT 1", admin);
            command.Parameters.AddWithValue(tenant.Id.Value);
            if (await command.ExecuteScalarAsync(ct) is string value) ids.byColumn.TryAdd(own, value);
        }

        return ids;
    }

    public int Known => byColumn.Count;

    /// <summary>The text to put where a route wants this parameter.</summary>
    public string For(string parameter, bool isGuid)
    {
        var column = People.Contains(parameter) ? "user_id" : JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter);
        if (byColumn.TryGetValue(column, out var value) && Guid.TryParse(value, out _) == isGuid) return value;
        return isGuid ? Guid.AllBitsSet.ToString() : (Bait.Far + 1).ToString(CultureInfo.InvariantCulture);
    }

    public long NumberFor(string property) =>
        long.TryParse(For(char.ToLowerInvariant(property[0]) + property[1..], isGuid: false), CultureInfo.InvariantCulture, out var number)
            ? number : Bait.Far + 1;
}
