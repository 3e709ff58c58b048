using Lectern.Courses.Courses;
using Lectern.Courses.Enrollments;
using Lectern.Courses.Rosters;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Courses.RosterImports;

/// <summary>Says what is stored in the words of a roster, so that a plan can compare the two.</summary>
internal sealed class RosterStateStore(TenantDb db, RosterFacts facts, Grants grants)
{
    public async Task<RosterState> Load(CancellationToken ct)
    {
        var batch = db.Batch();
        var terms = batch.Query<TermRow>(
            $"SELECT term_id, sis_id, name, starts_at, ends_at, state FROM terms WHERE tenant_id = {db.Tenant}");
        var people = batch.Query<PersonRow>($"""
            SELECT user_id, sis_id, name, sortable_name, email, state FROM people WHERE tenant_id = {db.Tenant} AND state <> 'deleted'
            """);
        var courses = batch.Query<CourseRow>($"""
            SELECT course_id, sis_id, account_id, term_id, code, title, status, starts_at, ends_at FROM courses
                WHERE tenant_id = {db.Tenant}
            """);
        var sections = batch.Query<SectionRow>($"""
            SELECT section_id, sis_id, course_id, home_course_id, name, is_default, starts_at, ends_at, state FROM sections
                WHERE tenant_id = {db.Tenant}
            """);
        var seats = batch.Query<SeatRow>($"""
            SELECT enrollment_id, section_id, user_id, role, associated_user_id, state, starts_at, ends_at FROM enrollments
                WHERE tenant_id = {db.Tenant}
            """);
        var sets = batch.Query<SetRow>($"""
            SELECT group_set_id, sis_id, course_id, name, state FROM group_sets WHERE tenant_id = {db.Tenant}
            """);
        var groups = batch.Query<GroupRow>($"SELECT group_id, sis_id, group_set_id, name, state FROM groups WHERE tenant_id = {db.Tenant}");
        var members = batch.Query<MemberRow>($"SELECT group_id, user_id FROM group_members WHERE tenant_id = {db.Tenant}");
        var known = facts.Read(batch);
        await batch.Run(ct);
        var administrators = (await grants.Holders(Role.Administrator, Scope.Institution, ct)).Select(user => user.Value).ToHashSet();
        administrators.IntersectWith(people.Where(person => person.State == "active").Select(person => person.UserId));
        return new Telling(known, terms, people, courses, sections, sets, groups).State(seats, members) with
        {
            Administrators = administrators,
        };
    }

    private static RosterStatus Standing(string state) => state switch
    {
        "active" => RosterStatus.Active,
        "suspended" => RosterStatus.Inactive,
        _ => RosterStatus.Deleted,
    };

    private static string Key(string? sisId, long id) => sisId ?? RosterState.Unnamed(id);

