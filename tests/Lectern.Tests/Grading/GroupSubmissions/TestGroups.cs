using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.GroupSubmissions;

/// <summary>A course's groups of one set, made by its instructor.</summary>
internal sealed class TestGroups(TestCourse course, long set)
{
    public long Set => set;

    public async Task<long> Add(string name, params TestPerson[] members)
    {
        var group = (await course.Instructor.Post($"/group-sets/{set}/groups", new { name })).Expect(201).Id("group_id");
        foreach (var member in members) await Move(member, group);
        return group;
    }

    /// <summary>Puts somebody into a group; from another one of the set they go over.</summary>
    public async Task Move(TestPerson member, long group) =>
        (await course.Instructor.Post($"/groups/{group}/members", new { user_id = member.Id })).Expect(200);
}

internal static class GroupCourse
{
    public static async Task<TestGroups> NewGroups(this TestCourse course) =>
        new(course, (await course.Instructor.Post($"{course.Path}/group-sets", new { name = "Teams" })).Expect(201).Id("group_set_id"));

    /// <summary>An essay for groups, with the first two learners in one of them and the third in none.</summary>
    public static async Task<(TestGroups Groups, TestAssignment Essay)> NewGroupWork(this TestCourse course, object? more = null)
    {
        var groups = await course.NewGroups();
        await groups.Add("Owls", course.Learners[0], course.Learners[1]);
        var body = new Dictionary<string, object?> { ["group_set_id"] = groups.Set };
        if (more is not null)
        {
            foreach (var property in more.GetType().GetProperties()) body[property.Name] = property.GetValue(more);
        }

        var made = (await course.Instructor.Post($"{course.Path}/assignments", new Dictionary<string, object?>(body)
        {
            ["title"] = "Essay", ["points_possible"] = 10, ["status"] = "published",
        })).Expect(201);
        return (groups, new TestAssignment(course, new(made.Id("assignment_id")), (int)made.Id("version")));
    }

    public static async Task<Answer> HandIn(this TestAssignment essay, TestPerson learner, string text) =>
        (await learner.Post($"{essay.Path}/submissions", new { body_text = text })).Expect(201);

    public static async Task<Answer> Work(this TestAssignment essay, TestPerson learner) =>
        (await learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
}
