using System.Security.Cryptography;
using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary>What has run somewhere is what runs everywhere.</summary>
public sealed class MigrationTests
{
    /// <summary>One line a file, as `sha256sum` writes it; `sha256sum --check` says the same as this test.</summary>
    private const string Released = "tests/Lectern.Architecture/released-migrations.sha256";

    [Fact]
    public void A_migration_that_was_released_is_never_changed()
    {
        var findings = new Findings(
            "Installations remember the checksum of what they ran and refuse another. Leave the file as it was and write a new one.");
        foreach (var line in House.Get(Released).Lines)
        {
            var (known, path) = (line[..64], line[66..]);
            var file = Path.Combine(House.Root, path);
            if (!File.Exists(file) || Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) != known) findings.Add(path);
        }

        findings.AssertNone();
    }
}
