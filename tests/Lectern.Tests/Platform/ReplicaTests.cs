using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Observability;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>Standbys answer what may lag, never behind a person's own writes, and all that is read while there is no primary.</summary>
public sealed class ReplicaTests(ReplicatedApp app) : IClassFixture<ReplicatedApp>
{
    [Fact]
    public async Task Only_what_may_lag_is_read_from_a_standby()
    {
        var person = await (await app.NewTenant()).NewNumber(Role.Administrator);
        await AnsweredBy(person, "standby");
        (await person.Get("/probes/place")).Is("primary");
        (await person.Get("/audit-entries")).Expect(200);
        var line = Assert.Single(await app.Services.GetRequiredService<OperatorReport>().Make(default));
        Assert.NotNull(Assert.Single(line.Replicas).LagSeconds);
    }

    [Theory]
    [InlineData("Pooled")]
    [InlineData("Schema")]
    public async Task Who_has_written_reads_the_primary_until_the_standby_has_caught_up(string placement)
    {
        var tenant = await app.NewTenant(Enum.Parse<CellKind>(placement));
        var (writer, elsewhere) = (await tenant.NewNumber(Role.Administrator), await tenant.NewNumber(Role.Administrator));
        await AnsweredBy(writer, "standby");
        await app.OnStandby("SELECT pg_wal_replay_pause()");
        string position;
        try
        {
            var answer = (await writer.Post("/probes", new { name = "mine" })).Expect(201);
            position = answer.Headers[LaggingReads.Header];
            Assert.Contains("lectern_position_1=", answer.Headers["Set-Cookie"], StringComparison.Ordinal);
            (await writer.Get("/probes/lagging-place")).Is("primary");
            // Another process knows it from the header alone.
            (await elsewhere.Send(HttpMethod.Get, "/probes/lagging-place", null, (LaggingReads.Header, position))).Is("primary");
        }
        finally
        {
            await app.OnStandby("SELECT pg_wal_replay_resume()");
        }

        await AnsweredBy(writer, "standby");
        Assert.Contains("mine", (await writer.Get("/probes")).Expect(200).Text, StringComparison.Ordinal);
        (await elsewhere.Send(HttpMethod.Get, "/probes/lagging-place", null, (LaggingReads.Header, "nonsense"))).Expect(200);
        (await elsewhere.Send(HttpMethod.Get, "/probes/lagging-place", null, (LaggingReads.Header, $"1-{long.MaxValue}"))).Is("primary");
        (await elsewhere.Send(HttpMethod.Get, "/probes/lagging-place", null, (LaggingReads.Header, $"7-{long.MaxValue}"))).Is("standby");
    }

    [Fact]
    public async Task A_standby_that_is_too_far_behind_or_away_is_not_asked()
    {
        var tenant = await app.NewTenant();
        var (reader, writer) = (await tenant.NewNumber(Role.Administrator), await tenant.NewNumber(Role.Administrator));
        await AnsweredBy(reader, "standby");
        await app.OnStandby("SELECT pg_wal_replay_pause()");
        try
        {
            (await writer.Post("/probes", new { name = "unseen" })).Expect(201);
            await AnsweredBy(reader, "primary");
        }
        finally
        {
            await app.OnStandby("SELECT pg_wal_replay_resume()");
        }

        await AnsweredBy(reader, "standby");
        await app.StopStandby();
        for (var i = 0; i < 20; i++) (await reader.Get("/probes/lagging-place")).Is("primary");
        await app.StartStandby();
        await AnsweredBy(reader, "standby");
    }

    [Fact]
    public async Task What_a_standby_said_for_want_of_a_primary_is_not_kept()
    {
        var tenant = await app.NewTenant();
        var (reader, writer) = (await tenant.NewNumber(Role.Administrator), await tenant.NewNumber(Role.Administrator));
        await KnownToStandby(reader);
        await app.OnStandby("SELECT pg_wal_replay_pause()");
        var path = string.Empty;
        try
        {
            (await writer.Post("/terms", new { name = "Michaelmas" })).Expect(201);
            var limit = 0;
            await TestTenant.Eventually(async () =>
            {
                // Each time another page, because what the primary answers may be kept.
                path = $"/terms?limit={++limit}";
                app.Services.GetRequiredService<Replicas>().SawPrimary(tenant.DatabaseOf(), null);
                return !(await reader.Get(path)).Expect(200).Text.Contains("Michaelmas", StringComparison.Ordinal);
            }, "the standby answers what it knows");
        }
        finally
        {
            await app.OnStandby("SELECT pg_wal_replay_resume()");
        }

        await TestTenant.Eventually(
            async () => (await reader.Get(path)).Text.Contains("Michaelmas", StringComparison.Ordinal),
            "the primary, and not what was read without it, is heard again");
    }

