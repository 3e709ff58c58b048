using System.ComponentModel.DataAnnotations;

namespace Lectern.Messaging;

/// <summary>How this installation sends mail. Section <c>Messaging</c>, checked at start.</summary>
public sealed class MessagingOptions
{
    /// <summary>Host of the SMTP relay. Empty: mail is written as <c>.eml</c> files to <c>mail</c> in the data folder.</summary>
    public string SmtpHost { get; set; } = string.Empty;

    /// <summary>Port of the relay. Default 587, submission with STARTTLS.</summary>
    [Range(1, 65535)]
    public int SmtpPort { get; set; } = 587;

    /// <summary>Whether the relay is spoken to by STARTTLS. Default true; a relay on the same machine may do without.</summary>
    public bool SmtpTls { get; set; } = true;

    /// <summary>Whom we sign in to the relay as. Default nobody: many relays know their senders by address.</summary>
    public string? SmtpUser { get; set; }

    /// <summary>The password that goes with it. Default none; set it by the environment and not in a file.</summary>
    public string? SmtpPassword { get; set; }

    /// <summary>Sender of all mail. An institution's own domain comes with its settings.</summary>
    [Required, EmailAddress]
    public string From { get; set; } = "no-reply@lectern.example";

    /// <summary>Address of the product as people reach it; <c>{slug}</c> stands for the institution. Links in mail begin with it.</summary>
    [Required]
    public string PublicAddress { get; set; } = "http://localhost:8080/t/{slug}";
}
