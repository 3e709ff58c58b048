using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Courses.Enrollments;

/// <summary>Says who is meant by a request to enrol, and why it cannot be done.</summary>
internal sealed class EnrollmentRules(TenantDb db)
{
    /// <summary>The seat asked for; neither a seat nor a refusal when there is no such course.</summary>
    public async Task<(Seat? Seat, Refusal? Refusal)> Judge(CourseId course, EnrollPerson.Request request, CancellationToken ct)
    {
        if (!Words.TryRead<Role>(request.Role ?? "learner", out var role) || !Enrollment.Roles.Contains(role!.Value))
            return (null, UnknownRole);
        if (request.UserId is null && string.IsNullOrWhiteSpace(request.Email))
            return (null, new Refusal("person_required", "Say whom to enrol: 'user_id' or 'email'.", "email"));

        var batch = db.Batch();
        var places = batch.Query<Place>($"""
            SELECT c.status, s.section_id FROM courses c
            LEFT JOIN sections s ON s.tenant_id = {db.Tenant} AND s.course_id = c.course_id AND s.state = 'active'
                 AND {(request.SectionId is null ? (Sql)$"s.is_default AND s.home_course_id = c.course_id" : (Sql)$"s.section_id = {request.SectionId}")}
            WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course} AND c.status <> 'deleted'
            """);
        var email = Rosters.RosterEmail.Normalise(request.Email);
        var people = batch.Query<Found>($"""
            SELECT user_id, state FROM people WHERE tenant_id = {db.Tenant}
            AND {(request.UserId is null ? (Sql)$"email_norm = {email}" : (Sql)$"user_id = {request.UserId}")}
            """);
        await batch.Run(ct);
        if (places.Count == 0) return (null, null);
        if (places[0].Refuses(request.SectionId) is { } refusal) return (null, refusal);
        if (people.Count == 0)
            return (null, new Refusal("person_unknown", "Nobody here is known by that. Add the person to the institution first.", request.UserId is null ? "email" : "user_id"));
        var seat = new Seat(places[0].SectionId!.Value, people[0].UserId, role.Value, role is Role.Observer ? request.AssociatedUserId : null);
        return people[0].State == "active" ? (seat, null) : (null, new Refusal("person_inactive", "This person's account is not active.", "user_id"));
    }

    internal static Refusal UnknownRole { get; } =
        new("role_unknown", "People are enrolled as learner, instructor, teaching_assistant, designer or observer.", "role");

    internal sealed record Seat(SectionId Section, UserId User, Role Role, UserId? Learner);

    internal sealed record Place(CourseStatus Status, SectionId? SectionId)
    {
        internal Refusal? Refuses(SectionId? asked) => Status is CourseStatus.Concluded
            ? new Refusal("course_concluded", "This course has ended. Reopen it before you enrol anybody.")
            : SectionId is not null ? null
            : asked is null
                ? new Refusal("section_required", "Name a section of this course.", "section_id")
                : new Refusal("section_unknown", "This course has no such section.", "section_id");
    }

    private sealed record Found(UserId UserId, string State);
}
