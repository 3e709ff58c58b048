using Lectern.Contracts.Courses;
using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.GradePoints;

public sealed class GradePointsTests(LecternApp app)
{
    [Fact]
    public async Task Courses_that_are_over_and_posted_make_the_average_and_guesses_what_it_would_be()
    {
        var tenant = await app.NewTenant();
        var learner = await tenant.NewPerson("Lea Learner");
        var math = await Course(tenant, learner, "MATH-1", 4, "Autumn");
        var art = await Course(tenant, learner, "ART-1", 2, "Autumn", points: false);
        var again = await Course(tenant, learner, "math-1", 4, "Spring");
        var talk = await again.NewAssignment("Talk", 10, new { posts_manually = true });
        await Earn(math, 95);
        await Earn(art, 95);
        await Earn(again, 85);

        // Nothing has been concluded, so nothing is a grade yet.
        var now = (await learner.Get("/grade-points/mine")).Expect(200);
        Assert.Equal("null", now.At("cumulative.average").GetRawText());
        Assert.Equal(("Spring", "course_in_progress"), (now.At("terms.0.name").GetString(),
            now.At("terms.0.courses.0.left_out").GetString()));
        Assert.Equal(("B", 3m), (now.At("terms.0.courses.0.letter").GetString(), now.At("terms.0.courses.0.grade_points").GetDecimal()));

        await Conclude(math);
        await Conclude(art);
        now = (await learner.Get("/grade-points/mine")).Expect(200);
        Assert.Equal((4m, 4m, 4m), (now.At("cumulative.average").GetDecimal(), now.At("cumulative.credits").GetDecimal(),
            now.At("terms.1.average.average").GetDecimal()));
        Assert.Equal(["no_grade_points", null], now.At("terms.1.courses").EnumerateArray()
            .OrderBy(course => course.GetProperty("code").GetString()).Select(course => course.GetProperty("left_out").GetString()));

        // What if the repeat is an A, or a B: it is the later attempt, so it counts in place of the first.
        var what = (await learner.Post("/grade-points/mine/forecasts", Guess(again, "B"))).Expect(200);
        Assert.Equal((3m, true), (what.At("cumulative.average").GetDecimal(), what.At("terms.0.courses.0.assumed").GetBoolean()));
        Assert.Equal((4m, 3m), (what.At("terms.1.average.average").GetDecimal(), what.At("terms.0.average.average").GetDecimal()));
        Assert.True(what.At("terms.1.courses").EnumerateArray().Single(one => one.GetProperty("code").GetString() == "MATH-1")
            .GetProperty("replaced").GetBoolean());
        Assert.Equal(4, (await learner.Get("/grade-points/mine")).At("cumulative.average").GetDecimal());
        await GuessesThatMakeNoSense(learner, math, again);

        // A course with a grade that is not posted is no final grade, to whoever asks.
        await talk.Score(learner, 10);
        await Conclude(again);
        var observer = await Observer(tenant, learner);
        var admin = await tenant.NewAdministrator();
        Task<Answer>[] asked() =>
        [
            learner.Get("/grade-points/mine"), observer.Get($"/learners/{learner.Id.Value}/grade-points"),
            admin.Get($"/learners/{learner.Id.Value}/grade-points"),
        ];
        foreach (var answer in await Task.WhenAll(asked()))
        {
            Assert.Equal(4, answer.Expect(200).At("cumulative.average").GetDecimal());
            Assert.Equal("course_in_progress", answer.At("terms.0.courses.0.left_out").GetString());
            Assert.DoesNotContain("86.36", answer.Text, StringComparison.Ordinal);
        }

        (await again.Instructor.Post($"{talk.Path}/postings", new { kind = "post" })).Expect(201);
        await TestTenant.Eventually(
            async () => (await learner.Get("/grade-points/mine")).At("cumulative.average").GetRawText() is "3", "the posted repeat counts");
        foreach (var answer in await Task.WhenAll(asked())) Assert.Equal(3, answer.Expect(200).At("cumulative.average").GetDecimal());
        var read = (await admin.Get("/audit-entries?action=grades.read")).Expect(200).At("items").EnumerateArray();
        Assert.Contains(read, entry => entry.GetProperty("actor_id").GetInt64() == observer.Id.Value
            && entry.GetProperty("detail").TryGetProperty("grade_points", out _));
    }

