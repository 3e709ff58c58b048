using Lectern.Platform.Features;

namespace Lectern.Courses;

/// <summary>What of this service can be switched off while the rest goes on.</summary>
internal static class CoursesFeature
{
    /// <summary>Imports that run wait until it is on again.</summary>
    public static readonly Feature RosterImports = new("roster-imports", "Importing rosters");
}
