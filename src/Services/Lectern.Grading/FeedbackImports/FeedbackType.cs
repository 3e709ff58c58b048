namespace Lectern.Grading.FeedbackImports;

/// <summary>What a browser is told of a file that came without a type of its own. Its bytes have been looked at.</summary>
internal static class FeedbackType
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf", [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif",
        [".webp"] = "image/webp", [".txt"] = "text/plain", [".md"] = "text/plain", [".mp3"] = "audio/mpeg", [".m4a"] = "audio/mp4",
        [".ogg"] = "audio/ogg", [".wav"] = "audio/wav", [".weba"] = "audio/webm", [".webm"] = "video/webm", [".mp4"] = "video/mp4",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation", [".zip"] = "application/zip",
    };

    public static string Of(string name) => Types.GetValueOrDefault(Path.GetExtension(name)) ?? "application/octet-stream";
}
