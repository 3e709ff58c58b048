using System.Text.Json;
using Lectern.Contracts.Grading;
using Lectern.Grading.Grades;
using Lectern.Grading.Postings;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Postings;

public sealed class CreatePostingTests(LecternApp app)
{
    private static readonly object ByHand = new { posts_manually = true };

    [Fact]
    public async Task Hidden_grades_are_shown_when_they_are_posted()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learners[0], 7);

        Assert.Null(await course.SeenScore(course.Learners[0]));
        Assert.Equal(JsonValueKind.Null, (await course.Learner.Get($"{course.Path}/grades/mine")).At("totals.current.percent").ValueKind);
        var posting = (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);

        Assert.Equal(1, posting.At("grades").GetInt32());
        Assert.Equal(7, await course.SeenScore(course.Learners[0]));
        Assert.Equal(70m, (await course.Learner.Get($"{course.Path}/grades/mine")).At("totals.current.percent").GetDecimal());
        var book = await course.Gradebook();
        Assert.NotEqual(0, book.Flags(course.Learners[0], essay) & TestPosting.Posted);
        Assert.False(book.Row(course.Learners[0]).GetProperty("t").TryGetProperty("learner_current", out _));
        Assert.Equal(0, book.Flags(course.Learners[1], essay) & TestPosting.Posted);
        var history = await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history");
        Assert.Equal("posting", history.At("items.0.kind").GetString());
        Assert.Equal(7, history.At("items.0.entered_score").GetDecimal());
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Only_graded_keeps_hiding_what_is_graded_later_and_everybody_does_not()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learners[0], 7);
        (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);
        await essay.Score(course.Learners[1], 5);
        Assert.Null(await course.SeenScore(course.Learners[1]));

        (await essay.Post(course.Instructor)).Expect(201);
        await essay.Score(course.Learners[2], 3);

        Assert.Equal(5, await course.SeenScore(course.Learners[1]));
        Assert.Equal(3, await course.SeenScore(course.Learners[2]));
        Assert.False((await course.Gradebook()).Answer.At("assignments.0.posts_manually").GetBoolean());
    }

    [Fact]
    public async Task Hiding_covers_grades_yet_to_come_and_every_total()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        await essay.Score(course.Learners[0], 7);
        Assert.Equal(7, await course.SeenScore(course.Learners[0]));

        var hidden = (await essay.Hide(course.Instructor)).Expect(201);
        await essay.Score(course.Learners[1], 9);
        var changed = (await essay.Record(course.Learners[0], new { score = 8, version = 1 })).Expect(200);

        Assert.Equal(1, hidden.At("grades").GetInt32());
        Assert.Equal(3, changed.At("version").GetInt32());
        foreach (var learner in course.Learners)
        {
            var mine = (await learner.Get($"{course.Path}/grades/mine")).Expect(200);
            Assert.Equal(JsonValueKind.Null, mine.At("items.0.score").ValueKind);
            Assert.Equal(JsonValueKind.Null, mine.At("totals.current.percent").ValueKind);
            Assert.DoesNotContain("\"value\":8", mine.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"value\":9", mine.Text, StringComparison.Ordinal);
            Assert.Equal(JsonValueKind.Null, (await learner.Get(essay.Path)).At("my.score").ValueKind);
        }

        Assert.True((await course.SettledGradebook()).Answer.At("assignments.0.posts_manually").GetBoolean());
        var book = await course.Gradebook();
        Assert.Equal(80, book.Total(course.Learners[0], "current"));
        Assert.Null(book.Total(course.Learners[0], "learner_current"));
        Assert.Equal(0, book.Total(course.Learners[0], "learner_final"));
        Assert.Equal(80, changed.At("row_totals.current").GetDecimal());
        Assert.Equal(JsonValueKind.Null, changed.At("row_totals.learner_current").ValueKind);
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task One_section_is_shown_its_grades_and_the_other_is_not()
    {
        var course = await app.NewCourse();
        var (evening, eve) = await course.NewSection();
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learner, 7);
        await essay.Score(eve, 4);

        var posting = (await essay.Post(course.Instructor, new { only_graded = true, section_ids = new[] { evening.Value } })).Expect(201);

        Assert.Equal(1, posting.At("grades").GetInt32());
        Assert.Equal(4, await course.SeenScore(eve));
        Assert.Null(await course.SeenScore(course.Learner));
        (await essay.Post(course.Instructor, new { section_ids = new[] { evening.Value, 99_999_999 } })).Refused(422, "unknown_section");
    }

    [Fact]
    public async Task A_section_may_be_shown_grades_that_are_yet_to_come()
    {
        var course = await app.NewCourse();
        var (evening, eve) = await course.NewSection();
        var essay = await course.NewAssignment(more: ByHand);
        await course.SettledGradebook();

        (await essay.Post(course.Instructor, new { section_ids = new[] { evening.Value } })).Expect(201);
        // Who graded saw no grade yet, and showing is nothing that could stand in the way.
        await essay.Score(eve, 4);
        await essay.Score(course.Learner, 5);

        Assert.Equal(4, await course.SeenScore(eve));
        Assert.Null(await course.SeenScore(course.Learner));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Posting_again_finds_nothing_to_do_and_leaves_no_trace()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment(more: ByHand);
        (await essay.Post(course.Instructor, new { only_graded = true })).Refused(422, "nothing_to_post");
        await essay.Score(course.Learner, 7);
        (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);
        (await essay.Post(course.Instructor, new { only_graded = true })).Refused(422, "nothing_to_post");

        Assert.Equal(1, (await course.Instructor.Get($"{essay.Path}/postings")).At("items").GetArrayLength());
        Assert.Single(await course.Tenant.AuditOf("posting.changed"));
    }

    [Fact]
    public async Task The_same_request_sent_twice_is_one_posting()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learner, 7);

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => course.Instructor.Post(
            $"{essay.Path}/postings", new { kind = "post", only_graded = true }, ("Idempotency-Key", "once"))));

        Assert.All(answers, answer => answer.Expect(201));
        Assert.Single(answers.Select(answer => answer.Id("posting_id")).Distinct());
    }

    [Theory]
    [InlineData("{}", 422, "kind_required")]
    [InlineData("{\"kind\":\"publish\"}", 400, "malformed_request")]
    [InlineData("{\"kind\":\"post\",\"section_ids\":[77]}", 422, "unknown_section")]
    public async Task Bad_postings_are_refused(string body, int status, string code)
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        (await course.Instructor.Send(HttpMethod.Post, $"{essay.Path}/postings", content)).Refused(status, code);
    }

    [Fact]
    public async Task Only_graders_of_the_course_may_post_undo_and_look()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learner, 7);
        var posting = (await essay.Post(course.Instructor)).Expect(201);
        var foreign = await app.NewCourse();
        var elsewhere = await course.Tenant.NewCourse();

        foreach (var (person, status) in new[]
        {
            (course.Learner, 403), (await course.NewMember(Role.Designer), 403), (elsewhere.Instructor, 404),
            (foreign.Instructor, 404), (course.Tenant.Nobody(), 401),
        })
        {
            (await essay.Hide(person)).Expect(status);
            (await person.Undo(posting)).Expect(status);
            (await person.Get($"{essay.Path}/postings")).Expect(status);
            (await person.Put($"{essay.Path}/posting-policy", new { posts_manually = true, version = 1 })).Expect(status);
        }

        (await (await course.NewMember(Role.TeachingAssistant)).Undo(posting)).Expect(200);
    }

    [Fact]
    public async Task A_large_course_goes_on_by_jobs_and_can_be_undone_in_the_middle()
    {
        var course = await app.NewCourse();
        await course.EnrolMany(520);
        var essay = await course.NewAssignment(more: ByHand);
        await TestTenant.Eventually(
            async () => (await course.SettledGradebook()).Answer.At("rows").GetArrayLength() == 521, "everybody has a line");
        // For a section, each learner has an entry of their own, graded or not.
        var sections = new { section_ids = new[] { course.Section.Value } };

        var posting = (await essay.Post(course.Instructor, sections)).Expect(202);
        Assert.Equal(500, posting.At("grades").GetInt32());
        Assert.Equal(JsonValueKind.Null, posting.At("finished_at").ValueKind);
        Assert.NotEqual(Guid.Empty, posting.At("job_id").GetGuid());
        await Finished(course, essay, 521);
        Assert.Equal(521, await Shown(course, essay));

        (await course.Instructor.Undo(posting)).Expect(202);
        await Finished(course, essay, 521);
        Assert.Equal(0, await Shown(course, essay));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Two_post_and_hide_while_a_third_grades_and_nothing_is_lost()
    {
        var course = await app.NewCourse(learners: 12);
        var essay = await course.NewAssignment(more: ByHand);
        var other = await course.NewMember(Role.TeachingAssistant);
        var third = await course.NewMember(Role.TeachingAssistant);
        foreach (var learner in course.Learners) await essay.Score(learner, 1);

        var grading = Task.Run(async () =>
        {
            var seen = course.Learners.ToDictionary(learner => learner, _ => 1);
            for (var score = 2; score <= 6; score++)
            {
                foreach (var learner in course.Learners)
                {
                    // The version the grader saw is never the newest: what was posted in between is no conflict.
                    var answer = (await essay.Record(learner, new { score, version = seen[learner] }, third)).Expect(200);
                    seen[learner] = answer.At("version").GetInt32();
                }
            }
        });
        var posting = new[] { course.Instructor, other }.Select(grader => Task.Run(async () =>
        {
            for (var i = 0; i < 8; i++)
            {
                var answer = i % 2 == 0 ? await essay.Post(grader, new { only_graded = true }) : await essay.Hide(grader);
                Assert.Contains((int)answer.Status, new[] { 201, 422 });
            }
        }));
        await Task.WhenAll([grading, .. posting]);
        await essay.Post(course.Instructor, new { only_graded = true });

        foreach (var learner in course.Learners) Assert.Equal(6, await course.SeenScore(learner));
        var entries = await course.Tenant.Rows<long>(db =>
            $"SELECT count(*) FROM grade_entries WHERE tenant_id = {db.Tenant} AND kind = 'score'");
        Assert.Equal(12 * 6, entries.Single());
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Who_saw_a_grade_before_somebody_changed_it_is_refused_although_it_was_posted_too()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learner, 4);
        (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);
        (await essay.Record(course.Learner, new { score = 5, version = 1 })).Expect(200);
        (await essay.Hide(course.Instructor)).Expect(201);

        foreach (var version in new[] { 0, 1, 2, 5 })
            (await essay.Record(course.Learner, new { score = 6, version })).Refused(409, "conflict");
        (await essay.Record(course.Learner, new { score = 7, version = 3 })).Expect(200);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_grading_at_that_moment_is_looked_after_once_they_are_done(bool hiddenBefore)
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment(more: new { posts_manually = hiddenBefore });
        await course.SettledGradebook();
        var (graded, changed) = (new TaskCompletionSource(), new TaskCompletionSource());

        // It has the learner's row and has read how grades are shown; it is durable only after the change.
        var writing = course.Tenant.Do(async services =>
        {
            var change = new GradeChange { Score = 9, Version = 0 };
            await services.GetRequiredService<GradeRecorder>()
                .Record(course.Id, essay.Id, course.Learner.Id, change, CancellationToken.None);
            graded.SetResult();
            await changed.Task;
            return true;
        });
        await graded.Task;
        var posting = (hiddenBefore ? await essay.Post(course.Instructor) : await essay.Hide(course.Instructor)).Expect(201);
        Assert.Equal(0, posting.At("grades").GetInt32());
        changed.SetResult();
        await writing;

        await TestTenant.Eventually(
            async () => await course.SeenScore(course.Learner) == (hiddenBefore ? 9 : null)
                && (await course.Instructor.Get($"{essay.Path}/postings")).At("items.0.grades").GetInt32() == 1,
            "the grade is shown as it was asked for");
        await course.SettledGradebook();
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Looking_after_a_hide_leaves_what_was_posted_since()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 7);
        var hidden = (await essay.Hide(course.Instructor)).Expect(201);
        (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);

        var swept = await course.Tenant.Do(async services =>
        {
            var posting = await services.GetRequiredService<PostingStore>()
                .Hold(new PostingId(hidden.Id("posting_id")), CancellationToken.None);
            return await services.GetRequiredService<Poster>().Sweep(posting!, default, CancellationToken.None);
        });

        Assert.Equal(0, swept);
        Assert.Equal(7, await course.SeenScore(course.Learner));
    }

    private static Task Finished(TestCourse course, TestAssignment assignment, int grades) => TestTenant.Eventually(
        async () =>
        {
            var posting = (await course.Instructor.Get($"{assignment.Path}/postings")).At("items.0");
            return posting.GetProperty("finished_at").ValueKind is not JsonValueKind.Null
                && posting.GetProperty("grades").GetInt32() == grades;
        },
        $"all {grades} grades are done");

    private static async Task<long> Shown(TestCourse course, TestAssignment assignment) => (await course.Tenant.Rows<long>(db => $"""
        SELECT count(*) FROM grades WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment.Id} AND posted_at IS NOT NULL
        """)).Single();
}
