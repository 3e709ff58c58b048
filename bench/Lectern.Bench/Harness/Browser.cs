using System.Text.Json;
using Lectern.Contracts.Identity;
using Lectern.Platform.Tenancy;
using Microsoft.Playwright;

namespace Lectern.Bench.Harness;

/// <summary>
/// Chromium at the product, as a person would have it: no graphics card, the page's own code, cookies, and the content policy in force.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Password = "a long password for benches";
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright playwright;
    private readonly IBrowser chromium;
    private readonly Tenant tenant;

    private Browser(IPlaywright playwright, IBrowser chromium, IPage page, Tenant tenant) =>
        (this.playwright, this.chromium, Page, this.tenant) = (playwright, chromium, page, tenant);

    public IPage Page { get; }

    /// <summary>Null where there is no Chromium; the bench then says that the page was not measured.</summary>
    public static async Task<Browser?> Open(Report report, ServerProcess server, Tenant tenant)
    {
        if ((Environment.GetEnvironmentVariable("LECTERN_CHROMIUM") ?? Places.FirstOrDefault(File.Exists)) is not { } path)
        {
            report.Note("there is no Chromium on this machine: the page was not measured");
            return null;
        }

        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
        var context = await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = new Uri(server.Http.BaseAddress!, $"/t/{tenant.Slug}/").ToString(),
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(60_000);
        report.Note($"the page is measured in Chromium {chromium.Version}, 1440 × 900, drawn by the processor");
        return new Browser(playwright, chromium, await context.NewPageAsync(), tenant);
    }

    /// <summary>Gives a person of the bench's courses a password and signs in with it, by the form.</summary>
    public async Task SignIn(Scratch scratch, long person)
    {
        var email = $"{person}@bench.example";
        await scratch.App.Services.GetRequiredService<TenantScopes>().Do(
            tenant.Id,
            services => services.GetRequiredService<IPeopleAdmin>().AddWithPassword($"Person {person}", email, Password, default),
            default);
        await Page.GotoAsync("sign-in");
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(Password);
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
    }

    /// <summary>Empties the browser's cache of files; who is signed in stays so.</summary>
    public async Task Forget()
    {
        var session = await Page.Context.NewCDPSessionAsync(Page);
        await session.SendAsync("Network.clearBrowserCache");
        await session.DetachAsync();
    }

    /// <summary>What the page's own objects take after everything unneeded was thrown away, in MiB.</summary>
    public async Task<double> Heap()
    {
        var session = await Page.Context.NewCDPSessionAsync(Page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        var usage = (JsonElement)(await session.SendAsync("Runtime.getHeapUsage"))!;
        await session.DetachAsync();
        return usage.GetProperty("usedSize").GetDouble() / (1 << 20);
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
    }
}
