using Lectern.Platform.Access;
using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Messaging.Notifications;

/// <summary>Lists what a person has been told, newest first, and how much of it is unread.</summary>
internal static class ListNotifications
{
    internal sealed record Response(IReadOnlyList<Notification> Items, string? Next, long Unread);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/notifications", Handle)
        .RequirePermission(MessagingPermission.ReadOwn).ReadsMayLag().CanWait().PartOf(MessagingFeature.Notices);

    internal static async Task<Ok<Response>> Handle(
        bool? unread, PageRequest page, Actor actor, MessagingStore messages, CancellationToken ct)
    {
        var rows = await messages.Notifications(actor.Person, unread ?? false, page, ct);
        var shown = Page<Notification>.From(
            rows, page, row => row.NotificationId.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return TypedResults.Ok(new Response(shown.Items, shown.Next, await messages.Unread(actor.Person, ct)));
    }
}
