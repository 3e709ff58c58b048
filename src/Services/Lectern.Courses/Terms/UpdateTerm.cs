using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Terms;

/// <summary>Changes a term; courses that follow its dates follow at once.</summary>
internal static class UpdateTerm
{
    internal sealed record Request(string? Name, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/terms/{termId}", Handle)
        .RequirePermission(CoursesPermission.ManageTerms);

    internal static async Task<Results<Ok<Term>, ProblemHttpResult>> Handle(
        TermId termId, Request request, TermStore terms, TenantDb db, HttpContext context, CancellationToken ct)
    {
        var form = new TermForm(request.Name, request.StartsAt, request.EndsAt);
        if (form.Refuses() is { } refusal) return refusal.ToProblem();
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Required.ToProblem();
        if (!await terms.Update(termId, form, seen, ct))
            return await terms.Find(termId, ct) is { } current
                ? Problems.Conflict("Somebody changed this term since you opened it.", current, request)
                : Problems.NotFound();
        db.Audit(CoursesAudit.TermChanged, $"term:{termId.Value}", form);
        return TypedResults.Ok((await terms.Find(termId, ct))!);
    }
}
