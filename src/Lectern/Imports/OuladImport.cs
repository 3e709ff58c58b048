using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Contracts.Identity;
using Lectern.Demo;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;

namespace Lectern.Imports;

/// <summary>
/// Makes courses of real shape from the Open University data: each presentation of a module a course, each assessment an
/// assignment weighted as it was, each registration an enrolment, each result work with its score. The days are moved so that the
/// latest presentation is under way now. People in the data have numbers only; their names here are invented.
/// </summary>
internal sealed class OuladImport(string folder, TenantScopes scopes, TenantId tenant, UserId teacher, TimeProvider clock)
{
    private readonly OuladFiles files = new(folder);

    internal sealed record Done(int Courses, int Learners, int Enrollments, int Assessments, int Scores);

    public async Task<Done> Run(Action<string> say, CancellationToken ct)
    {
        if (files.Missing() is { Count: > 0 } missing) throw new ArgumentException($"The folder lacks {string.Join(", ", missing)}.");
        var presentations = files.Presentations().ToList();
        var assessments = files.Assessments().ToLookup(row => (row.Module, row.Code));
        var registrations = files.Registrations().ToLookup(row => (row.Module, row.Code));
        var results = files.Results().ToLookup(row => row.Assessment);
        var known = await scopes.Do(tenant, services => KnownCourses(services, ct), ct);
        var learners = await AddLearners(
            registrations.SelectMany(group => group).Select(row => row.Student).Distinct().Order().ToList(), ct);

        var done = new Done(0, learners.Count, 0, 0, 0);
        foreach (var presentation in presentations.Where(row => !known.Contains($"{row.Module}-{row.Code}")))
        {
            var key = (presentation.Module, presentation.Code);
            var rows = registrations[key].ToList();
            var work = assessments[key].OrderBy(row => row.Day ?? presentation.LengthDays).ToList();
            var read = new CourseRead(presentation, StartOf(presentation, presentations), rows, work, results);
            var scores = await scopes.Do(tenant, services => AddCourse(services, read, learners, ct), ct);
            done = done with { Courses = done.Courses + 1, Enrollments = done.Enrollments + rows.Count,
                Assessments = done.Assessments + work.Count, Scores = done.Scores + scores };
            say($"{presentation.Module} {presentation.Code}: {rows.Count} learners, {work.Count} assessments, {scores} scores");
        }

        return done;
    }

    private static async Task<HashSet<string>> KnownCourses(IServiceProvider services, CancellationToken ct) =>
        [.. await services.GetRequiredService<Platform.Data.TenantDb>().Query<string>(
            $"SELECT code FROM course_cards WHERE tenant_id = {services.GetRequiredService<Platform.Data.TenantDb>().Tenant}", ct)];

    private async Task<Dictionary<int, UserId>> AddLearners(List<int> students, CancellationToken ct)
    {
        var ids = new Dictionary<int, UserId>();
        foreach (var some in students.Chunk(2_000))
        {
            var rows = some.Select(student =>
            {
                var (name, sortable) = new Names(new Random(student)).Next();
                return new RosterPerson($"oulad-{student}", $"l{student}@oulad.example", name, sortable, null, true);
            }).ToList();
            var known = await scopes.Do(tenant, services => services.GetRequiredService<IPeople>().Ensure(rows, ct), ct);
            for (var i = 0; i < some.Length; i++) ids[some[i]] = known[i].UserId;
        }

        return ids;
    }

