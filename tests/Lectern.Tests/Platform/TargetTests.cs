using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>What a process of one target answers, and whose word about the caller it takes.</summary>
public sealed class TargetTests(LecternApp app)
{
    [Fact]
    public async Task A_realtime_node_answers_live_streams_and_nothing_else_of_the_api()
    {
        await using var host = await Start(new ServePart(true, false, OnlyLive: true));
        var nobody = (await app.NewTenant()).On(host).Nobody();
        // The stream is there, and asks who one is.
        (await nobody.Get("/courses/1/gradebook/live")).Expect(401);
        (await nobody.Get("/institution")).Refused(404, "not_found");
        (await nobody.Get("/courses/1/gradebook")).Refused(404, "not_found");
        (await nobody.Send(HttpMethod.Get, new Uri(host.Address, "/health/ready").ToString(), null)).Expect(200);
    }

    [Fact]
    public async Task A_worker_says_how_it_is_and_answers_nothing_else()
    {
        await using var host = await Start(new ServePart(false, true));
        var nobody = (await app.NewTenant()).On(host).Nobody();
        (await nobody.Send(HttpMethod.Get, new Uri(host.Address, "/health/ready").ToString(), null)).Expect(200);
        (await nobody.Get("/institution")).Expect(404);
    }

    [Fact]
    public async Task A_trusted_proxy_is_believed_about_address_and_scheme()
    {
        await using var host = await Start(new ServePart(true, false), "127.0.0.0/8");
        var answer = await Dispute(host, "203.0.113.7");
        Assert.Contains("max-age", answer.Headers["Strict-Transport-Security"], StringComparison.Ordinal);
        Assert.Equal("203.0.113.7", answer.Address);
    }

    [Fact]
    public async Task What_stands_before_the_first_stranger_is_the_callers_own_writing()
    {
        await using var host = await Start(new ServePart(true, false), "127.0.0.1", "10.0.0.0/8");
        Assert.Equal("203.0.113.7", (await Dispute(host, "198.51.100.1, 203.0.113.7, 10.1.2.3")).Address);
    }

    [Fact]
    public async Task Nobody_else_is_believed()
    {
        var answer = await Dispute(app.Host, "203.0.113.7");
        Assert.False(answer.Headers.ContainsKey("Strict-Transport-Security"));
        Assert.NotEqual("203.0.113.7", answer.Address);
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("10.0.0.0/64")]
    [InlineData("")]
    public void A_proxy_that_is_no_address_stops_the_start(string named)
    {
        var options = Options(named);
        Assert.Contains(named, Assert.Throws<SettingsException>(() => Settings.Validate(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_answers_that_are_the_same_for_everybody_may_be_kept_by_others()
    {
        var tenant = await app.NewTenant();
        var card = (await tenant.Nobody().Get("/institution")).Expect(200);
        Assert.Equal("public, max-age=0, s-maxage=60", card.Headers["Cache-Control"]);
        Assert.Contains("Cookie", card.Headers["Vary"], StringComparison.Ordinal);
        var own = (await (await tenant.NewAdministrator()).Get("/courses")).Expect(200);
        Assert.DoesNotContain("public", own.Headers.GetValueOrDefault("Cache-Control", string.Empty), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pooler_may_look_up_our_roles_and_no_administrator()
    {
        var access = new DatabaseAccess(app.Options);
        var core = new NpgsqlConnectionStringBuilder(app.Options.Postgres);
        await using var pooler = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(app.Options.Postgres)
            {
                Username = DatabaseAccess.Pooler, Password = access.PasswordOf(DatabaseAccess.Pooler), Pooling = false,
            }.ConnectionString);
        // The same at every start, so that what a pooler learnt stays true.
        Assert.Equal(access.VerifierOf(DatabaseAccess.Worker), await LookUp(pooler, DatabaseAccess.Worker));
        Assert.Null(await LookUp(pooler, core.Username!));
        Assert.Null(await LookUp(pooler, DatabaseAccess.Backup));
        await using var worker = access.As(DatabaseAccess.Worker, new(1, core.Host!, core.Port, core.Database!));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => LookUp(worker, DatabaseAccess.Worker));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private static async Task<string?> LookUp(NpgsqlDataSource source, string role)
    {
        await using var command = source.CreateCommand("SELECT rolpassword FROM platform.pooler_login($1)");
        command.Parameters.AddWithValue(role);
        return await command.ExecuteScalarAsync() as string;
    }

    // Two names that disagree are refused, and the refusal is audited with the address it came from.
    private async Task<(string? Address, IReadOnlyDictionary<string, string> Headers)> Dispute(RunningHost host, string forwarded)
    {
        var (tenant, other) = (await app.NewTenant(), await app.NewTenant());
        var answer = (await tenant.On(host).Nobody().Get(
            "/institution", ("Host", $"{other.Slug}.localhost"), ("X-Forwarded-For", forwarded), ("X-Forwarded-Proto", "https")))
            .Refused(400, "institution_disputed");
        var rows = await other.Rows<string>(db =>
            $"SELECT address FROM audit_entries WHERE tenant_id = {db.Tenant} AND action = {PlatformAudit.TenantDispute.Name}");
        return (Assert.Single(rows), answer.Headers);
    }

    private Task<RunningHost> Start(ServePart part, params string[] trusted) =>
        RunningHost.Start(Options(trusted), part, TimeProvider.System, migrate: false);

    private PlatformOptions Options(params string[] trusted)
    {
        var options = new PlatformOptions
        {
            Postgres = app.Options.Postgres, Pooler = app.Options.Pooler, Secret = app.Options.Secret, DataFolder = app.Options.DataFolder,
        };
        foreach (var proxy in trusted) options.TrustedProxies.Add(proxy);
        return options;
    }
}
