using System.ComponentModel.DataAnnotations;
using Lectern.Platform.Events;
using Lectern.Platform.Http;
using Lectern.Platform.Limits;
using Lectern.Platform.Storage;

namespace Lectern.Platform;

/// <summary>
/// What an installation decides. Read from configuration section <c>Lectern</c> (environment: <c>LECTERN__…</c>), checked at start.
/// </summary>
public sealed class PlatformOptions
{
    /// <summary>Administrator connection string of the first PostgreSQL database. Empty: the program starts one of its own.</summary>
    public string Postgres { get; set; } = string.Empty;

    /// <summary>
    /// Administrator connection strings of further clusters, by the cluster's label. Only commands and the first start use them; a cluster
    /// that is not named here is spoken to as the same administrator as the first.
    /// </summary>
    public Dictionary<string, string> Administrators { get; } = new(StringComparer.Ordinal);

    /// <summary>Host and port of PgBouncer in transaction mode, when institutions' data is reached through it.</summary>
    public Endpoint? Pooler { get; set; }

    /// <summary>
    /// Redis servers as <c>host:port,host:port</c>: one, or some of a cluster's. Empty, the default: nodes share by PostgreSQL alone.
    /// </summary>
    [RegularExpression(@"[^\s,:]+(:\d{1,5})?(,[^\s,:]+(:\d{1,5})?)*", ErrorMessage = "Lectern:Redis must be host:port,host:port.")]
    public string Redis { get; set; } = string.Empty;

    /// <summary>What Redis asks for, if it asks. Default nothing; set it by the environment and not in a file.</summary>
    public string RedisPassword { get; set; } = string.Empty;

    /// <summary>Whether Redis is spoken to by TLS. Default false: it belongs in the servers' own network.</summary>
    public bool RedisTls { get; set; }

    /// <summary>Milliseconds Redis is waited for before the database is asked. Default 250: a healthy one answers within two.</summary>
    [Range(10, 10_000)]
    public int RedisTimeoutMilliseconds { get; set; } = 250;

    /// <summary>How much an institution, a person and an address may ask, for plans that are not named in <c>Plans</c>.</summary>
    public PlanLimits Limits { get; set; } = new();

    /// <summary>The same for plans by name: <c>Lectern:Plans:trial:TenantPerSecond</c>. Default none.</summary>
    public NamedPlans Plans { get; } = [];

    /// <summary>
    /// The secret all nodes share: role passwords, signed links and sealed cookies follow from it. At least 32 characters.
    /// </summary>
    [Required, MinLength(32, ErrorMessage = "Lectern:Secret must have at least 32 characters; every node needs the same one.")]
    public string Secret { get; set; } = string.Empty;

    /// <summary>Where files, keys and the embedded database live. Default: <c>.data</c> beside the program's start folder.</summary>
    [Required]
    public string DataFolder { get; set; } = ".data";

    /// <summary>Connections one cell may hold per process. Default 20: a request beyond it waits rather than opening a 21st.</summary>
    [Range(1, 200)]
    public int CellPoolSize { get; set; } = 20;

    /// <summary>
    /// Pools among which the schema cells of a database are divided. Default 8: a server connection then meets an eighth of the schemas, of
    /// which each costs it half a megabyte. A pool has an eighth of <c>CellPoolSize</c>, at least four connections where that allows it.
    /// </summary>
    [Range(1, 64)]
    public int SchemaPools { get; set; } = 8;

    /// <summary>
    /// Seconds one statement may take before its request is answered 503 <c>too_slow</c>. Default 60: as long as a gateway waits.
    /// </summary>
    [Range(1, 3_600)]
    public int StatementSeconds { get; set; } = 60;

    /// <summary>
    /// Milliseconds a request may wait for a thread or for the database, as a rule, before others are refused at the door. Default 500:
    /// longer is felt, shorter are bursts.
    /// </summary>
    [Range(10, 60_000)]
    public int ToleratedWaitMilliseconds { get; set; } = 500;

    /// <summary>
    /// Seconds a standby may be behind and still answer reads that may lag. Default 5, which is also the most: what a move of an
    /// institution has brought is in every standby that is asked.
    /// </summary>
    [Range(1, 5)]
    public int ReplicaLagSeconds { get; set; } = 5;

    /// <summary>
    /// How many pooled cells a new installation starts with. Default 4; more cells make smaller blast radii, not more speed.
    /// </summary>
    [Range(1, 16)]
    public int PooledCells { get; set; } = 4;

    /// <summary>Host names under which institutions are found as subdomains: <c>demo.localhost</c> is institution <c>demo</c>.</summary>
    [Required, MinLength(1)]
    public IList<string> Domains { get; } = ["localhost"];

    /// <summary>
    /// Addresses or networks of the proxies before us. Only they are believed about who calls and whether by HTTPS. Default none.
    /// </summary>
    [Networks]
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>The institution the bare address leads to, if any.</summary>
    public string? DefaultTenant { get; set; }

    /// <summary>Hours a sign-in lasts without use. Default 12: a teaching day.</summary>
    [Range(1, 24 * 90)]
    public int SessionHours { get; set; } = 12;

    /// <summary>Where traces and metrics are sent by OTLP. Empty: nowhere.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>
    /// Institutions, by slug, whose requests are measured each by itself. Default none: all others are measured by plan.
    /// </summary>
    [MaxLength(50)]
    public IList<string> MeasuredTenants { get; } = [];

    /// <summary>
    /// The institutions, by slug, whose jobs this process does, and nothing else in the background. Default none: everybody's.
    /// </summary>
    public IList<string> WorksFor { get; } = [];

    /// <summary>Bytes one institution may store. Default 50 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long StorageQuotaBytes { get; set; } = 50L << 30;

    /// <summary>Largest single file in bytes. Default 2 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long LargestFileBytes { get; set; } = 2L << 30;

    /// <summary>Connections one process holds open at a time. Default 50,000: some ten kilobytes each while they are idle.</summary>
    [Range(100, 1_000_000)]
    public int MostConnections { get; set; } = 50_000;

    /// <summary>Seconds a stopping process waits for the requests it has begun. Default 20.</summary>
    [Range(0, 600)]
    public int DrainSeconds { get; set; } = 20;

    /// <summary>
    /// What the site is called that this process belongs to, where an installation has copies in several regions of which one writes.
    /// Default none: there is one site.
    /// </summary>
    [RegularExpression("[a-z][a-z0-9-]{0,29}", ErrorMessage = "Lectern:Site must begin with a letter: small letters, digits, hyphens.")]
    public string? Site { get; set; }

    /// <summary>The outside broker that is told of events. Default none.</summary>
    public BrokerOptions? Broker { get; set; }

    /// <summary>The S3 store that keeps files. Default none: they are in the data folder.</summary>
    public S3Options? S3 { get; set; }

    /// <summary>A host and port.</summary>
    public sealed class Endpoint
    {
        [Required]
        public string Host { get; set; } = "127.0.0.1";

        [Range(1, 65535)]
        public int Port { get; set; } = 6432;
    }
}
