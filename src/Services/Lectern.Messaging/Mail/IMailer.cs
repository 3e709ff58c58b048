namespace Lectern.Messaging.Mail;

/// <summary>Takes one message off our hands: returns when it is safe with somebody else, throws when it is not.</summary>
internal interface IMailer
{
    Task Send(Letter letter, CancellationToken ct);
}

/// <summary>A plain-text message to one person.</summary>
internal sealed record Letter(string From, string To, string Subject, string Body, string MessageId);
