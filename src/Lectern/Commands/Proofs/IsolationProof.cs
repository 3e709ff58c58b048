using System.Diagnostics;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Tries to get from one institution into another: through every route of the product and through raw SQL, in every placement,
/// directly and through PgBouncer, and then again with the application's own tenant filter taken away.
/// </summary>
internal static class IsolationProof
{
    public static async Task<int> Run(Product product, Arguments arguments, CancellationToken ct)
    {
        var tally = await Prove(product, new Scale(Enum.GetValues<CellKind>(), Pooler: true), Console.WriteLine, ct);
        return tally.Report("isolation");
    }

    /// <summary>Runs the proof at a scale; the tests run a smaller one.</summary>
    public static async Task<Tally> Prove(Product product, Scale scale, Action<string> says, CancellationToken ct)
    {
        var tally = new Tally();
        await using var scratch = await ScratchInstallation.Open(product, ct);
        await using var pooler = scale.Pooler ? await Pooler.Start(scratch, ct) : null;
        await using var pooled = pooler is null ? null : await scratch.ServeThrough(pooler.Endpoint, ct);
        if (pooler is null) says("  PgBouncer: skipped, it is not installed or not asked for");
        foreach (var placement in scale.Placements)
        {
            var stage = await Stage.Build(scratch, placement, ct);
            says($"  {placement}: {stage.Built}");
            await new Theatre(scratch, tally, says).Play(stage, "directly", scratch.App, null, ct);
            if (pooled is not null) await new Theatre(scratch, tally, says).Play(stage, "through PgBouncer", pooled, pooler!.Endpoint, ct);
        }

        if (pooled is not null) await pooled.StopAsync(ct);
        return tally;
    }

    /// <summary>How much of the proof is run.</summary>
    internal sealed record Scale(IReadOnlyList<CellKind> Placements, bool Pooler);
}

/// <summary>Plays all attempts on one stage, through one running process.</summary>
internal sealed class Theatre(ScratchInstallation scratch, Tally tally, Action<string> says)
{
    public async Task Play(Stage built, string way, WebApplication app, PlatformOptions.Endpoint? pooler, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var before = tally.Attempts;
        var where = $"{built.Self.Cell.Kind} {way}";
        var stage = built with { Ours = await built.Ours.Anew(scratch.Services, built.Self, ct) };
        using var door = new Door(ScratchInstallation.AddressOf(app));
        var routes = AttackedRoute.AllOf(app.Services);
        var showing = await new RouteAttempts(tally, where, door, stage, routes).CountShowing(ct);
        tally.Count(showing > 0 ? null : $"{where}: not even the other institution's own people see what was planted; this proves nothing");

        var rows = await stage.SumOther(scratch, ct);
        await Attack(where, stage, door, routes, ct);
        await Raw(where, stage, pooler, ct);
        var removed = TenantFilterMutation.Removed;
        using (TenantFilterMutation.TurnOn()) await Attack($"{where}, without the application's filter", stage, door, routes, ct);
        tally.Count(TenantFilterMutation.Removed > removed ? null : $"{where}: no filter was there to be taken away; this proves nothing");
        stage = stage with { Ours = await stage.Ours.Anew(scratch.Services, stage.Self, ct) };
        await new RouteAttempts(tally, where, door, stage, routes).WithForeignBodies(ct);

        foreach (var (was, now) in rows.Zip(await stage.SumOther(scratch, ct)))
            tally.Count(was == now ? null
                : $"{where}: the other institution's {was.Table} changed: {was.Rows} rows before, {now.Rows} after");
        says($"  {where}: {tally.Attempts - before} attempts on {routes.Count} routes in {clock.Elapsed.TotalSeconds:0} s; "
            + $"{showing} routes show the bait to its owners, {TenantFilterMutation.Removed - removed} filters were taken away");
    }

    private async Task Attack(string where, Stage stage, Door door, IReadOnlyList<AttackedRoute> routes, CancellationToken ct)
    {
        var attempts = new RouteAttempts(tally, where, door, stage, routes);
        await attempts.WithForeignNumbers(ct);
        await attempts.AtTheOthersDoor(ct);
        foreach (var member in stage.Ours.All)
        {
            var known = await door.Send(
                new Call(HttpMethod.Get, $"/t/{stage.Self.Slug}/api/v1/sessions/current") { Token = member.Token }, ct);
            tally.Count(known.Status == 200 ? null
                : $"{where}: the {member.Part} was no longer signed in ({known.Status}); this proves less");
        }
    }

    private async Task Raw(string where, Stage stage, PlatformOptions.Endpoint? pooler, CancellationToken ct)
    {
        var options = new PlatformOptions { Postgres = scratch.Options.Postgres, Secret = scratch.Options.Secret, Pooler = pooler };
        var database = scratch.Services.GetRequiredService<TenantDirectory>().Database(stage.Self.Cell.DatabaseId);
        await using var cell = new DatabaseAccess(options).ForCell(database, stage.Self.Cell, "isolation proof", options.CellPoolSize);
        await using var source = scratch.Administrator(stage.Self.Cell);
        await using var admin = await source.OpenConnectionAsync(ct);
        // For this, one's own institution has a row in every table too, or there would be nothing to tell apart or give away. They are
        // not such as the program writes, so they go again.
        var (filled, _) = await new Bait(admin, stage.Self.Cell, stage.Self.Id, "ours").Fill(ct);
        await new RawSql(tally, where, cell, stage.Self, stage.Other).TryAll(await stage.Tables(scratch, ct), ct);
        foreach (var table in filled) await table.Delete(admin, stage.Self.Id, ct);
    }
}
