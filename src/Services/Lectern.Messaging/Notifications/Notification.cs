using System.Text.Json;
using System.Text.Json.Serialization;
using Lectern.Platform.Data;

namespace Lectern.Messaging.Notifications;

[JsonConverter(typeof(IdJson<NotificationId>))]
internal readonly record struct NotificationId(long Value) : IId<NotificationId>
{
    public static NotificationId From(long value) => new(value);

    public static bool TryParse(string? text, out NotificationId id) => IId<NotificationId>.TryRead(text, out id);
}

/// <summary>Something a person is told in the product. The page finds the words for the kind in the reader's language.</summary>
internal sealed record Notification(
    NotificationId NotificationId, string Kind, JsonElement Facts, string? Link, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);
