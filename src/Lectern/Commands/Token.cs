using System.Globalization;
using Lectern.Contracts.Identity;
using Lectern.Hosting;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>Prints a bearer token of a person, and nothing else, so that a script can use the answer as it is. Works beside a running
/// server.</summary>
internal static class Token
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var email = arguments.Need(0, "The person's e-mail address");
        var slug = arguments.Of("tenant") ?? "demo";
        var hours = int.Parse(arguments.Of("hours") ?? "24", CultureInfo.InvariantCulture);
        var ct = CancellationToken.None;
        await using var installed = await Installed.Open(product, ServePart.None, migrate: false, ct);
        var tenant = await installed.Services.GetRequiredService<TenantDirectory>().Find(slug, ct)
            ?? throw new ArgumentException($"There is no institution '{slug}'.");
        var secret = await installed.Services.GetRequiredService<TenantScopes>().Do(tenant.Id, async services =>
        {
            var user = await services.GetRequiredService<IPeopleAdmin>().Find(email, ct)
                ?? throw new ArgumentException($"Nobody in '{slug}' has the e-mail address {email}.");
            var until = services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(hours);
            return (await services.GetRequiredService<Sessions>().Begin(
                new(user, SessionKind.Token, until, "command line", ["*"]), ct)).Secret;
        }, ct);
        Console.WriteLine(secret);
        return 0;
    }
}
