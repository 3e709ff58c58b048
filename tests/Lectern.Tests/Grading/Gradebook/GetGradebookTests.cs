using Lectern.Contracts.Courses;
using Lectern.Contracts.Identity;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Gradebook;

public sealed class GetGradebookTests(LecternApp app)
{
    [Fact]
    public async Task An_unchanged_gradebook_is_answered_with_304_and_a_changed_one_is_not()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var first = await course.SettledGradebook();
        var tag = first.Answer.Headers["ETag"];

        (await course.Instructor.Get($"{course.Path}/gradebook", ("If-None-Match", tag))).Expect(304);
        await essay.Score(course.Learner, 3);
        var changed = (await course.Instructor.Get($"{course.Path}/gradebook", ("If-None-Match", tag))).Expect(200);
        Assert.NotEqual(tag, changed.Headers["ETag"]);
    }

    [Fact]
    public async Task Changes_since_a_version_are_the_rows_that_changed()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment();
        var before = await course.SettledGradebook();
        var since = before.Answer.At("version").GetInt64();

        await essay.Score(course.Learners[1], 6);
        var changes = (await course.Instructor.Get($"{course.Path}/gradebook/changes?since={since}")).Expect(200);

        Assert.Equal(course.Learners[1].Id.Value, Assert.Single(changes.At("rows").EnumerateArray()).GetProperty("u").GetInt64());
        Assert.Equal(6m, changes.At("rows.0.s.0").GetDecimal());
        Assert.Equal(1, changes.At("rows.0.v.0").GetInt32());
        Assert.Equal(since + 1, changes.At("version").GetInt64());
        Assert.Empty((await course.Instructor.Get($"{course.Path}/gradebook/changes?since={since + 1}")).At("rows").EnumerateArray());
        (await course.Instructor.Get($"{course.Path}/gradebook/changes")).Refused(422, "since_required");
    }

    [Fact]
    public async Task Nobody_is_left_out_where_the_matrix_and_what_changed_in_it_are_read_in_parts()
    {
        const int learners = (2 * GradebookReader.RowsAtOnce) + 1;
        var tenant = await app.NewTenant();
        var course = await tenant.NewCourse(learners: 0);
        var people = await tenant.Do(async services =>
        {
            var known = await services.GetRequiredService<IPeople>().Ensure(
                [.. Enumerable.Range(1, learners).Select(n => new RosterPerson($"{n}", null, $"Learner {n}", null, null, true))],
                CancellationToken.None);
            var users = known.Select(person => person.UserId).OrderBy(user => user.Value).ToArray();
            await services.GetRequiredService<ICourses>().Enroll(
                course.Id, course.Section, users, Role.Learner, false, CancellationToken.None);
            return users.Select(user => user.Value);
        });
        await course.NewAssignment();

        Answer? changes = null;
        await TestTenant.Eventually(async () => (changes = (await course.Instructor.Get($"{course.Path}/gradebook/changes?since=0"))
            .Expect(200)).At("rows").GetArrayLength() >= learners, "every learner has a row");

        Assert.Equal(people, Learners(changes!));
        Assert.Equal(people, Learners((await course.SettledGradebook()).Answer));

        static IEnumerable<long> Learners(Answer read) =>
            read.At("rows").EnumerateArray().Select(row => row.GetProperty("u").GetInt64()).Order();
    }

    [Fact]
    public async Task The_first_learners_by_name_come_alone_with_their_lines_and_how_many_there_are()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment();
        foreach (var learner in course.Learners) await essay.Score(learner, 6);
        var whole = (await course.SettledGradebook()).Answer;

        var first = (await course.Instructor.Get($"{course.Path}/gradebook?first=2")).Expect(200);

        Assert.Equal(3, whole.At("learner_count").GetInt32());
        Assert.Equal(3, first.At("learner_count").GetInt32());
        Assert.Equal(Ids(whole, "students", "user_id").Take(2), Ids(first, "students", "user_id"));
        Assert.Equal(Ids(first, "students", "user_id").Order(), Ids(first, "rows", "u").Order());
        Assert.Equal(whole.At("version").GetInt64(), first.At("version").GetInt64());
        foreach (var refused in new[] { "first=0", "first=1001", "first=2&as_of=2026-01-01T00:00:00Z" })
            (await course.Instructor.Get($"{course.Path}/gradebook?{refused}")).Refused(422, "first_out_of_range");

        static IEnumerable<long> Ids(Answer read, string list, string id) =>
            read.At(list).EnumerateArray().Select(one => one.GetProperty(id).GetInt64());
    }

    [Fact]
    public async Task Learners_without_a_row_are_listed_and_those_who_left_are_not()
    {
        var course = await app.NewCourse(learners: 2);
        var gradebook = await course.Gradebook();

        Assert.Equal(2, gradebook.Answer.At("students").GetArrayLength());
        Assert.Equal(0, gradebook.Answer.At("version").GetInt64());
        Assert.Empty(gradebook.Answer.At("assignments").EnumerateArray());
    }

    [Fact]
    public async Task Blank_work_counts_as_zero_in_the_final_total_once_rules_are_folded()
    {
        var course = await app.NewCourse();
        await course.NewAssignment();
        var gradebook = await course.SettledGradebook();
        Assert.Null(gradebook.Total(course.Learner, "current"));
        Assert.Equal(0m, gradebook.Total(course.Learner, "final"));
    }

    [Fact]
    public async Task Each_read_of_the_matrix_is_one_audit_row_and_a_304_is_none()
    {
        var course = await app.NewCourse(learners: 3);
        await course.NewAssignment();
        var before = (await course.Tenant.AuditOf("gradebook.read")).Count;
        var read = await course.SettledGradebook();
        var afterOne = (await course.Tenant.AuditOf("gradebook.read")).Count;
        Assert.True(afterOne > before);
        (await course.Instructor.Get($"{course.Path}/gradebook", ("If-None-Match", read.Answer.Headers["ETag"]))).Expect(304);
        Assert.Equal(afterOne, (await course.Tenant.AuditOf("gradebook.read")).Count);
    }

    [Fact]
    public async Task A_change_of_points_is_in_every_total_soon_after()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", 10);
        await essay.Score(course.Learner, 5);

        var changed = await course.Instructor.Put(essay.Path, new { title = "Essay", points_possible = 20, version = essay.Version });

        changed.Expect(200);
        Assert.Equal(25m, (await course.SettledGradebook()).Total(course.Learner, "current"));
    }

    [Fact]
    public async Task Work_goes_missing_when_its_due_date_passes_and_the_entity_tag_with_it()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse()).On(host);
        var due = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds());
        var essay = await course.NewAssignment("Essay", 10, new { due_at = due });
        await TestTenant.Eventually(async () => !(await course.Gradebook()).Answer.At("refolding").GetBoolean(), "folded");

        clock.StandAt(due);
        var inTime = await course.Gradebook();
        Assert.Equal(0, inTime.Flags(course.Learner, essay) & 4);
        clock.StandAt(due.AddMilliseconds(1));
        var late = await course.Gradebook();
        Assert.Equal(4, late.Flags(course.Learner, essay) & 4);
        Assert.NotEqual(inTime.Answer.Headers["ETag"], late.Answer.Headers["ETag"]);
    }

    [Fact]
    public async Task Only_graders_of_the_course_read_it()
    {
        var course = await app.NewCourse();
        var foreign = await app.NewCourse();
        var elsewhere = await course.Tenant.NewCourse();
        foreach (var path in new[] { "gradebook", "gradebook/changes?since=0", "gradebook/live" })
        {
            (await course.Learner.Get($"{course.Path}/{path}")).Expect(403);
            (await elsewhere.Instructor.Get($"{course.Path}/{path}")).Expect(404);
            (await foreign.Instructor.Get($"/courses/{course.Id.Value + 1000}/{path}")).Expect(404);
            (await course.Tenant.Nobody().Get($"{course.Path}/{path}")).Expect(401);
        }

        await course.Gradebook(await course.NewMember(Role.TeachingAssistant));
        await course.Gradebook(await course.Tenant.NewAdministrator());
    }
}
