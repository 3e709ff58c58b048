using System.Text.Json;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Grading.Questions;
using Lectern.Tests.Grading.Queue;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Marking;

public sealed class CalibrationTests(LecternApp app)
{
    [Fact]
    public async Task A_grader_sees_the_reference_only_after_answering_and_the_answer_is_no_grade()
    {
        var (course, essay, grader) = await Chosen(score: 7, note: "The method is thin");
        var (work, answer) = (Work(essay, course.Learner), Answer(essay, course.Learner));
        var before = (await grader.Get(work)).Expect(200);
        Assert.Equal("My essay", before.At("submission.body_text").GetString());
        Assert.Equal(JsonValueKind.Null, before.At("reference").ValueKind);
        Assert.DoesNotContain("The method is thin", before.Text, StringComparison.Ordinal);
        var line = (await grader.Get($"{essay.Path}/calibration-works")).Expect(200).At("items")[0];
        Assert.True(line.GetProperty("is_open").GetBoolean());
        Assert.Equal(JsonValueKind.Null, line.GetProperty("reference").ValueKind);

        var after = (await grader.Put(answer, new { score = 9, comment = "Careful" })).Expect(200);

        Assert.Equal(7, after.At("reference.score").GetDecimal());
        Assert.Equal("The method is thin", after.At("reference.comment").GetString());
        Assert.Equal(9, after.At("mine.score").GetDecimal());
        (await grader.Put(answer, new { score = 9, comment = "Careful" })).Expect(200);
        (await grader.Put(answer, new { score = 7 })).Refused(422, "calibration_answered");
        Assert.Null((await course.Gradebook()).Score(course.Learner, essay));
        Assert.Equal(0, (await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).Expect(200)
            .At("items").GetArrayLength());
        var mine = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.DoesNotContain("Careful", mine.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_made_of_the_work_is_hidden_until_one_has_answered_and_others_answers_always()
    {
        var (course, essay, grader) = await Chosen(score: 7);
        var other = await course.NewMember(Role.TeachingAssistant);
        var attempt = (await essay.Work(course.Learner)).Id("attempts.0.submission_id");
        var notes = $"/submissions/{attempt}/annotations";
        var selector = new object[]
        {
            new { type = "TextPositionSelector", start = 0, end = 2 },
            new { type = "TextQuoteSelector", exact = "My", prefix = "", suffix = "" },
        };
        (await course.Instructor.Post(notes, new { kind = "highlight", body = "Seven", selector })).Expect(201);
        (await essay.Record(course.Learner, new { score = 7, comment = "Seven it is", version = 0 })).Expect(200);
        (await other.Put(Answer(essay, course.Learner), new { score = 2, comment = "Two from me" })).Expect(200);

        var seen = (await grader.Get(Work(essay, course.Learner))).Expect(200);
        Assert.DoesNotContain("Seven", seen.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await grader.Get(notes)).Expect(200).At("items").GetArrayLength());

        seen = (await grader.Put(Answer(essay, course.Learner), new { score = 6 })).Expect(200);

        Assert.Equal(1, (await grader.Get(notes)).Expect(200).At("items").GetArrayLength());
        Assert.DoesNotContain("Two from me", seen.Text, StringComparison.Ordinal);
        (await grader.Get($"{essay.Path}/calibration-agreement")).Expect(403);
    }

    [Fact]
    public async Task What_work_was_graded_is_withheld_wherever_it_is_shown_from_who_has_yet_to_answer()
    {
        var (course, essay, grader) = await Chosen(score: 7);
        await course.Use(essay, await course.NewRubric(), totalIsScore: false);
        var learner = course.Learner.Id.Value;
        var began = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("O"));
        (await essay.Record(course.Learner, new { score = 8, comment = "Eight it is", version = 0 })).Expect(200);
        var (history, grid) = ($"{essay.Path}/grades/{learner}/history", $"{course.Path}/gradebook");

        await See(grader, course, essay, withheld: true);
        await See(course.Instructor, course, essay, withheld: false);
        var news = $"{course.Path}/gradebook/news?since={began}";
        Assert.Equal(0, (await grader.Get(news)).Expect(200).At("items").GetArrayLength());
        var tag = (await grader.Get(grid)).Headers["ETag"];
        (await grader.Get(grid, ("If-None-Match", tag))).Expect(304);
        // Who writes over it unseen is told what stands, like anybody who is behind.
        (await essay.Record(course.Learner, new { score = 2, version = 0 }, grader)).Refused(409, "conflict");

        (await grader.Put(Answer(essay, course.Learner), new { rubric_version = 1, version = 0, score = 6 })).Expect(200);

        await See(grader, course, essay, withheld: false);
        (await grader.Get(grid, ("If-None-Match", tag))).Expect(200);
        Assert.Equal(1, (await grader.Get(news)).Expect(200).At("items").GetArrayLength());
        // Somebody who graded it knows it; what they make of it as an answer is their own affair.
        var other = await course.NewMember(Role.TeachingAssistant);
        (await essay.Record(course.Learner, new { score = 9, version = 1 }, other)).Expect(200);
        (await other.Get(history)).Expect(200);
    }

