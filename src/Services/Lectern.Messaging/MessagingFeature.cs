using Lectern.Platform.Features;

namespace Lectern.Messaging;

/// <summary>What of this service can be switched off while the rest goes on.</summary>
internal static class MessagingFeature
{
    public static readonly Feature Calendar = new("calendar", "The calendar");

    public static readonly Feature Notices = new("notices", "The list of notices");

    /// <summary>Letters wait until it is on again.</summary>
    public static readonly Feature Mail = new("mail", "Mail");
}
