using System.Globalization;
using System.Text;
using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

/// <summary>Rosters made from a seed: whole and consistent, with names as awkward as names are.</summary>
internal sealed class RosterSample(int seed)
{
    private static readonly string[] Awkward =
        ["O'Neil", "a \"quoted\" name", "comma, here", "two\nlines", "José", "李小龍", "=1+1", "semi;colon", "\U0001F600"];
    private readonly Random random = new(seed);
    private readonly RosterProblems problems = new();

    internal static Roster Make(int seed) => new RosterSample(seed).Make();

    private Roster Make()
    {
        var roster = new Roster();
        var (accounts, terms, users, courses) = (random.Next(1, 4), random.Next(0, 3), random.Next(1, 12), random.Next(1, 5));
        for (var at = 0; at < accounts; at++)
            roster.Accounts.Add(new() { AccountId = $"A{at}", ParentAccountId = at == 0 ? null : $"A{random.Next(at)}", Name = Name() },
                problems);
        for (var at = 0; at < terms; at++)
            roster.Terms.Add(new() { TermId = $"T{at}", Name = Name(), StartsAt = Day(0), EndsAt = Day(100) }, problems);
        for (var at = 0; at < users; at++)
            roster.Users.Add(new()
            {
                UserId = $"U{at}", Name = Name(), SortableName = Name(), LoginId = $"login{at}", Email = Maybe($"u{at}@School.example"),
                Pronouns = Maybe("they"),
                Status = Any(RosterStatus.Inactive, RosterStatus.Deleted, RosterStatus.Active, RosterStatus.Active),
            }, problems);
        for (var at = 0; at < courses; at++)
        {
            roster.Courses.Add(new()
            {
                CourseId = $"C{at}", Code = Name(), Title = Name(), AccountId = Maybe($"A{random.Next(accounts)}"),
                TermId = terms > 0 ? Maybe($"T{random.Next(terms)}") : null, StartsAt = random.Next(2) == 0 ? Day(1) : null,
                Status = Any(RosterStatus.Published, RosterStatus.Completed, RosterStatus.Deleted, RosterStatus.Active),
            }, problems);
            roster.Sections.Add(new() { SectionId = $"S{at}", CourseId = $"C{at}", Name = Name() }, problems);
        }
        if (courses > 1 && random.Next(2) == 0) roster.CrossListings.Add(new() { SectionId = "S0", CourseId = "C1" }, problems);
        Seats(roster, users, courses);
        return roster;
    }

    private void Seats(Roster roster, int users, int courses)
    {
        var seen = new HashSet<string>();
        for (var at = 0; at < users * 3; at++)
        {
            var (user, course, role) = ($"U{random.Next(users)}", random.Next(courses), (RosterRole)random.Next(5));
            var seat = new RosterEnrollment
            {
                CourseId = $"C{course}", SectionId = Maybe($"S{course}"), UserId = user, Role = role,
                StartsAt = random.Next(3) == 0 ? Day(2) : null,
                Status = Any(RosterStatus.Deleted, RosterStatus.Completed, RosterStatus.Inactive, RosterStatus.Active),
            };
            if (seen.Add(seat.Key)) roster.Enrollments.Add(seat, problems);
        }
        roster.GroupSets.Add(new() { GroupSetId = "GS", CourseId = "C0", Name = Name() }, problems);
        roster.Groups.Add(new() { GroupId = "G", GroupSetId = "GS", CourseId = "C0", Name = Name() }, problems);
        for (var at = 0; at < users; at++) roster.GroupMembers.Add(new() { GroupId = "G", UserId = $"U{at}" }, problems);
        if (users > 1) roster.Observers.Add(new() { ObserverId = "U1", LearnerId = "U0" }, problems);
        roster.Admins.Add(new() { UserId = "U0", AccountId = Maybe("A0") }, problems);
    }

    private RosterStatus Any(params RosterStatus[] statuses) => statuses[random.Next(statuses.Length)];
    private string Name() => Awkward[random.Next(Awkward.Length)] + " " + random.Next(1000).ToString(CultureInfo.InvariantCulture);
    private string? Maybe(string value) => random.Next(2) == 0 ? value : null;
    private DateTimeOffset Day(int days) => new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero).AddDays(days);

    /// <summary>The size a large university sends every two hours.</summary>
    internal static (string Name, string Text)[] Large(int users, int courses, int seats)
    {
        var (people, taught, sat) = (new StringBuilder("user_id,login_id,first_name,last_name,email,status\n"),
            new StringBuilder("course_id,short_name,long_name,status\n"), new StringBuilder("course_id,user_id,role,status\n"));
        for (var at = 0; at < users; at++)
            people.Append(CultureInfo.InvariantCulture, $"U{at},login{at},First{at % 900},Last{at},u{at}@school.example,active\n");
        for (var at = 0; at < courses; at++)
            taught.Append(CultureInfo.InvariantCulture, $"C{at},CODE{at},\"Course {at}, the long name\",active\n");
        for (var at = 0; at < seats; at++)
            sat.Append(CultureInfo.InvariantCulture,
                $"C{(at * 7 + at / users) % courses},U{at % users},{(at % 20 == 0 ? "teacher" : "student")},active\n");
        return [("users.csv", people.ToString()), ("courses.csv", taught.ToString()), ("enrollments.csv", sat.ToString())];
    }
}
