using System.Collections.Frozen;

namespace Lectern.Courses.Rosters;

/// <summary>
/// OneRoster CSV 1.1 and 1.2. Its class is what people here call a course and its course is a line of the catalogue, so
/// each class becomes a course with one section of the same id; the catalogue only lends its code.
/// </summary>
internal sealed class OneRosterReader(RosterReader reader)
{
    private static readonly string[] Taken = ["orgs", "academicsessions", "courses", "classes", "users", "roles", "enrollments"];

    private static readonly FrozenDictionary<string, RosterStatus> Statuses = RosterReader.Words(
        ("active", RosterStatus.Active), ("inactive", RosterStatus.Inactive), ("tobedeleted", RosterStatus.Deleted));

    // Administrators and other staff named in a class see it and change nothing: what else they may do comes from the
    // institution, never from a file. Who invigilates needs the attempts of learners, as an assistant does.
    private static readonly FrozenDictionary<string, RosterRole> Roles = RosterReader.Words(
        ("student", RosterRole.Learner), ("teacher", RosterRole.Instructor), ("aide", RosterRole.TeachingAssistant),
        ("proctor", RosterRole.TeachingAssistant), ("administrator", RosterRole.Observer), ("siteAdministrator", RosterRole.Observer),
        ("districtAdministrator", RosterRole.Observer), ("systemAdministrator", RosterRole.Observer), ("principal", RosterRole.Observer),
        ("counselor", RosterRole.Observer), ("parent", RosterRole.Observer), ("guardian", RosterRole.Observer),
        ("relative", RosterRole.Observer));

