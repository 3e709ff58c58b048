using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Http;
using Npgsql;

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

    public static Idempotency? For(HttpContext context, Actor actor)
    {
        if (context.Request.Method != HttpMethods.Post || actor.UserId is not { } user) return null;
        var key = context.Request.Headers[Header].ToString();
        if (key.Length is 0 or > 200) return null;
        var request = $"{context.Request.Path}?{context.Request.QueryString}#{context.Request.ContentLength}";
        // A secret must not rest in the table of answers.
        var keepsBody = context.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>() is null;
        return new Idempotency(key, user.Value, SHA256.HashData(Encoding.UTF8.GetBytes(request)), keepsBody);
    }

    public async Task<IResult?> Earlier(TenantDb db, CancellationToken ct)
    {
        var first = await db.Find<Answer>($"""
            SELECT request_hash, status, location, body FROM idempotency_keys
            WHERE tenant_id = {db.Tenant} AND user_id = {user} AND key = {key}
            """, ct);
        if (first is null) return null;
        return first.RequestHash.AsSpan().SequenceEqual(requestHash)
            ? new Replay(first)
            : Problems.Of(
                422, "idempotency_key_reused", "This Idempotency-Key was used for another request. Use a new one for each thing you do.");
    }

    public async Task<object?> Remember(TenantDb db, object? result)
    {
        var answer = Capture(result);
        await db.Execute($"""
            INSERT INTO idempotency_keys (tenant_id, user_id, key, request_hash, status, location, body, created_at)
            VALUES ({db.Tenant}, {user}, {key}, {requestHash}, {answer.Status}, {answer.Location}, {answer.Body}, {db.Now})
            """, CancellationToken.None);
        return result;
    }

    public static bool IsRace(PostgresException failure) => failure.ConstraintName == "idempotency_keys_pkey";

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
