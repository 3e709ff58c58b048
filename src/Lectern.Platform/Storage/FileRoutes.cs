using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Platform.Storage;

/// <summary>Receives parts and serves files by signed address. The signature is the permission; no session is needed.</summary>
internal static class FileRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string because = "The signed address is the permission";
        routes.MapPut("/uploads/{fileId}/parts/{part:int}", PutPart).AllowAnonymous(because).Critical().WithMetadata(new LargeBody());
        routes.MapGet("/uploads/{fileId}", GetUpload).RequirePermission(PlatformPermission.SignedIn).Critical();
        routes.MapPost("/uploads/{fileId}/completion", Complete).RequirePermission(PlatformPermission.SignedIn).Critical();
        routes.MapGet("/files/{fileId}/content", GetContent).AllowAnonymous(because).Streams();
    }

    /// <summary>Takes one part of an announced file; a part may be sent again.</summary>
    private static async Task<IResult> PutPart(
        FileId fileId, int part, string? expires, string? signature, HttpContext context, StoredFiles files, SignedLinks links, TenantDb db,
        IObjectStore store, CancellationToken ct)
    {
        if (!links.Allows("put", db.Tenant, fileId.Value, part, expires, signature)) return Expired();
        // Elsewhere parts go straight to the store.
        if (store is not LocalObjectStore disk) return Problems.NotFound();
        var file = await files.Read(fileId, ct);
        if (file is not { State: "uploading" }) return Problems.NotFound("This upload has ended. Start it anew.");
        try
        {
            var size = await disk.WritePart(
                StoredFiles.KeyOf(db.Tenant, fileId), part, context.Request.Body, StoredFiles.SizeOfPart(file.SizeBytes, part), ct);
            return TypedResults.Ok(new PartStored(part, size));
        }
        catch (TooLargeException)
        {
            return Problems.Of(413, "file_too_large", "More was sent than was announced.");
        }
    }

    /// <summary>Which parts of one's own upload have arrived, and fresh addresses for all of them: to go on after a break.</summary>
    private static async Task<IResult> GetUpload(FileId fileId, StoredFiles files, CancellationToken ct) =>
        await files.Resume(fileId, ct) is { } plan ? TypedResults.Ok(plan) : Problems.NotFound("This upload has ended. Start it anew.");

    /// <summary>Joins the parts of an upload and checks the whole. 202 while it is being read; ask again until it is 200.</summary>
    private static async Task<IResult> Complete(FileId fileId, StoredFiles files, CancellationToken ct)
    {
        var (file, refusal) = await files.Complete(fileId, ct);
        if (refusal is not null) return refusal.ToProblem();
        return file is not null ? TypedResults.Ok(file) : TypedResults.Accepted((string?)null, new FileChecking(fileId));
    }

    /// <summary>Sends a stored file, or the way to it where a store elsewhere keeps it; ranges are honoured.</summary>
    private static async Task<IResult> GetContent(
        FileId fileId, string? expires, string? signature, string? called, HttpContext context, StoredFiles files, SignedLinks links,
        TenantDb db, IObjectStore store, CancellationToken ct)
    {
        if (!links.Allows(SignedLinks.VerbFor(called), db.Tenant, fileId.Value, 0, expires, signature)) return Expired();
        if (await files.Read(fileId, ct) is not { State: "stored" } file) return Problems.NotFound();
        var key = StoredFiles.KeyOf(db.Tenant, fileId);
        if (await store.ReadAddress(key, called ?? file.Name, file.ContentType, ct) is { } elsewhere)
        {
            // For less time than the address lives.
            context.Response.Headers.CacheControl = "private, max-age=1800";
            return TypedResults.Redirect(elsewhere);
        }

        if (await store.Open(key, ct) is not { } content) return Problems.NotFound();
        // What people upload never runs as a page of ours.
        // A browser's own viewer of PDF, which runs nothing of ours either, does not open in a sandbox.
        context.Response.Headers.ContentSecurityPolicy = file.ContentType == "application/pdf"
            ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
            : "sandbox; default-src 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return FileType.ShowsInline(file.ContentType)
            ? TypedResults.Stream(content, file.ContentType, enableRangeProcessing: true)
            : TypedResults.Stream(content, "application/octet-stream", called ?? file.Name, enableRangeProcessing: true);
    }

    private static IResult Expired() => Problems.Of(403, "link_expired", "This address is no longer valid. Ask for a new one.");

    internal sealed record PartStored(int Number, long SizeBytes);

    /// <summary>A file that is whole, and is being read to be checked.</summary>
    internal sealed record FileChecking(FileId FileId, bool Checking = true);
}

/// <summary>This route takes bodies as large as a file part.</summary>
internal sealed record LargeBody;
