using System.Diagnostics;

namespace Lectern.Engine;

/// <summary>
/// A small process that outlives us and leaves no server behind when we are killed, crash, or are interrupted while starting. It waits for
/// the end of a pipe whose other end only we hold, so it learns of our death however we die.
/// </summary>
internal sealed class PostgresGuard : IDisposable
{
    // Long enough for whoever watches over us to start us again, which then finds its server running.
    private const string GraceSeconds = "3";

    // $1 turn, $2 lease, then the words that stop the server. The locks are those of EmbeddedPostgres: whoever holds the lease keeps it.
    private const string StopUnlessUsed = $$"""
        trap '' INT TERM HUP
        cat > /dev/null
        sleep {{GraceSeconds}}
        exec 8< "$1" && flock 8 && exec 9< "$2" && flock --nonblock 9 || exit 0
        shift 2
        exec "$@" > /dev/null 2>&1
        """;

    // $1 the data folder, then the folders to remove. Nobody else uses a scratch server, so nobody is asked.
    private const string Remove = """
        trap '' INT TERM HUP
        cat > /dev/null
        pid=$(head -n 1 "$1/postmaster.pid" 2> /dev/null) && kill -QUIT "$pid"
        for _ in 1 2 3 4 5 6 7 8 9 10; do [ -e "$1/postmaster.pid" ] || break; sleep 0.2; done
        shift
        rm -rf "$@"
        """;

    private readonly Process process;

    private PostgresGuard(Process process) => this.process = process;

    /// <summary>Null where there is no flock or shell; a server left behind there is joined by the next start.</summary>
    internal static PostgresGuard? Post(PostgresServer server, EmbeddedPostgresOptions options, string turn, string lease)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        IReadOnlyList<string> words = options.Scratch
            ? ["sh", "-c", Remove, "sh", server.Home.Data, server.Home.Place, server.SocketFolder ?? server.Home.Place, options.Directory]
            : ["sh", "-c", StopUnlessUsed, "sh", turn, lease, .. server.StopWords("fast")];
        return new PostgresGuard(Process.Start(Command.Describe(words, "/")) ?? throw new EngineException("sh cannot be started."));
    }

    /// <summary>Dismisses the guard: the server was left in good order.</summary>
    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
