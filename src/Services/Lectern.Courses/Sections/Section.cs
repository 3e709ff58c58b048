using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Http;

namespace Lectern.Courses.Sections;

/// <summary>A section as it is stored and shown. Taught in <see cref="CourseId"/>, at home in <see cref="HomeCourseId"/>.</summary>
internal sealed record Section(
    SectionId SectionId, CourseId CourseId, CourseId HomeCourseId, string Name, bool IsDefault, DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt, string? SisId,
    int People, int Version)
{
    public bool IsCrossListed => CourseId != HomeCourseId;
}

/// <summary>What a person may say about a section. Its dates narrow the course's for its learners; they never widen them.</summary>
internal sealed record SectionForm(string? Name, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt)
{
    internal Refusal? Refuses() => string.IsNullOrWhiteSpace(Name) || Name.Length > 255
        ? new Refusal("name_required", "A section needs a name of at most 255 characters.", "name")
        : Dates.Refuse(StartsAt, EndsAt);
}
