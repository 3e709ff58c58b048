using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace Lectern.Messaging.Mail;

/// <summary>Sends one letter and marks it sent. Tried again when the relay is away.</summary>
internal sealed class SendLetterHandler(TenantDb db, IMailer mailer, IOptions<MessagingOptions> options) : IJobHandler<SendLetter>
{
    public async Task<object?> Run(SendLetter job, JobProgress progress, CancellationToken ct)
    {
        var waiting = await db.Find<Waiting>($"""
            SELECT address, subject, body FROM deliveries
            WHERE tenant_id = {db.Tenant} AND delivery_id = {job.DeliveryId} AND state = 'waiting'
            """, ct);
        if (waiting is null) return null;
        var id = $"<{db.Tenant}.{job.DeliveryId}@{options.Value.From.Split('@')[^1]}>";
        await mailer.Send(new Letter(options.Value.From, waiting.Address, waiting.Subject, waiting.Body, id), ct);
        await db.Execute($"""
            UPDATE deliveries SET state = 'sent', sent_at = {db.Now} WHERE tenant_id = {db.Tenant} AND delivery_id = {job.DeliveryId}
            """, ct);
        return null;
    }

    private sealed record Waiting(string Address, string Subject, string Body);
}
