using Lectern.Contracts.Identity;
using Lectern.Hosting;
using Lectern.Platform.Access;
using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>
/// Makes somebody an operator, or no longer. Only here: no administrator of an institution can give what reaches beyond it.
/// </summary>
internal static class Operator
{
    private const string Source = "operator command";
    private static readonly AuditAction Given = new("operator.given");
    private static readonly AuditAction Withdrawn = new("operator.withdrawn");

    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var email = arguments.Need(0, "The person's e-mail address");
        var slug = arguments.Of("tenant") ?? "demo";
        var withdraw = arguments.Has("withdraw");
        var ct = CancellationToken.None;
        await using var installed = await Installed.Open(product, ServePart.None, migrate: false, ct);
        var tenant = await installed.Services.GetRequiredService<TenantDirectory>().Find(slug, ct)
            ?? throw new ArgumentException($"There is no institution '{slug}'.");
        await installed.Services.GetRequiredService<TenantScopes>().Do(tenant.Id, async services =>
        {
            var user = await services.GetRequiredService<IPeopleAdmin>().Find(email, ct)
                ?? throw new ArgumentException($"Nobody in '{slug}' has the e-mail address {email}.");
            var grants = services.GetRequiredService<Grants>();
            if (withdraw) await grants.Withdraw(Scope.Institution, [user], [Source], ct);
            else await grants.Give(user, Role.Operator, Scope.Institution, Source, ct);
            services.GetRequiredService<TenantDb>().Audit(withdraw ? Withdrawn : Given, $"user:{user}");
            return true;
        }, ct);
        Console.WriteLine(withdraw ? $"{email} is no longer an operator." : $"{email} is an operator of this installation.");
        return 0;
    }
}
