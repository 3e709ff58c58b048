using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;
using Microsoft.Playwright;

namespace Lectern.Bench.Grading;

/// <summary>
/// The very large gradebook in the page: from the link in the course, or from the address, until the first screen with its scores was
/// drawn; and, once everybody is there, frames while it scrolls. Floors: the same browser fetching and parsing the same first document and
/// drawing nothing, and an empty list as high scrolled the same way.
/// </summary>
internal static class GradebookPage
{
    private const int Repetitions = 20;
    private const int ScrolledMilliseconds = 4_000;

    private const string Clock = """
        const shown = () => document.querySelector('.gb-row [data-at="0:3"]')?.textContent.match(/\d/);
        const drawn = then => requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())));
        const until = (is, then) => is() ? drawn(then) : requestAnimationFrame(() => until(is, then));
        until(shown, now => { window.shownAt = now; });
        addEventListener('click', () => {
          const begun = performance.now();
          window.shownAfter = undefined;
          until(shown, now => { window.shownAfter = now - begun; });
        }, true);
        """;

    private const string Scroll = """
        ([pixels, time]) => new Promise(done => {
          const list = document.querySelector('.gb'), frames = [];
          let begun, last;
          const step = now => {
            begun ??= now;
            if (last) frames.push(now - last);
            last = now;
            list.scrollTop += pixels;
            if (now - begun < time) requestAnimationFrame(step);
            else done(frames);
          };
          list.scrollTop = 0;
          requestAnimationFrame(step);
        })
        """;

    public static async Task Measure(Report report, Scratch scratch, ServerProcess server, Tenant tenant, Course course)
    {
        await using var browser = await Browser.Open(report, server, tenant);
        if (browser is null) return;
        await browser.SignIn(scratch, course.Instructor);
        await browser.Page.Context.AddInitScriptAsync(Clock);
        var times = Math.Min(Repetitions, report.Sized(Repetitions * 5));
        var parsed = await Parsed(browser, $"{GradebookBench.PathOf(tenant, course)}?first=1000", times);
        var byLink = await ByLink(browser, course, times);
        report.Add(new Figure("page-first-screen-p95-ms", byLink.P95, parsed.P95, Goal: 300));
        var byAddress = await ByAddress(browser, course, times);
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"first screen: p50 {byLink.P50:0} ms by the link, {byAddress.P50:0} ms with the page itself; "
            + $"{parsed.P50:0} ms to fetch and parse"));
        report.Add(new Figure("page-first-screen-by-address-p95-ms", byAddress.P95, parsed.P95));
        await browser.Page.WaitForFunctionAsync(
            "all => document.querySelector('.gb').getAttribute('aria-rowcount') > all", course.Learners);
        report.Add(new Figure("page-heap-mib", await browser.Heap()));

        var slow = await Frames(browser, 40);
        var fast = await Frames(browser, 400);
        await browser.Page.SetContentAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"<div class=gb style='overflow:auto;height:600px'><div style='height:{course.Learners * 40}px'></div></div>"));
        Add(report, "a-row", slow, await Frames(browser, 40));
        Add(report, "ten-rows", fast, await Frames(browser, 400));
    }

    private static void Add(Report report, string step, Latencies frames, Latencies empty)
    {
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"scrolled {step.Replace('-', ' ')} a frame: a frame takes p50 {frames.P50:0.0} p95 {frames.P95:0.0} p99 {frames.P99:0.0} ms; "
            + $"of an empty list p95 {empty.P95:0.0} ms"));
        report.Add(new Figure($"page-frames-per-second-{step}", PerSecond(frames), PerSecond(empty), Goal: 59, MoreIsBetter: true));
    }

    private static double PerSecond(Latencies frames) => frames.Count * 1000 / frames.Sum;

    private static async Task<Latencies> Frames(Browser browser, int pixels) => new(
        await browser.Page.EvaluateAsync<double[]>(Scroll, new[] { pixels, ScrolledMilliseconds }));

    private static async Task<Latencies> Parsed(Browser browser, string path, int times) => new((await browser.Page.EvaluateAsync<double[]>(
        """
        async ([path, times]) => {
          const all = [];
          for (let i = 0; i < Number(times) + 2; i++) {
            const begun = performance.now();
            await (await fetch(path, { cache: 'no-store' })).json();
            all.push(performance.now() - begun);
          }
          return all;
        }
        """, new[] { path, times.ToString(CultureInfo.InvariantCulture) })).Skip(2));

    private static async Task<Latencies> ByLink(Browser browser, Course course, int times)
    {
        var shown = new List<double>();
        for (var i = 0; i < times + 2; i++)
        {
            await browser.Page.GotoAsync($"courses/{course.Id}");
            var link = browser.Page.GetByRole(AriaRole.Link, new() { Name = "Gradebook", Exact = true }).First;
            await link.WaitForAsync();
            // A person points before they press, and what the page readies ahead it readies then.
            await link.HoverAsync();
            await browser.Page.WaitForTimeoutAsync(300);
            // The first visit of the day: nothing of this gradebook is in the browser yet.
            await browser.Forget();
            await link.ClickAsync();
            await browser.Page.WaitForFunctionAsync("() => window.shownAfter");
            shown.Add(await browser.Page.EvaluateAsync<double>("() => window.shownAfter"));
        }

        return new Latencies(shown.Skip(2));
    }

    private static async Task<Latencies> ByAddress(Browser browser, Course course, int times)
    {
        var shown = new List<double>();
        for (var i = 0; i < times; i++)
        {
            await browser.Page.GotoAsync($"courses/{course.Id}/gradebook");
            await browser.Page.WaitForFunctionAsync("() => window.shownAt");
            shown.Add(await browser.Page.EvaluateAsync<double>("() => window.shownAt"));
        }

        return new Latencies(shown);
    }
}
