using System.Globalization;

namespace Lectern.Engine;

/// <summary>
/// The operating system account PostgreSQL runs as. It refuses to run as root, so root hands it to the owner of the folder, or, where root
/// owns that too, to the account that owns nothing. Nothing is created on the system for it.
/// </summary>
internal sealed class PostgresAccount
{
    private const int Nobody = 65534;

    private readonly int? uid;
    private readonly int? gid;

    private PostgresAccount(int? uid, int? gid) => (this.uid, this.gid) = (uid, gid);

    /// <summary>True when PostgreSQL runs as the account that started Lectern.</summary>
    internal bool IsOwn => uid is null;

    internal static async Task<PostgresAccount> For(string directory, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return new PostgresAccount(null, null);
        }

        var (ownerUid, ownerGid) = await OwnerOf(NearestExisting(directory), ct);
        var account = ownerUid == 0 ? new PostgresAccount(Nobody, Nobody) : new PostgresAccount(ownerUid, ownerGid);
        var attempt = await account.Run(["true"], "/", ct);
        return attempt.Succeeded
            ? account
            : throw new EngineException(
                $"PostgreSQL does not run as root, and changing to user {account.uid} failed ({attempt.Output}). "
                + "Start Lectern as an ordinary user, or name a database with LECTERN_POSTGRES.");
    }

    /// <summary>Runs a program as this account.</summary>
    internal Task<Command.Outcome> Run(IReadOnlyList<string> words, string workingDirectory, CancellationToken ct) =>
        Command.Run(Words(words), workingDirectory, ct);

    internal IReadOnlyList<string> Words(IReadOnlyList<string> words) => IsOwn
        ? words
        : [
            "setpriv",
            string.Create(CultureInfo.InvariantCulture, $"--reuid={uid}"),
            string.Create(CultureInfo.InvariantCulture, $"--regid={gid}"),
            "--clear-groups",
            "--no-new-privs",
            .. words,
        ];

    /// <summary>Asked of the system itself, because parents, access lists and mount options all have a say.</summary>
    internal async Task<bool> CanEnter(string directory, CancellationToken ct) =>
        IsOwn || (await Run(["test", "-x", directory], "/", ct)).Succeeded;

    /// <summary>Makes a file or folder this account's own.</summary>
    internal async Task Own(string path, CancellationToken ct)
    {
        if (IsOwn)
        {
            return;
        }

        var outcome = await Command.Run(["chown", "-R", string.Create(CultureInfo.InvariantCulture, $"{uid}:{gid}"), path], "/", ct);
        if (!outcome.Succeeded)
        {
            throw new EngineException($"{path} cannot be given to user {uid}: {outcome.Output}");
        }
    }

    private static async Task<(int Uid, int Gid)> OwnerOf(string path, CancellationToken ct)
    {
        var outcome = await Command.Run(["stat", "-c", "%u %g", path], "/", ct);
        var parts = outcome.Output.Split(' ');
        return outcome.Succeeded && parts.Length == 2
            ? (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture))
            : throw new EngineException($"The owner of {path} cannot be read: {outcome.Output}");
    }

    private static string NearestExisting(string directory)
    {
        while (!Directory.Exists(directory))
        {
            directory = Path.GetDirectoryName(directory) ?? "/";
        }

        return directory;
    }
}
