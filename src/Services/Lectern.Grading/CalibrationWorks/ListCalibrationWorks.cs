using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.CalibrationWorks;

/// <summary>Lists the work graders calibrate themselves by; a reference stands there once one's own answer is given.</summary>
internal static class ListCalibrationWorks
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/calibration-works", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Ok<Page<CalibrationLine>>> Handle(
        AssignmentId assignmentId, Actor actor, CalibrationStore calibrations, AnonymityStore anonymity, CancellationToken ct)
    {
        var pseudonyms = await anonymity.On(assignmentId, ct);
        var works = await calibrations.List(assignmentId, ct);
        return TypedResults.Ok(new Page<CalibrationLine>(
            works.ConvertAll(work => new CalibrationLine(
                pseudonyms?.Of(work.UserId) ?? work.UserId,
                pseudonyms is { Hidden: true } ? pseudonyms.NameOf(work.UserId) : work.Name,
                !work.ShowsReferenceTo(actor.UserId), work.AuthorId == actor.UserId, work.MyScore,
                work.ShowsReferenceTo(actor.UserId) ? work.Score : null, work.Answers, work.Version)), null));
    }
}
