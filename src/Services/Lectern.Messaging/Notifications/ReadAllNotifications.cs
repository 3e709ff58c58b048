using Lectern.Platform.Access;
using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Messaging.Notifications;

/// <summary>Marks everything a person has been told as read.</summary>
internal static class ReadAllNotifications
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/notifications/read", Handle)
        .RequirePermission(MessagingPermission.ReadOwn).PartOf(MessagingFeature.Notices);

    internal static async Task<NoContent> Handle(Actor actor, MessagingStore messages, CancellationToken ct)
    {
        await messages.MarkAllRead(actor.Person, ct);
        return TypedResults.NoContent();
    }
}
