using System.Globalization;

namespace Lectern.Bench.Harness;

/// <summary>Kestrel with nothing behind it: the same bytes for every request, and 304 to whoever has them.</summary>
internal static class FloorServer
{
    public const string Child = "--floor-server";
    private const string Etag = "\"1\"";

    public static async Task<int> Run(string file, string port)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.Headers.ETag = Etag;
            if (context.Request.Headers.IfNoneMatch == Etag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            context.Response.ContentType = file.EndsWith(".html", StringComparison.Ordinal)
                ? "text/html; charset=utf-8"
                : "application/json; charset=utf-8";
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes).AsTask();
        });
        await app.RunAsync();
        return 0;
    }
}
