using System.Collections.Frozen;

namespace Lectern.Courses.Rosters;

/// <summary>
/// The Canvas SIS CSV set, the most widely produced roster format. A file is recognised by its columns and, when a column
/// that would tell is missing, by its name, so that the answer can be "user_id is missing" and not "unknown file".
/// </summary>
internal sealed class CanvasReader(RosterReader reader)
{
    private static readonly FrozenDictionary<string, RosterStatus> Plain =
        RosterReader.Words(("active", RosterStatus.Active), ("deleted", RosterStatus.Deleted));

    private static readonly FrozenDictionary<string, RosterStatus> OfUser =
        RosterReader.Words(("active", RosterStatus.Active), ("suspended", RosterStatus.Inactive), ("deleted", RosterStatus.Deleted));

    private static readonly FrozenDictionary<string, RosterStatus> OfCourse = RosterReader.Words(
        ("active", RosterStatus.Active), ("published", RosterStatus.Published), ("unpublished", RosterStatus.Active),
        ("completed", RosterStatus.Completed), ("deleted", RosterStatus.Deleted));

    // deleted_last_completed removes a person from a section unless it is their last one. Completed keeps their work
    // readable in either case.
    private static readonly FrozenDictionary<string, RosterStatus> OfEnrollment = RosterReader.Words(
        ("active", RosterStatus.Active), ("inactive", RosterStatus.Inactive), ("completed", RosterStatus.Completed),
        ("deleted", RosterStatus.Deleted), ("deleted_last_completed", RosterStatus.Completed));

    private static readonly FrozenDictionary<string, RosterStatus> OfGroup = RosterReader.Words(
        ("available", RosterStatus.Active), ("active", RosterStatus.Active), ("closed", RosterStatus.Inactive),
        ("completed", RosterStatus.Completed), ("deleted", RosterStatus.Deleted));

    private static readonly FrozenDictionary<string, RosterStatus> OfMember =
        RosterReader.Words(("accepted", RosterStatus.Active), ("active", RosterStatus.Active), ("deleted", RosterStatus.Deleted));

    private static readonly FrozenDictionary<string, RosterRole> Roles = RosterReader.Words(
        ("student", RosterRole.Learner), ("StudentEnrollment", RosterRole.Learner),
        ("teacher", RosterRole.Instructor), ("TeacherEnrollment", RosterRole.Instructor),
        ("ta", RosterRole.TeachingAssistant), ("TaEnrollment", RosterRole.TeachingAssistant),
        ("observer", RosterRole.Observer), ("ObserverEnrollment", RosterRole.Observer),
        ("designer", RosterRole.Designer), ("DesignerEnrollment", RosterRole.Designer));

    private static readonly FrozenDictionary<string, bool> AdminRoles =
        RosterReader.Words(("AccountAdmin", true), ("Account Admin", true), ("admin", true));

    internal RosterFormat Read(IReadOnlyList<RosterHeader> headers)
    {
        var format = RosterFormat.Unknown;
        foreach (var header in headers)
        {
            if (KindOf(header) is not { } kind)
                Unrecognised(header, headers.Count);
            else
            {
                format = RosterFormat.Canvas;
                Read(kind, header);
            }
        }
        return format;
    }

    private void Read(string kind, RosterHeader header)
    {
        var roster = reader.Roster;
        switch (kind)
        {
            case "accounts": reader.Rows(header, roster.Accounts, Account, "account_id", "parent_account_id", "name", "status"); break;
            case "terms": reader.Rows(header, roster.Terms, Term, "term_id", "name", "status"); break;
            case "users": reader.Rows(header, roster.Users, User, "user_id", "status"); break;
            case "courses": reader.Rows(header, roster.Courses, Course, "course_id", "short_name", "long_name", "status"); break;
            case "sections": reader.Rows(header, roster.Sections, Section, "section_id", "course_id", "name", "status"); break;
            case "xlists": reader.Rows(header, roster.CrossListings, CrossListing, "xlist_course_id", "section_id", "status"); break;
            case "enrollments": reader.Rows(header, roster.Enrollments, Enrollment, "user_id", "role", "status"); break;
            case "group_categories": reader.Rows(header, roster.GroupSets, GroupSet, "group_category_id", "category_name", "status"); break;
            case "groups": reader.Rows(header, roster.Groups, Group, "group_id", "name", "status"); break;
            case "groups_membership": reader.Rows(header, roster.GroupMembers, GroupMember, "group_id", "user_id", "status"); break;
            case "user_observers": reader.Rows(header, roster.Observers, Observer, "observer_id", "student_id", "status"); break;
            case "admins": reader.Rows(header, roster.Admins, Admin, "user_id", "account_id", "role", "status"); break;
            case "logins": reader.Ignored(header, "A person has one sign-in here, so further logins were left out."); break;
            case "change_sis_id":
                reader.Problems.Error(new RosterOrigin(header.File.Name, 0), null, "file_unsupported",
                    "Changing ids by file is not supported, and the other files may count on it. " +
                    "Change the ids first, then import without this file.");
                break;
        }
    }

