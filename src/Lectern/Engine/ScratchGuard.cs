using System.Diagnostics;

namespace Lectern.Engine;

/// <summary>
/// A small process that outlives us and clears a scratch server away. It waits for the end of a pipe whose other end only we hold, so it
/// learns of our death however we die.
/// </summary>
internal sealed class ScratchGuard : IDisposable
{
    private const string Script = """
        trap '' INT TERM HUP
        cat > /dev/null
        pid=$(head -n 1 "$1/postmaster.pid" 2> /dev/null) && kill -QUIT "$pid"
        for _ in 1 2 3 4 5 6 7 8 9 10; do [ -e "$1/postmaster.pid" ] || break; sleep 0.2; done
        shift
        rm -rf "$@"
        """;

    private readonly Process process;

    private ScratchGuard(Process process) => this.process = process;

    /// <summary>Null on systems without a shell, where scratch servers are only stopped in good order.</summary>
    internal static ScratchGuard? Post(PostgresServer server, string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var start = Command.Describe(
            ["sh", "-c", Script, "sh", server.Home.Data, server.Home.Place, server.SocketFolder ?? directory, directory], "/");
        return new ScratchGuard(Process.Start(start) ?? throw new EngineException("sh cannot be started."));
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
