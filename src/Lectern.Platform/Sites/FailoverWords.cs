namespace Lectern.Platform.Sites;

/// <summary>What an operator decided about a failover when starting the command.</summary>
internal sealed record FailoverWords
{
    /// <summary>Does not wait for the other site to fail.</summary>
    public required bool Now { get; init; }

    /// <summary>Says what would be done, and does nothing.</summary>
    public required bool DryRun { get; init; }

    /// <summary>Goes on with a standby that lacks more than <see cref="MostLoss"/>.</summary>
    public required bool AcceptLoss { get; init; }

    /// <summary>Goes on though nothing keeps the old site from coming back by itself.</summary>
    public required bool Unfenced { get; init; }

    public required TimeSpan Every { get; init; }

    public required int Failures { get; init; }

    public required TimeSpan MostLoss { get; init; }

    /// <summary>How long the standby may take to catch up, to be promoted, and nodes to answer.</summary>
    public required TimeSpan Patience { get; init; }

    public required int Nodes { get; init; }

    /// <summary>Which site worked, where there are more than two.</summary>
    public string? From { get; init; }

    // What is the operator's to say: commands for the shell.
    public string? Fence { get; init; }

    public string? Promote { get; init; }

    public string? Start { get; init; }

    public string? Dns { get; init; }

    /// <summary>Where the started nodes say that they are ready.</summary>
    public Uri? Url { get; init; }
}

/// <summary>A failover does not go on; the message says why and what to do.</summary>
internal sealed class FailoverRefusedException(string because) : Exception(because);
