using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Grading.GradebookExports;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;

namespace Lectern.Tests.Grading.Labels;

/// <summary>A course's own words for late and missing, and statuses of its own.</summary>
public sealed class GradeLabelsTests(LecternApp app)
{
    private const int Excused = 8;

    [Fact]
    public async Task Labels_are_the_same_for_everybody_and_change_no_total()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10, new { due_at = "2026-01-01T00:00:00Z" });
        await essay.Score(course.Learner, 8);
        (await essay.Record(course.Learner, new { status = "late", version = 1 })).Expect(200);
        var before = (await course.SettledGradebook()).Answer.At("version").GetInt64();
        Assert.Equal(0, (await Read(course, course.Learner)).At("version").GetInt32());

        var said = new
        {
            late = new { words = "Behind", tone = "info" }, missing = new { off = true },
            assignments = new[] { new { assignment_id = essay.Id.Value, late = new { words = "After the bell" } } },
        };
        (await Say(course, said, 0)).Expect(200);

        foreach (var reader in new[] { course.Learner, course.Instructor })
        {
            var read = await Read(course, reader);
            Assert.Equal("Behind", read.At("labels.late.words").GetString());
            Assert.True(read.At("labels.missing.off").GetBoolean());
            Assert.Equal("After the bell", read.At("labels.assignments.0.late.words").GetString());
        }

        var book = await course.Gradebook();
        Assert.Equal((before, 80m), (book.Answer.At("version").GetInt64(), book.Total(course.Learner, "final")));
        var file = JsonDocument.Parse(await course.Bytes(await course.Export(new { format = "json" }))).RootElement;
        Assert.Equal("After the bell", file.GetProperty("learners")[0].GetProperty("grades")[0].GetProperty("labels")[0].GetString());
        (await Say(course, said, 0)).Refused(409, "conflict");
        Assert.Single(await course.Tenant.AuditOf("grade_labels.changed"));
    }

    [Fact]
    public async Task What_cannot_be_a_label_is_refused_in_words()
    {
        var course = await app.NewCourse();
        (await Say(course, new { late = new { words = " " } }, 0)).Refused(422, "bad_labels");
        (await Say(course, new { missing = new { words = new string('x', 31) } }, 0)).Refused(422, "bad_labels");
        (await Say(course, new { late = new { tone = "pink" } }, 0)).Expect(400);
        (await Say(course, new { assignments = new[] { new { assignment_id = 999_999_999 } } }, 0)).Refused(422, "unknown_assignment");
        object[] twice = [new { words = "Oral" }, new { words = "oral" }];
        (await Say(course, new { statuses = twice }, 0)).Refused(422, "bad_labels");
        (await Say(course, new { statuses = new[] { new { number = 7, words = "Oral" } } }, 0)).Refused(422, "bad_labels");
        (await Say(course, new { statuses = Enumerable.Range(0, 32).Select(i => new { words = $"S{i}" }) }, 0)).Refused(422, "bad_labels");
        Assert.Equal(0, (await Read(course, course.Instructor)).At("version").GetInt32());
    }

    [Fact]
    public async Task A_status_of_its_own_stands_beside_a_score_and_one_that_excuses_takes_the_work_out()
    {
        var (course, essay) = await WithStatuses();
        await essay.Score(course.Learner, 8);

        var oral = (await essay.Record(course.Learner, new { label = 1, version = 1 })).Expect(200);
        Assert.Equal((1, 80m), (oral.At("flags").GetInt32() >> 24, oral.At("row_totals.current").GetDecimal()));
        var leave = (await essay.Record(course.Learner, new { label = 2, version = 2 })).Expect(200);
        Assert.Equal((2, Excused), (leave.At("flags").GetInt32() >> 24, leave.At("flags").GetInt32() & Excused));
        Assert.Equal(JsonValueKind.Null, leave.At("row_totals.current").ValueKind);
        Assert.Equal(2, (await Mine(course)).At("items.0.label").GetInt32());
        (await essay.Record(course.Learner, new { label = 2, version = 2 })).Expect(200);
        (await essay.Record(course.Learner, new { label = 9, version = 3 })).Refused(422, "unknown_label");

        var typed = (await essay.Record(course.Learner, new { score = 7, version = 3 })).Expect(200);
        Assert.Equal((0, 0), (typed.At("flags").GetInt32() >> 24, typed.At("flags").GetInt32() & Excused));
        var undone = (await essay.Record(course.Learner, new { restore = 2, version = 4 })).Expect(200);
        Assert.Equal((1, 8m), (undone.At("flags").GetInt32() >> 24, undone.At("score").GetDecimal()));
        var none = (await essay.Record(course.Learner, new { label = (int?)null, version = 5 })).Expect(200);
        Assert.Equal(0, none.At("flags").GetInt32() >> 24);
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task A_status_is_hidden_with_its_grade_and_goes_with_it_when_it_is_shown()
    {
        var (course, essay) = await WithStatuses(new { posts_manually = true });
        (await essay.Record(course.Learner, new { score = 8, label = 1, version = 0 })).Expect(200);
        Assert.Equal(JsonValueKind.Null, (await Mine(course)).At("items.0.label").ValueKind);

        (await essay.Post(course.Instructor)).Expect(201);

        Assert.Equal(1, (await Mine(course)).At("items.0.label").GetInt32());
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task A_number_is_never_given_twice_and_only_who_may_change_rules_changes_labels()
    {
        var (course, _) = await WithStatuses();
        var kept = new { statuses = new object[] { new { number = 2, words = "On leave", excuses = true }, new { words = "Audit" } } };
        var changed = (await Say(course, kept, 1)).Expect(200);
        Assert.Equal([2, 3], changed.At("labels.statuses").EnumerateArray().Select(one => one.GetProperty("number").GetInt32()));

        var assistant = await course.NewMember(Role.TeachingAssistant);
        foreach (var person in new[] { course.Learner, assistant })
            (await person.Put($"{course.Path}/grade-labels", new { labels = kept, version = 2 })).Expect(403);
        var elsewhere = await course.Tenant.NewCourse();
        (await elsewhere.Learner.Get($"{course.Path}/grade-labels")).Expect(404);
        (await elsewhere.Instructor.Put($"{course.Path}/grade-labels", new { labels = kept, version = 2 })).Expect(404);
    }

    private async Task<(TestCourse Course, TestAssignment Essay)> WithStatuses(object? more = null)
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10, more);
        object[] statuses = [new { words = "Oral", tone = "good" }, new { words = "On leave", excuses = true }];
        (await Say(course, new { statuses }, 0)).Expect(200);
        return (course, essay);
    }

    private static Task<Answer> Say(TestCourse course, object labels, int version) =>
        course.Instructor.Put($"{course.Path}/grade-labels", new { labels, version });

    private static async Task<Answer> Read(TestCourse course, TestPerson reader) =>
        (await reader.Get($"{course.Path}/grade-labels")).Expect(200);

    private static async Task<Answer> Mine(TestCourse course) => (await course.Learner.Get($"{course.Path}/grades/mine")).Expect(200);
}
