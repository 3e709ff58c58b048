using System.Security.Cryptography;
using Lectern.Demo;
using Lectern.Hosting;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>Makes the demonstration institution and says who can sign in there.</summary>
internal static class DemoCommand
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        await using var installed = await Installed.Open(product, ServePart.None, migrate: true, CancellationToken.None);
        await Announce(installed, CancellationToken.None);
        return 0;
    }

    public static async Task Announce(Installed installed, CancellationToken ct)
    {
        var password = await Password(installed.Options.DataFolder, ct);
        var services = installed.Services;
        var demo = new DemoInstitution(services.GetRequiredService<TenantAdmin>(), services.GetRequiredService<TenantScopes>(),
            services.GetRequiredService<TimeProvider>());
        await demo.Ensure(password, ct);
        Console.WriteLine();
        Console.WriteLine("The demonstration institution is Demo University. Sign in as:");
        foreach (var (email, _, role) in DemoInstitution.Accounts) Console.WriteLine($"  {email,-36} {role}");
        Console.WriteLine($"  Password of all of them: {password}");
        Console.WriteLine();
    }

    /// <summary>
    /// One password for this data folder, made once: a known one would let anybody into a demonstration that is reachable from outside.
    /// </summary>
    internal static async Task<string> Password(string dataFolder, CancellationToken ct)
    {
        var path = Path.Combine(dataFolder, "demo-password");
        if (File.Exists(path)) return (await File.ReadAllTextAsync(path, ct)).Trim();
        var password = $"lectern-{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 8)}";
        var only = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) only.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(path, only);
        await file.WriteAsync(password.AsMemory(), ct);
        return password;
    }
}
