using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading;

/// <summary>A published course with an instructor and some learners.</summary>
internal sealed class TestCourse(
    TestTenant tenant, CourseId id, SectionId section, TestPerson instructor, IReadOnlyList<TestPerson> learners)
{
    public TestTenant Tenant => tenant;

    public CourseId Id => id;

    public SectionId Section => section;

    public TestPerson Instructor => instructor;

    public IReadOnlyList<TestPerson> Learners => learners;

    public TestPerson Learner => learners[0];

    public string Path => $"/courses/{id.Value}";

    /// <summary>The same course as another host serves it, for example one with another clock.</summary>
    public TestCourse On(RunningHost host)
    {
        var there = tenant.On(host);
        return new(there, id, section, instructor.At(there), [.. learners.Select(learner => learner.At(there))]);
    }

    /// <summary>A published assignment; <paramref name="more"/> says what differs from an essay of ten points.</summary>
    public async Task<TestAssignment> NewAssignment(string title = "Essay", decimal points = 10, object? more = null)
    {
        var body = new Dictionary<string, object?> { ["title"] = title, ["points_possible"] = points, ["status"] = "published" };
        if (more is not null)
        {
            foreach (var property in more.GetType().GetProperties()) body[property.Name] = property.GetValue(more);
        }

        var made = (await instructor.Post($"{Path}/assignments", body)).Expect(201);
        return new TestAssignment(this, new AssignmentId(made.Id("assignment_id")), (int)made.Id("version"));
    }

    public async Task<TestPerson> NewMember(Role role)
    {
        var person = await tenant.NewPerson();
        await tenant.Do(async services =>
        {
            await services.GetRequiredService<ICourses>().Enroll(id, section, [person.Id], role, false, CancellationToken.None);
            return true;
        });
        return person;
    }

    public async Task<TestGradebook> Gradebook(TestPerson? reader = null) =>
        new((await (reader ?? instructor).Get($"{Path}/gradebook")).Expect(200));

    /// <summary>The gradebook once everything that follows from changed rules has been worked out.</summary>
    public async Task<TestGradebook> SettledGradebook()
    {
        TestGradebook? read = null;
        await TestTenant.Eventually(
            async () => !(read = await Gradebook()).Answer.At("refolding").GetBoolean(), "the gradebook follows its rules");
        return read!;
    }
}

internal sealed class TestAssignment(TestCourse course, AssignmentId id, int version)
{
    public AssignmentId Id => id;

    public int Version => version;

    public string Path => $"/assignments/{id.Value}";

    public TestAssignment On(TestCourse other) => new(other, id, version);

    public Task<Answer> Record(TestPerson learner, object body, TestPerson? grader = null) =>
        (grader ?? course.Instructor).Put($"{Path}/grades/{learner.Id.Value}", body);

    /// <summary>Records a first score.</summary>
    public async Task<Answer> Score(TestPerson learner, decimal score, int version = 0) =>
        (await Record(learner, new { score, version })).Expect(200);
}

/// <summary>A gradebook as it was sent.</summary>
internal sealed class TestGradebook(Answer answer)
{
    public Answer Answer => answer;

    public JsonElement Row(TestPerson learner) =>
        Find(learner) ?? throw new InvalidOperationException($"No row of {learner.Name}: {answer.Text}");

    public JsonElement? Find(TestPerson learner) =>
        answer.At("rows").EnumerateArray().Where(row => row.GetProperty("u").GetInt64() == learner.Id.Value)
            .Select(row => (JsonElement?)row).FirstOrDefault();

    public decimal? Score(TestPerson learner, TestAssignment assignment)
    {
        var cell = Row(learner).GetProperty("s")[Place(assignment)];
        return cell.ValueKind is JsonValueKind.Null ? null : cell.GetDecimal();
    }

    public int Flags(TestPerson learner, TestAssignment assignment) => Row(learner).GetProperty("f")[Place(assignment)].GetInt32();

    public decimal? Total(TestPerson learner, string which)
    {
        var total = Row(learner).GetProperty("t").GetProperty(which);
        return total.ValueKind is JsonValueKind.Null ? null : total.GetDecimal();
    }

    private int Place(TestAssignment assignment) => answer.At("assignments").EnumerateArray().ToList()
        .FindIndex(column => column.GetProperty("assignment_id").GetInt64() == assignment.Id.Value);
}

internal static class GradingTenant
{
    /// <summary>A course that is open to its learners.</summary>
    public static async Task<TestCourse> NewCourse(this TestTenant tenant, int learners = 1)
    {
        var instructor = await tenant.NewPerson("Ines Instructor");
        var people = new List<TestPerson>();
        for (var i = 0; i < learners; i++) people.Add(await tenant.NewPerson($"Learner {i + 1}"));
        var (course, section) = await tenant.Do(async services =>
        {
            var courses = services.GetRequiredService<ICourses>();
            var made = await courses.Create(
                new NewCourse($"C{Guid.NewGuid():N}"[..12], "A course", "", null, null, null, "Europe/Berlin"), CancellationToken.None);
            await courses.Enroll(made.Course, made.Section, [instructor.Id], Role.Instructor, false, CancellationToken.None);
            await courses.Enroll(
                made.Course, made.Section, [.. people.Select(person => person.Id)], Role.Learner, false, CancellationToken.None);
            await courses.Publish(made.Course, CancellationToken.None);
            return made;
        });
        return new TestCourse(tenant, course, section, instructor, people);
    }

    public static async Task<TestCourse> NewCourse(this LecternApp app, int learners = 1) =>
        await (await app.NewTenant()).NewCourse(learners);
}
