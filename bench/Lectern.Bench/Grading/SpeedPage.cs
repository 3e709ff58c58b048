using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Grading;

/// <summary>
/// The same queue in the page, by keys alone: from the address to the first piece of work, and from Enter to the next one with the grade
/// saved between, each until it was drawn. The floor is a page of one line that does nothing else, timed by the same script.
/// </summary>
internal static class SpeedPage
{
    private const int Warm = 10;

    private const string Clock = """
        const desk = () => document.querySelector('.speed')?.dataset.learner;
        const drawn = then => requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())));
        const until = (is, then) => is() ? drawn(then) : requestAnimationFrame(() => until(is, then));
        until(desk, now => { window.openedAt = now; });
        window.nexts = [];
        addEventListener('keydown', event => {
          if (event.key !== 'Enter') return;
          const begun = performance.now(), was = desk();
          until(() => desk() !== was, now => window.nexts.push(now - begun));
        }, true);
        """;

    private const string OneLine = """
        <!doctype html><title>Floor</title><p class="speed" data-learner="1">1</p>
        <script>
          addEventListener('keydown', event => {
            if (event.key !== 'Enter') return;
            const line = document.querySelector('p');
            line.dataset.learner = line.textContent = Number(line.textContent) + 1;
          });
        </script>
        """;

    public static async Task Measure(
        Report report, Scratch scratch, ServerProcess server, Tenant tenant, Course course, long assignment, int graded)
    {
        await using var browser = await Browser.Open(report, server, tenant);
        if (browser is null) return;
        await browser.SignIn(scratch, course.Instructor);
        await browser.Page.Context.AddInitScriptAsync(Clock);

        var file = Path.Combine(scratch.Options.DataFolder, "floor.html");
        await File.WriteAllTextAsync(file, OneLine);
        await using var plain = await ServerProcess.StartFloor(file);
        var blank = plain.Http.BaseAddress!.ToString();
        var floorOpen = await Open(browser, blank, report.Sized(100));
        var floorNext = await Next(browser, Math.Min(graded, 100), _ => Task.CompletedTask);

        var desk = $"courses/{course.Id}/assignments/{assignment}/grade";
        await browser.Forget();
        var cold = await Open(browser, desk, 1);
        var opens = await Open(browser, desk, report.Sized(100));
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"the page with nothing in the browser's cache: {cold.P50:0} ms; later p50 {opens.P50:0} ms, p99 {opens.P99:0} ms"));
        report.Add(new Figure("page-open-p95-ms", opens.P95, floorOpen.P95, Goal: 1_000));
        report.Add(new Figure("page-open-cold-ms", cold.P95, Goal: 1_000));

        var before = await browser.Heap();
        var nexts = await Next(browser, graded, piece => Type(browser, piece));
        report.Note(string.Create(
            CultureInfo.InvariantCulture, $"from Enter to the next piece of work: p50 {nexts.P50:0.0} ms, p99 {nexts.P99:0.0} ms"));
        report.Add(new Figure("page-next-p95-ms", nexts.P95, floorNext.P95, Goal: 100));
        report.Add(new Figure($"page-heap-mib-after-{graded}", await browser.Heap(), before, Goal: 150));
    }

    private static async Task<Latencies> Open(Browser browser, string address, int times)
    {
        var opened = new List<double>();
        for (var i = 0; i < times; i++)
        {
            await browser.Page.GotoAsync(address);
            await browser.Page.WaitForFunctionAsync("() => window.openedAt");
            opened.Add(await browser.Page.EvaluateAsync<double>("() => window.openedAt"));
        }

        return new Latencies(opened);
    }

    private static async Task<Latencies> Next(Browser browser, int times, Func<int, Task> before)
    {
        for (var i = 0; i < times; i++)
        {
            await before(i);
            await browser.Page.Keyboard.PressAsync("Enter");
            await browser.Page.WaitForFunctionAsync("count => window.nexts.length > count", i);
        }

        var all = await browser.Page.EvaluateAsync<double[]>("() => window.nexts");
        // The first ones wait for code that was never run before.
        return new Latencies(all.Skip(Math.Min(Warm, times / 2)));
    }

    /// <summary>A score for each, and words for one in ten.</summary>
    private static async Task Type(Browser browser, int piece)
    {
        var keys = browser.Page.Keyboard;
        if (piece % 10 == 0)
        {
            await keys.PressAsync("c");
            await keys.TypeAsync("Well argued; which source says so?");
            await keys.PressAsync("Escape");
        }

        await keys.PressAsync("g");
        await keys.TypeAsync((piece % 11).ToString(CultureInfo.InvariantCulture));
    }
}
