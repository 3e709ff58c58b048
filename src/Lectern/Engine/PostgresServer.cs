using System.Globalization;

namespace Lectern.Engine;

/// <summary>Brings the server of one folder up and down. The caller sees to it that only one process does so at a time.</summary>
internal sealed class PostgresServer
{
    internal const string Superuser = "postgres";

    // Crash recovery after heavy writing takes a while; giving up on it would be worse than waiting.
    private const int LongestStartSeconds = 900;
    private const int StartAttempts = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly EmbeddedPostgresOptions options;
    private readonly PostgresBinaries binaries;
    private Postmaster? postmaster;

    private PostgresServer(
        EmbeddedPostgresOptions options, PostgresBinaries binaries, PostgresAccount account, PostgresHome home, string? socket)
    {
        (this.options, this.binaries, Account) = (options, binaries, account);
        (Home, SocketFolder) = (home, socket);
    }

    internal PostgresHome Home { get; }

    internal PostgresAccount Account { get; }

    internal string Version => binaries.Version;

    internal string? SocketFolder { get; }

    internal int Port { get; private set; }

    internal static async Task<PostgresServer> Open(EmbeddedPostgresOptions options, CancellationToken ct)
    {
        var binaries = await PostgresBinaries.Find(options.Logger, ct);
        var account = await PostgresAccount.For(options.Directory, ct);
        if (!await account.CanEnter(Path.Combine(binaries.Root, "bin"), ct))
        {
            binaries = await binaries.CopyTo(PostgresHome.SharedFolder(), ct);
        }

        var home = await PostgresHome.Open(options.Directory, account, options.Logger, ct);
        return new PostgresServer(options, binaries, account, home, await home.SocketFolder(ct));
    }

    internal bool Lives() => postmaster?.StillLives(Home.Data) ?? false;

    /// <summary>Makes the server run; with our settings if it may be restarted for them. True when it ran already.</summary>
    internal async Task<bool> Up(bool mayRestart, CancellationToken ct)
    {
        await Initialise(ct);
        await RefuseOtherMajor(ct);
        var settings = PostgresSettings.Write(options, binaries, Home.Logs, SocketFolder);
        if (Postmaster.Find(Home.Data) is { } running)
        {
            var wanted = !mayRestart || await Home.ReadSettings(ct) == settings;
            if (wanted && await Adopt(running, ct))
            {
                return true;
            }

            await Down(ct);
        }

        await Home.WriteSettings(settings, ct);
        await Launch(ct);
        return false;
    }

    internal async Task Down(CancellationToken ct)
    {
        // What is thrown away needs no last checkpoint.
        foreach (var mode in options.Scratch ? ["immediate"] : new[] { "fast", "immediate" })
        {
            if (Postmaster.Find(Home.Data) is null)
            {
                return;
            }

            await Command.Run(StopWords(mode), Home.Place, ct);
        }
    }

    internal IReadOnlyList<string> StopWords(string mode) => ControlWords(["stop", "--mode", mode, "--wait", "--timeout", "60"]);

    private async Task Initialise(CancellationToken ct)
    {
        if (Directory.Exists(Home.Data))
        {
            return;
        }

        // Made beside and renamed, so that a killed initdb leaves nothing that looks like a database.
        var unfinished = Home.Data + ".unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        // Trigrams tell letters from marks by the character type, so plain C, which knows only ASCII letters, is the last resort.
        var outcome = await InitDb(unfinished, characterType: "C.UTF-8", ct);
        if (outcome.Output.Contains("invalid locale name", StringComparison.Ordinal))
        {
            outcome = await InitDb(unfinished, characterType: "C", ct);
        }

        if (!outcome.Succeeded)
        {
            throw new EngineException($"PostgreSQL could not make a database in {Home.Place}:\n{outcome.Output}");
        }

        Directory.Move(unfinished, Home.Data);
    }

    private Task<Command.Outcome> InitDb(string folder, string characterType, CancellationToken ct)
    {
        List<string> words =
        [
            binaries.Program("initdb"), "--pgdata", folder, "--username", Superuser, "--pwfile", Home.PasswordFile,
            "--auth", "scram-sha-256", "--encoding", "UTF8",
            "--locale", "C", "--lc-ctype", characterType,
        ];
        // The built-in collation sorts alike on every system for ever; the system's own may change under the indexes with an update.
        // Before 17 there is none, and C sorts the same.
        if (int.TryParse(binaries.Major, out var major) && major >= 17)
        {
            words.AddRange(["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]);
        }

        if (!options.Durable)
        {
            words.Add("--no-sync");
        }

        return Account.Run(words, Home.Place, ct);
    }

    private async Task RefuseOtherMajor(CancellationToken ct)
    {
        var file = Path.Combine(Home.Data, "PG_VERSION");
        var made = File.Exists(file) ? (await File.ReadAllTextAsync(file, ct)).Trim() : "an unknown version";
        if (made != binaries.Major)
        {
            throw new EngineException(
                $"{Home.Data} was made by PostgreSQL {made}; this Lectern brings {binaries.Version}. "
                + $"Take a backup with the Lectern that made it and restore it here, or run PostgreSQL {made} and name it with "
                + "LECTERN_POSTGRES.");
        }
    }

    // False when it ended before it was ready: somebody had already told it to stop.
    private async Task<bool> Adopt(Postmaster running, CancellationToken ct)
    {
        for (var found = running; found is not null; found = Postmaster.Find(Home.Data))
        {
            if (found is { Ready: true, Port: > 0 })
            {
                (postmaster, Port) = (found, found.Port);
                return true;
            }

            await Task.Delay(Pause, ct);
        }

        return false;
    }

    private async Task Launch(CancellationToken ct)
    {
        Postmaster.ForgetStranger(Home.Data);
        for (var attempt = 1; ; attempt++)
        {
            // Once connection strings name a port, a restart keeps to it.
            var port = Port != 0 ? Port : await Home.ChoosePort(ct);
            File.Delete(Home.StartLog);
            var outcome = await Command.Run(StartWords(port), Home.Place, ct);
            if (outcome.Succeeded && Postmaster.Find(Home.Data) is { } started)
            {
                (postmaster, Port) = (started, port);
                return;
            }

            var said = await Home.LastWords(ct);
            if (attempt == StartAttempts || !MayPass(said))
            {
                throw new EngineException($"PostgreSQL did not start in {Home.Place}:\n{outcome.Output}\n{said}");
            }

            await Task.Delay(Pause, ct);
        }
    }

    // Children of a killed postmaster need a moment to notice it; a port can be taken between our look and the start.
    private static bool MayPass(string said) =>
        said.Contains("still in use", StringComparison.Ordinal)
        || said.Contains("could not bind", StringComparison.Ordinal)
        || said.Contains("lock file \"postmaster.pid\" already exists", StringComparison.Ordinal);

    private IReadOnlyList<string> StartWords(int port) => ControlWords(
        [
            "start", "--log", Home.StartLog, "--wait", "--timeout", LongestStartSeconds.ToString(CultureInfo.InvariantCulture),
            "--options", string.Create(CultureInfo.InvariantCulture, $"-p {port}"),
        ]);

    private IReadOnlyList<string> ControlWords(IReadOnlyList<string> words) =>
        Account.Words([binaries.Program("pg_ctl"), .. words, "--pgdata", Home.Data]);
}
