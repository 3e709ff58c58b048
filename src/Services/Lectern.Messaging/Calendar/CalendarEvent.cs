using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Messaging.Calendar;

[JsonConverter(typeof(IdJson<CalendarEventId>))]
internal readonly record struct CalendarEventId(long Value) : IId<CalendarEventId>
{
    public static CalendarEventId From(long value) => new(value);

    public static bool TryParse(string? text, out CalendarEventId id) => IId<CalendarEventId>.TryRead(text, out id);
}

/// <summary>Something with an instant in a person's calendar.</summary>
internal sealed record CalendarEvent(
    CalendarEventId CalendarEventId, string Kind, string Title, DateTimeOffset StartsAt, string? Link, CourseId CourseId,
    string CourseTitle);

/// <summary>What is to stand in calendars: of everybody in the course, or of one person. One source has one entry of a kind.</summary>
internal sealed record CalendarEntry(
    string Source, CourseId Course, UserId? User, string Kind, string Title, DateTimeOffset StartsAt, string? Link);
