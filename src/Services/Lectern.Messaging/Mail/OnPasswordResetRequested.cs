using Lectern.Contracts.Identity;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Mail;

/// <summary>Sends the link by which a person sets a new password.</summary>
internal sealed class OnPasswordResetRequested(MailRoom mail, PublicLinks links) : IListener<PasswordResetRequested>
{
    public async Task Hear(PasswordResetRequested happened, CancellationToken ct)
    {
        var link = await links.To($"/reset-password/{happened.Token}", ct);
        await mail.Write(happened.UserId, "password_reset", words => words.PasswordReset(link), ct, happened.Email);
    }
}
