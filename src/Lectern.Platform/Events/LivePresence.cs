using System.Text.Json;
using System.Threading.Channels;
using Lectern.Platform.Data;
using Lectern.Platform.Hosting;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Events;

/// <summary>
/// Who has something open just now, and where in it. Every node keeps all of it in memory and hears of it by <c>NOTIFY</c>; nothing is
/// ever written. A page says every few seconds that it is still there, and whoever says nothing for a while has gone, so a node that
/// begins late, or misses something, knows the rest soon.
/// </summary>
public sealed class LivePresence
{
    internal const string Notices = "lectern_present";

    /// <summary>Pages speak every <see cref="Beat"/>; who has not been heard for this long has gone.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(35);

    /// <summary>How often a page is to say that it is still there.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private const int MostRooms = 20_000;
    private const int MostPages = 200;
    private const int MostPagesOfOne = 4;
    private const int MostOfName = 100;
    private readonly Dictionary<string, Room> rooms = [];
    private readonly TenantDirectory directory;
    private readonly ShardSources shards;
    private readonly TimeProvider clock;
    private readonly ILogger<LivePresence> log;
    private DateTimeOffset swept;

    internal LivePresence(TenantDirectory directory, ShardSources shards, TimeProvider clock, ILogger<LivePresence> log) =>
        (this.directory, this.shards, this.clock, this.log) = (directory, shards, clock, log);

    /// <summary>
    /// Tells all nodes that a person has the topic open in a page, under this name and at this place. It is lost while the database
    /// does not answer; the page says it again.
    /// </summary>
    public Task Here(TenantId tenant, string topic, string page, UserId person, string name, JsonElement? place) => Tell(
        tenant, new Said(tenant.Value, topic, page, person.Value, name.Length > MostOfName ? name[..MostOfName] : name, place));

    /// <summary>Tells all nodes that the page was left.</summary>
    public Task Gone(TenantId tenant, string topic, string page, UserId person) =>
        Tell(tenant, new Said(tenant.Value, topic, page, person.Value, null, null));

    /// <summary>Everybody who has the topic open, each once, at the place they went to last; by name.</summary>
    public IReadOnlyList<Present> In(TenantId tenant, string topic)
    {
        var since = clock.GetUtcNow() - Silence;
        lock (rooms)
        {
            if (!rooms.TryGetValue(LiveSignals.Key(tenant, topic), out var room)) return [];
            return [.. room.Pages.Values.Where(page => page.HeardAt >= since).GroupBy(page => page.Who.UserId)
                .Select(pages => pages.MaxBy(page => page.MovedAt)!.Who)
                .OrderBy(who => who.Name, StringComparer.Ordinal).ThenBy(who => who.UserId.Value)];
        }
    }

    /// <summary>Watches who comes, goes and moves until disposed. Who falls silent wakes nobody: look now and then.</summary>
    public LiveSignals.Watch On(TenantId tenant, string topic)
    {
        var key = LiveSignals.Key(tenant, topic);
        var channel = System.Threading.Channels.Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (rooms) RoomOf(key).Watchers.Add(channel);
        return new LiveSignals.Watch(channel.Reader, () =>
        {
            lock (rooms)
            {
                if (!rooms.TryGetValue(key, out var room)) return;
                room.Watchers.Remove(channel);
                if (room.IsEmpty) rooms.Remove(key);
            }
        });
    }

    /// <summary>Takes what a node said, this one or another.</summary>
    internal void Hear(string payload)
    {
        if (JsonSerializer.Deserialize<Said>(payload, LecternJson.Options) is not { } said) return;
        var key = LiveSignals.Key(new TenantId(said.Tenant), said.Topic);
        var now = clock.GetUtcNow();
        lock (rooms)
        {
            Sweep(now);
            if (rooms.Count >= MostRooms && !rooms.ContainsKey(key)) return;
            var room = RoomOf(key);
            if (room.Take(said, now)) foreach (var watcher in room.Watchers) watcher.Writer.TryWrite(true);
            if (room.IsEmpty) rooms.Remove(key);
        }
    }

    private Room RoomOf(string key) => rooms.TryGetValue(key, out var room) ? room : rooms[key] = new Room();

    private void Sweep(DateTimeOffset now)
    {
        if (now - swept < Silence) return;
        swept = now;
        foreach (var (key, room) in rooms)
        {
            room.Forget(now - Silence);
            if (room.IsEmpty) rooms.Remove(key);
        }
    }

    private async Task Tell(TenantId tenant, Said said)
    {
        try
        {
            if (await directory.Find(tenant, CancellationToken.None) is not { } known) return;
            var source = shards.Worker(directory.Database(known.Cell.DatabaseId));
            await using var command = source.CreateCommand("SELECT pg_notify($1, $2)");
            command.CommandTimeout = 5;
            command.Parameters.Add(new() { Value = Notices });
            command.Parameters.Add(new() { Value = JsonSerializer.Serialize(said, LecternJson.Options) });
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.IO.IOException)
        {
            log.LogDebug(failure, "Who has {Topic} open could not be told.", said.Topic);
        }
    }

    private sealed record Said(int Tenant, string Topic, string Page, long Person, string? Name, JsonElement? Place);

    private sealed record OpenPage(Present Who, DateTimeOffset HeardAt, DateTimeOffset MovedAt);

    private sealed class Room
    {
        public Dictionary<(long Person, string Page), OpenPage> Pages { get; } = [];

        public List<Channel<bool>> Watchers { get; } = [];

        public bool IsEmpty => Pages.Count == 0 && Watchers.Count == 0;

        /// <summary>Whether what others see is now different.</summary>
        public bool Take(Said said, DateTimeOffset now)
        {
            var key = (said.Person, said.Page);
            if (said.Name is null) return Pages.Remove(key);
            var before = Pages.GetValueOrDefault(key);
            if (before is null) MakeRoom(said.Person);
            if (before is null && Pages.Count >= MostPages) return false;
            var who = new Present(new UserId(said.Person), said.Name, said.Place);
            var moved = before is null || before.Who.Name != who.Name
                || before.Who.Place?.GetRawText() != who.Place?.GetRawText();
            Pages[key] = new OpenPage(who, now, moved ? now : before!.MovedAt);
            return moved;
        }

        public void Forget(DateTimeOffset since)
        {
            foreach (var (key, page) in Pages) if (page.HeardAt < since) Pages.Remove(key);
        }

        // Nobody fills a room alone.
        private void MakeRoom(long person)
        {
            var own = Pages.Where(page => page.Key.Person == person).ToList();
            if (own.Count >= MostPagesOfOne) Pages.Remove(own.MinBy(page => page.Value.HeardAt).Key);
        }
    }
}

/// <summary>A person who has something open.</summary>
/// <param name="Place">Where in it, as the part of the product says that owns it; null when nowhere in particular.</param>
public sealed record Present(UserId UserId, string Name, JsonElement? Place);
