using System.Collections.Concurrent;
using Lectern.Browser;
using Lectern.Contracts.Identity;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Lectern.Browser;

/// <summary>
/// One Chromium for all journeys. Where there is none, or the lane is switched off, each journey says that it was skipped.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("LECTERN_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        if (path is null || Environment.GetEnvironmentVariable("LECTERN_SKIP_BROWSER") is { Length: > 0 }) return;
        playwright = await Playwright.CreateAsync();
        // A slow machine is not a fault of the page.
        Assertions.SetDefaultExpectTimeout(20_000);
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Headless = true,
            // Nothing here may ask the network for anything but the product on this machine.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A browser profile of its own, at an institution. <paramref name="width"/> in CSS pixels.</summary>
    internal async Task<Visitor> Visit(TestTenant tenant, int width = 1440, bool dark = false, string locale = "en-GB", bool touch = false)
    {
        if (browser is null)
            Assert.Skip(Environment.GetEnvironmentVariable("LECTERN_SKIP_BROWSER") is { Length: > 0 } because
                ? because
                : "There is no Chromium on this machine.");
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = new Uri(tenant.Host.Address, $"/t/{tenant.Slug}/").ToString(),
            // A cluster on this machine shows a certificate it made itself.
            IgnoreHTTPSErrors = tenant.Host.Address.Scheme == Uri.UriSchemeHttps,
            ViewportSize = new ViewportSize { Width = width, Height = width < 500 ? 740 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = locale,
            TimezoneId = "Europe/London",
            HasTouch = touch,
        });
        context.SetDefaultTimeout(30_000);
        return new Visitor(tenant, context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>Somebody at a browser.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    public const string Password = "a long password for tests";
    private readonly TestTenant tenant;
    private readonly IBrowserContext context;
    private readonly IPage page;
    private readonly ConcurrentQueue<string> refused = new();

    public Visitor(TestTenant tenant, IBrowserContext context, IPage page)
    {
        (this.tenant, this.context, this.page) = (tenant, context, page);
        // The product's own content policy is in force here as it is for people, and what it refuses is an error of ours.
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) refused.Enqueue(message.Text);
        };
    }

    public IPage Page => page;

    /// <summary>What the content policy refused so far, in the browser's words.</summary>
    public IReadOnlyCollection<string> Refused => refused;

    public async Task SignIn(string email)
    {
        await page.GotoAsync("sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
    }

    /// <summary>Gives an address a password, whoever it belongs to, and makes the person if there is none.</summary>
    public static Task<UserId> Register(TestTenant tenant, string name, string email, bool administrator = false) =>
        tenant.Do(async services =>
    {
        var people = services.GetRequiredService<IPeopleAdmin>();
        var user = await people.AddWithPassword(name, email, Password, CancellationToken.None);
        if (administrator) await people.MakeAdministrator(user, CancellationToken.None);
        return user;
    });

    /// <summary>
    /// Checks the page in its present state by axe: WCAG 2.2 A and AA. Names each element that fails, and whatever the content policy has
    /// refused on the way here.
    /// </summary>
    public async Task ExpectAccessible(string where)
    {
        Assert.True(refused.IsEmpty, $"{where}: the content policy refused\n{string.Join('\n', refused)}");
        var found = await Violations();
        Assert.True(found.Length == 0, $"{where}:\n{found}");
    }

    /// <summary>What axe finds on the page in its present state, a line each.</summary>
    public async Task<string> Violations()
    {
        await page.EvaluateAsync(Axe.Source);
        return await page.EvaluateAsync<string>(
            """
            async () => {
              const run = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
              const node = n => n.target.join(' ') + ' — ' + (n.any[0]?.message ?? n.failureSummary);
              return run.violations.map(v => v.id + ': ' + v.nodes.map(node).slice(0, 5).join(' | ')).join('\n');
            }
            """);
    }

    /// <summary>Keeps a picture for people to look at, when <c>LECTERN_SCREENSHOTS</c> names a folder.</summary>
    public async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("LECTERN_SCREENSHOTS") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    internal TestTenant Tenant => tenant;
}

/// <summary>The accessibility checker, from the page's own development packages.</summary>
internal static class Axe
{
    private static string? source;

    public static string Source =>
        source ??= File.ReadAllText(Path.Combine(Repository.Root, "web", "node_modules", "axe-core", "axe.min.js"));
}

/// <summary>Where the source tree is, seen from the built tests.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lectern.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests are not run from the source tree.");
    }
}
