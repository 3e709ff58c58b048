using Lectern.Engine;
using Lectern.Hosting;
using Lectern.Platform;
using Microsoft.Extensions.Logging.Console;

namespace Lectern.Commands;

/// <summary>The program with its database open, for as long as a command runs.</summary>
internal sealed class Installed : IAsyncDisposable
{
    private readonly EmbeddedPostgres? engine;
    private readonly ILoggerFactory loggers;

    private Installed(WebApplication app, PlatformOptions options, EmbeddedPostgres? engine, ILoggerFactory loggers) =>
        (App, Options, this.engine, this.loggers) = (app, options, engine, loggers);

    public WebApplication App { get; }

    public PlatformOptions Options { get; }

    public IServiceProvider Services => App.Services;

    public static async Task<Installed> Open(
        Product product, ServePart part, bool migrate, CancellationToken ct, Action<PlatformOptions, WebApplicationBuilder>? adjust = null,
        bool newSecret = false, bool anyShards = false)
    {
        var options = Settings.Read();
        var loggers = LoggerFactory.Create(log => log.AddJsonConsole().SetMinimumLevel(LogLevel.Warning));
        var engine = await Settings.OpenEngine(options, loggers.CreateLogger("engine"), ct);
        Settings.Validate(options);
        var app = product.Build(options, part, builder =>
        {
            if (part == ServePart.None) Quieten(builder.Logging);
            adjust?.Invoke(options, builder);
        });
        await Product.Prepare(app, migrate, ct, newSecret, anyShards);
        return new Installed(app, options, engine, loggers);
    }

    /// <summary>What a command answers is on its standard output; what it has to complain of goes elsewhere.</summary>
    private static void Quieten(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (engine is not null) await engine.DisposeAsync();
        loggers.Dispose();
    }
}
