using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.Groups;

public class GroupTests(LecternApp app)
{
    [Fact]
    public async Task Learners_are_dealt_out_evenly_and_those_who_come_later_fill_the_smallest()
    {
        var course = await app.NewCourse();
        for (var number = 0; number < 7; number++) await course.NewMember(Role.Learner);
        var set = await NewSet(course, selfSignUp: false);

        var dealt = (await course.Admin.Post($"/group-sets/{set}/distribution", new { groups = 3 })).Expect(200);
        Assert.Equal(new List<int> { 2, 2, 3 }, Sizes(dealt.At("groups")));
        for (var number = 0; number < 2; number++) await course.NewMember(Role.Learner);
        Assert.Equal(new List<int> { 3, 3, 3 },
            Sizes((await course.Admin.Post($"/group-sets/{set}/distribution", new { })).Expect(200).At("groups")));
        (await course.Admin.Post($"/group-sets/{set}/distribution", new { groups = 0 })).Refused(422, "groups_count");
    }

    [Fact]
    public async Task Groups_hold_learners_of_their_course_only_and_nobody_twice()
    {
        var course = await app.NewCourse();
        var (learner, teacher, stranger) =
            (await course.NewMember(Role.Learner), await course.NewMember(Role.Instructor), await course.Tenant.NewPerson());
        var set = await NewSet(course, selfSignUp: false);
        var (first, second) = (await NewGroup(course, set, "One"), await NewGroup(course, set, "Two"));

        (await teacher.Post($"/groups/{first}/members", new { user_id = learner.Id })).Expect(200);
        (await teacher.Post($"/groups/{second}/members", new { user_id = learner.Id })).Expect(200);
        Assert.Equal(new List<int> { 0, 1 }, Sizes((await learner.Get($"/group-sets/{set}/groups")).Expect(200).At("items")));
        (await teacher.Post($"/groups/{first}/members", new { user_id = teacher.Id })).Refused(422, "not_a_learner");
        (await teacher.Post($"/groups/{first}/members", new { user_id = stranger.Id })).Refused(422, "not_a_learner");
        (await learner.Post($"/groups/{first}/members", new { user_id = learner.Id })).Refused(403, "forbidden");
        (await stranger.Get($"/group-sets/{set}/groups")).Refused(404, "not_found");
        (await learner.Put($"/groups/{first}/members/me")).Refused(422, "sign_up_closed");
    }

    [Fact]
    public async Task The_last_place_is_taken_once_however_many_reach_for_it()
    {
        var course = await app.NewCourse();
        var set = await NewSet(course, selfSignUp: true, sizeLimit: 2);
        var group = await NewGroup(course, set, "One");
        var learners = new List<TestPerson>();
        for (var number = 0; number < 5; number++) learners.Add(await course.NewMember(Role.Learner));

        var answers = await Task.WhenAll(learners.Select(learner => learner.Put($"/groups/{group}/members/me")));

        Assert.Equal(2, answers.Count(answer => (int)answer.Status == 200));
        Assert.All(answers.Where(answer => (int)answer.Status != 200), answer => answer.Refused(422, "group_full"));
        (await learners[Array.FindIndex(answers, answer => (int)answer.Status == 200)].Delete($"/groups/{group}/members/me")).Expect(204);
        (await course.Admin.Post($"/group-sets/{set}/distribution", new { groups = 2 })).Refused(422, "groups_full");
    }

    [Fact]
    public async Task Who_leaves_the_course_leaves_its_groups()
    {
        var course = await app.NewCourse();
        var learner = await course.Tenant.NewPerson();
        var seat = await course.Enroll(learner, Role.Learner);
        var set = await NewSet(course, selfSignUp: true);
        var group = await NewGroup(course, set, "One");
        (await learner.Put($"/groups/{group}/members/me")).Expect(200);

        (await course.Admin.Delete($"/enrollments/{seat.Value}")).Expect(204);

        Assert.Equal(new List<int> { 0 }, Sizes((await course.Admin.Get($"/group-sets/{set}/groups")).At("items")));
    }

    [Fact]
    public async Task Sets_and_groups_are_changed_by_the_version_seen_and_ended()
    {
        var course = await app.NewCourse();
        var set = await NewSet(course, selfSignUp: false);
        var group = await NewGroup(course, set, "One");

        (await course.Admin.Put($"/group-sets/{set}", new { name = "Labs", self_sign_up = true, version = 1 })).Expect(200);
        (await course.Admin.Put($"/group-sets/{set}", new { name = "Lab", version = 1 })).Refused(409, "conflict");
        (await course.Admin.Put($"/groups/{group}", new { name = "Uno", size_limit = 4, version = 1 })).Expect(200);
        (await course.Admin.Put($"/groups/{group}", new { name = "Un", version = 1 })).Refused(409, "conflict");
        (await course.Admin.Delete($"/groups/{group}")).Expect(204);
        (await course.Admin.Get($"/groups/{group}/members")).Expect(404);
        (await course.Admin.Delete($"/group-sets/{set}")).Expect(204);
        Assert.Empty((await course.Admin.Get($"{course.Path}/group-sets")).At("items").EnumerateArray());
        (await course.Admin.Get($"/group-sets/{set}/groups")).Refused(404, "not_found");
    }

    private static async Task<long> NewSet(TestCourse course, bool selfSignUp, int? sizeLimit = null) => (await course.Admin
        .Post($"{course.Path}/group-sets", new { name = "Projects", self_sign_up = selfSignUp, size_limit = sizeLimit })).Expect(201).Id(
            "group_set_id");

    private static async Task<long> NewGroup(TestCourse course, long set, string name) =>
        (await course.Admin.Post($"/group-sets/{set}/groups", new { name })).Expect(201).Id("group_id");

    private static List<int> Sizes(System.Text.Json.JsonElement groups) =>
        [.. groups.EnumerateArray().Select(group => group.GetProperty("members").GetArrayLength()).Order()];
}
