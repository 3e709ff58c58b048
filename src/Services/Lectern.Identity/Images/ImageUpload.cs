using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Lectern.Identity.Images;

/// <summary>A small picture sent with a request: a person's, or an institution's logo.</summary>
internal static class ImageUpload
{
    public const int MostBytes = 2 << 20;

    /// <summary>
    /// More than this is not even read. Well above what is accepted, because a connection cut in the middle tells a person with a
    /// large photograph nothing.
    /// </summary>
    public const long MostRequestBytes = 32 << 20;

    /// <summary>Stores the picture after looking at its bytes; what it is called and said to be does not count.</summary>
    public static async Task<(FileLink? Stored, Refusal? Refusal)> Store(
        StoredFiles files, IFormFile? picture, string purpose, CancellationToken ct)
    {
        if (picture is null || picture.Length == 0) return (null, new("file_empty", "Choose a picture.", "file"));
        if (picture.Length > MostBytes) return (null, new("file_too_large", $"A picture may have at most {MostBytes >> 20} MiB.", "file"));
        await using var content = picture.OpenReadStream();
        var start = new byte[16];
        var read = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct);
        if (TypeOf(start.AsSpan(0, read)) is not { } type)
            return (null, new("not_a_picture", "This is not a PNG, JPEG, GIF or WebP picture.", "file"));
        content.Position = 0;
        return await files.Store($"picture.{type["image/".Length..]}", type, content, purpose, ct);
    }

    /// <summary>What picture begins like this. SVG is none: it can carry script.</summary>
    internal static string? TypeOf(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A })) return "image/png";
        if (start.StartsWith(new byte[] { 0xFF, 0xD8, 0xFF })) return "image/jpeg";
        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8)) return "image/gif";
        return start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8) ? "image/webp" : null;
    }
}
