using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Migrations;
using Lectern.Platform.Observability;
using Lectern.Platform.Sites;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lectern.Tests.Platform;

/// <summary>A node that cannot serve says why and does not; a shard that goes away later is its own institutions' trouble only.</summary>
public sealed class StartCheckTests(ShardedApp app) : IClassFixture<ShardedApp>
{
    [Fact]
    public async Task Another_secret_is_refused_and_changes_nothing()
    {
        var options = app.NewOptions();
        options.Secret = new string('x', 40);
        foreach (var migrate in new[] { true, false })
        {
            var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Start(options, migrate));
            Assert.Contains("LECTERN_SECRET is not the secret", refused.Message, StringComparison.Ordinal);
        }

        await using var worker = new DatabaseAccess(app.Options).As(DatabaseAccess.Worker, Main, 1);
        await using var connection = await worker.OpenConnectionAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_program_ends_with_a_sentence_and_a_code_of_its_own()
    {
        using var serve = app.CommandWith(new string('y', 40), "serve", "--no-migrate");
        var said = await serve.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await serve.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, serve.ExitCode);
        Assert.Contains("lectern serve: LECTERN_SECRET is not the secret", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_behind_the_program_is_refused_until_it_is_migrated()
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Check(Longer("SELECT 1")).DatabasesFit(default));
        Assert.Contains("Run 'lectern migrate'", refused.Message, StringComparison.Ordinal);
        await Check(Plan).DatabasesFit(default);
    }

    [Fact]
    public async Task A_schema_ahead_of_the_program_is_served_until_something_was_taken_away()
    {
        await Set("version = version + 1");
        await Check(Plan).DatabasesFit(default);
        await Set("serves_from = version");
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Check(Plan).DatabasesFit(default));
        await Set("version = version - 1, serves_from = 0");
        Assert.Contains("was changed by a newer program", refused.Message, StringComparison.Ordinal);

        Task Set(string change) => Run($"UPDATE platform.schema_state SET {change} WHERE migration_set = 'grading'");
    }

    [Fact]
    public async Task A_cell_whose_migration_failed_keeps_nobody_else_from_being_served()
    {
        await Run("UPDATE platform.schema_state SET version = version - 1, last_error = 'as asked' WHERE migration_set = 'grading'");
        await Check(Plan).DatabasesFit(default);
        await Run("UPDATE platform.schema_state SET version = version + 1, last_error = NULL WHERE migration_set = 'grading'");
    }

    [Fact]
    public async Task A_shard_that_is_away_at_the_start_is_named_and_later_is_its_own_trouble()
    {
        var near = await app.NewTenant(SizeTier.Small);
        var far = await app.NewTenant(SizeTier.Large);
        var (here, there) = (await near.NewNumber(Role.Administrator), await far.NewNumber(Role.Administrator));
        (await there.Get("/probes")).Expect(200);
        await app.StopFar();
        try
        {
            var answer = (await there.Get("/probes")).Refused(503, "database_unavailable");
            Assert.Equal("5", answer.Headers["Retry-After"]);
            (await there.Post("/probes", new { name = "lost" })).Refused(503, "database_unavailable");
            (await here.Post("/probes", new { name = "kept" })).Expect(201);
            await TestTenant.Eventually(async () => await near.Count("heard:%:kept") == 1, "work goes on in the other shard");
            (await here.Send(HttpMethod.Get, new Uri(app.Host.Address, "/health/ready").ToString(), null)).Expect(200);

            var report = await app.Services.GetRequiredService<OperatorReport>().Make(default);
            Assert.NotNull(report.Single(line => line.Shard == "far").Away);
            var main = report.Single(line => line.Shard == "main");
            Assert.Null(main.Away);
            Assert.True(main is { Institutions: >= 1, People: >= 0, Courses: >= 0, DatabaseBytes: > 0, OutboxWaiting: >= 0, JobsDead: 0 });

            foreach (var migrate in new[] { true, false })
            {
                var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Start(app.NewOptions(), migrate));
                Assert.Contains("Database far at", refused.Message, StringComparison.Ordinal);
                Assert.Contains("does not answer", refused.Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            await app.StartFar();
        }

        await TestTenant.Eventually(async () => (int)(await there.Get("/probes")).Status == 200, "its institutions are served again");
        (await there.Post("/probes", new { name = "again" })).Expect(201);
    }

    private ShardDatabase Main => app.Services.GetRequiredService<CoreDatabase>().Database;

    private MigrationPlan Plan => app.Services.GetRequiredService<MigrationPlan>();

    private MigrationPlan Longer(string text)
    {
        var grading = Plan.Cell.Single(set => set.Name == "grading");
        var step = new Migration(grading.Name, grading.Newest + 1, "0099_more", text, "-");
        return Plan with { Cell = [grading with { Migrations = [.. grading.Migrations, step] }] };
    }

    private StartCheck Check(MigrationPlan plan) => new(
        app.Services.GetRequiredService<DatabaseAccess>(), app.Services.GetRequiredService<CoreDatabase>(), plan,
        app.Services.GetRequiredService<TenantDirectory>(), app.Services.GetRequiredService<SiteStanding>(),
        NullLogger<StartCheck>.Instance);

    private static async Task Start(PlatformOptions options, bool migrate)
    {
        await using var host = await RunningHost.Start(options, new ServePart(true, false), TimeProvider.System, migrate);
    }

    private async Task Run(string sql)
    {
        await using var source = app.Services.GetRequiredService<DatabaseAccess>().Administrator(Main);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
