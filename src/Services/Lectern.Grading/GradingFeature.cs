using Lectern.Platform.Features;

namespace Lectern.Grading;

/// <summary>What of this service can be switched off while the rest goes on.</summary>
internal static class GradingFeature
{
    /// <summary>The gradebook itself goes on; it then shows others' changes when it is read again.</summary>
    public static readonly Feature LiveGradebook = new("live-gradebook", "Seeing others' changes in an open gradebook");
}
