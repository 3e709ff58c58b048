using Lectern.Platform.Audit;

namespace Lectern.Courses;

/// <summary>What this service writes into the audit log.</summary>
internal static class CoursesAudit
{
    public static readonly AuditAction TermCreated = new("term.created");
    public static readonly AuditAction TermChanged = new("term.changed");
    public static readonly AuditAction CourseCreated = new("course.created");
    public static readonly AuditAction CourseChanged = new("course.changed");
    public static readonly AuditAction CourseStatusChanged = new("course.status_changed");
    public static readonly AuditAction SectionCreated = new("section.created");
    public static readonly AuditAction SectionChanged = new("section.changed");
    public static readonly AuditAction SectionCrossListed = new("section.cross_listed");
    public static readonly AuditAction RosterRead = new("roster.read");
    public static readonly AuditAction PersonEnrolled = new("enrollment.created");
    public static readonly AuditAction EnrollmentChanged = new("enrollment.changed");
    public static readonly AuditAction PersonUnenrolled = new("enrollment.ended");
    public static readonly AuditAction GroupsChanged = new("groups.changed");
    public static readonly AuditAction RosterPlanned = new("roster_import.planned");
    public static readonly AuditAction RosterApplied = new("roster_import.applied");
}
