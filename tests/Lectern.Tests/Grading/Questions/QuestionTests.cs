using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Questions;

public sealed class QuestionTests(LecternApp app)
{
    [Fact]
    public async Task Learners_find_questions_when_there_are_some_and_the_assignment_is_worth_what_they_earn()
    {
        var course = await app.NewCourse();
        var body = new { title = "Quiz", points_possible = 1, submission_types = new[] { "questions" }, status = "published" };
        (await course.Instructor.Post($"{course.Path}/assignments", body)).Refused(422, "questions_required");
        var mixed = new { title = "Quiz", submission_types = new[] { "questions", "text" } };
        (await course.Instructor.Post($"{course.Path}/assignments", mixed)).Refused(422, "submission_types_contradict");

        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Why);

        var read = (await course.Instructor.Get(quiz.Path)).Expect(200);
        Assert.Equal(7, read.At("points_possible").GetDecimal());
        var changed = new { title = "Quiz", points_possible = 9, submission_types = new[] { "questions" }, version = read.Id("version") };
        (await course.Instructor.Put(quiz.Path, changed)).Refused(422, "points_follow_questions");
        var asked = (await course.Learner.Get($"{quiz.Path}/questions")).Expect(200);
        Assert.Equal(("exact", "The capital of France?"), (asked.At("items.0.kind").GetString(), asked.At("items.0.prompt").GetString()));
        var essay = await course.NewAssignment();
        (await course.Instructor.Put($"{essay.Path}/question-key", new { questions = new[] { QuestionCourse.Why }, version = 0 }))
            .Refused(422, "not_questions");
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "x", answers = new { why = "y" } }))
            .Refused(422, "submission_type_not_allowed");
    }

    [Fact]
    public async Task Before_it_opens_nothing_is_asked_and_only_those_who_have_it_are()
    {
        var course = await app.NewCourse();
        var early = await course.NewQuestions(new { unlocks_at = "2999-01-01T00:00:00Z" }, [QuestionCourse.Capital]);
        Assert.Empty((await course.Learner.Get($"{early.Path}/questions")).Expect(200).At("items").EnumerateArray());
        Assert.Single((await course.Instructor.Get($"{early.Path}/questions")).Expect(200).At("items").EnumerateArray());
        var others = await course.NewQuestions(new { only_named = true }, [QuestionCourse.Capital]);
        (await course.Learner.Get($"{others.Path}/questions")).Expect(404);
    }

    [Fact]
    public async Task Keys_are_versions_written_upon_what_was_seen_by_who_may()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Why);
        Task<Answer> Replace(TestPerson person, int? version, params object[] questions) =>
            person.Put($"{quiz.Path}/question-key", new { questions, version });

        var met = (await Replace(course.Instructor, 0, QuestionCourse.Capital)).Refused(409, "conflict");
        Assert.Equal((1, "Paris-secret"), (met.Id("current.version"), met.At("current.questions.0.key.exact.accepted.0").GetString()));
        (await Replace(course.Instructor, null, QuestionCourse.Capital)).Refused(422, "version_required");
        var at = await Task.WhenAll(
            Replace(course.Instructor, 1, QuestionCourse.Why), Replace(course.Instructor, 1, QuestionCourse.Capital));
        Assert.Equal([200, 409], at.Select(answer => (int)answer.Status).Order());
        (await Replace(await course.NewMember(Role.TeachingAssistant), 2, QuestionCourse.Why)).Expect(403);
        (await Replace((await app.NewCourse()).Instructor, 2, QuestionCourse.Why)).Expect(404);
        (await Replace(course.Instructor, 2, QuestionCourse.Capital, QuestionCourse.Why)).Expect(200);

        await quiz.Answer(course.Learner, new { why = "So." });
        (await Replace(course.Instructor, 3, QuestionCourse.Why)).Refused(422, "questions_in_use");
        var kinder = new
        {
            question_id = "capital", prompt = "The capital?", points = 1,
            key = new { kind = "exact", exact = new { accepted = new[] { "Paris", "Lutetia" } } },
        };
        Assert.Equal(4, (await Replace(course.Instructor, 3, kinder, QuestionCourse.Why)).Expect(200).Id("version"));
        (await course.Learner.Post($"{quiz.Path}/submissions", new { answers = new { gone = "x" } })).Refused(422, "questions_changed");
    }

    [Theory]
    [InlineData("""{"kind":"exact"}""", "key_incomplete")]
    [InlineData("""{"kind":"exact","exact":{"accepted":["  "]}}""", "accepted_required")]
    [InlineData("""{"kind":"numeric","numeric":{"value":"1,5"}}""", "bad_number")]
    [InlineData("""{"kind":"numeric","numeric":{"value":"ten"}}""", "bad_number")]
    [InlineData("""{"kind":"numeric","numeric":{"value":"1","tolerance":"-1"}}""", "bad_number")]
    [InlineData("""{"kind":"numeric","numeric":{"value":"1","unit_required":true}}""", "unit_required")]
    [InlineData("""{"kind":"numeric","numeric":{"value":"1","significant_figures":0}}""", "figures_out_of_range")]
    [InlineData("""{"kind":"pattern","pattern":{"pattern":"("}}""", "bad_pattern")]
    [InlineData("""{}""", "key_incomplete")]
    public async Task A_key_that_could_judge_nothing_is_refused_in_words(string key, string code)
    {
        var course = await app.NewCourse();
        var body = new { title = "Quiz", submission_types = new[] { "questions" } };
        var quiz = (await course.Instructor.Post($"{course.Path}/assignments", body)).Expect(201).Id("assignment_id");
        var question = new { prompt = "?", points = 1, key = System.Text.Json.JsonDocument.Parse(key).RootElement };

        var answer = await course.Instructor.Put($"/assignments/{quiz}/question-key", new { questions = new[] { question }, version = 0 });

        answer.Refused(422, code);
    }
}
