using System.Text.RegularExpressions;
using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookExports;

/// <summary>Asks for a course's grades as a file, which a job makes: a spreadsheet, or what a student information system reads.</summary>
internal static partial class CreateGradebookExport
{
    /// <param name="SectionIds">Only learners of these sections; everybody when left out.</param>
    /// <param name="Total">Which total a student information system gets: final when left out.</param>
    /// <param name="StoreCode">PowerSchool's name for the grade stored, such as S1; Y1 when left out.</param>
    internal sealed record Request(ExportFormat? Format, SectionId[]? SectionIds, ExportTotal? Total, string? StoreCode);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/gradebook-exports", Handle)
        .RequirePermission(GradingPermission.ReadGrades).CanWait();

    internal static async Task<Results<Accepted<GradebookExport>, ProblemHttpResult>> Handle(
        CourseId courseId, Request request, GradebookExportStore exports, ExportReader reader, TenantDb db, CancellationToken ct)
    {
        if (request.Format is null)
            return new Refusal("format_required", "Say what to write: csv, xlsx, json, banner, powerschool or oneroster.", "format")
                .ToProblem();
        if (request.StoreCode is { } code && !StoreCode().IsMatch(code))
            return new Refusal("store_code_invalid", "A store code is a letter and a digit, such as S1 or Y1.", "store_code").ToProblem();
        if (request.SectionIds is { Length: > 0 } wanted)
        {
            var known = (await reader.Sections(courseId, ct)).Select(section => section.SectionId).ToHashSet();
            if (!wanted.All(known.Contains))
                return new Refusal("section_unknown", "This course has no such section.", "section_ids").ToProblem();
        }

        var id = await exports.Ask(courseId, request, ct);
        db.Audit(GradingAudit.GradebookExported, $"course:{courseId.Value}", new
        {
            gradebook_export_id = id, request.Format, request.SectionIds, request.Total,
        });
        return TypedResults.Accepted(
            $"/api/v1/courses/{courseId.Value}/gradebook-exports/{id.Value}", await exports.Find(courseId, id, ct));
    }

    [GeneratedRegex("^[A-Z][0-9]$")]
    private static partial Regex StoreCode();
}
