using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Messaging.Mail;

/// <summary>Writes letters into the ledger and has them sent by a job; what became of each stays on record.</summary>
internal sealed class MailRoom(TenantDb db)
{
    /// <summary>Writes to a person in their language. Nothing happens for people without an address or who are suspended.</summary>
    public async Task Write(
        UserId user, string kind, Func<Words, (string Subject, string Body)> compose, CancellationToken ct, string? address = null)
    {
        var reader = await db.Find<Reader>($"""
            SELECT name, email, locale FROM people WHERE tenant_id = {db.Tenant} AND user_id = {user} AND state = 'active'
            """, ct);
        if (reader is null || (address ?? reader.Email) is not { Length: > 0 } to) return;
        var (subject, body) = compose(Words.In(reader.Locale, reader.Name));
        await db.Begin(ct);
        var id = await db.Get<long>($"""
            INSERT INTO deliveries (tenant_id, user_id, kind, address, subject, body, state, created_at)
            VALUES ({db.Tenant}, {user}, {kind}, {to}, {subject}, {body}, 'waiting', {db.Now}) RETURNING delivery_id
            """, ct);
        db.Enqueue(new SendLetter(id));
    }

    private sealed record Reader(string Name, string? Email, string? Locale);
}

/// <summary>The work of sending one letter.</summary>
internal sealed record SendLetter(long DeliveryId) : IJob;
