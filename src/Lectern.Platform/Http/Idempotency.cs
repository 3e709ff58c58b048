using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Http;

/// <summary>
/// Makes a repeated POST answer as the first one did. The answer is kept in the same transaction as its effect, so there is no
/// moment at which a request has happened but is not remembered. Keys are a person's own and live for a day.
/// </summary>
internal sealed class Idempotency
{
    private const string Header = "Idempotency-Key";
    private readonly string key;
    private readonly long user;
    private readonly byte[] requestHash;
    private readonly bool keepsBody;

    private Idempotency(string key, long user, byte[] requestHash, bool keepsBody) =>
        (this.key, this.user, this.requestHash, this.keepsBody) = (key, user, requestHash, keepsBody);

    /// <summary>Lets the body be read twice, once to be hashed. Called before the body is bound.</summary>
    public static void Prepare(HttpContext context)
    {
        if (KeyOf(context) is not null && context.Request.HasJsonContentType()) context.Request.EnableBuffering();
    }

    public static async Task<Idempotency?> For(HttpContext context, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } user || KeyOf(context) is not { } key) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Path}?{context.Request.QueryString}#{context.Request.ContentLength}\n"));
        // A secret must not rest in the table of answers, nor a quick hash of what was sent to get it.
        var keepsBody = context.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>() is null;
        if (keepsBody && context.Request.Body.CanSeek) await AppendBody(context.Request.Body, hash, ct);
        return new Idempotency(key, user.Value, hash.GetHashAndReset(), keepsBody);
    }

    /// <summary>
    /// Takes the key, or answers as the request that took it did. An equal request that is still under way is waited for: its row
    /// cannot be seen yet, but it holds the key.
    /// </summary>
    public async Task<IResult?> Earlier(TenantDb db, CancellationToken ct)
    {
        var taken = await db.Execute($"""
            INSERT INTO idempotency_keys (tenant_id, user_id, key, request_hash, status, created_at)
            VALUES ({db.Tenant}, {user}, {key}, {requestHash}, 0, {db.Now}) ON CONFLICT DO NOTHING
            """, ct);
        if (taken == 1) return null;
        var first = await db.Get<Answer>($"""
            SELECT request_hash, status, location, body FROM idempotency_keys
            WHERE tenant_id = {db.Tenant} AND user_id = {user} AND key = {key}
            """, ct);
        return first.RequestHash.AsSpan().SequenceEqual(requestHash)
            ? new Replay(first)
            : Problems.Of(
                422, "idempotency_key_reused", "This Idempotency-Key was used for another request. Use a new one for each thing you do.");
    }

    public async Task<object?> Remember(TenantDb db, object? result)
    {
        var answer = Capture(result);
        await db.Execute($"""
            UPDATE idempotency_keys SET status = {answer.Status}, location = {answer.Location}, body = {answer.Body}
            WHERE tenant_id = {db.Tenant} AND user_id = {user} AND key = {key}
            """, CancellationToken.None);
        return result;
    }

    private static string? KeyOf(HttpContext context)
    {
        var key = context.Request.Headers[Header].ToString();
        return HttpMethods.IsPost(context.Request.Method) && key.Length is > 0 and <= 200 ? key : null;
    }

    private static async Task AppendBody(Stream body, IncrementalHash hash, CancellationToken ct)
    {
        body.Position = 0;
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await body.ReadAsync(buffer, ct)) > 0) hash.AppendData(buffer, 0, read);
        body.Position = 0;
    }

    private Answer Capture(object? result)
    {
        while (result is INestedHttpResult nested) result = nested.Result;
        var value = keepsBody && result is IValueHttpResult valued ? valued.Value : null;
        var location = result?.GetType().GetProperty("Location")?.GetValue(result) as string;
        return new Answer(requestHash, UnitOfWork.StatusOf(result), location, value is null
            ? null
            : JsonSerializer.Serialize(value, value.GetType(), LecternJson.Options));
    }

    internal sealed record Answer(byte[] RequestHash, int Status, string? Location, string? Body);

    private sealed class Replay(Answer answer) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => answer.Status;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = answer.Status;
            httpContext.Response.Headers["Idempotency-Replayed"] = "true";
            if (answer.Location is not null) httpContext.Response.Headers.Location = answer.Location;
            if (answer.Body is null) return;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            await httpContext.Response.WriteAsync(answer.Body, httpContext.RequestAborted);
        }
    }
}
