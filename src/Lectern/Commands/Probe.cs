using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Lectern.Commands.Probes;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Contracts.Identity;
using Lectern.Hosting;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>
/// Does from outside what people depend on, as an account made for it: once with an exit code, or again and again with a file of metrics.
/// </summary>
internal static class Probe
{
    private const string Usual = "probe@lectern.invalid";

    public static async Task<int> Run(Product product, Arguments arguments)
    {
        if (arguments.At(0) is "prepare") return await Prepare(product, arguments, CancellationToken.None);
        var (address, password) = (Address(arguments), Environment.GetEnvironmentVariable("LECTERN_PROBE_PASSWORD"));
        if (string.IsNullOrEmpty(password)) throw new ArgumentException(
            "LECTERN_PROBE_PASSWORD is not set. 'lectern probe prepare' makes the account and prints its password once.");
        var file = arguments.Of("metrics");
        using var measures = new ProbeMeasures();
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            var outcome = await ProbeRun.Once(address, arguments.Of("email") ?? Usual, password, CancellationToken.None);
            foreach (var line in outcome.Lines) Console.WriteLine(line);
            measures.Record(outcome);
            if (file is not null) await ProbeMeasures.Replace(file, measures.Write());
            Console.WriteLine($"probe: {outcome.Chains.Count} chains, {outcome.Broken} broken");
            if (Every(arguments) is not { } every) return outcome.Broken == 0 && outcome.CertificateHolds ? 0 : 1;
            var rest = every - Stopwatch.GetElapsedTime(began);
            if (rest > TimeSpan.Zero) await Task.Delay(rest);
        }
    }

    /// <summary>Makes the account and the two courses it works in; in one it learns, in the other it teaches.</summary>
    private static async Task<int> Prepare(Product product, Arguments arguments, CancellationToken ct)
    {
        var (slug, email) = (arguments.Of("tenant") ?? "demo", arguments.Of("email") ?? Usual);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await using var installed = await Installed.Open(product, ServePart.None, migrate: false, ct);
        var tenant = await installed.Services.GetRequiredService<TenantDirectory>().Find(slug, ct)
            ?? throw new ArgumentException($"There is no institution '{slug}'.");
        await installed.Services.GetRequiredService<TenantScopes>().Do(tenant.Id, services => Make(services, email, password, ct), ct);
        Console.WriteLine($"{email} probes {slug}. Password, shown this once: {password}");
        return 0;
    }

    /// <summary>Made again, the account gets another password and keeps its courses.</summary>
    internal static async Task<bool> Make(IServiceProvider services, string email, string password, CancellationToken ct)
    {
        var people = services.GetRequiredService<IPeopleAdmin>();
        var known = await people.Find(email, ct) is not null;
        var person = await people.AddWithPassword("Synthetic probe", email, password, ct);
        if (known) return false;
        var courses = services.GetRequiredService<ICourses>();
        foreach (var (code, role) in new[] { ("PROBE-LEARNS", Role.Learner), ("PROBE-TEACHES", Role.Instructor) })
        {
            var (course, section) = await courses.Create(new NewCourse(
                code, "Synthetic probe", "Visited by the operator's monitoring. Nobody else is in it.", null, null, null, "UTC"), ct);
            await courses.Publish(course, ct);
            await courses.Enroll(course, section, [person], role, notify: false, ct);
            if (role is Role.Learner) await services.GetRequiredService<IGrading>().AddAssignments(
                course, [new("Recordings", null, [new("Recording", "One a day.", 1, ["file"], null)])], ct);
        }

        return true;
    }

    private static Uri Address(Arguments arguments)
    {
        var text = arguments.Of("url") ?? throw new ArgumentException("--url is missing, such as https://demo.example.edu/t/demo.");
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ArgumentException($"'{text}' is not an address such as https://demo.example.edu/t/demo.");
    }

    private static TimeSpan? Every(Arguments arguments) => arguments.Of("every") is not { } text ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds >= 1 ? TimeSpan.FromSeconds(seconds)
        : throw new ArgumentException("--every wants seconds, at least 1.");
}
