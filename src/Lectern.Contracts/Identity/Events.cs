using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;

namespace Lectern.Contracts.Identity;

/// <summary>A person was added to the institution.</summary>
[ForIntegrations("directories that mirror the people")]
public sealed record PersonAdded(UserId UserId, string Name, string? Email) : IEvent
{
    public string Aggregate => $"user:{UserId.Value}";
}

/// <summary>An observer may from now on see what a learner sees.</summary>
[ForIntegrations("student information systems that keep guardians")]
public sealed record ObserverLinked(UserId ObserverId, UserId LearnerId) : IEvent
{
    public string Aggregate => $"user:{LearnerId.Value}";
}

/// <summary>An observer may no longer see what a learner sees.</summary>
[ForIntegrations("student information systems that keep guardians")]
public sealed record ObserverUnlinked(UserId ObserverId, UserId LearnerId) : IEvent
{
    public string Aggregate => $"user:{LearnerId.Value}";
}

/// <summary>Somebody asked to set a new password. <see cref="Token"/> is the secret of the link that is to be sent.</summary>
[KeptInside("the token opens an account")]
public sealed record PasswordResetRequested(UserId UserId, string Email, string Token) : IEvent
{
    public string Aggregate => $"user:{UserId.Value}";
}
