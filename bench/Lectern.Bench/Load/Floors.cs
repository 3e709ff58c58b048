using System.Globalization;
using Lectern.Bench.Grading;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Load;

/// <summary>
/// What the least that could be done costs in the same run: Kestrel sending as many bytes at the same rate, and PostgreSQL hearing the
/// same statements from pgbench as fast as it answers. A write cannot be repeated from what was heard, so its statements come from
/// <see cref="WriteFloor"/>.
/// </summary>
internal sealed class Floors(Report report, Scratch scratch, LoadSchool school, Nodes nodes)
{
    private readonly TimeSpan time = TimeSpan.FromMilliseconds(Math.Max(2_000, report.Sized(4_000)));

    public async Task Compare(Shape shape, Cost ours)
    {
        var kestrel = await Kestrel(ours);
        report.Add(new Figure($"{shape.Name}-per-core-to-kestrel", ours.PerCore, 1000 / kestrel, MoreIsBetter: true));
        var (by, statements) = shape.Name switch
        {
            "write-heavy" => ("Npgsql, one grade's", await Written(ours.PerSecond)),
            _ when Pgbench.Program is null => ("nothing, for there is no pgbench here,", double.NaN),
            _ => ("pgbench", await Heard(shape)),
        };
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape.Name} at {ours.PerSecond:0.#}/s: {ours.ServerMs:0.00} ms server and {ours.DatabaseMs:0.00} ms database each; "
            + $"{ours.BytesEach:0} bytes from Kestrel {kestrel:0.00} ms; its statements by {by} {statements:0.00} ms"));
        if (!double.IsNaN(statements))
            report.Add(new Figure($"{shape.Name}-per-core-to-its-statements", ours.PerCore, 1000 / statements, MoreIsBetter: true));
    }

    private async Task<double> Kestrel(Cost ours)
    {
        var file = Path.Combine(scratch.Options.DataFolder, "floor.bin");
        await File.WriteAllBytesAsync(file, new byte[(int)ours.BytesEach]);
        await using var floor = await ServerProcess.StartFloor(file);
        async Task<long> Ask(int i, CancellationToken ct) => (await floor.Http.GetByteArrayAsync("/", ct)).Length;
        await OpenLoop.Run(ours.PerSecond, time / 2, Ask);
        var before = Processes.CpuMilliseconds(floor.Pid);
        var outcome = await OpenLoop.Run(ours.PerSecond, time, Ask);
        return (Processes.CpuMilliseconds(floor.Pid) - before) / Math.Max(1, outcome.Answered);
    }

    private async Task<double> Heard(Shape shape)
    {
        var tenant = school.Tenants[0];
        var mix = new List<(Statements, int)>();
        try
        {
            foreach (var kind in shape.Kinds.Where(kind => kind.Name != "roster-preview"))
                mix.Add((await Statements.Of(scratch, tenant, () => nodes.Send(0, kind.Ask(0), default)), kind.Share));
            return await new Pgbench(scratch, tenant).CpuEach(mix, time);
        }
        catch (InvalidOperationException refused)
        {
            report.Note($"{shape.Name}: {refused.Message.Trim().Split('\n')[0]}");
            return double.NaN;
        }
    }

    private async Task<double> Written(double perSecond)
    {
        var floor = new WriteFloor(scratch, school.Tenants[0], school.Course);
        await floor.Prepare();
        async Task<long> Write(int i, CancellationToken ct)
        {
            await floor.Write(i);
            return 0;
        }

        await OpenLoop.Run(perSecond, time / 2, Write);
        var before = Processes.FamilyCpuMilliseconds(scratch.PostmasterPid);
        var outcome = await OpenLoop.Run(perSecond, time, Write);
        return (Processes.FamilyCpuMilliseconds(scratch.PostmasterPid) - before) / Math.Max(1, outcome.Answered);
    }
}