    /// <summary>Names things by the ids a roster knows them under.</summary>
    private sealed class Telling(
        List<RosterFact> facts, List<TermRow> terms, List<PersonRow> people, List<CourseRow> courses, List<SectionRow> sections,
        List<SetRow> sets,
        List<GroupRow> groups)
    {
        private readonly Dictionary<long, string> accountKeys = facts.Where(fact => fact.Kind == "account")
            .ToDictionary(fact => fact.TargetId, fact => fact.Key);
        private readonly Dictionary<long, string> termKeys = terms.ToDictionary(row => row.TermId, row => Key(row.SisId, row.TermId));
        private readonly Dictionary<long, string> userKeys = people.ToDictionary(row => row.UserId, row => Key(row.SisId, row.UserId));
        private readonly Dictionary<long, string> courseKeys =
            courses.ToDictionary(row => row.CourseId, row => Key(row.SisId, row.CourseId));
        private readonly Dictionary<long, SectionRow> sectionRows = sections.ToDictionary(row => row.SectionId);
        private readonly Dictionary<long, SetRow> setRows = sets.ToDictionary(row => row.GroupSetId);
        private readonly Dictionary<long, string> groupKeys = groups.ToDictionary(row => row.GroupId, row => Key(row.SisId, row.GroupId));

        public RosterState State(List<SeatRow> seats, List<MemberRow> members) => new()
        {
            Accounts = RosterFacts.Of<RosterAccount>(facts, "account"),
            Observers = RosterFacts.Of<RosterObserver>(facts, "observer"),
            Terms = terms.ConvertAll(row => new RosterKnown<RosterTerm>(row.TermId, new RosterTerm
            {
                TermId = termKeys[row.TermId], Name = row.Name, StartsAt = row.StartsAt, EndsAt = row.EndsAt, Status = Standing(row.State),
            })),
            // Addresses come from administrators and rosters, never from the person alone, so each counts as proved.
            Users = people.ConvertAll(row => new RosterKnownUser(row.UserId, new RosterUser
            {
                UserId = userKeys[row.UserId], Name = row.Name, SortableName = row.SortableName, Email = row.Email,
                    Status = Standing(row.State),
            }, EmailVerified: true)),
            Courses = courses.ConvertAll(Course),
            Sections = [.. sections.Where(row => !row.IsDefault).Select(Section)],
            CrossListings = [.. sections.Where(row => !row.IsDefault && row.State == "active" && row.CourseId != row.HomeCourseId)
            .Select(row =>
                new RosterKnown<RosterCrossListing>(row.SectionId,
                    new RosterCrossListing { SectionId = Key(row.SisId, row.SectionId), CourseId = courseKeys[row.CourseId] }))],
            Enrollments = [.. seats.Where(row => userKeys.ContainsKey(row.UserId)).Select(Seat)],
            GroupSets = sets.ConvertAll(row => new RosterKnown<RosterGroupSet>(row.GroupSetId, new RosterGroupSet
            {
                GroupSetId = Key(row.SisId, row.GroupSetId), CourseId = CourseKey(row.CourseId), Name = row.Name,
                    Status = Standing(row.State),
            })),
            Groups = groups.ConvertAll(row => new RosterKnown<RosterGroup>(row.GroupId, new RosterGroup
            {
                GroupId = groupKeys[row.GroupId], GroupSetId = Key(setRows[row.GroupSetId].SisId, row.GroupSetId),
                    CourseId = CourseKey(setRows[row.GroupSetId].CourseId),
                Name = row.Name, Status = Standing(row.State),
            })),
            GroupMembers = [.. members.Where(row => userKeys.ContainsKey(row.UserId)).Select((row, at) =>
                new RosterKnown<RosterGroupMember>(at + 1,
                    new RosterGroupMember { GroupId = groupKeys[row.GroupId], UserId = userKeys[row.UserId] }))],
        };

        private string? CourseKey(long? course) => course is { } id ? courseKeys[id] : null;

        private RosterKnown<RosterCourse> Course(CourseRow row) => new(row.CourseId, new RosterCourse
        {
            CourseId = courseKeys[row.CourseId], Code = row.Code, Title = row.Title,
                AccountId = accountKeys.GetValueOrDefault(row.AccountId),
            TermId = row.TermId is { } term ? termKeys.GetValueOrDefault(term) : null, StartsAt = row.StartsAt, EndsAt = row.EndsAt,
            Status = row.Status switch
            {
                CourseStatus.Published => RosterStatus.Published,
                CourseStatus.Concluded => RosterStatus.Completed,
                CourseStatus.Deleted => RosterStatus.Deleted,
                _ => RosterStatus.Active,
            },
        });

        private RosterKnown<RosterSection> Section(SectionRow row) => new(row.SectionId, new RosterSection
        {
            SectionId = Key(row.SisId, row.SectionId), CourseId = courseKeys[row.HomeCourseId], Name = row.Name, StartsAt = row.StartsAt,
                EndsAt = row.EndsAt,
            Status = Standing(row.State),
        });

        private RosterKnown<RosterEnrollment> Seat(SeatRow row)
        {
            var section = sectionRows[row.SectionId];
            return new RosterKnown<RosterEnrollment>(row.EnrollmentId, new RosterEnrollment
            {
                CourseId = courseKeys[section.IsDefault ? section.HomeCourseId : section.CourseId],
                SectionId = section.IsDefault ? null : Key(section.SisId, section.SectionId),
                UserId = userKeys[row.UserId], Role = Enum.Parse<RosterRole>(row.Role.ToString()), StartsAt = row.StartsAt,
                EndsAt = row.EndsAt,
                AssociatedUserId = row.AssociatedUserId is { } learner ? userKeys.GetValueOrDefault(learner, RosterState.Unnamed(learner))
                : null,
                Status = row.State switch
                {
                    EnrollmentState.Active => RosterStatus.Active,
                    EnrollmentState.Inactive => RosterStatus.Inactive,
                    EnrollmentState.Completed => RosterStatus.Completed,
                    _ => RosterStatus.Deleted,
                },
            });
        }
    }

    private sealed record TermRow(long TermId, string? SisId, string Name, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string State);

    private sealed record PersonRow(long UserId, string? SisId, string Name, string SortableName, string? Email, string State);

    private sealed record CourseRow(
        long CourseId, string? SisId, long AccountId, long? TermId, string Code, string Title, CourseStatus Status,
        DateTimeOffset? StartsAt, DateTimeOffset? EndsAt);

    private sealed record SectionRow(
        long SectionId, string? SisId, long CourseId, long HomeCourseId, string Name, bool IsDefault, DateTimeOffset? StartsAt,
        DateTimeOffset? EndsAt, string State);

    private sealed record SeatRow(
        long EnrollmentId, long SectionId, long UserId, Role Role, long? AssociatedUserId, EnrollmentState State, DateTimeOffset? StartsAt,
        DateTimeOffset? EndsAt);

    private sealed record SetRow(long GroupSetId, string? SisId, long? CourseId, string Name, string State);

    private sealed record GroupRow(long GroupId, string? SisId, long GroupSetId, string Name, string State);

    private sealed record MemberRow(long GroupId, long UserId);
}
