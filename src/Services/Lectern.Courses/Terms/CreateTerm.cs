using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Terms;

/// <summary>Makes a term. Courses in it without dates of their own open and close with it.</summary>
internal static class CreateTerm
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/terms", Handle)
        .RequirePermission(CoursesPermission.ManageTerms);

    internal static async Task<Results<Created<Term>,
        ProblemHttpResult>> Handle(TermForm request, TermStore terms, TenantDb db, CancellationToken ct)
    {
        if (request.Refuses() is { } refusal) return refusal.ToProblem();
        var term = await terms.Insert(request, ct);
        db.Audit(CoursesAudit.TermCreated, $"term:{term.Value}", request);
        return TypedResults.Created($"/api/v1/terms/{term.Value}", (await terms.Find(term, ct))!);
    }
}
