using System.Diagnostics;
using Npgsql;

namespace Lectern.Engine;

/// <summary>
/// The PostgreSQL that Lectern starts and owns when no other is named. Processes that ask for the same folder share one server; the last to
/// leave stops it. A server left behind by a killed process is adopted by the next start, one that dies under us is started again.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly PostgresServer server;
    private readonly EmbeddedPostgresOptions options;
    private readonly CancellationTokenSource stopping = new();
    private readonly PostgresGuard? guard;
    private FileStream? lease;
    private Task watching = Task.CompletedTask;

    private EmbeddedPostgres(PostgresServer server, EmbeddedPostgresOptions options, PostgresGuard? guard, string password)
    {
        (this.server, this.options, this.guard) = (server, options, guard);
        lease = FileLock.Share(LeasePath(options.Directory));
        AdminConnectionString = new NpgsqlConnectionStringBuilder
        {
            // The socket costs less processor time for each statement than the loopback network.
            Host = server.SocketFolder ?? "127.0.0.1",
            Port = server.Port,
            Username = PostgresServer.Superuser,
            Password = password,
            Database = "postgres",
        }.ConnectionString;
    }

    /// <summary>
    /// Connects as superuser to the database `postgres`, by socket where there are sockets. Valid until <see cref="Stop"/>.
    /// </summary>
    internal string AdminConnectionString { get; }

    /// <summary>
    /// The port on 127.0.0.1, which also names the socket. It stays the same for a folder as long as nobody else takes it.
    /// </summary>
    internal int Port => server.Port;

    /// <summary>Starts the server of the folder, or joins the one that runs.</summary>
    /// <exception cref="EngineException">It cannot be had; the message is for a person.</exception>
    internal static async Task<EmbeddedPostgres> Start(EmbeddedPostgresOptions options, CancellationToken ct)
    {
        options = options with { Directory = Path.GetFullPath(options.Directory) };
        Directory.CreateDirectory(options.Directory);
        await using var turn = await Turn(options.Directory, ct);
        var watch = Stopwatch.StartNew();
        var server = await PostgresServer.Open(options, ct);
        var password = await server.Home.Password(ct);
        var alone = NobodyUses(options.Directory);
        var guard = PostgresGuard.Post(server, options, TurnPath(options.Directory), LeasePath(options.Directory));
        bool adopted;
        try
        {
            adopted = await server.Up(mayRestart: alone, ct);
        }
        catch
        {
            guard?.Dispose();
            throw;
        }

        options.Logger.LogInformation(
            "PostgreSQL {Version} {How} on port {Port} in {Elapsed} ms, data in {Place}",
            server.Version, adopted ? "joined" : "started", server.Port, watch.ElapsedMilliseconds, server.Home.Place);

        var postgres = new EmbeddedPostgres(server, options, guard, password);
        postgres.watching = postgres.Watch();
        return postgres;
    }

    /// <summary>Leaves the server. The last process to leave it shuts it down, without waiting for clients.</summary>
    internal async Task Stop()
    {
        await stopping.CancelAsync();
        await watching;
        if (await Leave() && options.Scratch)
        {
            Remove();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        guard?.Dispose();
        stopping.Dispose();
    }

    private async Task<bool> Leave()
    {
        if (lease is null)
        {
            return false;
        }

        await using var turn = await Turn(options.Directory, CancellationToken.None);
        await lease.DisposeAsync();
        lease = null;
        if (!NobodyUses(options.Directory))
        {
            return false;
        }

        await server.Down(CancellationToken.None);
        return true;
    }

    /// <summary>Starts a dead server again, for a killed postmaster must not take the institution down with it.</summary>
    private async Task Watch()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                if (server.Lives())
                {
                    continue;
                }

                await using var turn = await Turn(options.Directory, stopping.Token);
                await Revive();
            }
        }
        catch (OperationCanceledException)
        {
            // Stop was called.
        }
    }

    private async Task Revive()
    {
        try
        {
            options.Logger.LogWarning("PostgreSQL died; starting it again");
            await server.Up(mayRestart: false, stopping.Token);
        }
        catch (EngineException failure)
        {
            // Tried again at the next tick: the cause may pass, such as a full disk.
            options.Logger.LogError("PostgreSQL does not start again: {Reason}", failure.Message);
        }
    }

    private void Remove()
    {
        foreach (var folder in new[] { server.Home.Place, server.SocketFolder, options.Directory })
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static Task<FileStream> Turn(string directory, CancellationToken ct) => FileLock.Take(TurnPath(directory), ct);

    private static bool NobodyUses(string directory)
    {
        using var alone = FileLock.TryTake(LeasePath(directory));
        return alone is not null;
    }

    private static string TurnPath(string directory) => Path.Combine(directory, "turn");

    private static string LeasePath(string directory) => Path.Combine(directory, "lease");
}
