using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

/// <summary>Files made by others. What is not known by name must still be imported or refused in words.</summary>
public class RosterMaterialTests
{
    [Fact]
    public void Every_one_roster_set_is_read_and_planned() => Each("oneroster", ".zip", reading =>
        Assert.True(reading.Format is RosterFormat.OneRoster11 or RosterFormat.OneRoster12));

    [Fact]
    public void Every_csv_is_imported_or_refused_with_a_reason() => Each("csv", ".csv", _ => { });

    [Fact]
    public void The_known_one_roster_sets_say_what_they_always_said()
    {
        var read = RosterUpload.Material("oneroster").ToDictionary(path => Path.GetFileName(path), Read);
        if (read.TryGetValue("Test_minimal_data_set.zip", out var minimal))
        {
            Assert.Equal((RosterFormat.OneRoster11, 1, 6, 2, 6), Counts(minimal));
            Assert.Equal(["Mary Jones", "John Doe"],
                new[] { "usr-222-66778899", "usr-222-123456" }.Select(id => minimal.Roster.Users.Find(id)!.Name));
            Assert.False(RosterPlan.Make(minimal.Roster, RosterState.Empty).Refused);
        }
        if (read.TryGetValue("oat-OneRosterv1p1BaseCSV.zip", out var oat))
            Assert.Equal((RosterFormat.OneRoster11, 2, 2, 3, 3), Counts(oat));
        if (read.TryGetValue("v1p2_full_dataset.zip", out var full))
        {
            Assert.Equal((RosterFormat.OneRoster12, 1, 6, 2, 6), Counts(full));
            Assert.Equal(RosterStatus.Deleted, full.Roster.Courses.Find("cls-222-123478")!.Status);
            Assert.Equal("he/him/his", full.Roster.Users.Find("usr-222-123456")!.Pronouns);
        }
    }

    [Fact]
    public void The_known_moodle_files_say_what_they_always_said()
    {
        var read = RosterUpload.Material("csv").ToDictionary(path => Path.GetFileName(path), Read);
        if (read.TryGetValue("moodle-upload_users.csv", out var users))
        {
            Assert.Equal(RosterFormat.Moodle, users.Format);
            Assert.Equal(["Tom Jones", "Trent Reznor"], users.Roster.Users.Select(user => user.Name));
            Assert.Equal(["Section 1", "Section 3"], users.Roster.Groups.Select(group => group.Name));
            Assert.All(users.Roster.Enrollments, seat => Assert.Equal(("math102", RosterRole.Learner), (seat.CourseId, seat.Role)));
        }
        if (read.TryGetValue("moodle-upload_users_enrol_date_period.csv", out var dated))
            Assert.Equal([null, new DateTimeOffset(2020, 1, 12, 0, 0, 0, TimeSpan.Zero)],
                dated.Roster.Enrollments.Select(seat => seat.EndsAt));
        if (read.TryGetValue("moodle-courses.csv", out var courses))
            Assert.Equal(["C1", "C2", "C3"], courses.Roster.Courses.Select(course => course.CourseId));
        if (read.TryGetValue("moodle-uploadcohorts1.csv", out var cohorts))
            Assert.Contains(cohorts.Problems.Items, problem => problem.Code == "format_unknown");
    }

    private static void Each(string folder, string extension, Action<RosterReading> check)
    {
        foreach (var path in RosterUpload.Material(folder).Where(path => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
        {
            var reading = Read(path);
            check(reading);
            var plan = RosterPlan.Make(reading.Roster, RosterState.Empty);
            var problems = reading.Problems.Items.Concat(plan.Problems.Items).ToList();
            Assert.All(problems, problem => Assert.False(string.IsNullOrWhiteSpace(problem.Message)));
            var outcome = reading.Problems.Refuses || plan.Refused
                ? "refused: " + problems.First(problem => problem.Severity == RosterSeverity.Error).Message
                : $"{plan.Steps.Count} steps, {problems.Count} warnings";
            TestContext.Current.SendDiagnosticMessage($"{Path.GetFileName(path)}: {reading.Format}, {outcome}");
        }
    }

    private static RosterReading Read(string path)
    {
        using var file = File.OpenRead(path);
        return RosterReader.Read(file, Path.GetFileName(path), ct: TestContext.Current.CancellationToken);
    }

    private static (RosterFormat, int Accounts, int Users, int Courses, int Seats) Counts(RosterReading reading) =>
        (reading.Format, reading.Roster.Accounts.Count, reading.Roster.Users.Count, reading.Roster.Courses.Count,
            reading.Roster.Enrollments.Count);
}