    private static string? KindOf(RosterHeader header) => header switch
    {
        _ when header.Has("old_id", "new_id") => "change_sis_id",
        _ when header.HasAny("existing_user_id", "existing_integration_id", "existing_canvas_user_id") => "logins",
        _ when header.Has("observer_id", "student_id") => "user_observers",
        _ when header.Has("xlist_course_id", "section_id") => "xlists",
        _ when header.Has("group_category_id", "category_name") => "group_categories",
        _ when header.Has("group_id", "user_id") => "groups_membership",
        _ when header.Has("group_id", "name") => "groups",
        _ when header.Has("user_id") && header.HasAny("course_id", "section_id") => "enrollments",
        _ when header.Has("user_id", "account_id", "role") => "admins",
        _ when header.Has("section_id", "course_id") => "sections",
        _ when header.Has("course_id") && header.HasAny("short_name", "long_name") => "courses",
        _ when header.Has("term_id", "name") => "terms",
        _ when header.Has("account_id", "parent_account_id") => "accounts",
        _ when header.Has("user_id") && header.HasAny("login_id", "full_name", "first_name", "email") => "users",
        _ => header.File.Stem switch
        {
            "xlist" or "xlists" => "xlists",
            "observers" or "user_observers" => "user_observers",
            "group_membership" or "groups_membership" or "group_memberships" => "groups_membership",
            "accounts" or "terms" or "users" or "courses" or "sections" or "enrollments" or "group_categories" or "groups" or "admins"
                or "logins" or "change_sis_id" => header.File.Stem,
            _ => null,
        },
    };

    private void Unrecognised(RosterHeader header, int files)
    {
        const string known = "Known are the Canvas SIS files (users, courses, sections, enrollments …), " +
            "OneRoster 1.1 and 1.2, and Moodle’s users and courses.";
        if (files > 1) reader.Ignored(header, $"The columns {Listed(header)} are not those of a roster file, so it was left out. {known}");
        else reader.Problems.Error(new RosterOrigin(header.File.Name, 1), null, "format_unknown",
            $"The columns {Listed(header)} are not those of a roster file. {known}");
    }

    private static string Listed(RosterHeader header) => string.Join(", ", header.Columns.Order(StringComparer.Ordinal).Take(8));

    private static RosterAccount Account(RosterTable row) => new()
    {
        AccountId = row.Id("account_id"), ParentAccountId = row.OptionalId("parent_account_id"),
        Status = Status(row, Plain), Name = Name(row, "name"), Origin = row.Origin,
    };

    private static RosterTerm Term(RosterTable row)
    {
        var term = new RosterTerm
        {
            TermId = row.Id("term_id"), Status = Status(row, Plain), Name = Name(row, "name"),
            StartsAt = row.Instant("start_date"), EndsAt = row.Instant("end_date"), Origin = row.Origin,
        };
        row.InOrder(term.StartsAt, term.EndsAt, "end_date");
        return term;
    }

    private static RosterUser User(RosterTable row)
    {
        var (first, last) = (row.Text("first_name"), row.Text("last_name"));
        var user = new RosterUser
        {
            UserId = row.Id("user_id"), Status = Status(row, OfUser), LoginId = row.Text("login_id"), Email = row.Email("email"),
            Name = row.Text("full_name") ?? Joined(first, last) ?? row.Text("short_name"),
            SortableName = row.Text("sortable_name") ?? (first is null || last is null ? null : $"{last}, {first}"),
            Pronouns = row.Text("pronouns"), Origin = row.Origin,
        };
        if (user.Live && user.Name is null) row.Missing(row.Has("full_name") ? "full_name" : "first_name");
        return user;
    }