    [Fact]
    public async Task Marks_that_others_gave_and_what_a_corrected_key_would_change_are_withheld_too()
    {
        var course = await app.NewCourse(learners: 2);
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Why);
        var attempts = new List<long>();
        foreach (var learner in course.Learners)
        {
            attempts.Add(await quiz.Answer(learner, new { capital = "Rome", why = "So." }));
            await quiz.Judged(course, learner);
        }

        (await course.Instructor.Put(Work(quiz, course.Learner), new { score = 4, version = 0 })).Expect(200);
        (await quiz.Mark(course.Instructor, "why", 3, (attempts[0], 1))).Expect(200);
        var grader = await course.NewMember(Role.TeachingAssistant);
        var claimed = (await grader.Post($"{quiz.Path}/answer-claims", new { question_id = "why" })).Expect(200).At("claims.0");
        Assert.Equal(1, claimed.GetProperty("group").GetProperty("marks").GetArrayLength());
        var group = $"{quiz.Path}/answer-claims/{claimed.GetProperty("answer_key").GetString()}?question_id=why";
        var rome = new
        {
            question_id = "capital", prompt = "?", points = 2, key = new { kind = "exact", exact = new { accepted = new[] { "Rome" } } },
        };
        async Task Look(TestPerson reader, bool withheld)
        {
            var equal = (await reader.Get(group)).Expect(200);
            Assert.Equal((1, withheld ? 0 : 1), (equal.At("waiting").GetInt32(), equal.At("judged").GetInt32()));
            Assert.Equal(withheld, !equal.Text.Contains("Seen.", StringComparison.Ordinal));
            var preview = (await reader.Post(
                $"{quiz.Path}/key-corrections/preview", new { questions = new[] { rome, QuestionCourse.Why } })).Expect(200);
            Assert.Equal(1, preview.At("score_change_count").GetInt32());
            Assert.Equal(course.Learner.Id.Value, preview.At("lines.0.user_id").GetInt64());
            Assert.Equal(withheld ? [null, null] : [3m, 5m], new[] { "before", "after" }.Select(
                at => preview.At("lines.0").GetProperty($"score_{at}").Deserialize<decimal?>()));
        }

