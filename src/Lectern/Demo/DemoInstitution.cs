using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;

namespace Lectern.Demo;

/// <summary>
/// Builds a believable institution in the middle of a term: people, courses of different sizes, work handed in and graded, and
/// work that waits. The same seed makes the same institution; running it again changes nothing.
/// </summary>
internal sealed class DemoInstitution(TenantAdmin tenants, TenantScopes scopes, TimeProvider clock)
{
    public const string Slug = "demo";
    private const string Domain = "demo.example";
    private readonly Random random = new(20260901);

    /// <summary>The people a visitor can sign in as.</summary>
    public static IReadOnlyList<(string Email, string Name, string Role)> Accounts { get; } =
    [
        ($"ada.admin@{Domain}", "Ada Administrator", "administrator"),
        ($"ines.instructor@{Domain}", "Inés Instructor", "instructor"),
        ($"theo.ta@{Domain}", "Theo Assistant", "teaching assistant"),
        ($"dora.designer@{Domain}", "Dora Designer", "designer"),
        ($"leo.learner@{Domain}", "Leo Learner", "learner"),
        ($"olga.observer@{Domain}", "Olga Observer", "observer of Leo"),
    ];

    /// <summary>Makes the institution unless it is there. The password is for every account in it.</summary>
    public async Task<Tenant> Ensure(string password, CancellationToken ct)
    {
        var tenant = await tenants.Create(new NewTenant(Slug, "Demo University"), ct);
        var made = await scopes.Do(
            tenant.Id, async services => await services.GetRequiredService<IPeopleAdmin>().Find(Accounts[^1].Email, ct) is not null, ct);
        if (!made) await Build(tenant.Id, password, ct);
        return tenant;
    }

    private async Task Build(TenantId tenant, string password, CancellationToken ct)
    {
        var cast = await scopes.Do(tenant, services => AddCast(services, password, ct), ct);
        var learners = await scopes.Do(tenant, services => AddLearners(services, 200, ct), ct);
        foreach (var plan in DemoPlan.Courses) await scopes.Do(tenant, services => AddCourse(services, plan, cast, learners, ct), ct);
        // Last, because its account is how a second start knows that everything before it is there.
        await scopes.Do(tenant, services => AddObserver(services, cast, password, ct), ct);
    }

    private static async Task<Cast> AddCast(IServiceProvider services, string password, CancellationToken ct)
    {
        var people = services.GetRequiredService<IPeopleAdmin>();
        var ids = new List<UserId>();
        foreach (var (email, name, _) in Accounts.Take(5)) ids.Add(await people.AddWithPassword(name, email, password, ct));
        await people.MakeAdministrator(ids[0], ct);
        await services.GetRequiredService<IPeople>().EnsureAccounts(
        [
            new("faculty-science", null, "Faculty of Science", true), new("faculty-arts", null, "Faculty of Arts", true),
            new("dept-biology", "faculty-science", "Department of Biology", true),
            new("dept-mathematics", "faculty-science", "Department of Mathematics", true),
            new("dept-history", "faculty-arts", "Department of History", true),
        ], ct);
        return new Cast(ids[1], ids[2], ids[3], ids[4]);
    }

    private static async Task<bool> AddObserver(IServiceProvider services, Cast cast, string password, CancellationToken ct)
    {
        var (email, name, _) = Accounts[^1];
        var observer = await services.GetRequiredService<IPeopleAdmin>().AddWithPassword(name, email, password, ct);
        await services.GetRequiredService<IPeople>().LinkObservers([(observer, cast.Learner)], ct);
        return true;
    }

    private async Task<List<UserId>> AddLearners(IServiceProvider services, int count, CancellationToken ct)
    {
        var names = new Names(random);
        var rows = Enumerable.Range(1, count).Select(number =>
        {
            var (name, sortable) = names.Next();
            return new RosterPerson($"S{100_000 + number}", $"s{100_000 + number}@{Domain}", name, sortable, null, true);
        }).ToList();
        var known = await services.GetRequiredService<IPeople>().Ensure(rows, ct);
        return known.Select(person => person.UserId).ToList();
    }

    private async Task<bool> AddCourse(
        IServiceProvider services, DemoPlan.CoursePlan plan, Cast cast, List<UserId> everybody, CancellationToken ct)
    {
        var today = new DateTimeOffset(clock.GetUtcNow().Date, TimeSpan.Zero);
        var courses = services.GetRequiredService<ICourses>();
        var (course, section) = await courses.Create(new NewCourse(
            plan.Code, plan.Title, plan.Description, "This term", today.AddDays(-50), today.AddDays(60), "Europe/London", plan.Color,
            plan.Code, Credits: 3), ct);
        await courses.Publish(course, ct);
        await courses.Enroll(course, section, [cast.Instructor], Role.Instructor, notify: false, ct);
        await courses.Enroll(course, section, [cast.Assistant], Role.TeachingAssistant, notify: false, ct);
        await courses.Enroll(course, section, [cast.Designer], Role.Designer, notify: false, ct);
        var learners = everybody.OrderBy(_ => random.Next()).Take(plan.Learners - 1).Append(cast.Learner).ToList();
        await courses.Enroll(course, section, learners, Role.Learner, notify: false, ct);

        var grading = services.GetRequiredService<IGrading>();
        var groups = DemoPlan.AssignmentsOf(plan, today);
        var ids = await grading.AddAssignments(course, groups, ct);
        var assignments = groups.SelectMany(group => group.Assignments).Zip(ids).ToList();
        var abilities = learners.ToDictionary(learner => learner, _ => 0.55 + (random.NextDouble() * 0.42));
        var work = assignments.SelectMany(
            pair => learners.Select(learner => Work(pair.First, pair.Second, learner, abilities[learner], cast.Instructor, today)));
        await grading.RecordElsewhere(course, work.OfType<WorkFromElsewhere>().ToList(), ct);
        return true;
    }

    /// <summary>
    /// What one learner did about one assignment: mostly on time, sometimes late, sometimes nothing; recent work waits for its grade.
    /// </summary>
    private WorkFromElsewhere? Work(
        NewAssignment assignment, AssignmentId id, UserId learner, double ability, UserId grader, DateTimeOffset today)
    {
        var due = assignment.DueAt!.Value;
        if (due > today.AddDays(6)) return null;
        var chance = random.NextDouble();
        if (chance < 0.06 || (due > today && chance < 0.7)) return null;
        var onPaper = assignment.SubmissionTypes[0] == "on_paper";
        var submitted = due.AddHours(chance < 0.13 && due < today ? random.Next(1, 40) : -random.Next(1, 60));
        if (submitted > clock.GetUtcNow()) submitted = clock.GetUtcNow().AddMinutes(-random.Next(5, 600));
        var waits = due > today.AddDays(-3);
        var share = Math.Clamp(ability + ((random.NextDouble() - 0.5) * 0.25), 0.1, 1);
        decimal? score = waits ? null : Math.Round(assignment.PointsPossible * (decimal)share * 2, MidpointRounding.AwayFromZero) / 2;
        var comment = score is not null && random.NextDouble() < 0.12 ? DemoPlan.Comments[random.Next(DemoPlan.Comments.Count)] : null;
        if (onPaper && score is null) return null;
        return new WorkFromElsewhere(
            id, learner, onPaper ? null : submitted, onPaper ? null : $"My work on “{assignment.Title}”.", score,
            score is null ? null : due.AddDays(random.Next(1, 5)), score is null ? null : grader, comment);
    }

    private sealed record Cast(UserId Instructor, UserId Assistant, UserId Designer, UserId Learner);
}