    private static RosterCourse Course(RosterTable row)
    {
        var course = new RosterCourse
        {
            CourseId = row.Id("course_id"), Status = Status(row, OfCourse), Code = Name(row, "short_name"), Title = Name(row, "long_name"),
            AccountId = row.OptionalId("account_id"), TermId = row.OptionalId("term_id"),
            StartsAt = row.Instant("start_date"), EndsAt = row.Instant("end_date"), Origin = row.Origin,
        };
        row.InOrder(course.StartsAt, course.EndsAt, "end_date");
        return course;
    }

    private static RosterSection Section(RosterTable row)
    {
        var section = new RosterSection
        {
            SectionId = row.Id("section_id"), CourseId = row.Id("course_id"), Status = Status(row, Plain), Name = Name(row, "name"),
            StartsAt = row.Instant("start_date"), EndsAt = row.Instant("end_date"), Origin = row.Origin,
        };
        row.InOrder(section.StartsAt, section.EndsAt, "end_date");
        return section;
    }

    private static RosterCrossListing CrossListing(RosterTable row) => new()
    {
        SectionId = row.Id("section_id"), CourseId = row.Id("xlist_course_id"), Status = Status(row, Plain), Origin = row.Origin,
    };

    private static RosterEnrollment Enrollment(RosterTable row)
    {
        var enrollment = new RosterEnrollment
        {
            CourseId = row.OptionalId("course_id"), SectionId = row.OptionalId("section_id"), UserId = row.Id("user_id"),
            Role = row.Word("role", "role_unknown", Roles), Status = Status(row, OfEnrollment),
            StartsAt = row.Instant("start_date"), EndsAt = row.Instant("end_date"), Origin = row.Origin,
        };
        if (enrollment is { CourseId: null, SectionId: null }) row.Missing(row.Has("course_id") ? "course_id" : "section_id");
        row.InOrder(enrollment.StartsAt, enrollment.EndsAt, "end_date");
        return enrollment.Role != RosterRole.Observer ? enrollment
            : enrollment with { AssociatedUserId = row.OptionalId("associated_user_id") };
    }

    private static RosterGroupSet GroupSet(RosterTable row) => new()
    {
        GroupSetId = row.Id("group_category_id"), CourseId = row.OptionalId("course_id"), AccountId = row.OptionalId("account_id"),
        Status = Status(row, Plain), Name = Name(row, "category_name"), Origin = row.Origin,
    };

    private static RosterGroup Group(RosterTable row) => new()
    {
        GroupId = row.Id("group_id"), GroupSetId = row.OptionalId("group_category_id"), CourseId = row.OptionalId("course_id"),
        AccountId = row.OptionalId("account_id"), Status = Status(row, OfGroup), Name = Name(row, "name"), Origin = row.Origin,
    };

    private static RosterGroupMember GroupMember(RosterTable row) => new()
    {
        GroupId = row.Id("group_id"), UserId = row.Id("user_id"), Status = Status(row, OfMember), Origin = row.Origin,
    };

    private static RosterObserver Observer(RosterTable row) => new()
    {
        ObserverId = row.Id("observer_id"), LearnerId = row.Id("student_id"), Status = Status(row, Plain), Origin = row.Origin,
    };

    private static RosterAdmin Admin(RosterTable row)
    {
        row.Word("role", "role_unknown", AdminRoles);
        return new()
        {
            UserId = row.Id("user_id"), AccountId = row.OptionalId("account_id"), Status = Status(row, Plain), Origin = row.Origin,
        };
    }

    private static RosterStatus Status(RosterTable row, FrozenDictionary<string, RosterStatus> words) =>
        row.Word("status", "status_unknown", words);

    // Who removes a thing names it by its id and need not spell it out.
    private static string? Name(RosterTable row, string column)
    {
        var name = row.Text(column);
        if (name is null && !string.Equals(row.Text("status"), "deleted", StringComparison.OrdinalIgnoreCase)) row.Missing(column);
        return name;
    }

    internal static string? Joined(string? first, string? last) =>
        (first, last) switch { (null, null) => null, (null, _) => last, (_, null) => first, _ => $"{first} {last}" };
}
