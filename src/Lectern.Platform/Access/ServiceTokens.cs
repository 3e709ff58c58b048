using System.Security.Cryptography;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lectern.Platform.Access;

/// <summary>
/// Short-lived signed tokens (JWT, ES256) for services and API clients. Keys live in the catalogue, so every node accepts what
/// any node has signed; the newest signs, retired ones are still accepted until their tokens have run out.
/// </summary>
internal sealed class ServiceTokens(KeyRing keys, TimeProvider clock)
{
    private const string Issuer = "lectern";
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token by which one service calls another, naming the institution in <c>X-Tenant-ID</c>.</summary>
    public string IssueForService(string service, TimeSpan lifetime) => Issue(new() { ["sub"] = service, ["use"] = "service" }, lifetime);

    /// <summary>A token for an API client, bound to the session it was exchanged for.</summary>
    public string IssueForPerson(TenantId tenant, UserId user, Guid session, TimeSpan lifetime) => Issue(new()
    {
        ["sub"] = user.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["tenant_id"] = tenant.Value,
        ["sid"] = session.ToString(),
        ["use"] = "access",
    }, lifetime);

    public async Task<ShownToken?> Read(string jwt)
    {
        if (!handler.CanReadToken(jwt)) return null;
        var result = await handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKeys = keys.Signing().Select(key => (SecurityKey)key),
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ClockSkew = TimeSpan.FromSeconds(30),
            LifetimeValidator = (notBefore, expires, _, parameters) =>
                expires is { } end && clock.GetUtcNow().UtcDateTime <= end + parameters.ClockSkew
                && (notBefore is not { } start || clock.GetUtcNow().UtcDateTime >= start - parameters.ClockSkew),
        });
        if (!result.IsValid) return null;
        var token = (JsonWebToken)result.SecurityToken;
        var isService = token.TryGetClaim("use", out var use) && use.Value == "service";
        if (isService) return new ShownToken(token.Subject, null, null);
        return token.TryGetPayloadValue<int>("tenant_id", out var tenant)
            && Guid.TryParse(token.GetPayloadValue<string>("sid"), out var session)
            ? new ShownToken(null, new TenantId(tenant), session)
            : null;
    }

    private string Issue(Dictionary<string, object> claims, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            Claims = claims,
            NotBefore = now.UtcDateTime,
            IssuedAt = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(keys.Signing()[0], SecurityAlgorithms.EcdsaSha256),
        });
    }
}

/// <summary>What a valid signed token says: a service's name, or a person's institution and session.</summary>
internal sealed record ShownToken(string? Service, TenantId? Tenant, Guid? Session);

/// <summary>The installation's signing keys, from the catalogue; made on first need.</summary>
internal sealed class KeyRing(DatabaseAccess access, CoreDatabase core, TimeProvider clock)
{
    private static readonly TimeSpan RotateAfter = TimeSpan.FromDays(30);
    private static readonly TimeSpan AcceptFor = TimeSpan.FromDays(2);
    private IReadOnlyList<ECDsaSecurityKey> signing = [];

    /// <summary>Keys that are accepted, the one that signs first.</summary>
    public IReadOnlyList<ECDsaSecurityKey> Signing() =>
        signing.Count > 0 ? signing : throw new InvalidOperationException("The key ring has not been loaded.");

    /// <summary>Reads the keys and adds a new one when the newest has grown old. Safe to call from every node at once.</summary>
    public async Task Load(CancellationToken ct)
    {
        await using var source = access.As(DatabaseAccess.Worker, core.Database, 1);
        var now = clock.GetUtcNow();
        var rows = await Read(source, now, ct);
        if (rows.Count == 0 || rows[0].CreatedAt < now - RotateAfter)
        {
            await Add(source, now, ct);
            rows = await Read(source, now, ct);
        }

        signing = rows.ConvertAll(row =>
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(Unseal(row.Body), out _);
            return new ECDsaSecurityKey(key) { KeyId = row.KeyId.ToString("N") };
        });
    }

    private static async Task<List<Row>> Read(Npgsql.NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        Sql sql = $"""
            SELECT key_id, body, created_at FROM platform.keys
            WHERE purpose = 'signing' AND created_at > {now - RotateAfter - AcceptFor} ORDER BY created_at DESC
            """;
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(sql.ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<Row>();
        await TenantDb.Collect(reader, rows, ct);
        return rows;
    }

    private async Task Add(Npgsql.NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Sql sql = $"""
            INSERT INTO platform.keys (key_id, purpose, body, created_at)
            VALUES ({Guid.CreateVersion7(now)}, 'signing', {Seal(key.ExportPkcs8PrivateKey())}, {now})
            """;
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(sql.ToCommand());
        await batch.ExecuteNonQueryAsync(ct);
    }

    // Private keys rest encrypted under the installation's secret: a copy of the database alone signs nothing.
    private string Seal(byte[] key)
    {
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var body = new byte[key.Length];
        var tag = new byte[16];
        using var cipher = new AesGcm(Wrapping(), tag.Length);
        cipher.Encrypt(nonce, key, body, tag);
        return Convert.ToBase64String([.. nonce, .. tag, .. body]);
    }

    private byte[] Unseal(string text)
    {
        var all = Convert.FromBase64String(text).AsSpan();
        var key = new byte[all.Length - 28];
        using var cipher = new AesGcm(Wrapping(), 16);
        cipher.Decrypt(all[..12], all[28..], all[12..28], key);
        return key;
    }

    private byte[] Wrapping() =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256, System.Text.Encoding.UTF8.GetBytes(access.Secret), 32, info: "lectern key ring"u8.ToArray());

    private sealed record Row(Guid KeyId, string Body, DateTimeOffset CreatedAt);
}
