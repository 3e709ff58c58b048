using System.ComponentModel.DataAnnotations;

namespace Lectern.Courses;

/// <summary>What an installation decides about this service. Configuration section <c>Lectern:Courses</c>, checked at start.</summary>
public sealed class CoursesOptions
{
    /// <summary>
    /// Rosters up to this many bytes are previewed while their sender waits; larger ones by a job. Default 1 MiB: about a second.
    /// </summary>
    [Range(0, 64 << 20)]
    public int PreviewInRequestBytes { get; set; } = 1 << 20;

    /// <summary>Largest roster in bytes. Default 256 MiB, twenty times the largest feed known; up to 1 GiB.</summary>
    [Range(1024, 1 << 30)]
    public int LargestRosterBytes { get; set; } = 256 << 20;
}
