using System.Text;
using System.Text.Json;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Grades;

public sealed class RecordGradesTests(LecternApp app)
{
    [Fact]
    public async Task Many_grades_are_in_the_gradebook_at_once_as_one_version_with_one_audit_row()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment("Essay", 10);
        var quiz = await course.NewAssignment("Quiz", 30);
        var before = (await course.SettledGradebook()).Answer.At("version").GetInt64();

        var answer = (await Send(course, "Scanned sheets", [.. course.Learners.SelectMany(learner => new[]
        {
            Change(essay, learner, 7), Change(quiz, learner, 15),
        })])).Expect(200);

        Assert.Equal(before + 1, answer.At("course_version").GetInt64());
        Assert.Equal(6, answer.At("grades").GetArrayLength());
        Assert.Equal(course.Learners[1].Id.Value, answer.At("grades.3.user_id").GetInt64());
        Assert.Equal(15m, answer.At("grades.3.score").GetDecimal());
        Assert.Equal(1, answer.At("grades.3.version").GetInt32());
        Assert.Equal(6, answer.At("grades").EnumerateArray().Select(grade => grade.GetProperty("grade_id").GetInt64()).Distinct().Count());
        var gradebook = await course.Gradebook();
        Assert.All(course.Learners, learner => Assert.Equal(55m, gradebook.Total(learner, "current")));
        Assert.Equal(6, (await Reasons(course)).Count(reason => reason == "Scanned sheets"));
        Assert.Equal(6, await Events(course));
        Assert.Single(await course.Tenant.AuditOf("grades.recorded"));
        Assert.Empty(await course.Tenant.AuditOf("grade.recorded"));
    }

    [Fact]
    public async Task One_bad_change_keeps_all_from_being_made_and_each_is_answered_by_its_place()
    {
        var course = await app.NewCourse(learners: 2);
        var elsewhere = await course.Tenant.NewCourse();
        var (essay, foreign) = (await course.NewAssignment(), await elsewhere.NewAssignment());

        var answer = await Send(course, null,
            Change(essay, course.Learners[0], 1), Change(essay, course.Learners[1], -1), Change(foreign, course.Learners[0], 1),
            Change(essay, elsewhere.Learner, 1), Change(essay, course.Learners[0], 2),
            new { assignment_id = essay.Id.Value, user_id = course.Learners[1].Id.Value, score = 1 },
            new { assignment_id = essay.Id.Value, user_id = course.Instructor.Id.Value, score = 1e6 + 1, version = 0 });

        answer.Refused(422, "changes_refused");
        Assert.Equal(
            ["changes[1].score score_negative", "changes[2] unknown_cell", "changes[3] unknown_cell", "changes[4] named_twice",
                "changes[5] named_twice", "changes[6] unknown_cell"],
            answer.At("errors").EnumerateArray().Select(error => $"{error.GetProperty("field")} {error.GetProperty("code")}"));
        Assert.Empty(await Reasons(course));
    }

    [Fact]
    public async Task One_conflict_keeps_all_from_being_made_and_shows_both_values()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment();
        var assistant = await course.NewMember(Role.TeachingAssistant);
        await essay.Score(course.Learners[2], 4);

        var answer = await Send(
            course, assistant, null, [.. course.Learners.Select(learner => Change(essay, learner, 8))]);

        answer.Refused(409, "conflict");
        Assert.Equal(1, answer.At("conflicts").GetArrayLength());
        Assert.Equal(2, answer.At("conflicts.0.index").GetInt32());
        Assert.Equal(4m, answer.At("conflicts.0.current.score").GetDecimal());
        Assert.Equal("Ines Instructor", answer.At("conflicts.0.current.graded_by.name").GetString());
        Assert.Equal(8m, answer.At("conflicts.0.yours.score").GetDecimal());
        Assert.Single(await Reasons(course));
        Assert.Null((await course.SettledGradebook()).Score(course.Learners[0], essay));
    }

    [Fact]
    public async Task The_same_request_again_answers_as_before_and_changes_nothing()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        var changes = course.Learners.Select(learner => Change(essay, learner, 5)).ToArray();

        var first = (await Send(course, null, changes)).Expect(200);
        var again = (await Send(course, null, changes)).Expect(200);

        Assert.Equal(Said(first), Said(again));
        Assert.Equal(2, (await Reasons(course)).Count);
        Assert.Single(await course.Tenant.AuditOf("grades.recorded"));
    }

    [Fact]
    public async Task What_was_done_is_undone_as_one_more_entry_unless_somebody_changed_it_since()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", 10);
        var (one, two) = (course.Learners[0], course.Learners[1]);
        (await essay.Record(one, new
        {
            score = 6, status = "late", seconds_late = 90, rubric_data = new { clarity = 3 }, version = 0,
        })).Expect(200);
        (await Send(course, null, Change(essay, one, 0, 1), Change(essay, two, 0))).Expect(200);

        var undo = new[] { Restore(essay, one, 1, 2), Restore(essay, two, 0, 1) };
        var undone = (await Send(course, null, undo)).Expect(200);

        Assert.Equal("late", undone.At("grades.0.status").GetString());
        Assert.Equal(6m, undone.At("grades.0.entered_score").GetDecimal());
        Assert.Equal(JsonValueKind.Null, undone.At("grades.1.entered_score").ValueKind);
        var history = await course.Instructor.Get($"{essay.Path}/grades/{one.Id.Value}/history");
        Assert.Equal("undo", history.At("items.0.kind").GetString());
        Assert.Equal(90, history.At("items.0.seconds_late").GetInt64());
        Assert.Equal(3, history.At("items.0.rubric_data.clarity").GetInt32());
        Assert.Equal(Said(undone), Said((await Send(course, null, undo)).Expect(200)));
        await essay.Score(two, 9, 2);
        (await Send(course, null, Restore(essay, one, 2, 3), Restore(essay, two, 1, 2))).Refused(409, "conflict");
        await AssertProved(course);
    }

    [Fact]
    public async Task One_value_of_the_history_comes_back_by_its_version()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 4);
        await essay.Score(course.Learner, 9, 1);

        (await essay.Record(course.Learner, new { restore = 7, version = 2 })).Refused(422, "unknown_version");
        (await essay.Record(course.Learner, new { restore = -1, version = 2 })).Refused(422, "unknown_version");
        (await essay.Record(course.Learner, new { restore = 1, score = 3, version = 2 })).Refused(422, "restore_alone");
        (await essay.Record(course.Learner, new { restore = 1, version = 1 })).Refused(409, "conflict");
        var restored = (await essay.Record(course.Learner, new { restore = 1, version = 2, reason = "Typed wrong" })).Expect(200);

        Assert.Equal(4m, restored.At("score").GetDecimal());
        Assert.Equal(3, restored.At("version").GetInt32());
        Assert.Equal(4, (await course.Gradebook()).Score(course.Learner, essay));
    }

    [Fact]
    public async Task An_undo_leaves_a_rubric_alone_that_was_saved_since_and_never_wipes_one()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 4);
        await essay.Score(course.Learner, 9, 1);
        (await essay.Record(course.Learner, new { rubric_data = new { clarity = 3 }, version = 2 })).Expect(200);

        (await Send(course, null, Restore(essay, course.Learner, 1, 2))).Expect(200);

        Assert.Equal(3, (await Newest(course, essay)).GetProperty("rubric_data").GetProperty("clarity").GetInt32());
        Assert.Equal(4m, (await Newest(course, essay)).GetProperty("entered_score").GetDecimal());
        (await essay.Record(course.Learner, new { rubric_data = new { clarity = 1 }, version = 4 })).Expect(200);
        (await essay.Record(course.Learner, new { rubric_data = new { clarity = 2 }, version = 5 })).Expect(200);
        (await Send(course, null, Restore(essay, course.Learner, 4, 5))).Refused(409, "conflict");
        (await Send(course, null, Restore(essay, course.Learner, 4, 6))).Expect(200);
        Assert.Equal(3, (await Newest(course, essay)).GetProperty("rubric_data").GetProperty("clarity").GetInt32());
        await AssertProved(course);
    }

    private static async Task<JsonElement> Newest(TestCourse course, TestAssignment essay) =>
        (await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).Expect(200).At("items.0");

    [Fact]
    public async Task Two_writers_with_500_random_edits_each_lose_none()
    {
        var course = await app.NewCourse(learners: 8);
        var assignments = new List<TestAssignment>();
        for (var i = 0; i < 4; i++) assignments.Add(await course.NewAssignment($"Work {i}", 1000));
        var assistant = await course.NewMember(Role.TeachingAssistant);
        var cells = course.Learners.SelectMany(learner => assignments.Select(assignment => (learner, assignment))).ToList();

        var conflicts = await Task.WhenAll(Edit(course.Instructor, 1_000), Edit(assistant, 2_000));

        var entered = await course.Tenant.Rows<decimal>(db => $"SELECT entered_score FROM grade_entries WHERE tenant_id = {db.Tenant}");
        Assert.Equal(1_000, entered.Count);
        Assert.Equal(Enumerable.Range(1_000, 500).Concat(Enumerable.Range(2_000, 500)), entered.Order().Select(score => (int)score));
        Assert.True(conflicts.Sum() > 0, "they met nowhere, so this showed nothing");
        await AssertProved(course);

        async Task<int> Edit(TestPerson grader, int from)
        {
            var random = new Random(from);
            var seen = new int[cells.Count];
            var met = 0;
            for (var done = 0; done < 500; done += 5)
            {
                var picked = Enumerable.Range(0, cells.Count).OrderBy(_ => random.Next()).Take(5).ToList();
                Answer answer;
                while (true)
                {
                    answer = await Send(course, grader, null, [.. picked.Select((cell, i) =>
                        Change(cells[cell].assignment, cells[cell].learner, from + done + i, seen[cell]))]);
                    if ((int)answer.Status != 409) break;
                    met++;
                    foreach (var conflict in answer.At("conflicts").EnumerateArray())
                        seen[picked[conflict.GetProperty("index").GetInt32()]] =
                            conflict.GetProperty("current").GetProperty("version").GetInt32();
                }

                answer.Expect(200);
                foreach (var cell in picked) seen[cell]++;
            }

            return met;
        }
    }

    [Theory]
    [InlineData("{}", 422, "changes_required")]
    [InlineData("{\"changes\":[]}", 422, "changes_required")]
    [InlineData("{\"changes\":[null]}", 422, "changes_required")]
    [InlineData("{\"changes\":[{\"assignment_id\":1,\"user_id\":1,\"score\":\"ten\",\"version\":0}]}", 400, "malformed_request")]
    [InlineData("{\"changes\":[{}]}", 422, "changes_refused")]
    public async Task Bad_requests_are_refused(string body, int status, string code)
    {
        var course = await app.NewCourse();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await course.Instructor.Send(HttpMethod.Put, $"{course.Path}/grades", content)).Refused(status, code);
    }

    [Fact]
    public async Task At_most_5000_at_once()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        (await Send(course, null, [.. Enumerable.Repeat(Change(essay, course.Learner, 1), 5_001)])).Refused(422, "too_many_changes");
        (await Send(course, new string('x', 501), Change(essay, course.Learner, 1))).Refused(422, "too_long");
    }

    [Fact]
    public async Task Only_graders_of_the_course_may_record()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var elsewhere = await course.Tenant.NewCourse();
        var foreign = await app.NewCourse();
        var change = Change(essay, course.Learner, 1);

        (await Send(course, course.Learner, null, change)).Expect(403);
        (await Send(course, await course.NewMember(Role.Designer), null, change)).Expect(403);
        (await Send(course, elsewhere.Instructor, null, change)).Expect(404);
        (await Send(course, course.Tenant.Nobody(), null, change)).Expect(401);
        (await foreign.Instructor.At(course.Tenant).Put($"{course.Path}/grades", new { changes = new[] { change } })).Expect(401);
    }

    private static List<(long Grade, decimal? Score, int Version, long Course)> Said(Answer answer) =>
        [.. answer.At("grades").EnumerateArray().Select(grade => (
            grade.GetProperty("grade_id").GetInt64(), grade.GetProperty("entered_score").Deserialize<decimal?>(),
            grade.GetProperty("version").GetInt32(), answer.At("course_version").GetInt64()))];

    private static object Change(TestAssignment assignment, TestPerson learner, decimal score, int version = 0) =>
        new { assignment_id = assignment.Id.Value, user_id = learner.Id.Value, score, version };

    private static object Restore(TestAssignment assignment, TestPerson learner, int restore, int version) =>
        new { assignment_id = assignment.Id.Value, user_id = learner.Id.Value, restore, version };

    private static Task<Answer> Send(TestCourse course, string? reason, params object[] changes) =>
        Send(course, course.Instructor, reason, changes);

    private static Task<Answer> Send(TestCourse course, TestPerson grader, string? reason, params object[] changes) =>
        grader.Put($"{course.Path}/grades", new { reason, changes });

    private static Task<List<string>> Reasons(TestCourse course) => course.Tenant.Rows<string>(
        db => $"SELECT COALESCE(reason, '') FROM grade_entries WHERE tenant_id = {db.Tenant} AND course_id = {course.Id}");

    private static async Task<int> Events(TestCourse course) => (await course.Tenant.Rows<int>(db => $"""
        SELECT count(DISTINCT aggregate)::int FROM platform.outbox WHERE tenant_id = {db.Tenant} AND type = 'grading.grade_recorded'
        """))[0];

    private static async Task AssertProved(TestCourse course)
    {
        var proof = await course.Tenant.Do(
            services => services.GetRequiredService<IGradeLedgerProof>().Prove(CancellationToken.None));
        Assert.Empty(proof.Findings);
    }
}
