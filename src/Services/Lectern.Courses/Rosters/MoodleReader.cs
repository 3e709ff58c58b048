using System.Collections.Frozen;
using System.Globalization;

namespace Lectern.Courses.Rosters;

/// <summary>
/// Moodle's "upload users" and "upload courses" files. A user row carries its enrolments sideways, in numbered columns
/// (course1, role1, group1 …), and names courses by short name, which therefore is their id here.
/// </summary>
internal sealed class MoodleReader(RosterReader reader)
{
    private static readonly FrozenDictionary<string, RosterRole> Roles = RosterReader.Words(
        ("student", RosterRole.Learner), ("editingteacher", RosterRole.Instructor), ("teacher", RosterRole.TeachingAssistant),
        ("manager", RosterRole.Designer), ("coursecreator", RosterRole.Designer), ("guest", RosterRole.Observer));

    private static readonly FrozenDictionary<string, RosterRole> Types =
        RosterReader.Words(("1", RosterRole.Learner), ("2", RosterRole.Instructor), ("3", RosterRole.TeachingAssistant));

    private static readonly FrozenDictionary<string, bool> Flags = RosterReader.Words(("0", false), ("1", true));

    internal static bool Takes(IReadOnlyList<RosterHeader> headers) => headers.Any(IsUsers) || headers.All(IsCourses);

    private static bool IsUsers(RosterHeader header) =>
        header.Has("username") && header.HasAny("firstname", "lastname", "email", "course1");

    private static bool IsCourses(RosterHeader header) => header.Has("shortname", "fullname");

    internal RosterFormat Read(IReadOnlyList<RosterHeader> headers)
    {
        foreach (var header in headers)
        {
            if (IsCourses(header)) reader.Rows(header, reader.Roster.Courses, Course, "shortname", "fullname");
            else if (IsUsers(header)) Users(header);
            else reader.Ignored(header, "This is neither Moodle’s list of users nor of courses, so it was left out.");
        }
        return RosterFormat.Moodle;
    }

    private static RosterCourse Course(RosterTable row) => new()
    {
        CourseId = row.Id("shortname"), Code = row.Text("shortname"), Title = row.Text("fullname") ?? row.Missing("fullname"),
        StartsAt = row.Instant("startdate"), EndsAt = row.Instant("enddate"), Origin = row.Origin,
        Status = Flag(row, "delete") ? RosterStatus.Deleted : RosterStatus.Active,
    };

    private void Users(RosterHeader header)
    {
        var numbers = header.Columns.Where(column => column.StartsWith("course", StringComparison.OrdinalIgnoreCase))
            .Select(column => int.TryParse(column.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0).Order().ToArray();
        using var table = reader.Open(header, "username", "firstname", "lastname", "email");
        if (table is not null && table.Has("password"))
            reader.Problems.Warn(new RosterOrigin(table.File, 1), "password", "column_ignored",
                "Passwords in files are not taken over; people choose their own at the first sign-in.");
        while (table is not null && reader.Next(table))
        {
            var user = User(table);
            if (!table.RowIsSound) continue;
            reader.Roster.Users.Add(user, reader.Problems);
            foreach (var number in numbers) Enroll(table, user, number);
        }
    }

    private static RosterUser User(RosterTable row)
    {
        var (first, last) = (row.Text("firstname"), row.Text("lastname"));
        var user = new RosterUser
        {
            UserId = row.OptionalId("idnumber") ?? row.Id("username"), LoginId = row.Text("username"), Email = row.Email("email"),
            Name = CanvasReader.Joined(first, last), SortableName = first is null || last is null ? null : $"{last}, {first}",
            Origin = row.Origin,
            Status = Flag(row, "deleted") ? RosterStatus.Deleted : Flag(row, "suspended") ? RosterStatus.Inactive : RosterStatus.Active,
        };
        if (user.Live && user.Name is null) row.Missing("firstname");
        return user;
    }

    private void Enroll(RosterTable row, RosterUser user, int number)
    {
        if (row.OptionalId($"course{number}") is not { } course) return;
        var starts = row.Instant($"enroltimestart{number}");
        var enrollment = new RosterEnrollment
        {
            CourseId = course, UserId = user.UserId, StartsAt = starts, EndsAt = Ends(row, $"enrolperiod{number}", starts),
            Origin = row.Origin,
            Role = row.Text($"role{number}") is null
                ? row.Word($"type{number}", "role_unknown", Types, whenEmpty: RosterRole.Learner)
                : row.Word($"role{number}", "role_unknown", Roles),
            Status = !user.Live ? RosterStatus.Deleted : Flag(row, $"enrolstatus{number}") ? RosterStatus.Inactive : RosterStatus.Active,
        };
        if (!row.RowIsSound) return;
        reader.Roster.Enrollments.Add(enrollment, reader.Problems);
        if (row.Text($"group{number}") is { } group) Join(enrollment, group);
    }

    // Moodle names groups within their course only, so their ids are made of both names and stay the same at every import.
    private void Join(RosterEnrollment enrollment, string name)
    {
        var (course, set, group) = (enrollment.CourseId, $"{enrollment.CourseId}/groups", $"{enrollment.CourseId}/groups/{name}");
        var (roster, origin) = (reader.Roster, enrollment.Origin);
        if (roster.GroupSets.Find(set) is null)
            roster.GroupSets.Add(new RosterGroupSet { GroupSetId = set, CourseId = course, Name = "Groups", Origin = origin },
                reader.Problems);
        if (roster.Groups.Find(group) is null)
            roster.Groups.Add(new RosterGroup { GroupId = group, GroupSetId = set, CourseId = course, Name = name, Origin = origin },
                reader.Problems);
        roster.GroupMembers.Add(new RosterGroupMember
        {
            GroupId = group, UserId = enrollment.UserId, Origin = origin,
            Status = enrollment.Live ? RosterStatus.Active : RosterStatus.Deleted,
        }, reader.Problems);
    }

    private static DateTimeOffset? Ends(RosterTable row, string column, DateTimeOffset? starts)
    {
        if (row.Text(column) is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days > 36500)
        {
            row.Error(column, "value_invalid", "The enrolment period is a number of days.");
            return null;
        }
        if (starts is not null) return starts.Value.AddDays(days);
        row.Warn(column, "column_ignored", "A period without a start date would count from the moment of the import, so it was left out.");
        return null;
    }

    private static bool Flag(RosterTable row, string column) => row.Word(column, "value_invalid", Flags, whenEmpty: false);
}
