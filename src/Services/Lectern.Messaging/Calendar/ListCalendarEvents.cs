using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Messaging.Calendar;

/// <summary>Lists what stands in a person's calendar between two instants, at most a year apart; also of whom they observe.</summary>
internal static class ListCalendarEvents
{
    private const int AtOnce = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <param name="Complete">Whether that is all; otherwise only the first thousand are listed.</param>
    internal sealed record Response(IReadOnlyList<CalendarEvent> Items, bool Complete);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/calendar-events", Handle)
        .RequirePermission(MessagingPermission.ReadOwn).ReadsMayLag().CanWait().PartOf(MessagingFeature.Calendar);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        DateTimeOffset? from, DateTimeOffset? to, Actor actor, TenantDb db, MessagingStore messages, CancellationToken ct)
    {
        var start = from ?? db.Now;
        var end = to ?? start.AddDays(31);
        if (end <= start || end - start > Longest)
            return new Refusal("bad_period", "The end must come after the start, by at most a year.", "to").ToProblem();
        var events = await messages.Events(actor.Person, [.. actor.Observed], start, end, AtOnce + 1, ct);
        return TypedResults.Ok(new Response([.. events.Take(AtOnce)], Complete: events.Count <= AtOnce));
    }
}
