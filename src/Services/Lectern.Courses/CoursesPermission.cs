using Lectern.Platform.Access;

namespace Lectern.Courses;

/// <summary>What this service asks about before it answers.</summary>
internal static class CoursesPermission
{
    /// <summary>
    /// Held at the institution or an account. Who teaches may also make courses where they teach; see <see
    /// cref="Courses.CourseRights"/>.
    /// </summary>
    public static readonly Permission CreateCourse = new("course.create", "Make courses", Role.Administrator);

    public static readonly Permission ReadCourse = new(
        "course.read", "See a course", Role.Learner, Role.PastLearner, Role.Observer, Role.Instructor, Role.TeachingAssistant,
        Role.Designer,
        Role.Coordinator, Role.Administrator);

    public static readonly Permission ManageCourse = new(
        "course.manage", "Change a course, its dates and its status", Role.Instructor, Role.Designer, Role.Administrator);

    /// <summary>Observers are left out: a guardian sees their learner and not the class.</summary>
    public static readonly Permission ReadRoster = new(
        "roster.read", "See who is in a course", Role.Learner, Role.Instructor, Role.TeachingAssistant, Role.Designer, Role.Coordinator,
        Role.Administrator);

    public static readonly Permission ReadContacts = new(
        "roster.contacts", "See e-mail addresses and ended enrolments in a course", Role.Instructor, Role.TeachingAssistant,
        Role.Coordinator, Role.Administrator);

    public static readonly Permission ManageRoster = new(
        "roster.manage", "Enrol people in a course and take them out", Role.Instructor, Role.Administrator);

    public static readonly Permission ManageSections =
        new("section.manage", "Make and change sections", Role.Instructor, Role.Administrator);

    public static readonly Permission CrossList = new("section.cross_list", "Teach a section in another course", Role.Administrator);

    public static readonly Permission ReadGroups = new(
        "group.read", "See the groups of a course", Role.Learner, Role.PastLearner, Role.Instructor, Role.TeachingAssistant, Role.Designer,
        Role.Administrator);

    public static readonly Permission JoinGroup = new("group.join", "Join a group that is open to sign up", Role.Learner);

    public static readonly Permission ManageGroups = new(
        "group.manage", "Make groups and say who is in them", Role.Instructor, Role.TeachingAssistant, Role.Designer, Role.Administrator);

    public static readonly Permission ManageTerms = new("term.manage", "Make and change terms", Role.Administrator);

    public static readonly Permission ImportRoster = new("roster.import", "Import rosters", Role.Administrator);
}
