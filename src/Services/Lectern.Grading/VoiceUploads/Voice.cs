using Lectern.Platform.Http;

namespace Lectern.Grading.VoiceUploads;

/// <summary>A recording of somebody's voice. By its name its bytes are held to be what it says: see <c>FileType</c>.</summary>
internal sealed record Voice(string? ContentType, long SizeBytes, int Seconds)
{
    /// <summary>Longer than this nobody listens; the page stops here too.</summary>
    public const int LongestMinutes = 10;

    // What browsers record takes about a megabyte a minute at the most.
    private const int LargestMegabytes = 20;

    /// <summary>What it is stored as; null for what no browser records.</summary>
    public string? Name => ContentType switch
    {
        "audio/webm" => "voice-comment.weba",
        "audio/ogg" => "voice-comment.oga",
        "audio/mp4" => "voice-comment.m4a",
        _ => null,
    };

    public Refusal? Refuses() => this switch
    {
        { Name: null } => new("voice_type", "A voice comment is audio as browsers record it: WebM, Ogg or MP4.", "content_type"),
        { Seconds: <= 0 } => new("voice_empty", "Nothing was recorded.", "seconds"),
        { Seconds: > LongestMinutes * 60 } => new(
            "voice_too_long", $"A voice comment can last {LongestMinutes} minutes. Say it in two.", "seconds"),
        { SizeBytes: > LargestMegabytes << 20 } => new(
            "voice_too_large", $"A voice comment can have {LargestMegabytes} MiB. Record it anew, or attach it as a file.", "size_bytes"),
        _ => null,
    };
}
