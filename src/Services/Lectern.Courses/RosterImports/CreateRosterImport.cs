using Lectern.Courses.Rosters;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;
using Microsoft.Extensions.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.RosterImports;

/// <summary>Takes a roster (CSV, or a ZIP of them) and answers what it would change, without changing it; a large one by a job.</summary>
internal static class CreateRosterImport
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/roster-imports", Handle)
        .RequirePermission(CoursesPermission.ImportRoster).CanWait().PartOf(CoursesFeature.RosterImports);

    internal static async Task<Results<Created<RosterImport>, Accepted<RosterImport>, ProblemHttpResult>> Handle(
        HttpContext context, RosterImportStore imports, RosterPlanning planning, StoredFiles files, TenantDb db,
        IOptions<PlatformOptions> platform,
        IOptions<CoursesOptions> options, CancellationToken ct)
    {
        await using var upload = await RosterUpload.Receive(context, platform.Value, options.Value, ct);
        if (upload is null) return new Refusal("file_required", "Send the roster as a file in a multipart form.", "file").ToProblem();
        if (upload.SizeBytes > options.Value.LargestRosterBytes) return await Refuse(upload, TooLarge(upload, options.Value), imports, db,
            ct);

        var large = upload.SizeBytes > options.Value.PreviewInRequestBytes;
        PlannedRoster? planned = large ? null : await planning.Make(upload.Content, upload.Name, ct);
        // What cannot be read is not stored: nobody will ever need it.
        if (planned is { Reading.Problems.Refuses: true }) return await Refuse(upload, planned.Reading, imports, db, ct);

        upload.Content.Position = 0;
        var (file, refusal) = await files.Store(upload.Name, "application/octet-stream", upload.Content, "roster_import", ct);
        if (refusal is not null) return refusal.ToProblem();
        var import = await imports.Insert(upload.Name, upload.SizeBytes, file!.FileId, ct);
        if (planned is not null) await imports.SavePlan(import, planned.Reading, planned.Plan, planned.Fingerprint, ct);
        else
        {
            var job = db.Enqueue(new RosterPlanJob(import), new JobOptions { Priority = JobPriority.Now, MaxAttempts = 3 });
            await imports.SetJob(import, RosterImportState.Planning, job, ct);
        }

        db.Audit(CoursesAudit.RosterPlanned, $"roster_import:{import.Value}", new { upload.Name, upload.SizeBytes });
        var shown = (await imports.Find(import, ct))!;
        var place = $"/api/v1/roster-imports/{import.Value}";
        return large ? TypedResults.Accepted(place, shown) : TypedResults.Created(place, shown);
    }

    private static async Task<Created<RosterImport>> Refuse(RosterUpload upload, RosterReading reading, RosterImportStore imports,
        TenantDb db, CancellationToken ct)
    {
        var import = await imports.Insert(upload.Name, upload.SizeBytes, null, ct);
        await imports.SavePlan(import, reading, null, null, ct);
        db.Audit(CoursesAudit.RosterPlanned, $"roster_import:{import.Value}", new { upload.Name, upload.SizeBytes, refused = true });
        return TypedResults.Created($"/api/v1/roster-imports/{import.Value}", (await imports.Find(import, ct))!);
    }

    private static RosterReading TooLarge(RosterUpload upload, CoursesOptions options)
    {
        var problems = new RosterProblems();
        problems.Error(new RosterOrigin(upload.Name, 0), null, "file_too_large",
            $"The file is {upload.SizeBytes >> 20} MB and at most {options.LargestRosterBytes >> 20} MB can be imported. "
            + "Nothing was applied; split it by term or by school.");
        return new RosterReading(RosterFormat.Unknown, new Roster(), problems, 0);
    }
}
