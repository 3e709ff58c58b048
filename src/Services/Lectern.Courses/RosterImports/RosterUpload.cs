using Lectern.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Lectern.Courses.RosterImports;

/// <summary>A file as it came in, in a temporary file that vanishes with this object. What is too large is counted and not kept.</summary>
internal sealed class RosterUpload : IAsyncDisposable
{
    private RosterUpload(string name, FileStream content, long sizeBytes) => (Name, Content, SizeBytes) = (name, content, sizeBytes);

    public string Name { get; }

    public FileStream Content { get; }

    public long SizeBytes { get; }

    /// <summary>Takes the first file of a multipart body, as it streams by; null when there is none.</summary>
    public static async Task<RosterUpload?> Receive(HttpContext context, PlatformOptions platform, CoursesOptions limits,
        CancellationToken ct)
    {
        // The size is judged here, so that the answer can say what is wrong instead of the connection breaking.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary)
            .Value is not { Length: > 0 } boundary)
            return null;
        var reader = new MultipartReader(boundary, context.Request.Body);
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || !disposition.IsFileDisposition()) continue;
            var name = Path.GetFileName(HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar
                : disposition.FileName).Value);
            return await Keep(string.IsNullOrWhiteSpace(name) ? "roster.csv" : name, section.Body, platform, limits, ct);
        }

        return null;
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();

    private static async Task<RosterUpload> Keep(string name, Stream body, PlatformOptions platform, CoursesOptions limits,
        CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(Path.Combine(platform.DataFolder, "uploads")).FullName;
        var file = new FileStream(
            Path.Combine(folder, $"{Guid.NewGuid():N}.tmp"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        RosterUpload? kept = null;
        try
        {
            var buffer = new byte[1 << 16];
            long size = 0;
            int read;
            while ((read = await body.ReadAsync(buffer, ct)) > 0)
            {
                size += read;
                if (size <= limits.LargestRosterBytes) await file.WriteAsync(buffer.AsMemory(0, read), ct);
                // Somebody who sends without end is not answered.
                else if (size > 4L * limits.LargestRosterBytes) throw new BadHttpRequestException("This is more than can be taken at once.",
                    413);
            }

            await file.FlushAsync(ct);
            file.Position = 0;
            return kept = new RosterUpload(name, file, size);
        }
        finally
        {
            if (kept is null) await file.DisposeAsync();
        }
    }
}
