using System.Text.Json.Serialization;
using Lectern.Platform.Data;

namespace Lectern.Contracts.Courses;

/// <summary>A stretch of the year in which courses run.</summary>
[JsonConverter(typeof(IdJson<TermId>))]
public readonly record struct TermId(long Value) : IId<TermId>
{
    public static TermId From(long value) => new(value);

    public static bool TryParse(string? text, out TermId id) => IId<TermId>.TryRead(text, out id);
}

/// <summary>A course, in one term.</summary>
[JsonConverter(typeof(IdJson<CourseId>))]
public readonly record struct CourseId(long Value) : IId<CourseId>
{
    public static CourseId From(long value) => new(value);

    public static bool TryParse(string? text, out CourseId id) => IId<CourseId>.TryRead(text, out id);
}

/// <summary>A part of a course's roster with its own dates and staff.</summary>
[JsonConverter(typeof(IdJson<SectionId>))]
public readonly record struct SectionId(long Value) : IId<SectionId>
{
    public static SectionId From(long value) => new(value);

    public static bool TryParse(string? text, out SectionId id) => IId<SectionId>.TryRead(text, out id);
}

/// <summary>A person's place in a section, with a role.</summary>
[JsonConverter(typeof(IdJson<EnrollmentId>))]
public readonly record struct EnrollmentId(long Value) : IId<EnrollmentId>
{
    public static EnrollmentId From(long value) => new(value);

    public static bool TryParse(string? text, out EnrollmentId id) => IId<EnrollmentId>.TryRead(text, out id);
}

/// <summary>One way of dividing a course's learners into groups.</summary>
[JsonConverter(typeof(IdJson<GroupSetId>))]
public readonly record struct GroupSetId(long Value) : IId<GroupSetId>
{
    public static GroupSetId From(long value) => new(value);

    public static bool TryParse(string? text, out GroupSetId id) => IId<GroupSetId>.TryRead(text, out id);
}

/// <summary>A group of learners within a group set.</summary>
[JsonConverter(typeof(IdJson<GroupId>))]
public readonly record struct GroupId(long Value) : IId<GroupId>
{
    public static GroupId From(long value) => new(value);

    public static bool TryParse(string? text, out GroupId id) => IId<GroupId>.TryRead(text, out id);
}
