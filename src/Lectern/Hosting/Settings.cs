using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Lectern.Engine;
using Lectern.Platform;
using Lectern.Platform.Migrations;
using Npgsql;

namespace Lectern.Hosting;

/// <summary>Reads what the installation decides, and fills in what a laptop need not decide: a secret, a database.</summary>
internal static class Settings
{
    public static PlatformOptions Read()
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(Directory.GetCurrentDirectory(), "lectern.json"), optional: true)
            .AddEnvironmentVariables()
            .Build();
        var options = new PlatformOptions();
        configuration.GetSection("Lectern").Bind(options);
        // Short names for what people set by hand.
        if (Environment.GetEnvironmentVariable("LECTERN_POSTGRES") is { Length: > 0 } postgres) options.Postgres = postgres;
        if (Environment.GetEnvironmentVariable("LECTERN_DATA") is { Length: > 0 } data) options.DataFolder = data;
        if (Environment.GetEnvironmentVariable("LECTERN_SECRET") is { Length: > 0 } secret) options.Secret = secret;
        options.DataFolder = Path.GetFullPath(options.DataFolder);
        Directory.CreateDirectory(options.DataFolder);
        return options;
    }

    public static void Validate(PlatformOptions options)
    {
        var found = new List<ValidationResult>();
        // The validator looks at one object; what it holds is named here.
        object?[] all = [options, options.S3, options.Limits, .. options.Plans.Values, options.Broker, .. options.Broker?.Consumers ?? []];
        foreach (var one in all.OfType<object>())
            Validator.TryValidateObject(one, new ValidationContext(one), found, validateAllProperties: true);
        if (found.Count > 0)
            throw new SettingsException(string.Join(" ", found.Select(result => result.ErrorMessage)));
    }

    /// <summary>Starts PostgreSQL unless one is named, and makes sure the product's database is there.</summary>
    public static async Task<EmbeddedPostgres?> OpenEngine(PlatformOptions options, ILogger log, CancellationToken ct)
    {
        if (options.Secret.Length == 0) options.Secret = await LaptopSecret(options, ct);
        if (options.Postgres.Length > 0) return null;
        var engine = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions { Directory = Path.Combine(options.DataFolder, "postgres"), Logger = log }, ct);
        var builder = new NpgsqlConnectionStringBuilder(engine.AdminConnectionString);
        await using (var admin = NpgsqlDataSource.Create(builder.ConnectionString)) await DatabaseRoles.EnsureDatabase(
            admin, "lectern", ct);
        builder.Database = "lectern";
        options.Postgres = builder.ConnectionString;
        return engine;
    }

    private static async Task<string> LaptopSecret(PlatformOptions options, CancellationToken ct)
    {
        var path = Path.Combine(options.DataFolder, "secret");
        if (File.Exists(path)) return (await File.ReadAllTextAsync(path, ct)).Trim();
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var only = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) only.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(path, only);
        await file.WriteAsync(secret.AsMemory(), ct);
        return secret;
    }
}

/// <summary>The installation's settings do not do; the message is for the person who set them.</summary>
internal sealed class SettingsException(string message) : Exception(message);
