namespace Lectern.Platform.Storage;

/// <summary>
/// Recognises what bytes are, so that a program called <c>essay.pdf</c> is refused. Formats without a signature pass by their name.
/// </summary>
public static class FileType
{
    /// <summary>How much of a file is looked at.</summary>
    public const int StartBytes = 16;

    private const string Mp4 = "video/mp4";

    private static readonly (string Type, byte[] Magic)[] Known =
    [
        ("application/pdf", "%PDF-"u8.ToArray()), ("image/png", [0x89, (byte)'P', (byte)'N', (byte)'G']),
        ("image/jpeg", [0xFF, 0xD8, 0xFF]),
        ("image/gif", "GIF8"u8.ToArray()), ("application/zip", [0x50, 0x4B, 3, 4]), ("application/zip", [0x50, 0x4B, 5, 6]),
        ("application/x-executable", [0x7F, (byte)'E', (byte)'L', (byte)'F']), ("application/x-executable", "MZ"u8.ToArray()),
        ("application/gzip", [0x1F, 0x8B]), ("application/x-ole", [0xD0, 0xCF, 0x11, 0xE0]),
        // Matroska, of which WebM is a part; Ogg.
        ("video/webm", [0x1A, 0x45, 0xDF, 0xA3]), ("application/ogg", "OggS"u8.ToArray()),
    ];

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf", [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif",
        [".zip"] = "application/zip", [".docx"] = "application/zip", [".xlsx"] = "application/zip", [".pptx"] = "application/zip",
        [".odt"] = "application/zip", [".imscc"] = "application/zip", [".h5p"] = "application/zip", [".doc"] = "application/x-ole",
        [".xls"] = "application/x-ole", [".ppt"] = "application/x-ole", [".gz"] = "application/gzip",
        [".webm"] = "video/webm", [".weba"] = "video/webm", [".ogg"] = "application/ogg", [".oga"] = "application/ogg",
        [".m4a"] = Mp4,
    };

    /// <summary>Why these first bytes cannot be a file of this name; null when they can.</summary>
    public static string? Lies(string name, ReadOnlySpan<byte> start)
    {
        string? found = null;
        foreach (var (type, magic) in Known)
        {
            if (!start.StartsWith(magic)) continue;
            found = type;
            break;
        }

        // ISO 14496-12: the first box says its size and then its kind.
        if (start.Length >= 8 && start[4..8].SequenceEqual("ftyp"u8)) found = Mp4;
        if (ByExtension.TryGetValue(Path.GetExtension(name), out var promised))
            return found == promised
                ? null
                : Mismatch(name);
        return found == "application/x-executable" ? $"'{name}' is a program. Programs cannot be handed in." : null;
    }

    internal static string Mismatch(string name) =>
        $"'{name}' does not contain what its name says. Open it, save it in the format you mean, and try again.";

    /// <summary>What a browser may show in place. Everything else is offered as a download, because it could carry script.</summary>
    public static bool ShowsInline(string contentType) =>
        contentType is "application/pdf" or "image/png" or "image/jpeg" or "image/gif" or "image/webp" or "text/plain"
        || contentType.StartsWith("audio/", StringComparison.Ordinal) || contentType.StartsWith("video/", StringComparison.Ordinal);
}
