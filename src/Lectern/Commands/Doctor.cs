using System.Diagnostics;
using Lectern.Contracts.Grading;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Migrations;
using Lectern.Platform.Observability;

namespace Lectern.Commands;

/// <summary>Looks whether this installation is well and says what to do where it is not.</summary>
internal static class Doctor
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var findings = new List<Finding>();
        var options = Settings.Read();
        findings.Add(DataFolder(options));
        findings.Add(Disk(options));
        findings.Add(await Sdk());
        try
        {
            await using var installed = await Installed.Open(product, ServePart.None, migrate: false, CancellationToken.None);
            findings.AddRange(await installed.Services.GetRequiredService<Checkup>().Run(CancellationToken.None));
            findings.Add(await Sandbox(installed.Services.GetRequiredService<ICodeSandbox>()));
        }
        catch (StartRefusedException refusal)
        {
            findings.Add(new Finding(Wellness.Broken, "This program would refuse to serve.", refusal.Message));
        }

        foreach (var finding in findings)
        {
            Console.WriteLine($"{Mark(finding.Health)} {finding.What}");
            if (finding.Advice is not null) Console.WriteLine($"     {finding.Advice}");
        }

        var bad = findings.Count(finding => finding.Health is Wellness.Broken);
        var odd = findings.Count(finding => finding.Health is Wellness.Warning);
        Console.WriteLine($"doctor: {findings.Count} checks, {odd} warnings, {bad} problems");
        return bad == 0 ? 0 : 1;
    }

    private static string Mark(Wellness health) => health switch { Wellness.Well => " ok ", Wellness.Warning => "look", _ => " BAD" };

    private static async Task<Finding> Sandbox(ICodeSandbox sandbox) => await sandbox.WhyNot(CancellationToken.None) is { } why
        ? new Finding(Wellness.Warning, "Programs that learners hand in are not run; graders mark them.", why)
        : new Finding(Wellness.Well, "Programs that learners hand in are run in a sandbox.");

    private static Finding DataFolder(PlatformOptions options)
    {
        var probe = Path.Combine(options.DataFolder, $".doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "x");
            File.Delete(probe);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Finding(Wellness.Broken, $"The data folder cannot be written: {failure.Message}",
                "Give this user the folder, or name another in LECTERN_DATA.");
        }

        var secret = Path.Combine(options.DataFolder, "secret");
        if (!OperatingSystem.IsWindows() && File.Exists(secret)
            && (File.GetUnixFileMode(secret) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            return new Finding(Wellness.Broken, "Others may read the installation's secret.", $"chmod 600 {secret}");
        return new Finding(Wellness.Well, "The data folder can be written, and only its owner reads the secret.");
    }

    private static Finding Disk(PlatformOptions options)
    {
        var free = new DriveInfo(options.DataFolder).AvailableFreeSpace >> 20;
        return free switch
        {
            < 500 => new Finding(
                Wellness.Broken, $"Only {free} MiB are free where the data lives.", "Make room: the database stops when the disk is full."),
            < 5_000 => new Finding(
                Wellness.Warning, $"{free} MiB are free where the data lives.", "Enough for now; hand-ins will fill it."),
            _ => new Finding(Wellness.Well, $"{free >> 10} GiB are free where the data lives."),
        };
    }

    private static async Task<Finding> Sdk()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var version = (await process.StandardOutput.ReadToEndAsync()).Trim();
            return version.StartsWith("10.", StringComparison.Ordinal)
                ? new Finding(Wellness.Well, $".NET SDK {version}")
                : new Finding(Wellness.Warning, $".NET SDK {version}; the sources want 10.",
                    "Only needed to build; a built program runs without it.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new Finding(Wellness.Warning, "There is no .NET SDK on the path.",
                "Only needed to build; a built program runs without it.");
        }
    }
}
