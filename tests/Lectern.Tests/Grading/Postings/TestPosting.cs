using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Postings;

/// <summary>What tests of postings say to a course.</summary>
internal static class TestPosting
{
    public const int Posted = 16;

    public static Task<Answer> Post(this TestAssignment assignment, TestPerson grader, object? more = null) =>
        grader.Post($"{assignment.Path}/postings", Body("post", more));

    public static Task<Answer> Hide(this TestAssignment assignment, TestPerson grader, object? more = null) =>
        grader.Post($"{assignment.Path}/postings", Body("hide", more));

    public static Task<Answer> Undo(this TestPerson grader, Answer posting) =>
        grader.Post($"/postings/{posting.Id("posting_id")}/undo");

    /// <summary>What a learner is shown of the only assignment they have; null when nothing.</summary>
    public static async Task<decimal?> SeenScore(this TestCourse course, TestPerson learner)
    {
        var item = (await learner.Get($"{course.Path}/grades/mine")).Expect(200).At("items.0.score");
        return item.ValueKind is System.Text.Json.JsonValueKind.Null ? null : item.GetDecimal();
    }

    public static async Task<int> Version(this TestCourse course, TestAssignment assignment) =>
        (int)(await course.Instructor.Get(assignment.Path)).Expect(200).Id("version");

    public static Task<LedgerProof> Prove(this TestCourse course) =>
        course.Tenant.Do(services => services.GetRequiredService<IGradeLedgerProof>().Prove(CancellationToken.None));

    /// <summary>A second section of the course with one more learner.</summary>
    public static async Task<(SectionId Section, TestPerson Learner)> NewSection(this TestCourse course)
    {
        var section = new SectionId((await course.Instructor.Post($"{course.Path}/sections", new { name = "Evening" })).Expect(201)
            .Id("section_id"));
        var learner = await course.Tenant.NewPerson("Eve Evening");
        await course.Enrol(section, [learner.Id]);
        return (section, learner);
    }

    /// <summary>Many learners who never sign in.</summary>
    public static async Task EnrolMany(this TestCourse course, int count)
    {
        var people = await course.Tenant.Do(services => services.GetRequiredService<IPeople>().Ensure(
            [.. Enumerable.Range(0, count).Select(i => new RosterPerson(
                null, $"many{i}-{course.Id.Value}@example.edu", $"Many {i:000}", null, null, true))], CancellationToken.None));
        await course.Enrol(course.Section, [.. people.Select(person => person.UserId)]);
    }

    private static Task<bool> Enrol(this TestCourse course, SectionId section, Lectern.Platform.Tenancy.UserId[] people) =>
        course.Tenant.Do(async services =>
        {
            await services.GetRequiredService<ICourses>().Enroll(course.Id, section, people, Role.Learner, false, CancellationToken.None);
            return true;
        });

    private static Dictionary<string, object?> Body(string kind, object? more)
    {
        var body = new Dictionary<string, object?> { ["kind"] = kind };
        foreach (var property in more?.GetType().GetProperties() ?? []) body[property.Name] = property.GetValue(more);
        return body;
    }
}
