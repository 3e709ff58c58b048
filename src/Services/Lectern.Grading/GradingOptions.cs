using System.ComponentModel.DataAnnotations;

namespace Lectern.Grading;

/// <summary>What an installation decides about this service. Configuration section <c>Lectern:Grading</c>, checked at start.</summary>
public sealed class GradingOptions
{
    /// <summary>
    /// Days for which an exported gradebook, or work as a ZIP, can be fetched, and for which a ZIP of feedback waits to be applied; then
    /// they are removed. Default 7: grades should not lie about in files.
    /// </summary>
    [Range(1, 365)]
    public int KeepExportsDays { get; set; } = 7;
}
