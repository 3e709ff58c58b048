using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Lectern.Platform.Migrations;

/// <summary>One numbered SQL file.</summary>
internal sealed record Migration(string Set, int Version, string Name, string Text, string Checksum)
{
    /// <summary>CREATE INDEX CONCURRENTLY and its like cannot run in a transaction; such files must be repeatable.</summary>
    public bool InTransaction => !Text.StartsWith("-- no-transaction", StringComparison.Ordinal);

    /// <summary>It takes something away: programs that do not know this migration can no longer serve the schema.</summary>
    public bool Contracts => ("\n" + Text).Contains("\n-- contract:", StringComparison.Ordinal);
}

/// <summary>The numbered SQL files of one service, read from its assembly's resources.</summary>
internal sealed record MigrationSet(string Name, IReadOnlyList<Migration> Migrations)
{
    public int Newest => Migrations.Count == 0 ? 0 : Migrations[^1].Version;

    /// <summary>The oldest version whose programs can serve a schema that has all of these.</summary>
    public int ServesFrom => Migrations.LastOrDefault(migration => migration.Contracts)?.Version ?? 0;

    /// <summary>Finds <c>Migrations/{folder}/NNNN_name.sql</c> in an assembly.</summary>
    public static MigrationSet From(string name, Assembly assembly, string? folder = null)
    {
        var marker = folder is null ? ".Migrations." : $".Migrations.{folder}.";
        var migrations = assembly.GetManifestResourceNames()
            .Where(resource => resource.EndsWith(".sql", StringComparison.Ordinal) && resource.Contains(marker, StringComparison.Ordinal))
            .Select(resource => Read(
                name, assembly, resource, resource[(resource.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..]))
            .OrderBy(migration => migration.Version)
            .ToList();
        for (var i = 0; i < migrations.Count; i++)
        {
            if (migrations[i].Version != i + 1)
                throw new InvalidOperationException(
                    $"Migrations of {name} must be numbered 1, 2, 3 …; found {migrations[i].Name} at place {i + 1}.");
        }

        return new MigrationSet(name, migrations);
    }

    private static Migration Read(string set, Assembly assembly, string resource, string file)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        var version = int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return new Migration(set, version, file[..^4], text, checksum);
    }
}

/// <summary>All migrations the program carries: of the catalogue, of every database, and of every cell in the order of services.</summary>
internal sealed record MigrationPlan(MigrationSet Catalogue, MigrationSet Shard, IReadOnlyList<MigrationSet> Cell);
