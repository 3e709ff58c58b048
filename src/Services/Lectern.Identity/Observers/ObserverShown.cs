using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Observers;

/// <summary>Somebody who may see what a learner sees. Sources are <c>observer</c> or families: <c>family:3</c>.</summary>
internal sealed record ObserverShown(UserId UserId, string Name, string? Email, string[] Sources, DateTimeOffset CreatedAt);
