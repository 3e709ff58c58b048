using Lectern.Platform.Http;

namespace Lectern.Identity.Users;

/// <summary>Every change says which version it was made from, in the body or as <c>If-Match</c>.</summary>
internal static class Versions
{
    public static Refusal Needed { get; } = new("version_needed", "Say which version you changed, as 'version' or in If-Match.", "version");

    public const string SomebodyWasFaster = "Somebody changed this since you read it. Both values are here; choose, and save again.";
}
