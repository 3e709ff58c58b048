using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Sites;

/// <summary>
/// The site that is to work and the one that did: each database's server in both, as the catalogue knows them. The catalogue is read from
/// this site's own copy, which need not be a primary yet.
/// </summary>
internal sealed class SitePair : IAsyncDisposable
{
    private SitePair(string own, string old, IReadOnlyList<(Server Own, Server Old)> servers) =>
        (Own, Old, Servers) = (own, old, servers);

    public string Own { get; }

    public string Old { get; }

    /// <summary>Every server, that of the catalogue last: once it has been promoted, everything has.</summary>
    public IReadOnlyList<(Server Own, Server Old)> Servers { get; }

    /// <summary>Every database in this site, by its own connection.</summary>
    public required IReadOnlyList<Server> Databases { get; init; }

    /// <summary>Where every database is in this site.</summary>
    public required IReadOnlyList<DatabasePlace> Places { get; init; }

    public Server Catalogue => Servers[^1].Own;

    public Task<SiteSeen> See(CancellationToken ct) => SiteCatalogue.See(Catalogue.Source, ct);

    public static async Task<SitePair> Read(IServiceProvider services, string? from, CancellationToken ct)
    {
        var own = services.GetRequiredService<PlatformOptions>().Site is { Length: > 0 } site ? site : throw new ArgumentException(
            "Which site is this? LECTERN__Site must say so here and in every node's settings; see docs/how-to/survive-a-region.md.");
        var access = services.GetRequiredService<DatabaseAccess>();
        var core = services.GetRequiredService<CoreDatabase>().Database;
        var databases = services.GetRequiredService<TenantDirectory>().Databases;
        await using var copy = access.ImpatientAdministrator(core);
        var places = await SiteCatalogue.Places(copy, ct);
        var old = from ?? await Other(copy, own, places, ct);
        var pairs = databases.Select(database => (Own: At(database, places, own), Old: At(database, places, old)))
            .GroupBy(pair => (pair.Old.Host, pair.Old.Port))
            // The catalogue's own server is the one this command was told to use.
            .Select(server => server.First() is { Own.Id: var id } first && id == core.Id ? first with { Own = core } : server.First())
            .OrderByDescending(server => server.Own.Id).ToList();
        return new SitePair(own, old, pairs.ConvertAll(pair => (new Server(access, pair.Own, own), new Server(access, pair.Old, old))))
        {
            Databases = [.. databases.Select(database => new Server(access, At(database, places, own), own))],
            Places = places.FindAll(place => place.Site == own),
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers.SelectMany(pair => new[] { pair.Own, pair.Old }).Concat(Databases)) await server.DisposeAsync();
    }

    private static async Task<string> Other(
        Npgsql.NpgsqlDataSource copy, string own, List<DatabasePlace> places, CancellationToken ct)
    {
        if ((await SiteCatalogue.See(copy, ct)).Writer is { } writer && writer != own) return writer;
        var others = places.Select(place => place.Site).Where(site => site != own).Distinct().ToList();
        return others.Count switch
        {
            1 => others[0],
            0 => throw new ArgumentException(
                $"The catalogue knows of no site but {own}. 'lectern shards place LABEL SITE HOST:PORT' says where each database is."),
            _ => throw new ArgumentException($"There are several other sites: {string.Join(", ", others)}. --from says which one worked."),
        };
    }

    private static ShardDatabase At(ShardDatabase database, List<DatabasePlace> places, string site) =>
        places.Find(place => place.DatabaseId == database.Id && place.Site == site) is { } place
            ? database with { Host = place.Host, Port = place.Port }
            : throw new FailoverRefusedException(
                $"The catalogue does not know where database {database.Label} is in site {site}: 'lectern shards place {database.Label} "
                + $"{site} HOST:PORT' says so, while its primary answers.");
}
