using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Grades;

public sealed class LearnerGradesTests(LecternApp app)
{
    [Fact]
    public async Task A_learner_sees_own_posted_grades_with_an_explanation_of_the_total()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        var hidden = await course.NewAssignment("Hidden", 10, new { posts_manually = true });
        await course.NewAssignment("Draft", 10, new { status = "draft" });
        await essay.Score(course.Learner, 8);
        await hidden.Score(course.Learner, 2);

        var mine = (await course.Learner.Get($"{course.Path}/grades/mine")).Expect(200);

        Assert.Equal(80m, mine.At("totals.current.percent").GetDecimal());
        Assert.Equal(40m, mine.At("totals.final.percent").GetDecimal());
        Assert.Equal(["Essay", "Hidden"], mine.At("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()));
        Assert.Equal("not_posted", mine.At("items.1.in_current").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, mine.At("items.1.score").ValueKind);
        Assert.Equal("course_total", mine.At("derivation.current.kind").GetString());
        Assert.DoesNotContain("\"value\":2,", mine.Text);

        var seen = (await course.Instructor.Get($"{course.Path}/grades/{course.Learner.Id.Value}")).Expect(200);
        Assert.Equal(50m, seen.At("totals.current.percent").GetDecimal());
        var asLearner = (await course.Instructor.Get($"{course.Path}/grades/{course.Learner.Id.Value}?view=learner")).Expect(200);
        Assert.Equal(80m, asLearner.At("totals.current.percent").GetDecimal());
    }

    [Theory]
    [InlineData("excused")]
    [InlineData("missing")]
    [InlineData("late")]
    [InlineData("extended")]
    public async Task What_a_grader_ruled_is_seen_once_it_is_posted_and_not_before(string status)
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10, new { posts_manually = true });
        var other = await course.NewAssignment("Other", 10);
        await other.Score(course.Learner, 8);
        await course.SettledGradebook();
        var before = (await course.Learner.Get($"{course.Path}/grades/mine")).Expect(200).Text;
        var listed = (await course.Learner.Get(essay.Path)).Expect(200).At("my").ToString();

        (await essay.Record(course.Learner, new { status, version = 0 })).Expect(200);

