namespace Lectern.Messaging;

/// <summary>Permissions of this service. Everything here is a person's own, so being signed in is all it takes.</summary>
internal static class MessagingPermission
{
    public static readonly Lectern.Platform.Access.Permission ReadOwn = Lectern.Platform.Access.PlatformPermission.SignedIn;
}
