namespace Lectern.Platform.Http;

/// <summary>
/// Something was written by a node of a newer release that this one does not understand; while an upgrade rolls through, another node does.
/// </summary>
public sealed class NewerReleaseException(string message) : Exception(message);