    private static readonly FrozenSet<string> Family =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "parent", "guardian", "relative");

    private static readonly FrozenSet<string> Office = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "administrator", "siteAdministrator", "districtAdministrator", "systemAdministrator", "principal");

    private readonly Dictionary<string, string?> codes = new(StringComparer.Ordinal);
    private readonly HashSet<string> gradingPeriods = new(StringComparer.Ordinal);
    private readonly HashSet<string> family = new(StringComparer.Ordinal);
    private readonly HashSet<string> learners = new(StringComparer.Ordinal);
    private readonly HashSet<string> enrollments = new(StringComparer.Ordinal);
    private readonly List<(string UserId, string Agent, RosterOrigin Origin)> agents = [];
    private bool officeWarned;

    internal static bool Takes(IReadOnlyList<RosterHeader> headers) =>
        headers.Any(header => header.Has("sourcedId") || header.Has("propertyName", "value"));

    internal RosterFormat Read(IReadOnlyList<RosterHeader> headers)
    {
        var manifest = new OneRosterManifest(reader);
        var files = manifest.Read(headers);
        foreach (var name in Taken)
            if (files.TryGetValue(name, out var header)) Read(name, header);
        foreach (var (name, header) in files)
            if (!Taken.Contains(name) && name != "manifest") reader.Ignored(header, "Rosters are imported without this file.");
        Observe();
        return manifest.Format;
    }

    private void Read(string name, RosterHeader header)
    {
        var roster = reader.Roster;
        switch (name)
        {
            case "orgs": reader.Rows(header, roster.Accounts, Account, "sourcedId", "name"); break;
            case "academicsessions": reader.Rows(header, roster.Terms, Term, "sourcedId", "title"); break;
            case "courses": reader.Rows<RosterCourse>(header, roster.Courses, Catalogue, "sourcedId"); break;
            case "classes": Classes(header); break;
            case "users": reader.Rows(header, roster.Users, User, "sourcedId", "givenName", "familyName"); break;
            case "roles": reader.Rows<RosterUser>(header, roster.Users, UserRole, "userSourcedId", "role"); break;
            case "enrollments":
                reader.Rows(header, roster.Enrollments, Enrollment, "sourcedId", "classSourcedId", "userSourcedId", "role");
                break;
        }
    }

    private static RosterAccount Account(RosterTable row) => new()
    {
        AccountId = row.Id("sourcedId"), ParentAccountId = row.OptionalId("parentSourcedId"), Status = Status(row),
        Name = Name(row, "name"), Origin = row.Origin,
    };

    private RosterTerm? Term(RosterTable row)
    {
        var id = row.Id("sourcedId");
        if (string.Equals(row.Text("type"), "gradingPeriod", StringComparison.OrdinalIgnoreCase))
        {
            if (gradingPeriods.Add(id) && gradingPeriods.Count == 1)
                row.Warn("type", "session_ignored", "Grading periods divide a term for reports and are not terms, so they were left out.");
            return null;
        }
        var term = new RosterTerm
        {
            TermId = id, Status = Status(row), Name = Name(row, "title"),
            StartsAt = row.Instant("startDate"), EndsAt = row.Instant("endDate"), Origin = row.Origin,
        };
        row.InOrder(term.StartsAt, term.EndsAt, "endDate");
        return term;
    }

    private RosterCourse? Catalogue(RosterTable row)
    {
        if (!codes.TryAdd(row.Id("sourcedId"), row.Text("courseCode")))
            row.Error("sourcedId", "id_repeated", "This course is there twice. Keep one of the two rows.");
        return null;
    }

    private void Classes(RosterHeader header)
    {
        using var table = reader.Open(header, "sourcedId", "title");
        while (table is not null && reader.Next(table))
        {
            var course = Class(table);
            if (!table.RowIsSound) continue;
            reader.Roster.Courses.Add(course, reader.Problems);
            // Said twice, both would be repeated; the course has already been reported.
            if (reader.Roster.Sections.Find(course.CourseId) is null)
                reader.Roster.Sections.Add(new RosterSection
                {
                    SectionId = course.CourseId, CourseId = course.CourseId, Name = course.Title, Origin = course.Origin,
                    Status = course.Live ? RosterStatus.Active : RosterStatus.Deleted,
                }, reader.Problems);
        }
    }

    private RosterCourse Class(RosterTable row)
    {
        var catalogued = row.OptionalId("courseSourcedId") is { } course ? codes.GetValueOrDefault(course) : null;
        return new RosterCourse
        {
            CourseId = row.Id("sourcedId"), Status = Status(row), Title = Name(row, "title"), Code = row.Text("classCode") ?? catalogued,
            AccountId = row.OptionalId("schoolSourcedId"), Origin = row.Origin,
            TermId = Listed(row, "termSourcedIds").FirstOrDefault(term => !gradingPeriods.Contains(term)),
        };
    }

    private RosterUser User(RosterTable row)
    {
        var (given, last) = (row.Text("givenName"), row.Text("familyName"));
        var enabled = !string.Equals(row.Text("enabledUser"), "false", StringComparison.OrdinalIgnoreCase);
        var status = Status(row);
        var user = new RosterUser
        {
            UserId = row.Id("sourcedId"), Status = status == RosterStatus.Active && !enabled ? RosterStatus.Inactive : status,
            LoginId = row.Text("username"), Email = row.Email("email"), Pronouns = row.Text("pronouns"), Origin = row.Origin,
            Name = CanvasReader.Joined(row.Text("preferredGivenName") ?? given, row.Text("preferredFamilyName") ?? last),
            SortableName = given is null || last is null ? null : $"{last}, {given}",
        };
        if (user.Live && user.Name is null) row.Missing("givenName");
        foreach (var agent in Listed(row, "agentSourcedIds")) agents.Add((user.UserId, agent, row.Origin));
        if (row.Text("role") is not null) Hold(row, user.UserId);
        return user;
    }

    private RosterUser? UserRole(RosterTable row)
    {
        if (Status(row) != RosterStatus.Deleted) Hold(row, row.Id("userSourcedId"));
        return null;
    }

    // A role held at a school decides nothing about courses; it only tells parents from learners.
    private void Hold(RosterTable row, string userId)
    {
        row.Word("role", "role_unknown", Roles);
        var role = row.Text("role") ?? "";
        if (Family.Contains(role)) family.Add(userId);
        if (role.Equals("student", StringComparison.OrdinalIgnoreCase)) learners.Add(userId);
        if (!Office.Contains(role) || officeWarned) return;
        officeWarned = true;
        row.Warn("role", "role_not_granted", 
            "Administrators in OneRoster files are imported as people without administrator rights; give those by hand.");
    }

    private RosterEnrollment Enrollment(RosterTable row)
    {
        if (!enrollments.Add(row.Id("sourcedId")))
            row.Error("sourcedId", "id_repeated", "This enrolment id is there twice. Keep one of the two rows.");
        var section = row.Id("classSourcedId");
        var enrollment = new RosterEnrollment
        {
            CourseId = section, SectionId = section, UserId = row.Id("userSourcedId"), Role = row.Word("role", "role_unknown", Roles),
            Status = Status(row), StartsAt = row.Instant("beginDate"), EndsAt = row.Instant("endDate"), Origin = row.Origin,
        };
        row.InOrder(enrollment.StartsAt, enrollment.EndsAt, "endDate");
        return enrollment;
    }

    // Agents may be listed on the parent, on the learner or on both, and may be teachers: only a family member of a
    // learner observes, whoever says so.
    private void Observe()
    {
        var seen = new HashSet<(string, string)>();
        foreach (var (user, agent, origin) in agents)
        {
            var (observer, learner) = family.Contains(user) ? (user, agent) : (agent, user);
            if (family.Contains(observer) && learners.Contains(learner) && seen.Add((observer, learner)))
                reader.Roster.Observers.Add(new RosterObserver { ObserverId = observer, LearnerId = learner, Origin = origin },
                    reader.Problems);
        }
    }

    private static string[] Listed(RosterTable row, string column) =>
        row.Text(column)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    // Bulk files leave the status empty, which the specification reads as active.
    private static RosterStatus Status(RosterTable row) => row.Word("status", "status_unknown", Statuses, whenEmpty: RosterStatus.Active);

    private static string? Name(RosterTable row, string column)
    {
        var name = row.Text(column);
        if (name is null && !string.Equals(row.Text("status"), "tobedeleted", StringComparison.OrdinalIgnoreCase)) row.Missing(column);
        return name;
    }
}
