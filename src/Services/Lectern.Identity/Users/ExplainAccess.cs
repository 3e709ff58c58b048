using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Users;

/// <summary>Answers in words why a person can see a course, or, without a course, what they can see at all.</summary>
internal static class ExplainAccess
{
    internal sealed record Response(
        UserId UserId, string Name, UserState State, string? Scope, bool MaySee, IReadOnlyList<AccessReason> Reasons);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/users/{userId}/access", Handle).RequirePermission(IdentityPermission.ExplainAccess).CanWait();

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        UserId userId, [FromQuery(Name = "course_id")] long? courseId, UserStore users, AccessExplanation explanation, Access access,
        TenantDb db, CancellationToken ct)
    {
        if (await users.Find(userId, ct) is not { } user) return Problems.NotFound();
        var place = courseId is { } id ? Scope.Of("course", id) : (Scope?)null;
        if (place is { } course && await access.Path(course, ct) is null) return Problems.NotFound("There is no such course.");
        var reasons = place is { } scope ? await explanation.At(userId, scope, ct) : await explanation.Everything(userId, ct);
        db.Audit(IdentityAudit.AccessExplained, IdentityAudit.Subject(userId), new { scope = place?.Key });
        var maySee = user.State is UserState.Active && reasons.Any(reason => reason.Active);
        return TypedResults.Ok(new Response(userId, user.Name, user.State, place?.Key, maySee, reasons));
    }
}
