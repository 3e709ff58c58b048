namespace Lectern.Engine;

/// <summary>PostgreSQL cannot be had, and the message says to a person why and what to do. No stack trace helps with it.</summary>
internal sealed class EngineException(string message) : Exception(message);
