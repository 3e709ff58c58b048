using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Lectern.Engine;
using Npgsql;

namespace Lectern.Tests.Engine;

/// <summary>Each test has its own folder and its own server.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lectern-engine-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public EmbeddedPostgresTests()
    {
        // The temporary folder is made private; the account that root hands PostgreSQL to must get through.
        File.SetUnixFileMode(folder.FullName, Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    [Fact]
    public async Task A_new_server_is_durable_private_and_reachable_both_ways()
    {
        await using var postgres = await EmbeddedPostgres.Start(Options(), Ct);

        Assert.Equal("18", (await Ask(postgres, "SHOW server_version"))[..2]);
        Assert.Equal("C.UTF-8", await Ask(postgres, "SELECT datctype FROM pg_database WHERE datname = 'postgres'"));
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["fsync"] = "on",
            ["synchronous_commit"] = "on",
            ["listen_addresses"] = "127.0.0.1",
            ["max_connections"] = "200",
            ["wal_level"] = "replica",
            ["shared_preload_libraries"] = "pg_stat_statements",
        })
        {
            Assert.Equal(value, await Ask(postgres, $"SHOW {name}"));
        }

        var byNetwork = new NpgsqlConnectionStringBuilder(postgres.AdminConnectionString) { Host = "127.0.0.1" };
        Assert.Equal("1", await Ask(byNetwork.ConnectionString, "SELECT 1"));

        byNetwork.Password = "guess";
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Ask(byNetwork.ConnectionString, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.FullName, "password")));
    }

    [Fact]
    public async Task A_second_start_keeps_rows_and_port_and_leaves_nothing_running_between()
    {
        int port;
        await using (var first = await EmbeddedPostgres.Start(Options(), Ct))
        {
            port = first.Port;
            await Ask(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        Assert.Null(Postmaster.Find(Data));
        await using var second = await EmbeddedPostgres.Start(Options(), Ct);

        Assert.Equal("42", await Ask(second, "SELECT answer FROM kept"));
        Assert.Equal(port, second.Port);
    }

    [Fact]
    public async Task A_killed_postmaster_is_started_again_at_the_same_address()
    {
        await using var postgres = await EmbeddedPostgres.Start(Options(), Ct);
        await Ask(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
        var killed = Postmaster.Find(Data)!.Pid;

        Kill(killed);

        Assert.Equal("42", await AskUntilAnswered(postgres.AdminConnectionString, "SELECT answer FROM kept"));
        Assert.NotEqual(killed, Postmaster.Find(Data)!.Pid);
    }

    [Fact]
    public async Task The_server_of_a_killed_owner_is_adopted()
    {
        using var owner = await StartOwner(scratch: false);
        var running = Postmaster.Find(Data)!.Pid;
        Kill(owner.Id);

        await using (var heir = await EmbeddedPostgres.Start(Options(), Ct))
        {
            Assert.Equal("1", await Ask(heir, "SELECT 1"));
            Assert.Equal(running, Postmaster.Find(Data)!.Pid);
        }

        Assert.Null(Postmaster.Find(Data));
    }

    [Fact]
    public async Task The_server_of_an_owner_killed_with_it_starts_again_with_what_was_acknowledged()
    {
        using (var owner = await StartOwner(scratch: false))
        {
            Kill(Postmaster.Find(Data)!.Pid);
            Kill(owner.Id);
        }

        await using var heir = await EmbeddedPostgres.Start(Options(), Ct);

        Assert.Equal("42", await Ask(heir, "SELECT answer FROM acknowledged"));
    }

    [Fact]
    public async Task The_server_of_a_killed_owner_stops_when_nobody_comes_for_it()
    {
        using var owner = await StartOwner(scratch: false);
        Kill(owner.Id);

        for (var i = 0; i < 600 && File.Exists(Path.Combine(Data, "postmaster.pid")); i++)
        {
            await Task.Delay(100, Ct);
        }

        // A clean stop removes the file; a crash would have left it.
        Assert.False(File.Exists(Path.Combine(Data, "postmaster.pid")));
    }

    [Fact]
    public async Task A_scratch_server_goes_with_its_killed_owner()
    {
        using var owner = await StartOwner(scratch: true);
        var running = Postmaster.Find(Data)!;

        Kill(owner.Id);

        for (var i = 0; i < 600 && (Lives(running.Pid) || Directory.Exists(folder.FullName)); i++)
        {
            await Task.Delay(100, Ct);
        }

        Assert.False(Lives(running.Pid));
        Assert.False(Directory.Exists(folder.FullName));
    }

    [Fact]
    public async Task The_last_to_leave_stops_the_server()
    {
        var first = await EmbeddedPostgres.Start(Options(), Ct);
        await using var second = await EmbeddedPostgres.Start(Options(), Ct);
        Assert.Equal(first.AdminConnectionString, second.AdminConnectionString);

        await first.DisposeAsync();
        Assert.Equal("1", await Ask(second, "SELECT 1"));

        await second.Stop();
        Assert.Null(Postmaster.Find(Data));
    }

    [Fact]
    public async Task Two_folders_are_two_servers()
    {
        var servers = await Task.WhenAll(
            EmbeddedPostgres.Start(Options("one"), Ct),
            EmbeddedPostgres.Start(Options("two"), Ct));
        await using var one = servers[0];
        await using var two = servers[1];

        await Ask(one, "CREATE TABLE only_here (id int)");

        Assert.Equal("", await Ask(two, "SELECT coalesce(to_regclass('only_here')::text, '')"));
    }

    [Fact]
    public async Task A_pid_file_that_names_a_stranger_is_ignored()
    {
        await using (await EmbeddedPostgres.Start(Options(), Ct))
        {
        }

        using var stranger = Process.Start("sleep", "60");
        await File.WriteAllTextAsync(
            Path.Combine(Data, "postmaster.pid"), $"{stranger.Id}\n{Data}\n0\n5432\n\n127.0.0.1\n0 0\nready\n", Ct);
        await using var postgres = await EmbeddedPostgres.Start(Options(), Ct);

        Assert.Equal("1", await Ask(postgres, "SELECT 1"));
        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Fact]
    public async Task Data_of_another_major_version_is_refused_with_the_way_out()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "PG_VERSION"), "17\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "password"), "kept", Ct);

        var refusal = await Assert.ThrowsAsync<EngineException>(() => EmbeddedPostgres.Start(Options(), Ct));

        Assert.Contains("was made by PostgreSQL 17", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LECTERN_POSTGRES", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_private_to_root_sends_the_data_elsewhere_and_says_where()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root hands PostgreSQL to another account.");
        File.SetUnixFileMode(folder.FullName, Private);
        string place;

        await using (var first = await EmbeddedPostgres.Start(Options("database") with { Scratch = true }, Ct))
        {
            place = (await File.ReadAllTextAsync(Path.Combine(folder.FullName, "database", "location"), Ct)).Trim();
            Assert.Equal("1", await Ask(first, "SELECT 1"));
            Assert.True(File.Exists(Path.Combine(place, "data", "PG_VERSION")));
        }

        Assert.False(Directory.Exists(place));
    }

    public void Dispose()
    {
        File.Delete(folder.FullName + ".ready");
        folder.Refresh();
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
        }
    }

    private string Data => Path.Combine(folder.FullName, "data");

    private EmbeddedPostgresOptions Options(string? below = null) =>
        new() { Directory = below is null ? folder.FullName : Path.Combine(folder.FullName, below) };

    private async Task<Process> StartOwner(bool scratch)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var word in new[]
        {
            "exec", typeof(OwnerToKill).Assembly.Location, "--explicit", "only",
            "--filter-class", typeof(OwnerToKill).FullName!,
        })
        {
            start.ArgumentList.Add(word);
        }

        start.Environment[OwnerToKill.Folder] = folder.FullName;
        start.Environment[OwnerToKill.IsScratch] = scratch.ToString();
        var owner = Process.Start(start)!;
        while (!File.Exists(folder.FullName + ".ready"))
        {
            Assert.False(owner.HasExited, owner.HasExited ? await owner.StandardOutput.ReadToEndAsync(Ct) : "");
            await Task.Delay(50, Ct);
        }

        return owner;
    }

    // Process.Kill is SIGKILL on Unix: the victim learns nothing.
    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
        process.WaitForExit();
    }

    private static bool Lives(int pid) => Process.GetProcesses().Any(p => p.Id == pid);

    private static Task<string> Ask(EmbeddedPostgres postgres, string sql) => Ask(postgres.AdminConnectionString, sql);

    private static async Task<string> Ask(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture) ?? "";
    }

    private static async Task<string> AskUntilAnswered(string connectionString, string sql)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await Ask(connectionString, sql);
            }
            catch (NpgsqlException) when (attempt < 100)
            {
                await Task.Delay(100, Ct);
            }
        }
    }
}
