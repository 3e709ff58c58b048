using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Lectern.Messaging.Mail;

/// <summary>Hands messages to an SMTP relay.</summary>
internal sealed class SmtpMailer(IOptions<MessagingOptions> options) : IMailer
{
    public async Task Send(Letter letter, CancellationToken ct)
    {
        var relay = options.Value;
        using var client = new SmtpClient(relay.SmtpHost, relay.SmtpPort) { EnableSsl = relay.SmtpTls, Timeout = 30_000 };
        if (relay.SmtpUser is { Length: > 0 } user) client.Credentials = new NetworkCredential(user, relay.SmtpPassword);
        using var message = Compose(letter);
        await client.SendMailAsync(message, ct);
    }

    public static MailMessage Compose(Letter letter)
    {
        var message = new MailMessage(letter.From, letter.To, letter.Subject, letter.Body)
        {
            SubjectEncoding = System.Text.Encoding.UTF8, BodyEncoding = System.Text.Encoding.UTF8,
        };
        // A relay that sees the same message twice, because we died after sending it, can tell by this.
        message.Headers.Add("Message-ID", letter.MessageId);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
