using Lectern.Platform.Http;

namespace Lectern.Courses;

/// <summary>What changes say about the version they saw.</summary>
internal static class Versions
{
    internal static Refusal Required { get; } =
        new("version_required", "Say which version you saw, as 'version' or in If-Match, so that nobody's change is lost.", "version");
}