        Assert.Equal(before, (await course.Learner.Get($"{course.Path}/grades/mine")).Expect(200).Text);
        Assert.Equal(listed, (await course.Learner.Get(essay.Path)).Expect(200).At("my").ToString());
        (await essay.Score(course.Learner, 5, version: 1)).At("score");
        Assert.Equal(before, (await course.Learner.Get($"{course.Path}/grades/mine")).Expect(200).Text);
        Assert.Equal(listed, (await course.Learner.Get(essay.Path)).Expect(200).At("my").ToString());
    }

    [Fact]
    public async Task A_late_penalty_is_taken_off_and_explained_and_the_gradebook_agrees()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var here = await app.NewCourse();
        var course = here.On(host);
        var due = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds());
        var essay = await course.NewAssignment("Essay", 10, new { due_at = due });
        (await course.Instructor.Put($"{course.Path}/grading-policy", new
        {
            version = 1,
            policy = new { weighting = "points",
                late_policy = new { deduct_percent = 10, interval_seconds = 86400, minimum_percent = 20 } },
        })).Expect(200);
        clock.StandAt(due.AddHours(30));
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "Late." })).Expect(201);

        var graded = await essay.Score(course.Learner, 9);

        Assert.Equal(7m, graded.At("score").GetDecimal());
        Assert.Equal(9m, graded.At("entered_score").GetDecimal());
        Assert.Equal(2m, graded.At("points_deducted").GetDecimal());
        var mine = (await course.Learner.Get($"{course.Path}/grades/mine")).Expect(200);
        Assert.Equal(70m, mine.At("totals.current.percent").GetDecimal());
        Assert.True(mine.At("items.0.late").GetBoolean());
        Assert.Contains("late_penalty", mine.Text);
        Assert.Equal(2 | 128, (await course.Gradebook()).Flags(course.Learner, essay) & (2 | 128));
    }

    [Fact]
    public async Task Weights_and_drops_count_as_the_policy_says()
    {
        var course = await app.NewCourse();
        var homework = (await course.Instructor.Post(
            $"{course.Path}/assignment-groups", new { name = "Homework", weight_percent = 40, drop_lowest = 1 })).Expect(201);
        var exams = (await course.Instructor.Post($"{course.Path}/assignment-groups", new { name = "Exams", weight_percent = 60 })).Expect(
            201);
        var one = await course.NewAssignment("H1", 10, new { assignment_group_id = homework.Id("assignment_group_id") });
        var two = await course.NewAssignment("H2", 10, new { assignment_group_id = homework.Id("assignment_group_id") });
        var exam = await course.NewAssignment("Exam", 100, new { assignment_group_id = exams.Id("assignment_group_id") });
        (await course.Instructor.Put($"{course.Path}/grading-policy", new { version = 1, policy = new { weighting = "percent" } })).Expect(
            200);

        await one.Score(course.Learner, 2);
        await two.Score(course.Learner, 10);
        var last = await exam.Score(course.Learner, 50);

        Assert.Equal(70m, last.At("row_totals.current").GetDecimal());
        var gradebook = await course.SettledGradebook();
        Assert.Equal(70m, gradebook.Total(course.Learner, "current"));
        Assert.Equal(100m, gradebook.Row(course.Learner).GetProperty("g")[0].GetDecimal());
        Assert.Equal(50m, gradebook.Row(course.Learner).GetProperty("g")[2].GetDecimal());
        var mine = (await course.Learner.Get($"{course.Path}/grades/mine")).Expect(200);
        Assert.Equal("dropped_lowest", mine.At("items.0.in_current").GetString());
    }

    [Fact]
    public async Task An_observer_reads_the_grades_of_their_learner_and_of_nobody_else()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", 10);
        await essay.Score(course.Learner, 8);
        var observer = await course.Tenant.NewPerson("Olga Observer");
        await course.Tenant.Do(async services =>
        {
            await services.GetRequiredService<IPeople>().LinkObservers([(observer.Id, course.Learner.Id)], CancellationToken.None);
            return true;
        });

        Assert.Equal(80m,
            (await observer.Get($"{course.Path}/grades/{course.Learner.Id.Value}")).Expect(200).At("totals.current.percent").GetDecimal());
        (await observer.Get($"{course.Path}/grades/{course.Learners[1].Id.Value}")).Expect(404);
        (await observer.Get($"{course.Path}/gradebook")).Expect(404);
        Assert.Contains(await course.Tenant.AuditOf("grades.read"), row => row.ActorId == observer.Id);
        var dashboard = (await observer.Get("/dashboard")).Expect(200);
        Assert.Equal(80m, dashboard.At("observed.0.courses.0.current_percent").GetDecimal());
    }

    [Fact]
    public async Task An_observer_sees_the_work_and_the_feedback_their_learner_sees_and_no_more()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", 10);
        var hidden = await course.NewAssignment("Hidden", 10, new { posts_manually = true });
        var draft = await course.NewAssignment("Draft", 10, new { status = "draft" });
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "My essay." })).Expect(201);
        (await essay.Record(course.Learner, new { score = 8, comment = "Well argued.", version = 0 })).Expect(200);
        (await hidden.Record(course.Learner, new { score = 2, comment = "Weak.", version = 0 })).Expect(200);
        (await essay.Record(course.Learners[1], new { score = 3, comment = "Not yours.", version = 0 })).Expect(200);
        var observer = await course.Tenant.NewPerson("Olga Observer");
        await course.Tenant.Do(async services =>
        {
            await services.GetRequiredService<IPeople>().LinkObservers([(observer.Id, course.Learner.Id)], CancellationToken.None);
            return true;
        });

        var work = (await observer.Get(Of(essay, course.Learner))).Expect(200);
        Assert.Equal("My essay.", work.At("attempts.0.body_text").GetString());
        Assert.Equal("Well argued.", work.At("comments.0.body").GetString());
        Assert.Equal(8m, work.At("grade.score").GetDecimal());
        Assert.Contains(await course.Tenant.AuditOf("submissions.read"), row => row.ActorId == observer.Id);

        var unposted = (await observer.Get(Of(hidden, course.Learner))).Expect(200);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, unposted.At("grade").ValueKind);
        Assert.Empty(unposted.At("comments").EnumerateArray());
        (await observer.Get(Of(draft, course.Learner))).Expect(404);
        (await observer.Get(Of(essay, course.Learners[1]))).Expect(404);
        (await observer.Get($"{essay.Path}/submissions")).Expect(404);

        var feedback = (await observer.Get("/dashboard")).Expect(200).At("observed.0.feedback").EnumerateArray().ToList();
        Assert.Equal("Well argued.", Assert.Single(feedback).GetProperty("comment").GetString());
        var own = (await course.Learner.Get("/dashboard")).Expect(200);
        Assert.Equal("Well argued.", Assert.Single(own.At("feedback").EnumerateArray()).GetProperty("comment").GetString());

        static string Of(TestAssignment assignment, TestPerson learner) =>
            $"{assignment.Path}/learners/{learner.Id.Value}/submissions";
    }

    [Fact]
    public async Task Nobody_reads_somebody_elses_grades()
    {
        var course = await app.NewCourse(learners: 2);
        var elsewhere = await course.Tenant.NewCourse();
        (await course.Learners[1].Get($"{course.Path}/grades/{course.Learner.Id.Value}")).Expect(403);
        (await elsewhere.Instructor.Get($"{course.Path}/grades/{course.Learner.Id.Value}")).Expect(404);
        (await course.Instructor.Get($"{course.Path}/grades/{elsewhere.Learner.Id.Value}")).Expect(404);
        (await course.Instructor.Get($"{course.Path}/grades/mine")).Expect(403);
        (await course.Learner.Get($"{course.Path}/grades/{course.Learner.Id.Value}")).Expect(200);
    }
}
