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
        var places = batch.Query<Chosen>(Placing(course, request.SectionId));
        var email = Rosters.RosterEmail.Normalise(request.Email);
        var people = batch.Query<Found>($"""
            SELECT user_id, state FROM people WHERE tenant_id = {db.Tenant}
            AND {(request.UserId is null ? (Sql)$"email_norm = {email}" : (Sql)$"user_id = {request.UserId}")}
            """);
        await batch.Run(ct);
        if (places.Count == 0) return (null, null);
        if (places[0].Refuses(request.SectionId) is { } refusal) return (null, refusal);
        if (people.Count == 0)
            return (null, new Refusal("person_unknown", "Nobody here is known by that. Add the person to the institution first.",
                request.UserId is null ? "email" : "user_id"));
        var seat = new Seat(places[0].SectionId!.Value, people[0].UserId, role.Value, role is Role.Observer ? request.AssociatedUserId
            : null);
        return people[0].State == "active" ? (seat, null)
            : (null, new Refusal("person_inactive", "This person's account is not active.", "user_id"));
    }

    /// <summary>The section asked for, or the course's own; null when there is no such course.</summary>
    public Task<Chosen?> Place(CourseId course, SectionId? section, CancellationToken ct) => db.Find<Chosen>(Placing(course, section), ct);

    /// <summary>Who is meant by these numbers and addresses, and which of them mean nobody who is active here.</summary>
    public async Task<(List<UserId> People, List<FieldError> Unknown)> People(
        IReadOnlyList<UserId> ids, IReadOnlyList<string> emails, CancellationToken ct)
    {
        var norms = emails.Select(email => Rosters.RosterEmail.Normalise(email) ?? string.Empty).ToArray();
        var found = await db.Query<Known>($"""
            SELECT user_id, email_norm FROM people
            WHERE tenant_id = {db.Tenant} AND state = 'active' AND (user_id = ANY ({ids.ToArray()}) OR email_norm = ANY ({norms}))
            """, ct);
        var (byId, byEmail) = (found.Select(one => one.UserId).ToHashSet(), found.Select(one => one.EmailNorm).ToHashSet());
        var unknown = new List<FieldError>();
        for (var at = 0; at < ids.Count; at++)
            if (!byId.Contains(ids[at])) unknown.Add(
                new($"user_ids[{at}]", "person_unknown", $"There is no active person {ids[at].Value}."));
        for (var at = 0; at < norms.Length; at++)
            if (!byEmail.Contains(norms[at])) unknown.Add(
                new($"emails[{at}]", "person_unknown", $"Nobody active has the address {emails[at]}."));
        return ([.. found.Select(one => one.UserId)], unknown);
    }

    private Sql Placing(CourseId course, SectionId? section) => $"""
        SELECT c.status, s.section_id FROM courses c
        LEFT JOIN sections s ON s.tenant_id = {db.Tenant} AND s.course_id = c.course_id AND s.state = 'active'
             AND {(section is null ? (Sql)$"s.is_default AND s.home_course_id = c.course_id" : (Sql)$"s.section_id = {section}")}
        WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course} AND c.status <> 'deleted'
        """;

    internal static Refusal UnknownRole { get; } =
        new("role_unknown", "People are enrolled as learner, instructor, teaching_assistant, designer or observer.", "role");

    internal sealed record Seat(SectionId Section, UserId User, Role Role, UserId? Learner);

    internal sealed record Chosen(CourseStatus Status, SectionId? SectionId)
    {
        internal Refusal? Refuses(SectionId? asked) => Status is CourseStatus.Concluded
            ? new Refusal("course_concluded", "This course has ended. Reopen it before you enrol anybody.")
            : SectionId is not null ? null
            : asked is null
                ? new Refusal("section_required", "Name a section of this course.", "section_id")
                : new Refusal("section_unknown", "This course has no such section.", "section_id");
    }

    private sealed record Found(UserId UserId, string State);

    private sealed record Known(UserId UserId, string? EmailNorm);
}