        await Look(grader, withheld: true);
        await Look(course.Instructor, withheld: false);
        (await grader.Put(Answer(quiz, course.Learner), new { score = 6 })).Expect(200);
        await Look(grader, withheld: false);
    }

    [Fact]
    public async Task Agreement_says_who_is_how_near_and_who_has_not_answered()
    {
        var (course, essay) = await GradingClaimTests.HandedIn(app, 3);
        await course.Use(essay, await course.NewRubric());
        var grader = await course.NewMember(Role.TeachingAssistant);
        object Assessed(decimal clarity, decimal sources) => new
        {
            rubric_version = 1, version = 0, criteria = new object[]
            {
                new { criterion_id = "clarity", points = clarity }, new { criterion_id = "sources", points = sources },
            },
        };
        foreach (var (learner, at) in course.Learners.Zip([0, 1, 2]))
            (await course.Instructor.Put(Work(essay, learner), Assessed(3, at))).Expect(200);
        foreach (var (learner, at) in course.Learners.Take(2).Zip([0, 1]))
            (await grader.Put(Answer(essay, learner), Assessed(5, at))).Expect(200);

        var graders = (await course.Instructor.Get($"{essay.Path}/calibration-agreement")).Expect(200).At("graders").EnumerateArray()
            .ToDictionary(one => one.GetProperty("user_id").GetInt64());

        var theirs = graders[grader.Id.Value];
        Assert.Equal((3, 2), (theirs.GetProperty("asked").GetInt32(), theirs.GetProperty("answered").GetInt32()));
        Assert.Equal(2, theirs.GetProperty("mean_difference").GetDouble(), 9);
        var clarity = theirs.GetProperty("criteria")[0];
        Assert.Equal("clarity", clarity.GetProperty("criterion_id").GetString());
        Assert.Equal(2, clarity.GetProperty("mean_difference").GetDouble(), 9);
        Assert.Equal(0, theirs.GetProperty("criteria")[1].GetProperty("mean_difference").GetDouble(), 9);
        Assert.Equal(0, graders[course.Instructor.Id.Value].GetProperty("asked").GetInt32());
    }

    [Fact]
    public async Task References_are_set_upon_the_version_seen_and_by_those_who_moderate()
    {
        var (course, essay, grader) = await Chosen(score: 7);
        var work = Work(essay, course.Learner);
        (await grader.Put(work, new { score = 7, version = 0 })).Expect(403);
        (await grader.Delete($"{work}?version=1")).Expect(403);
        (await course.Instructor.Put(work, new { score = 8, version = 0 })).Refused(409, "conflict");
        (await course.Instructor.Put(work, new { score = 8 })).Refused(422, "version_required");
        (await course.Instructor.Put(work, new { version = 1 })).Refused(422, "score_required");
        (await course.Instructor.Put(Answer(essay, course.Learner), new { score = 8 })).Refused(422, "calibration_author");
        var newcomer = await course.NewMember(Role.Learner);
        (await course.Instructor.Put(Work(essay, newcomer), new { score = 8, version = 0 })).Refused(422, "work_required");
        (await grader.Put(Answer(essay, newcomer), new { score = 8 })).Expect(404);
        (await grader.Get(Work(essay, newcomer))).Expect(404);
        foreach (var path in new[] { work, $"{essay.Path}/calibration-works", $"{essay.Path}/calibration-agreement" })
        {
            (await course.Learner.Get(path)).Expect(403);
            (await (await app.NewCourse()).Instructor.Get(path)).Expect(404);
        }

        (await course.Learner.Put(Answer(essay, course.Learner), new { score = 10 })).Expect(403);
        (await grader.Put(Answer(essay, course.Learner), new { score = 6 })).Expect(200);
        var both = await Task.WhenAll(
            course.Instructor.Put(work, new { score = 8, version = 1 }), course.Instructor.Put(work, new { score = 9, version = 1 }));
        Assert.Equal([200, 409], both.Select(one => (int)one.Status).Order());
        var set = (await grader.Get(work)).Expect(200);
        Assert.Equal(both.Single(one => (int)one.Status == 200).At("reference.score").GetDecimal(), set.At("reference.score").GetDecimal());
        (await course.Instructor.Delete($"{work}?version=1")).Refused(409, "conflict");
        (await course.Instructor.Delete($"{work}?version=2")).Expect(204);
        (await course.Instructor.Delete($"{work}?version=2")).Expect(204);
        (await course.Instructor.Put(work, new { score = 5, version = 0 })).Expect(200);
        Assert.True((await grader.Get($"{essay.Path}/calibration-works")).At("items.0.is_open").GetBoolean());
    }

    [Fact]
    public async Task Where_names_are_hidden_calibration_knows_pseudonyms_only()
    {
        var (course, essay) = await GradingClaimTests.HandedIn(app, 1);
        var version = (await course.Instructor.Get(essay.Path)).At("version").GetInt32();
        (await course.Instructor.Put($"{essay.Path}/anonymity", new { version })).Expect(200);
        (await course.Instructor.Put(Work(essay, course.Learner), new { score = 5, version = 0 })).Expect(404);
        var shown = (await course.Instructor.Get($"{essay.Path}/submissions")).Expect(200).At("items.0.user_id").GetInt64();
        var path = $"{essay.Path}/calibration-works/{shown}";
        (await course.Instructor.Put(path, new { score = 5, version = 0 })).Expect(200);

        var set = (await course.Instructor.Get($"{essay.Path}/calibration-works")).Expect(200);
        var piece = (await course.Instructor.Get(path)).Expect(200);

        Assert.Equal(shown, set.At("items.0.user_id").GetInt64());
        foreach (var text in new[] { set.Text, piece.Text })
        {
            Assert.DoesNotContain("\"Learner 1\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain($"\"user_id\":{course.Learner.Id.Value},", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nearness_is_measured_by_what_both_assessed()
    {
        static Assessment Said(params (string Id, decimal? Points)[] criteria) => new(
            default, 1, [.. criteria.Select(one => new CriterionScore(one.Id, one.Points, null, null, 1, null, default))], null);
        CalibrationPair[] pairs =
        [
            new(new UserId(1), 6, Said(("a", 4), ("b", null)), 5, Said(("a", 3), ("b", 2))),
            new(new UserId(1), 4, Said(("a", 1)), 7, null),
        ];

        var nearness = GraderCalibration.Of(new UserId(1), "Grader", 3, pairs);

        Assert.Equal(-1, nearness.MeanDifference);
        Assert.Equal(2, nearness.MeanAbsoluteDifference);
        Assert.Equal([new CriterionDifference("a", 1, 1)], nearness.Criteria);
        Assert.Null(GraderCalibration.Of(new UserId(1), "Grader", 3, []).MeanDifference);
    }

    /// <summary>Everything that tells what the only learner's work was graded tells it, or tells nothing of it.</summary>
    private static async Task See(TestPerson reader, TestCourse course, TestAssignment essay, bool withheld)
    {
        var (learner, kind) = (course.Learner.Id.Value, withheld ? JsonValueKind.Null : JsonValueKind.Number);
        var attempt = (await essay.Work(course.Learner)).Id("attempts.0.submission_id");
        foreach (var path in new[]
        {
            $"/submissions/{attempt}", $"{essay.Path}/learners/{learner}/submissions", $"{essay.Path}/grading-claims/{learner}",
        })
        {
            var read = (await reader.Get(path)).Expect(200);
            Assert.Equal(withheld, !read.Text.Contains("Eight it is", StringComparison.Ordinal));
            Assert.Equal(withheld, read.Text.Contains("\"grade\":null", StringComparison.Ordinal));
            Assert.Equal(withheld, read.Text.Contains("\"withheld\":true", StringComparison.Ordinal));
        }

        var line = (await reader.Get($"{essay.Path}/submissions")).Expect(200).At("items.0");
        Assert.Equal((kind, withheld), (line.GetProperty("score").ValueKind, line.GetProperty("withheld").GetBoolean()));
        foreach (var path in new[] { $"{essay.Path}/grades/{learner}/history", $"{essay.Path}/rubric-assessments/{learner}" })
        {
            if (withheld) (await reader.Get(path)).Refused(422, "calibration_open");
            else (await reader.Get(path)).Expect(200);
        }

        var now = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddMinutes(1).ToString("O"));
        foreach (var path in new[] { "gradebook", "gradebook/changes?since=0", $"gradebook?as_of={now}" })
        {
            var row = (await reader.Get($"{course.Path}/{path}")).Expect(200).At("rows.0");
            Assert.Equal(kind, row.GetProperty("s")[0].ValueKind);
            Assert.Equal(withheld, (row.GetProperty("f")[0].GetInt32() & 32768) != 0);
        }

        var (items, grades) = (withheld ? 0 : 1, $"{course.Path}/grades/{learner}");
        Assert.Equal(items, (await reader.Get(grades)).Expect(200).At("items").GetArrayLength());
        var forecast = (await reader.Post($"{grades}/forecasts", new { guesses = Array.Empty<object>() })).Expect(200);
        Assert.Equal(items, forecast.At("grades.items").GetArrayLength());
    }

    private async Task<(TestCourse Course, TestAssignment Essay, TestPerson Grader)> Chosen(decimal score, string? note = null)
    {
        var (course, essay) = await GradingClaimTests.HandedIn(app, 1);
        (await course.Instructor.Put(Work(essay, course.Learner), new { score, note, version = 0 })).Expect(200);
        return (course, essay, await course.NewMember(Role.TeachingAssistant));
    }

    private static string Work(TestAssignment essay, TestPerson learner) => $"{essay.Path}/calibration-works/{learner.Id.Value}";

    private static string Answer(TestAssignment essay, TestPerson learner) => $"{essay.Path}/calibration-answers/{learner.Id.Value}";
}
