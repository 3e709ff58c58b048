using Lectern.Platform.Access;
using Lectern.Platform.Audit;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>Four ways to name an institution, what happens when two disagree, and what a stranger's names are worth.</summary>
public sealed class TenantResolutionTests(LecternApp app)
{
    [Fact]
    public async Task Subdomain_path_and_token_lead_to_the_same_institution()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber();
        (await person.Post("/probes", new { name = "mine" })).Expect(201);

        Assert.Contains("probe:mine", (await person.Get("/probes")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains("probe:mine", (await Bare(person, "/api/v1/probes", ("Host", $"{tenant.Slug}.localhost"))).Expect(200).Text,
            StringComparison.Ordinal);
        Assert.Contains("probe:mine", (await Bare(person, "/api/v1/probes")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_names_the_institution_by_header()
    {
        var tenant = await app.NewTenant();
        var service = Service(tenant);
        (await Bare(service, "/api/v1/audit-entries", ("X-Tenant-ID", tenant.Id.ToString()))).Expect(200);
        (await Bare(service, "/api/v1/audit-entries", ("X-Tenant-ID", tenant.Slug))).Expect(200);
        (await Bare(service, "/api/v1/audit-entries", ("X-Tenant-ID", "99999999"))).Refused(404, "unknown_institution");
        (await Bare(service, "/api/v1/audit-entries")).Expect(404);
    }

    [Fact]
    public async Task A_header_from_anybody_else_is_ignored()
    {
        var (mine, theirs) = (await app.NewTenant(), await app.NewTenant());
        var me = await mine.NewNumber();
        (await (await theirs.NewNumber()).Post("/probes", new { name = "secret" })).Expect(201);

        var answer = (await Bare(me, "/api/v1/probes", ("X-Tenant-ID", theirs.Id.ToString()))).Expect(200);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        (await Bare(mine.Nobody(), "/api/v1/probes", ("X-Tenant-ID", theirs.Id.ToString()))).Expect(404);
    }

    [Fact]
    public async Task Another_institutions_token_is_refused_and_recorded()
    {
        var (mine, theirs) = (await app.NewTenant(), await app.NewTenant());
        var me = await mine.NewNumber(Role.Administrator);

        (await me.At(theirs).Get("/probes")).Refused(401, "foreign_token");
        (await Bare(me, "/api/v1/probes", ("Host", $"{theirs.Slug}.localhost"))).Refused(401, "foreign_token");
        Assert.Equal(2, (await Audit(theirs, PlatformAudit.ForeignToken)).Count);
    }

    [Fact]
    public async Task Names_that_disagree_are_refused_and_recorded()
    {
        var (mine, theirs) = (await app.NewTenant(), await app.NewTenant());
        var me = await mine.NewNumber();
        (await me.Get("/probes", ("Host", $"{theirs.Slug}.localhost"))).Refused(400, "institution_disputed");
        (await Service(mine).Get("/probes", ("X-Tenant-ID", theirs.Id.ToString()))).Refused(400, "institution_disputed");

        Assert.Single(await Audit(theirs, PlatformAudit.TenantDispute));
        Assert.Single(await Audit(mine, PlatformAudit.TenantDispute));
    }

    [Fact]
    public async Task An_unknown_institution_answers_404_to_everybody()
    {
        var me = await (await app.NewTenant()).NewNumber();
        (await Bare(me, "/t/no-such-place/api/v1/probes")).Refused(404, "unknown_institution");
        (await Bare(me, "/api/v1/probes", ("Host", "no-such-place.localhost"))).Refused(404, "unknown_institution");
    }

    [Theory]
    [InlineData("lct_1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJldmlsIiwidXNlIjoic2VydmljZSIsImlzcyI6ImxlY3Rlcm4iLCJhdWQiOiJsZWN0ZXJuIn0.")]
    [InlineData("nonsense")]
    public async Task A_made_up_token_is_401(string token)
    {
        var tenant = await app.NewTenant();
        var forger = new TestPerson(tenant, default, "Forger", string.Empty, token);
        Assert.Equal(401, (int)(await forger.Get("/probes", ("X-Tenant-ID", tenant.Slug))).Status);
    }

    [Fact]
    public async Task A_token_ends_with_its_session_and_its_rights_bound_it()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber(Role.Administrator, rights: ["nothing.at.all"]);
        (await person.Get("/audit-entries")).Expect(403);
        (await person.Get("/probes")).Expect(200);
        await tenant.Do(async services => await services.GetRequiredService<Sessions>().EndAll(person.Id, null, default));
        (await person.Get("/probes")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_suspended_institution_is_closed_and_a_moving_one_is_read_only()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber();
        var admin = tenant.Host.Services.GetRequiredService<TenantAdmin>();
        await admin.SetState(tenant.Id, TenantState.Moving, default);
        (await person.Get("/probes")).Expect(200);
        var refused = (await person.Post("/probes", new { name = "late" })).Refused(503, "institution_moving");
        Assert.True(refused.Headers.ContainsKey("Retry-After"));
        await admin.SetState(tenant.Id, TenantState.Suspended, default);
        (await person.Get("/probes")).Refused(503, "institution_unavailable");
        await admin.SetState(tenant.Id, TenantState.Active, default);
        (await person.Post("/probes", new { name = "again" })).Expect(201);
    }

    private static TestPerson Service(TestTenant tenant) =>
        new(tenant, default, "Service", string.Empty,
            tenant.Host.Services.GetRequiredService<ServiceTokens>().IssueForService("test", TimeSpan.FromMinutes(5)));

    private static Task<Answer> Bare(TestPerson person, string path, params (string, string)[] headers) =>
        person.Send(HttpMethod.Get, new Uri(person.Tenant.Host.Address, path).ToString(), null, headers);

    private static Task<List<string>> Audit(TestTenant tenant, AuditAction action) =>
        tenant.Rows<string>(db => $"SELECT action FROM audit_entries WHERE tenant_id = {db.Tenant} AND action = {action.Name}");
}
