using Lectern.Contracts.Courses;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Lists a course's learners with where each stands on its outcomes, by name, now or <c>?as_of=</c> an instant.</summary>
internal static class ListMastery
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/mastery", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    /// <param name="Section">Its learners alone.</param>
    /// <param name="Name">A part of the name.</param>
    /// <param name="NotMastered">"any", or an outcome of the course: only who has not mastered it.</param>
    internal sealed record Request(
        [property: FromQuery(Name = "section")] long? Section, [property: FromQuery(Name = "name")] string? Name,
        [property: FromQuery(Name = "not_mastered")] string? NotMastered,
        [property: FromQuery(Name = "as_of")] DateTimeOffset? AsOf)
    {
        private static readonly Refusal NotMasteredMalformed = new(
            "not_mastered_malformed", "Say any, or the number of an outcome of this course.", "not_mastered");

        public Refusal? Refusal(DateTimeOffset now) => PastInstant.Refusal(AsOf, now)
            ?? (NotMastered is not null && Outcomes.NotMastered.Of(NotMastered) is null ? NotMasteredMalformed : null);

        public MasteryFilter ToFilter(DateTimeOffset now) => new(
            Section is { } id ? new SectionId(id) : null, string.IsNullOrWhiteSpace(Name) ? null : Name.Trim(),
            Outcomes.NotMastered.Of(NotMastered), PastInstant.Of(AsOf, now));
    }

    internal static async Task<Results<Ok<Page<MasteryRow>>, ProblemHttpResult>> Handle(
        CourseId courseId, [AsParameters] Request request, PageRequest page, TenantDb db, CourseOutcomeStore inCourses,
        MasteryReader reader, CancellationToken ct)
    {
        if (request.Refusal(db.Now) is { } refusal) return refusal.ToProblem();
        var filter = request.ToFilter(db.Now);
        var outcomes = await inCourses.List(courseId, filter.AsOf, ct);
        db.Audit(
            GradingAudit.GradesRead, $"course:{courseId.Value}", new { mastery = true, section = request.Section, as_of = filter.AsOf });
        return TypedResults.Ok(await reader.Page(courseId, outcomes, filter, page, ct));
    }
}
