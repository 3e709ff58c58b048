using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Grades;

public sealed class ForecastGradesTests(LecternApp app)
{
    [Fact]
    public async Task Guesses_give_other_totals_and_change_nothing()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        var exam = await course.NewAssignment("Exam", 30);
        await essay.Score(course.Learner, 8);
        await course.SettledGradebook();
        var before = (await course.Learner.Get($"{course.Path}/grades/mine")).Expect(200).Text;

        var answer = (await Ask(course, course.Learner, new
        {
            guesses = new[] { new { assignment_id = exam.Id.Value, score = 24 } }, target_percent = 90,
        })).Expect(200);

        Assert.Equal(80m, answer.At("grades.totals.final.percent").GetDecimal());
        Assert.Equal(24m, answer.At("grades.items.1.score").GetDecimal());
        Assert.Equal("counted", answer.At("grades.items.1.in_current").GetString());
        Assert.Empty(answer.At("needed.items").EnumerateArray());
        Assert.Equal(before, (await course.Learner.Get($"{course.Path}/grades/mine")).Expect(200).Text);
    }

    [Fact]
    public async Task What_is_needed_reaches_the_target_when_it_is_guessed()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        var exam = await course.NewAssignment("Exam", 30);
        await essay.Score(course.Learner, 4);

        var needed = (await Ask(course, course.Learner, new { target_percent = 70 })).Expect(200);
        Assert.Equal(80m, needed.At("needed.percent").GetDecimal());
        Assert.Equal((10m, 85m), (needed.At("needed.least").GetDecimal(), needed.At("needed.most").GetDecimal()));
        var score = needed.At("needed.items.0.score").GetDecimal();
        Assert.Equal(24m, score);

        var guess = new { assignment_id = exam.Id.Value, score };
        var tried = (await Ask(course, course.Learner, new { guesses = new[] { guess } })).Expect(200);
        Assert.Equal(70m, tried.At("grades.totals.final.percent").GetDecimal());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, tried.At("needed").ValueKind);
    }

    [Fact]
    public async Task Nothing_hidden_shows_through()
    {
        var course = await app.NewCourse();
        var hidden = await course.NewAssignment("Hidden", 10, new { posts_manually = true });
        await hidden.Score(course.Learner, 7.77m);

        var answer = (await Ask(course, course.Learner, new { target_percent = 50 })).Expect(200);
        Assert.DoesNotContain("7.77", answer.Text);
        Assert.Equal((50m, 0m), (answer.At("needed.percent").GetDecimal(), answer.At("needed.least").GetDecimal()));
        Assert.Equal(0, answer.At("grades.items.0.version").GetInt32());
        var asGrader = (await Ask(course, course.Learner, new { target_percent = 50 }, course.Instructor)).Expect(200);
        Assert.Equal(77.7m, asGrader.At("grades.totals.final.percent").GetDecimal());
        var asLearner = (await Ask(course, course.Learner, new { target_percent = 50, view = "learner" }, course.Instructor)).Expect(200);
        Assert.Equal(0m, asLearner.At("grades.totals.final.percent").GetDecimal());
    }

    [Theory]
    [InlineData(-1, "score_negative")]
    [InlineData(1_000_000_000, "score_too_large")]
    public async Task An_impossible_guess_is_refused(decimal score, string code)
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        var guess = new { assignment_id = essay.Id.Value, score };
        var refused = (await Ask(course, course.Learner, new { guesses = new[] { guess } })).Expect(422);
        Assert.Equal((code, "guesses[0]"), (refused.Code, refused.At("errors.0.field").GetString()));
    }

    [Fact]
    public async Task Strange_requests_are_refused_in_words()
    {
        var course = await app.NewCourse();
        var draft = await course.NewAssignment("Draft", 10, new { status = "draft" });
        Assert.Equal("target_out_of_range", (await Ask(course, course.Learner, new { target_percent = -1 })).Expect(422).Code);
        var guess = new { assignment_id = draft.Id.Value, score = 1 };
        Assert.Equal("unknown_assignment", (await Ask(course, course.Learner, new { guesses = new[] { guess } })).Expect(422).Code);
        Assert.Equal("guess_required", (await Ask(course, course.Learner, new { guesses = new object?[] { null } })).Expect(422).Code);
        Assert.Equal("too_many_guesses", (await Ask(course, course.Learner, new { guesses = new[] { guess, guess } })).Expect(422).Code);
    }

    [Fact]
    public async Task Somebody_elses_grades_are_not_guessed_at()
    {
        var course = await app.NewCourse();
        var other = await course.NewMember(Role.Learner);
        (await Ask(course, course.Learner, new { target_percent = 50 }, other)).Expect(403);
        var foreign = await app.NewCourse();
        (await Ask(course, course.Learner, new { target_percent = 50 }, foreign.Instructor.At(course.Tenant))).Expect(401);
        (await foreign.Instructor.Post(
            $"/courses/{course.Id.Value + 1000}/grades/{course.Learner.Id.Value}/forecasts", new { target_percent = 50 })).Expect(404);
    }

    private static Task<Answer> Ask(TestCourse course, TestPerson about, object question, TestPerson? asks = null) =>
        (asks ?? course.Learner).Post($"{course.Path}/grades/{about.Id.Value}/forecasts", question);
}
