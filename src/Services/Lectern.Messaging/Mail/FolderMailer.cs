using System.Net.Mail;
using Lectern.Platform;
using Microsoft.Extensions.Options;

namespace Lectern.Messaging.Mail;

/// <summary>
/// Writes each message as an <c>.eml</c> file (RFC 5322) to the folder <c>mail</c>: what a laptop does in place of sending.
/// </summary>
internal sealed class FolderMailer(IOptions<PlatformOptions> options) : IMailer
{
    public Task Send(Letter letter, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Value.DataFolder, "mail")).FullName;
        using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
            PickupDirectoryLocation = folder };
        using var message = SmtpMailer.Compose(letter);
        client.Send(message);
        return Task.CompletedTask;
    }
}
