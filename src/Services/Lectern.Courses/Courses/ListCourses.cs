using Lectern.Contracts.Courses;
using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Courses;

/// <summary>Lists the courses a person may see, by code and title; with mine=true those the person is in.</summary>
internal static class ListCourses
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/courses", Handle)
        .RequirePermission(PlatformPermission.SignedIn).ReadsMayLag();

    internal static async Task<Results<Ok<Page<CourseListed>>, ProblemHttpResult>> Handle(
        string? search, [FromQuery(Name = "term_id")] TermId? termId, [FromQuery(Name = "account_id")] AccountId? accountId, string? status,
        bool? mine,
        PageRequest page, CourseStore courses, CancellationToken ct)
    {
        if (!Words.TryRead<CourseStatus>(status, out var wanted)) return new Refusal("status_unknown",
            "A course is draft, published or concluded.", "status").ToProblem();
        var filter = new CourseFilter(string.IsNullOrWhiteSpace(search) ? null : search, termId, accountId, wanted, mine ?? false);
        var rows = await courses.List(filter, page, ct);
        var shown = rows.ConvertAll(row => row with { Roles = courses.MyRoles(row.CourseId) });
        return TypedResults.Ok(Page<CourseListed>.From(shown, page, row => PageRequest.Key(row.SearchText, row.CourseId.Value)));
    }
}