    [Fact]
    public async Task Nobody_else_sees_an_average()
    {
        var tenant = await app.NewTenant();
        var learner = await tenant.NewPerson("Lea Learner");
        var course = await Course(tenant, learner, "MATH-1", 4, "Autumn");
        var path = $"/learners/{learner.Id.Value}/grade-points";
        var other = await tenant.NewPerson();
        var foreign = await app.NewTenant();
        var foreignAdmin = await foreign.NewAdministrator();

        (await learner.Get(path)).Expect(404);
        (await other.Get(path)).Expect(404);
        // Who teaches one of the courses sees that course's grades, and not the others.
        (await course.Instructor.Get(path)).Expect(404);
        (await (await Observer(tenant, other)).Get(path)).Expect(404);
        (await tenant.Nobody().Get(path)).Expect(401);
        (await foreignAdmin.At(tenant).Get(path)).Expect(401);
        var theirs = (await foreignAdmin.Get("/learners/999999999/grade-points")).Expect(404);
        Assert.DoesNotContain("Lea", theirs.Text, StringComparison.Ordinal);
        Assert.Empty((await other.Get("/grade-points/mine")).Expect(200).At("terms").EnumerateArray());
    }

    private static object Guess(TestCourse course, string letter) => new { guesses = new[] { new { course_id = course.Id, letter } } };

    private static async Task GuessesThatMakeNoSense(TestPerson learner, TestCourse over, TestCourse ongoing)
    {
        (await learner.Post("/grade-points/mine/forecasts", Guess(ongoing, "Q"))).Refused(422, "unknown_letter");
        (await learner.Post("/grade-points/mine/forecasts", Guess(over, "A"))).Refused(422, "course_not_in_progress");
        (await learner.Post("/grade-points/mine/forecasts", new { guesses = new object?[] { null } })).Refused(422, "guess_required");
        (await learner.Post("/grade-points/mine/forecasts", new
        {
            guesses = new[] { new { course_id = ongoing.Id, letter = "A" }, new { course_id = ongoing.Id, letter = "B" } },
        })).Refused(422, "too_many_guesses");
    }

    private static async Task Earn(TestCourse course, decimal score) =>
        await (await course.NewAssignment("Essay", 100)).Score(course.Learner, score);

    private static async Task Conclude(TestCourse course)
    {
        var version = (await course.Instructor.Get(course.Path)).Expect(200).At("course.version").GetInt32();
        (await course.Instructor.Put($"{course.Path}/status", new { status = "concluded", version })).Expect(200);
    }

    private static async Task<TestPerson> Observer(TestTenant tenant, TestPerson learner)
    {
        var observer = await tenant.NewPerson("Olga Observer");
        await tenant.Do(async services =>
        {
            await services.GetRequiredService<IPeople>().LinkObservers([(observer.Id, learner.Id)], CancellationToken.None);
            return true;
        });
        return observer;
    }

    private static async Task<TestCourse> Course(
        TestTenant tenant, TestPerson learner, string code, decimal credits, string term, bool points = true)
    {
        var instructor = await tenant.NewPerson("Ines Instructor");
        var (id, section) = await tenant.Do(async services =>
        {
            var courses = services.GetRequiredService<ICourses>();
            var made = await courses.Create(
                new NewCourse(code, $"About {code}", "", term, null, null, "UTC", Credits: credits), CancellationToken.None);
            await courses.Enroll(made.Course, made.Section, [instructor.Id], Role.Instructor, false, CancellationToken.None);
            await courses.Enroll(made.Course, made.Section, [learner.Id], Role.Learner, false, CancellationToken.None);
            await courses.Publish(made.Course, CancellationToken.None);
            return made;
        });
        var course = new TestCourse(tenant, id, section, instructor, [learner]);
        object Band(string letter, decimal lower, decimal worth) => points
            ? new { letter, lower_percent = lower, grade_points = worth }
            : new { letter, lower_percent = lower };
        (await instructor.Put($"{course.Path}/grading-policy", new
        {
            policy = new
            {
                weighting = "points",
                letter_scheme = new { bands = new[] { Band("A", 90, 4), Band("B", 80, 3), Band("F", 0, 0) } },
            },
            version = 1,
        })).Expect(200);
        return course;
    }
}
