using System.Globalization;
using Lectern.Platform.Sites;
using Lectern.Hosting;

namespace Lectern.Commands;

/// <summary>
/// Makes this site the one that works: when the other has not answered several times, or at once. Started in the site that is to take
/// over, with that site's settings.
/// </summary>
internal static class Failover
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var words = WordsOf(arguments);
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        try
        {
            await using var installed = await Installed.Open(
                product, ServePart.None, migrate: false, CancellationToken.None, anyShards: true);
            await using var sites = await SitePair.Read(installed.Services, words.From, CancellationToken.None);
            await using var services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
            using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();
            http.Timeout = TimeSpan.FromSeconds(5);
            var watch = new PrimaryWatch(sites, words, clock, Say);
            if (!words.Now && !words.DryRun) await Wait(sites, watch, words);
            else await watch.Away(CancellationToken.None);
            await new Takeover(sites, watch, words, new OperatorCommands(sites, words, http, Say), clock, Say).Run(CancellationToken.None);
            return 0;
        }
        catch (FailoverRefusedException refusal)
        {
            await Console.Error.WriteLineAsync($"lectern failover: {refusal.Message}");
            return 1;
        }

        void Say(string line) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"[{clock.GetElapsedTime(began).TotalSeconds,6:0.0} s] {line}"));
    }

    private static async Task Wait(SitePair sites, PrimaryWatch watch, FailoverWords words)
    {
        // At three in the morning it is too late to be told.
        if (words.Fence is null && !words.Unfenced) throw new ArgumentException(
            $"A site that does not answer cannot be told to stop writing. --fence COMMAND stops site {sites.Old} for certain; --unfenced "
            + "does without. See docs/how-to/survive-a-region.md for what that means.");
        var seen = await sites.See(CancellationToken.None);
        if (seen.Writer != sites.Own) await watch.UntilLost(CancellationToken.None);
    }

    internal static FailoverWords WordsOf(Arguments arguments) => new()
    {
        Now = arguments.Has("now"),
        DryRun = arguments.Has("dry-run"),
        AcceptLoss = arguments.Has("accept-loss"),
        Unfenced = arguments.Has("unfenced"),
        Every = TimeSpan.FromSeconds(Number(arguments, "every", 5)),
        Failures = (int)Number(arguments, "failures", 3),
        MostLoss = TimeSpan.FromSeconds(Number(arguments, "most-loss", 60)),
        Patience = TimeSpan.FromSeconds(Number(arguments, "patience", 60)),
        Nodes = (int)Number(arguments, "nodes", 10),
        From = arguments.Of("from"),
        Fence = arguments.Of("fence"),
        Promote = arguments.Of("promote"),
        Start = arguments.Of("start"),
        Dns = arguments.Of("dns"),
        Url = arguments.Of("url") is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var url) ? url
            : throw new ArgumentException("--url wants an address such as https://b.example.edu."),
    };

    private static double Number(Arguments arguments, string name, double usual) =>
        arguments.Of(name) is not { } text ? usual
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new ArgumentException($"--{name} is a number above 0.");
}
