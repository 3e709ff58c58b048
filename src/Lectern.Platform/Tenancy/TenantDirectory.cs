using System.Collections.Concurrent;
using Lectern.Platform.Data;
using Lectern.Platform.Sites;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// The catalogue: which institutions there are and where each one's data is. A process holds all of it and asks every second for what
/// has changed, so a look-up costs the same at ten and at ten thousand institutions and a change shows without a restart. While the
/// catalogue's database is away, what is known can still be read; who is about to write asks <see cref="Confirm"/> first.
/// </summary>
public sealed class TenantDirectory : IAsyncDisposable
{
    /// <summary>Nothing is changed on knowledge older than this. A move of an institution relies on it.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    // Against what numbers of changes do not tell: a catalogue put back from a backup, a row removed by hand.
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(5);

    private readonly NpgsqlDataSource source;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim reading = new(1);
    private readonly ConcurrentDictionary<string, long> unknown = new(StringComparer.OrdinalIgnoreCase);
    private readonly ShardDatabase core;
    private readonly SiteStanding? site;
    private readonly ConcurrentDictionary<int, ShardDatabase> databases = new();
    private volatile Knowledge? known;
    private int changesHere;
    private volatile int changesTakenIn;

    internal TenantDirectory(DatabaseAccess access, CoreDatabase core, TimeProvider clock, SiteStanding? site = null)
    {
        this.site = site;
        source = access.As(DatabaseAccess.Worker, core.Database);
        databases[core.Database.Id] = this.core = core.Database;
        this.clock = clock;
    }

    /// <summary>The institution a name leads to: its slug, or a domain of its own.</summary>
    public Task<Tenant?> Find(string slug, CancellationToken ct) => Look(catalogue => catalogue.Find(slug), slug, ct);

    public Task<Tenant?> Find(TenantId id, CancellationToken ct) => Look(catalogue => catalogue.Find(id), $"#{id}", ct);

