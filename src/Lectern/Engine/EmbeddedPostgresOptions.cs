using Microsoft.Extensions.Logging.Abstractions;

namespace Lectern.Engine;

/// <summary>How and where the PostgreSQL that Lectern owns is kept.</summary>
internal sealed record EmbeddedPostgresOptions
{
    /// <summary>
    /// The folder of this database: data, password, port and logs. Two processes that name the same folder share one server.
    /// When Lectern runs as root and the unprivileged account cannot reach the folder, it holds a file `location` that names the real
    /// place.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Default true: an acknowledged commit survives a power cut. False lets the operating system write when it likes; a killed process
    /// still loses nothing, a power cut may lose everything. For tests only.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>
    /// Default false. True stops the server when this process dies in any way, and removes the folder. For tests and benches.
    /// </summary>
    public bool Scratch { get; init; }

    /// <summary>Default 200: the pools of one process with several cells, plus commands that run beside it.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Default 128: enough for the hot pages of some institutions, while a laptop keeps its memory.</summary>
    public int SharedBuffersMegabytes { get; init; } = 128;

    /// <summary>More settings of postgresql.conf, which win over ours. Default none.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Where starts, adoptions and restarts are told. Default nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
