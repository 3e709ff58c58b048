using System.Diagnostics;
using System.Globalization;
using Lectern.Bench.Drills.Cluster;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Bench.Drills;

/// <summary>
/// The disk of PostgreSQL fills up under load, down to the last byte of its log, and is given room again. `./dev drills disk` makes a
/// small disk of memory for it and names it as the folder for temporary files.
/// </summary>
internal static class DiskDrill
{
    private const double PerSecond = 8;
    private const int MostSegments = 100;

    public static async Task Run(Report report)
    {
        var disk = new DriveInfo(Path.GetTempPath());
        if (disk.TotalSize > 1L << 30) throw new InvalidOperationException($"{disk.Name} is no small disk: ./dev drills disk");
        await using var scratch = await Scratch.Open(report);
        var course = new Course(1, DrillSchool.Learners, DrillSchool.Assignments);
        var schools = new List<DrillSchool>();
        foreach (var slug in new[] { "drill-one", "drill-two" })
        {
            var tenant = await scratch.Tenants.Create(new NewTenant(slug, $"School {slug}"), default);
            schools.Add(await DrillSchool.Fill(scratch.App.Services, scratch.Admin, tenant, course));
        }

        await using var server = await ServerProcess.Start(scratch.Options);
        var (clock, outcomes) = (Stopwatch.StartNew(), new Outcomes());
        var loads = schools.ConvertAll(school =>
            new DrillLoad(server.Http, school, [.. schools.Where(other => other != school)], outcomes, clock));
        foreach (var load in loads) await load.SignIn();
        clock.Restart();
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(loads.Select(load => load.Run(PerSecond, stop.Token)));
        await Field.Wait(6);

        var fault = clock.Elapsed.TotalSeconds;
        var filler = Path.Combine(Path.GetTempPath(), "filler");
        report.Note(string.Create(CultureInfo.InvariantCulture, $"{fault:0.0} s  filled the disk with {Fill(filler) >> 20} MiB"));
        report.Note($"its log took {await UseUp(scratch.Admin)} more files");
        await Field.Wait(15);
        File.Delete(filler);
        var room = clock.Elapsed.TotalSeconds;
        report.Note(string.Create(CultureInfo.InvariantCulture, $"{room:0.0} s  gave it room again"));
        await Field.Wait(25);
        await stop.CancelAsync();
        await running;

        if (server.Ended is { } words) throw new InvalidOperationException(words);
        report.Note($"while it was full: {outcomes.Seen(fault, room)}");
        report.Add(new Figure("not-refused-while-full", outcomes.Failures(fault, room).Count > 0 ? 0 : 1, Goal: 0));
        report.Add(new Figure("other-than-503", outcomes.Failures(fault).Count(outcome => outcome.Status != 503), Goal: 0));
        report.Add(new Figure("back-after-room-s", outcomes.Recovered(room), Goal: 20));
        await new Verdict("disk", report, scratch.App.Services, server.Http).Give(loads, outcomes, fault, outcomes.Recovered(room));
    }

    /// <summary>Writes until there is no room, and answers how much that was.</summary>
    private static long Fill(string file)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1 << 20; size > 0; size = size > 1 ? size / 2 : 0)
        {
            try
            {
                var bytes = new byte[size];
                while (true) stream.Write(bytes);
            }
            catch (IOException)
            {
                // No room for that much; perhaps for less.
            }
        }

        return stream.Length;
    }

    /// <summary>What the log has set aside for later is used up too, until the server cannot write it and stops.</summary>
    private static async Task<int> UseUp(NpgsqlDataSource admin)
    {
        for (var segment = 0; segment < MostSegments; segment++)
        {
            try
            {
                await using var command = admin.CreateCommand("SELECT pg_logical_emit_message(true, 'drill', 'full'), pg_switch_wal()");
                await command.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException)
            {
                return segment;
            }
        }

        return MostSegments;
    }
}
