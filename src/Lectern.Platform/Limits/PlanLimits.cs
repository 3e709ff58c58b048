using System.ComponentModel.DataAnnotations;

namespace Lectern.Platform.Limits;

/// <summary>
/// How many API requests a plan allows: so many a second, and so many at once after a quiet time. Zero a second: as many as there are.
/// </summary>
public sealed class PlanLimits
{
    /// <summary>Nobody is refused: for benches and proofs, which ask as fast as they can.</summary>
    public static PlanLimits None => new() { TenantPerSecond = 0, PersonPerSecond = 0, AddressPerSecond = 0 };

    /// <summary>Requests a second of a whole institution. Default 1,000: a large university in its first lecture of the day.</summary>
    [Range(0, 1_000_000)]
    public double TenantPerSecond { get; set; } = 1_000;

    /// <summary>Requests an institution may make at once. Default 5,000.</summary>
    [Range(1, 10_000_000)]
    public int TenantBurst { get; set; } = 5_000;

    /// <summary>Requests a second of one person, with all their tokens. Default 50: a script at work, no page gets near it.</summary>
    [Range(0, 1_000_000)]
    public double PersonPerSecond { get; set; } = 50;

    /// <summary>Requests a person may make at once. Default 500.</summary>
    [Range(1, 10_000_000)]
    public int PersonBurst { get; set; } = 500;

    /// <summary>Requests a second from one address. Default 500, because a whole campus may share one.</summary>
    [Range(0, 1_000_000)]
    public double AddressPerSecond { get; set; } = 500;

    /// <summary>Requests that may come from one address at once. Default 2,500.</summary>
    [Range(1, 10_000_000)]
    public int AddressBurst { get; set; } = 2_500;
}

/// <summary>Limits by the name of the plan.</summary>
public sealed class NamedPlans() : Dictionary<string, PlanLimits>(StringComparer.OrdinalIgnoreCase);
