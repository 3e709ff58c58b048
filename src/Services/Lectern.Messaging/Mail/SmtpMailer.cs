using System.Net;
using System.Net.Mail;
using Lectern.Platform.Resilience;
using Microsoft.Extensions.Options;

namespace Lectern.Messaging.Mail;

/// <summary>Hands messages to an SMTP relay.</summary>
internal sealed class SmtpMailer(IOptions<MessagingOptions> options, Dependencies dependencies) : IMailer
{
    private readonly Dependency relay = dependencies.Get(new DependencyRules("mail")
    {
        Called = "The mail relay",
        Timeout = TimeSpan.FromSeconds(30),
        Concurrency = 4,
        OpenFor = TimeSpan.FromSeconds(30),
        // No further tries: a letter may have been taken although nobody said so. Its job comes back later.
        IsAway = failure => failure is not SmtpFailedRecipientException,
    });

    public Task Send(Letter letter, CancellationToken ct) => relay.Call(token => HandOver(letter, token), ct);

    private async Task HandOver(Letter letter, CancellationToken ct)
    {
        var to = options.Value;
        using var client = new SmtpClient(to.SmtpHost, to.SmtpPort) { EnableSsl = to.SmtpTls };
        if (to.SmtpUser is { Length: > 0 } user) client.Credentials = new NetworkCredential(user, to.SmtpPassword);
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
