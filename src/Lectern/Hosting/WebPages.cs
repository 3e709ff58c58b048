using Lectern.Platform.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Lectern.Hosting;

/// <summary>
/// Serves the page: hashed files under <c>/assets</c> for a year, and the one HTML document for every address that is not an API
/// route or a file. Works from memory of the folder built by <c>web</c>; without it, says how to build it.
/// </summary>
internal static class WebPages
{
    public static void Map(WebApplication app)
    {
        var folder = Folder();
        if (folder is not null)
        {
            var files = new PhysicalFileProvider(folder);
            // What the viewer of PDF fetches by name; a kind that is not known is not served.
            var types = new FileExtensionContentTypeProvider();
            types.Mappings[".bcmap"] = types.Mappings[".pfb"] = "application/octet-stream";
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = files, ContentTypeProvider = types,
                OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                    file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
                        ? "public, max-age=31536000, immutable"
                        : "no-cache",
            });
        }

        app.MapFallback("/api/{**path}", () => Problems.NotFound("There is no such route."))
            .AllowAnonymous("An unknown address answers 404 to everybody");
        app.MapFallback(context => Page(context, folder)).AllowAnonymous("The page itself; what it shows asks for permission");
    }

    private static Task Page(HttpContext context, string? folder)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return folder is null
            ? context.Response.WriteAsync(
                "<!doctype html><title>Lectern</title><p>The page has not been built. Start the product with <code>./run</code>.")
            : context.Response.SendFileAsync(Path.Combine(folder, "index.html"));
    }

    private static string? Folder()
    {
        var named = Environment.GetEnvironmentVariable("LECTERN_WEB");
        if (named is not null) return File.Exists(Path.Combine(named, "index.html")) ? Path.GetFullPath(named) : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "web", "dist");
            if (File.Exists(Path.Combine(built, "index.html"))) return built;
        }

        return null;
    }
}