    [Fact]
    public async Task Row_policies_hold_in_a_standby()
    {
        var (tenant, other) = (await app.NewTenant(), await app.NewTenant());
        var person = await tenant.NewNumber(Role.Administrator);
        await AnsweredBy(person, "standby");
        var source = app.Services.GetRequiredService<CellSources>().For(tenant.Tenant.Cell, app.Standby).Source;
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<PostgresException>(() => Count(connection, "SELECT count(*) FROM sessions"));
        await TestTenant.Eventually(async () => await As(tenant) == 1, "the person's session is in the standby");
        Assert.Equal(0L, await As(other));

        async Task<long> As(TestTenant named)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await Count(connection, $"SELECT length(set_config('lectern.tenant', '{named.Id}', true))::bigint");
            return await Count(connection, $"SELECT count(*) FROM sessions WHERE user_id = {person.Id.Value}");
        }
    }

    [Fact]
    public async Task Without_a_primary_what_may_lag_is_read_and_writes_are_refused_until_it_is_back()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber(Role.Administrator);
        await KnownToStandby(person);
        await app.StopPrimary();
        try
        {
            for (var i = 0; i < 5; i++) (await person.Get("/probes/lagging-place")).Is("standby");
            (await person.Get("/courses")).Expect(200);
            // A session that has not reached the standby is perhaps a good one.
            var unknown = ("Authorization", $"Bearer lct_{tenant.Id}_unknown");
            (await tenant.Nobody().Get("/probes/lagging-place", unknown)).Refused(503, "database_unavailable");
            Assert.Equal("5", (await person.Get("/probes/place")).Refused(503, "database_unavailable").Headers["Retry-After"]);
            var refused = (await person.Post("/probes", new { name = "no" })).Refused(503, "database_unavailable");
            Assert.Equal("5", refused.Headers["Retry-After"]);
        }
        finally
        {
            await app.StartPrimary();
        }

        await TestTenant.Eventually(async () =>
        {
            var answer = await person.Post("/probes", new { name = "again" });
            Assert.Contains((int)answer.Status, new[] { 201, 503 });
            return (int)answer.Status == 201;
        }, "it is written again, without a restart");
    }

    [Fact]
    public async Task Connections_from_before_a_failover_cost_nobody_an_error()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber(Role.Administrator);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => person.Get("/probes/place")));
        await app.OnPrimary("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'lectern_cell_%'");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => person.Get("/probes/place")));
        Assert.All(answers, answer => answer.Is("primary"));

        // The server we hold connections to has become one that only reads.
        await app.OnPrimary("ALTER DATABASE lectern SET default_transaction_read_only = on");
        await app.OnPrimary("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'lectern_cell_%'");
        (await person.Get("/probes/place")).Expect(200);
        var refused = (await person.Post("/probes", new { name = "no" })).Refused(503, "database_unavailable");
        Assert.Equal("5", refused.Headers["Retry-After"]);
        await app.OnPrimary("SET TRANSACTION READ WRITE; ALTER DATABASE lectern RESET default_transaction_read_only");
        (await person.Post("/probes", new { name = "yes" })).Expect(201);
    }

    [Fact]
    public void Grades_and_submissions_never_lag()
    {
        var lagging = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<MayLag>() is not null)
            .Select(route => route.RoutePattern.RawText!["/api/v1".Length..])
            .Where(path => !path.StartsWith("/probes", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();
        Assert.DoesNotContain(lagging, path => new[] { "grade", "submission", "draft", "token", "enrollment", "files", "users" }
            .Any(word => path.Contains(word, StringComparison.Ordinal)));
        var listed = File.ReadLines(Path.Combine(Repository(), "docs/reference/consistency.md"))
            .Where(line => line.StartsWith("| `GET ", StringComparison.Ordinal)).Select(line => line.Split('`')[1]["GET ".Length..]);
        Assert.Equal(lagging, listed.Order(StringComparer.Ordinal));
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ARCHITECTURE.md"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    // Refused while the primary, back since another test, is still thought to be away: a new session is not yet in the standby.
    private static Task AnsweredBy(TestPerson person, string place) => TestTenant.Eventually(async () =>
        (await person.Get("/probes/lagging-place")).Text.Contains(place, StringComparison.Ordinal), $"the {place} answers");

    // A standby answers who has written only when it has seen that, and with it the session before.
    private static async Task KnownToStandby(TestPerson person)
    {
        (await person.Post("/probes", new { name = "known" })).Expect(201);
        await AnsweredBy(person, "standby");
    }

    private static async Task<long> Count(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

internal static class PlaceAnswer
{
    public static void Is(this Answer answer, string place) =>
        Assert.Contains(place, answer.Expect(200).Text, StringComparison.Ordinal);
}
