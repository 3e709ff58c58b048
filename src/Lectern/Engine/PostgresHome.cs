using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Lectern.Engine;

/// <summary>The folder of one database: what lies in it, and where it really is.</summary>
internal sealed class PostgresHome
{
    // State, not cache: /var/tmp is swept by age on many systems, and a school's grades may rest for a summer.
    private const string SystemState = "/var/lib/lectern";

    // sockaddr_un holds 107 bytes; ".s.PGSQL.65535.lock" needs 20 of them.
    private const int LongestSocketFolder = 86;

    private readonly PostgresAccount account;
    private readonly string place;

    private PostgresHome(PostgresAccount account, string place) => (this.account, this.place) = (account, place);

    /// <summary>The folder that really holds the database.</summary>
    internal string Place => place;

    internal string Data => Path.Combine(place, "data");

    internal string Logs => Path.Combine(place, "log");

    internal string StartLog => Path.Combine(place, "start.log");

    internal string PasswordFile => Path.Combine(place, "password");

    private string PortFile => Path.Combine(place, "port");

    /// <summary>Finds the place, or prepares an empty one that the account can enter and others cannot read.</summary>
    internal static async Task<PostgresHome> Open(string asked, PostgresAccount account, ILogger logger, CancellationToken ct)
    {
        var place = await Locate(asked, account, logger, ct);
        var home = new PostgresHome(account, place);
        if (!Directory.Exists(home.Data))
        {
            foreach (var folder in new[] { place, home.Logs })
            {
                Directory.CreateDirectory(folder);
                await account.Own(folder, ct);
            }
        }

        return home;
    }

    /// <summary>The port written down by an earlier start if it is free, else a new one, written down.</summary>
    internal async Task<int> ChoosePort(CancellationToken ct)
    {
        if (File.Exists(PortFile)
            && int.TryParse(await File.ReadAllTextAsync(PortFile, ct), CultureInfo.InvariantCulture, out var kept)
            && IsFree(kept))
        {
            return kept;
        }

        // Below the range from which systems take ports for outgoing connections, so that none of those steals it while we are stopped.
        int port;
        do
        {
            port = RandomNumberGenerator.GetInt32(20_000, 32_000);
        }
        while (!IsFree(port));

        await File.WriteAllTextAsync(PortFile, port.ToString(CultureInfo.InvariantCulture), ct);
        return port;
    }

    /// <summary>Null on systems without sockets in the file system.</summary>
    internal async Task<string?> SocketFolder(CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(place) <= LongestSocketFolder)
        {
            return place;
        }

        var folder = Path.Combine("/tmp", $"lectern-{Fingerprint(place)}");
        Directory.CreateDirectory(folder);
        await account.Own(folder, ct);
        return folder;
    }

    /// <summary>The superuser's password; made at random the first time.</summary>
    internal async Task<string> Password(CancellationToken ct)
    {
        if (!File.Exists(PasswordFile))
        {
            if (Directory.Exists(Data))
            {
                throw new EngineException($"{Data} holds a database, but its password file {PasswordFile} is gone. Put it back.");
            }

            await WritePrivate(PasswordFile, RandomNumberGenerator.GetHexString(48, lowercase: true), ct);
            await account.Own(PasswordFile, ct);
        }

        try
        {
            return (await File.ReadAllTextAsync(PasswordFile, ct)).Trim();
        }
        catch (UnauthorizedAccessException)
        {
            throw new EngineException($"{place} belongs to another user. Start Lectern as that user, or choose another LECTERN_DATA.");
        }
    }

    internal async Task WriteSettings(string text, CancellationToken ct)
    {
        var path = SettingsFile;
        await WritePrivate(path, text, ct);
        await account.Own(path, ct);
    }

    internal async Task<string> ReadSettings(CancellationToken ct) =>
        File.Exists(SettingsFile) ? await File.ReadAllTextAsync(SettingsFile, ct) : "";

    /// <summary>The last lines of what PostgreSQL said, for a message to a person.</summary>
    internal async Task<string> LastWords(CancellationToken ct)
    {
        var latest = Directory.Exists(Logs) ? new DirectoryInfo(Logs).GetFiles().MaxBy(f => f.LastWriteTimeUtc)?.FullName : null;
        var lines = new List<string>();
        foreach (var file in new[] { StartLog, latest }.OfType<string>().Where(File.Exists))
        {
            lines.AddRange((await File.ReadAllLinesAsync(file, ct)).TakeLast(8));
        }

        return string.Join('\n', lines);
    }

    private string SettingsFile => Path.Combine(Data, "postgresql.conf");

    private static async Task<string> Locate(string asked, PostgresAccount account, ILogger logger, CancellationToken ct)
    {
        Directory.CreateDirectory(asked);
        var pointer = Path.Combine(asked, "location");
        if (File.Exists(pointer))
        {
            return (await File.ReadAllTextAsync(pointer, ct)).Trim();
        }

        var inUse = Directory.Exists(Path.Combine(asked, "data"));
        if (!inUse)
        {
            await account.Own(asked, ct);
        }

        if (await account.CanEnter(asked, ct))
        {
            return asked;
        }

        if (inUse)
        {
            throw new EngineException(
                $"{asked} holds a database that its owner's account cannot reach any more. Open the folders above it.");
        }

        // The name is random as well: a data folder that was removed and made again must start empty, not find the old institution.
        var family = Path.Combine(SystemState, Fingerprint(asked));
        var place = $"{family}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        if (Directory.Exists(SystemState)
            && Directory.GetDirectories(SystemState, Path.GetFileName(family) + "-*") is { Length: > 0 } earlier)
        {
            logger.LogWarning("An earlier database of this folder is still in {Places}; remove it when it is not wanted", earlier);
        }

        Directory.CreateDirectory(place);
        await File.WriteAllTextAsync(pointer, place + "\n", ct);
        logger.LogInformation("{Asked} is private to root, so the database is in {Place}", asked, place);
        return place;
    }

    /// <summary>Where programs are copied to when the account cannot reach the source tree.</summary>
    internal static string SharedFolder()
    {
        Directory.CreateDirectory(SystemState);
        return SystemState;
    }

    private static async Task WritePrivate(string path, string text, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, options);
        await file.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        // Closed connections that linger for a minute do not make a port taken.
        probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            probe.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Fingerprint(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..10];
}