    private async Task<int> AddCourse(IServiceProvider services, CourseRead read, Dictionary<int, UserId> learners, CancellationToken ct)
    {
        var (presentation, start, rows, work, results) = read;
        var courses = services.GetRequiredService<ICourses>();
        var (course, section) = await courses.Create(new NewCourse(
            $"{presentation.Module}-{presentation.Code}", $"Module {presentation.Module}, {Season(presentation.Code)}",
            "From the Open University Learning Analytics Dataset (CC BY 4.0).", presentation.Code, start,
            start.AddDays(presentation.LengthDays), "Europe/London"), ct);
        await courses.Publish(course, ct);
        await courses.Enroll(course, section, [teacher], Role.Instructor, notify: false, ct);
        var staying = rows.Where(row => row.LeftOn is null || row.LeftOn > presentation.LengthDays)
            .Select(row => learners[row.Student]).ToList();
        await courses.Enroll(course, section, staying, Role.Learner, notify: false, ct);

        var grading = services.GetRequiredService<IGrading>();
        var groups = Groups(work, start, presentation.LengthDays);
        var ids = await grading.AddAssignments(course, groups.Select(group => group.Made).ToList(), ct);
        var byAssessment = groups.SelectMany(group => group.Rows).Zip(ids)
            .ToDictionary(pair => pair.First.Id, pair => (pair.First, pair.Second));
        var enrolled = staying.ToHashSet();
        var records = byAssessment.Values.SelectMany(pair => results[pair.First.Id]
            .Where(result => learners.TryGetValue(result.Student, out var user) && enrolled.Contains(user))
            .DistinctBy(result => result.Student)
            .Select(result => Record(result, pair.First, pair.Second, learners[result.Student], start, presentation.LengthDays))).ToList();
        await grading.RecordElsewhere(course, records, ct);
        return records.Count(record => record.Score is not null);
    }

    /// <summary>What the files say of one presentation of a module.</summary>
    private sealed record CourseRead(
        OuladFiles.Presentation Presentation, DateTimeOffset Start, List<OuladFiles.Registration> Rows, List<OuladFiles.Assessment> Work,
        ILookup<int, OuladFiles.Result> Results);

    private WorkFromElsewhere Record(
        OuladFiles.Result result, OuladFiles.Assessment assessment, AssignmentId assignment, UserId learner, DateTimeOffset start,
        int length)
    {
        var submitted = start.AddDays(result.SubmittedOn ?? assessment.Day ?? length).AddHours(12);
        if (submitted > clock.GetUtcNow()) submitted = clock.GetUtcNow().AddDays(-1);
        var score = result.Score is { } percent ? percent * PointsOf(assessment) / 100 : (decimal?)null;
        var comment = result.Banked ? "Carried over from an earlier presentation." : null;
        return new WorkFromElsewhere(assignment, learner, submitted, null, score, score is null
            ? null
            : submitted.AddDays(7), score is null ? null : teacher, comment);
    }

    /// <summary>One weighted group for each kind of assessment. Within it, points carry the weights the university gave.</summary>
    private static List<(NewAssignmentGroup Made, List<OuladFiles.Assessment> Rows)> Groups(
        List<OuladFiles.Assessment> work, DateTimeOffset start, int length)
    {
        var totals = new Dictionary<string, int>();
        return work.GroupBy(row => row.Type).OrderByDescending(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var rows = group.ToList();
            var assignments = rows.Select(row =>
            {
                var number = totals[row.Type] = totals.GetValueOrDefault(row.Type) + 1;
                var title = row.Type == "Exam" ? "Examination" : $"{row.Type} {number}";
                var types = row.Type == "Exam" ? new[] { "on_paper" } : ["text", "file"];
                return new NewAssignment(title, string.Empty, PointsOf(row), types, start.AddDays(row.Day ?? length).AddHours(23),
                    OmitFromFinal: row.Weight == 0);
            }).ToList();
            return (new NewAssignmentGroup(NameOf(group.Key), rows.Sum(row => row.Weight), assignments), rows);
        }).ToList();
    }

    private static decimal PointsOf(OuladFiles.Assessment assessment) => assessment.Weight > 0 ? assessment.Weight : 100;

    private static string NameOf(string type) => type switch
    {
        "TMA" => "Tutor marked", "CMA" => "Computer marked", "Exam" => "Examination", _ => type,
    };

    /// <summary>
    /// Presentations begin in February (B) or October (J); all are moved by as many days as bring the latest one to its middle now.
    /// </summary>
    private DateTimeOffset StartOf(OuladFiles.Presentation presentation, List<OuladFiles.Presentation> all)
    {
        var latest = all.MaxBy(row => Began(row.Code))!;
        var moved = new DateTimeOffset(clock.GetUtcNow().Date, TimeSpan.Zero) - Began(latest.Code).AddDays(latest.LengthDays / 2);
        return Began(presentation.Code) + moved;
    }

    private static DateTimeOffset Began(string code) =>
        new(int.Parse(code.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture), code.EndsWith('B')
            ? 2
            : 10, 1, 0, 0, 0, TimeSpan.Zero);

    private static string Season(string code) => code.EndsWith('B') ? $"February {code[..4]}" : $"October {code[..4]}";
}
