using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Lectern.Platform.Storage;

/// <summary>Receives parts and serves files by signed address. The signature is the permission; no session is needed.</summary>
internal static class FileRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string because = "The signed address is the permission";
        routes.MapPut("/uploads/{fileId}/parts/{part:int}", PutPart).AllowAnonymous(because).Critical().WithMetadata(new LargeBody());
        routes.MapPost("/uploads/{fileId}/completion", Complete).RequirePermission(PlatformPermission.SignedIn).Critical();
        routes.MapGet("/files/{fileId}/content", GetContent).AllowAnonymous(because).Streams();
    }

    /// <summary>Takes one part of an announced file; a part may be sent again.</summary>
    private static async Task<IResult> PutPart(
        FileId fileId, int part, string? expires, string? signature, HttpContext context, StoredFiles files, SignedLinks links, TenantDb db,
        IObjectStore store,
        IOptions<PlatformOptions> options, CancellationToken ct)
    {
        if (!links.Allows("put", db.Tenant, fileId.Value, part, expires, signature)) return Expired();
        var file = await files.Read(fileId, ct);
        if (file is not { State: "uploading" }) return Problems.NotFound("This upload has ended. Start it anew.");
        try
        {
            var size = await store.WritePart(
                files.KeyOf(fileId), part, context.Request.Body, Math.Min(file.SizeBytes, options.Value.LargestFileBytes), ct);
            return TypedResults.Ok(new PartStored(part, size));
        }
        catch (TooLargeException)
        {
            return Problems.Of(413, "file_too_large", "More was sent than was announced.");
        }
    }

    /// <summary>Joins the parts of an upload and checks the whole.</summary>
    private static async Task<IResult> Complete(FileId fileId, StoredFiles files, CancellationToken ct)
    {
        var (file, refusal) = await files.Complete(fileId, ct);
        return refusal is null ? TypedResults.Ok(file) : refusal.ToProblem();
    }

    /// <summary>Sends a stored file; ranges are honoured.</summary>
    private static async Task<IResult> GetContent(
        FileId fileId, string? expires, string? signature, HttpContext context, StoredFiles files, SignedLinks links, TenantDb db,
        CancellationToken ct)
    {
        if (!links.Allows("get", db.Tenant, fileId.Value, 0, expires, signature)) return Expired();
        var file = await files.Read(fileId, ct);
        if (file is not { State: "stored" } || await files.Open(fileId, ct) is not { } content) return Problems.NotFound();
        // What people upload never runs as a page of ours.
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return FileType.ShowsInline(file.ContentType)
            ? TypedResults.Stream(content, file.ContentType, enableRangeProcessing: true)
            : TypedResults.Stream(content, "application/octet-stream", file.Name, enableRangeProcessing: true);
    }

    private static IResult Expired() => Problems.Of(403, "link_expired", "This address is no longer valid. Ask for a new one.");

    internal sealed record PartStored(int Number, long SizeBytes);
}

/// <summary>This route takes bodies as large as a file part.</summary>
internal sealed record LargeBody;