    /// <summary>All institutions that have not been deleted, by number.</summary>
    public async Task<List<Tenant>> List(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Select + " WHERE t.state <> 'deleted' ORDER BY t.tenant_id");
        return await ReadAll(command, ReadTenant, ct);
    }

    /// <summary>All institutions that have rows in a database, in whatever state; deleted ones until they are erased.</summary>
    internal async Task<List<Tenant>> In(ShardDatabase database, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Select + " WHERE c.database_id = $1 ORDER BY t.tenant_id");
        command.Parameters.AddWithValue(database.Id);
        return await ReadAll(command, ReadTenant, ct);
    }

    /// <summary>
    /// Makes sure that what is known was so a few seconds ago. Fails when the catalogue cannot be asked, or when another site writes.
    /// </summary>
    public Task Confirm(CancellationToken ct)
    {
        site?.Insist();
        return IsFresh ? Task.CompletedTask : Refresh(ct);
    }

    /// <summary>Has the next question ask the catalogue, because this process has changed it.</summary>
    public void Forget()
    {
        unknown.Clear();
        Interlocked.Increment(ref changesHere);
    }

    /// <summary>Somebody refreshes this every second, so that no question has to.</summary>
    internal bool IsWatched { get; set; }

    /// <summary>Takes in what has changed. Those who ask while somebody reads share the next reading.</summary>
    internal async Task Refresh(CancellationToken ct)
    {
        var asked = clock.GetTimestamp();
        await reading.WaitAsync(ct);
        try
        {
            if (known?.At > asked) return;
            // Before reading: a change made meanwhile is asked for again. Until it is read, whoever asks waits for the reading.
            var changes = Volatile.Read(ref changesHere);
            var at = clock.GetTimestamp();
            var (catalogue, wholeAt) = known is { } held && clock.GetElapsedTime(held.WholeAt) < Whole
                ? (held.Catalogue, held.WholeAt)
                : (new Catalogue(), at);
            await using var command = source.CreateCommand(Select + " WHERE t.changed > $1 ORDER BY t.changed");
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = catalogue.Changed });
            var rows = await ReadAll(command, Listed, ct);
            if (rows.Exists(row => !databases.ContainsKey(row.Tenant.Cell.DatabaseId))) await LoadDatabases(ct);
            catalogue.Take(rows);
            if (rows.Count > 0) unknown.Clear();
            known = new Knowledge(catalogue, at, wholeAt);
            changesTakenIn = changes;
        }
        finally
        {
            reading.Release();
        }
    }

    internal ShardDatabase Database(int id) => databases.TryGetValue(id, out var database)
        ? database
        : throw new InvalidOperationException($"Database {id} is not in the catalogue.");

    internal IReadOnlyCollection<ShardDatabase> Databases => [.. databases.Values.OrderBy(database => database.Id)];

    internal bool Knows(ShardDatabase database) => databases.TryGetValue(database.Id, out var known) && known == database;

    internal IEnumerable<ShardDatabase> KnownDatabases => databases.Select(known => known.Value);

    internal async Task LoadDatabases(CancellationToken ct)
    {
        var found = await ShardDatabase.ReadAll(source, core, ct);
        foreach (var database in found) databases[database.Id] = database;
        foreach (var gone in databases.Keys.Except(found.Select(database => database.Id)).Where(id => id != core.Id))
            databases.TryRemove(gone, out _);
    }

    internal async Task<List<Cell>> Cells(CancellationToken ct)
    {
        await LoadDatabases(ct);
        await using var command = source.CreateCommand(
            "SELECT cell_id, name, kind, database_id, schema_name, role_name FROM platform.cells ORDER BY cell_id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var cells = new List<Cell>();
        while (await reader.ReadAsync(ct)) cells.Add(ReadCell(reader, 0));
        return cells;
    }

    private bool ChangedHere => Volatile.Read(ref changesHere) != changesTakenIn;

    private bool IsFresh => !ChangedHere && known is { } held && clock.GetElapsedTime(held.At) < Fresh;

    private async Task<Tenant?> Look(Func<Catalogue, Tenant?> find, string name, CancellationToken ct)
    {
        if (known is null || ChangedHere || (!IsWatched && !IsFresh)) await Refresh(ct);
        // One that was being made at the last look may be there by now, and whoever made it has been told so.
        if (find(known!.Catalogue) is { State: TenantState.Creating }) await Refresh(ct);
        if (find(known!.Catalogue) is { } tenant) return tenant;
        if (unknown.TryGetValue(name, out var askedAt) && clock.GetElapsedTime(askedAt) < Fresh) return null;
        // Another process may have made it a moment ago. A name nobody has is asked for once in a while.
        await Refresh(ct);
        if (find(known!.Catalogue) is { } made) return made;
        if (unknown.Count > 50_000) unknown.Clear();
        unknown[name] = clock.GetTimestamp();
        return null;
    }

    private const string Select =
        """
        SELECT t.tenant_id, t.slug, t.name, t.state, t.plan, t.region, t.era, t.locale,
               c.cell_id, c.name, c.kind, c.database_id, c.schema_name, c.role_name, t.changed,
               ARRAY(SELECT d.domain FROM platform.tenant_domains d WHERE d.tenant_id = t.tenant_id AND d.verified_at IS NOT NULL)
        FROM platform.tenants t JOIN platform.cells c USING (cell_id)
        """;

    private async Task<List<T>> ReadAll<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        try
        {
            return await ReadOnce(command, read, ct);
        }
        catch (Exception failure) when (DatabaseFailure.IsLost(failure))
        {
            // Perhaps only the connection, kept since before a failover.
            source.Clear();
            return await ReadOnce(command, read, ct);
        }
    }

    private static async Task<List<T>> ReadOnce<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }

    private static Catalogue.Listed Listed(NpgsqlDataReader reader) =>
        new(ReadTenant(reader), [reader.GetString(1), .. reader.GetFieldValue<string[]>(15)], reader.GetInt64(14));

    private static Tenant ReadTenant(NpgsqlDataReader reader) => new(
        new TenantId(reader.GetInt32(0)), reader.GetString(1), reader.GetString(2), SqlValue.ParseEnum<TenantState>(reader.GetString(3)),
        ReadCell(reader, 8), reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetInt32(6),
        reader.GetString(7));

    private static Cell ReadCell(NpgsqlDataReader reader, int at) => new(
        reader.GetInt32(at), reader.GetString(at + 1), SqlValue.ParseEnum<CellKind>(reader.GetString(at + 2)),
        reader.GetInt32(at + 3), reader.GetString(at + 4), reader.GetString(at + 5));

    public ValueTask DisposeAsync()
    {
        reading.Dispose();
        return source.DisposeAsync();
    }

    /// <param name="At">When it was asked for.</param>
    /// <param name="WholeAt">When all of it was asked for.</param>
    private sealed record Knowledge(Catalogue Catalogue, long At, long WholeAt);
}

/// <summary>Where the catalogue is: the database this process was told to use.</summary>
internal sealed record CoreDatabase(ShardDatabase Database);
