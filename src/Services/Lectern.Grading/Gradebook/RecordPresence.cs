using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Lectern.Platform.Limits;
using Lectern.Platform.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Gradebook;

/// <summary>Tells other graders who have the gradebook open where one is; a page says it again every 15 seconds.</summary>
internal static class RecordPresence
{
    /// <summary>Enough for a page that moves with a held arrow key and tells of it two or three times a second.</summary>
    private const double MovesPerSecond = 4;
    private const int MovesAtOnce = 20;

    /// <param name="At">The cell that has the focus; null when none has.</param>
    internal sealed record Request(GraderPlace? At);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}/gradebook/presence/{page}", Handle)
        .RequirePermission(GradingPermission.ReadGrades).PartOf(GradingFeature.LiveGradebook);

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        CourseId courseId, string page, Request request, HttpContext context, TenantDb db, Actor actor, PresenceStore graders,
        LivePresence presence, RateLimits limits, CancellationToken ct)
    {
        if (!WatchGradebook.IsPage(page)) return WatchGradebook.PageRefused.ToProblem();
        var key = new SharedKey(db.Tenant, KeySpace.Limit, $"presence:{actor.Person.Value}");
        var answer = await limits.Take(new Bucket(key, MovesPerSecond, MovesAtOnce));
        if (answer.Refused) return RateLimits.TooMany(context, "too_many_moves", "Others were told of enough moves for now.", answer.Wait);

        var (name, place) = await graders.Find(courseId, request.At, ct);
        JsonElement? where = place is null ? null : JsonSerializer.SerializeToElement(place, LecternJson.Options);
        await presence.Here(db.Tenant, WatchGradebook.Topic(courseId), page, actor.Person, name, where);
        return TypedResults.NoContent();
    }
}
