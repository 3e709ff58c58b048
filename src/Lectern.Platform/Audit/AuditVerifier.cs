using System.Globalization;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Audit;

/// <summary>
/// Recomputes an institution's audit chain from its entries: every seal's Merkle root, every link to the seal before, and that no
/// entry older than the last seal stands outside all of them.
/// </summary>
internal sealed class AuditVerifier(DatabaseAccess access, TenantDirectory directory)
{
    public async Task<AuditVerdict> Verify(Tenant tenant, CancellationToken ct)
    {
        await using var source = access.As(DatabaseAccess.Backup, directory.Database(tenant.Cell.DatabaseId), 1);
        await using var connection = await source.OpenConnectionAsync(ct);
        // Entries and seals of one instant: a seal closed between two reads would look like a hole.
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        Sql place = $"SELECT set_config('search_path', {tenant.Cell.Schema}, true)";
        await Read<string>(connection, place, ct);
        var seals = await Read<SealRow>(connection, $"""
            SELECT seal_no, era, from_tx::text AS from_tx, to_tx::text AS to_tx, entries, root, previous, seal
            FROM audit_seals WHERE tenant_id = {tenant.Id} ORDER BY seal_no
            """, ct);
        var faults = new List<string>();
        CheckLinks(tenant, seals, faults);
        var entries = await CheckEntries(connection, tenant, seals, faults, ct);
        return new AuditVerdict(seals.Count, entries, faults);
    }

    private static void CheckLinks(Tenant tenant, List<SealRow> seals, List<string> faults)
    {
        byte[] previous = [];
        for (var i = 0; i < seals.Count; i++)
        {
            var seal = seals[i];
            if (seal.SealNo != i + 1) faults.Add($"{tenant.Slug}: seal {i + 1} is missing");
            if (!seal.Previous.AsSpan().SequenceEqual(previous)) faults.Add(
                $"{tenant.Slug}: seal {seal.SealNo} does not follow the one before it");
            if (!AuditChain.Seal(tenant.Id.Value, seal.SealNo, seal.Era, seal.Entries, seal.Root, seal.Previous).AsSpan().SequenceEqual(
                seal.Seal))
                faults.Add($"{tenant.Slug}: seal {seal.SealNo} was altered");
            previous = seal.Seal;
        }
    }

    private static async Task<long> CheckEntries(
        NpgsqlConnection connection, Tenant tenant, List<SealRow> seals, List<string> faults, CancellationToken ct)
    {
        Sql all = $"""
            SELECT audit_entry_id, at, actor_id, actor_kind, action, subject, purpose, address, detail::text AS detail, era, tx::text AS tx
            FROM audit_entries WHERE tenant_id = {tenant.Id} ORDER BY era, audit_entries.tx, audit_entry_id
            """;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(all.ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var read = RowReader<Sealable>.For(reader);
        var inOrder = new Queue<SealRow>(seals.OrderBy(seal => seal.Era).ThenBy(seal => seal.FromNumber));
        var leaves = new List<byte[]>();
        long entries = 0;
        while (await reader.ReadAsync(ct))
        {
            var entry = read(reader);
            entries++;
            var tx = ulong.Parse(entry.Tx, CultureInfo.InvariantCulture);
            while (inOrder.TryPeek(out var current) && current.EndsBefore(entry.Era, tx)) Close(tenant, inOrder.Dequeue(), leaves, faults);
            if (inOrder.TryPeek(out var within) && within.Covers(entry.Era, tx)) leaves.Add(AuditChain.Leaf(entry));
            else if (inOrder.Count > 0 || seals.Any(seal => seal.EndsAfter(entry.Era, tx))) faults.Add(
                $"{tenant.Slug}: entry {entry.AuditEntryId} stands in no seal");
        }

        while (inOrder.Count > 0) Close(tenant, inOrder.Dequeue(), leaves, faults);
        return entries;
    }

    private static void Close(Tenant tenant, SealRow seal, List<byte[]> leaves, List<string> faults)
    {
        if (leaves.Count != seal.Entries || !AuditChain.Root(leaves).AsSpan().SequenceEqual(seal.Root))
            faults.Add($"{tenant.Slug}: {seal.Entries} entries under seal {seal.SealNo} are not what was sealed; {leaves.Count} found");
        leaves.Clear();
    }

    private static async Task<List<T>> Read<T>(NpgsqlConnection connection, Sql sql, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(sql.ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        await TenantDb.Collect(reader, rows, ct);
        return rows;
    }

    private sealed record SealRow(long SealNo, int Era, string FromTx, string ToTx, int Entries, byte[] Root, byte[] Previous, byte[] Seal)
    {
        public ulong FromNumber { get; } = ulong.Parse(FromTx, CultureInfo.InvariantCulture);

        private ulong ToNumber { get; } = ulong.Parse(ToTx, CultureInfo.InvariantCulture);

        public bool Covers(int era, ulong tx) => era == Era && tx >= FromNumber && tx < ToNumber;

        public bool EndsBefore(int era, ulong tx) => Era < era || (Era == era && ToNumber <= tx);

        public bool EndsAfter(int era, ulong tx) => Era > era || (Era == era && ToNumber > tx);
    }
}

/// <summary>What was recomputed, and what did not fit.</summary>
internal sealed record AuditVerdict(int Seals, long Entries, IReadOnlyList<string> Faults);
