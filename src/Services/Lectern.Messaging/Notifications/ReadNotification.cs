using Lectern.Platform.Access;
using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Messaging.Notifications;

/// <summary>Marks one notification as read.</summary>
internal static class ReadNotification
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/notifications/{notificationId}/read", Handle)
        .RequirePermission(MessagingPermission.ReadOwn).PartOf(MessagingFeature.Notices);

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        NotificationId notificationId, Actor actor, MessagingStore messages, CancellationToken ct) =>
        await messages.MarkRead(actor.Person, notificationId, ct) ? TypedResults.NoContent() : Problems.NotFound();
}
