using Lectern.Platform.Http;

namespace Lectern.Grading.Gradebook;

/// <summary>The instant somebody wants to see grades of.</summary>
internal static class PastInstant
{
    /// <summary>A page's clock may be so much ahead of ours and still mean now.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private static readonly Refusal InFuture = new("as_of_in_future", "Nobody knows yet how it will be then.", "as_of");

    public static Refusal? Refusal(DateTimeOffset? asOf, DateTimeOffset now) => asOf > now + Ahead ? InFuture : null;

    public static DateTimeOffset? Of(DateTimeOffset? asOf, DateTimeOffset now) => asOf > now ? now : asOf;
}
