using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;

namespace Lectern.Tests.Grading.Assignments;

public sealed class AssignmentTests(LecternApp app)
{
    [Fact]
    public async Task A_draft_is_seen_by_staff_and_not_by_learners_until_it_is_published()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10, new { status = "draft", description = "Write." });

        Assert.Empty((await course.Learner.Get($"{course.Path}/assignments")).Expect(200).At("items").EnumerateArray());
        (await course.Learner.Get(essay.Path)).Expect(404);
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "x" })).Expect(404);
        var published = (await course.Instructor.Put($"{essay.Path}/status", new { status = "published", version = 1 })).Expect(200);

        Assert.Equal(2, published.At("version").GetInt32());
        var seen = (await course.Learner.Get(essay.Path)).Expect(200);
        Assert.Equal("Write.", seen.At("description").GetString());
        Assert.False(seen.At("my.submitted").GetBoolean());
        Assert.Equal("\"2\"", seen.Headers["ETag"]);
        Assert.Single((await course.Learner.Get($"{course.Path}/assignments")).At("items").EnumerateArray());
    }

    [Fact]
    public async Task What_an_assignment_asks_is_hidden_until_it_opens()
    {
        var course = await app.NewCourse();
        var opens = TimeProvider.System.GetUtcNow().AddDays(1);
        var essay = await course.NewAssignment("Essay", 10, new { description = "The question.", unlocks_at = opens });

        var seen = (await course.Learner.Get(essay.Path)).Expect(200);
        Assert.Equal(JsonValueKind.Null, seen.At("description").ValueKind);
        Assert.Equal("assignment_not_open_yet", seen.At("my.closed_because").GetString());
        Assert.Equal("The question.", (await course.Instructor.Get(essay.Path)).At("description").GetString());
    }

    [Fact]
    public async Task A_change_upon_an_older_version_shows_both_values()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        (await course.Instructor.Put(essay.Path, new { title = "Longer essay", points_possible = 12, version = 1 })).Expect(200);

        var second = await course.Instructor.Put(essay.Path, new { title = "Other", points_possible = 8, version = 1 });

        second.Refused(409, "conflict");
        Assert.Equal("Longer essay", second.At("current.title").GetString());
        Assert.Equal("Other", second.At("yours.title").GetString());
        (await course.Instructor.Put(essay.Path, new { title = "Other" })).Refused(422, "version_required");
    }

    [Fact]
    public async Task Work_keeps_an_assignment_from_becoming_a_draft_but_not_from_being_removed()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        var quiz = await course.NewAssignment("Quiz", 10);
        await essay.Score(course.Learner, 2);
        await quiz.Score(course.Learner, 10);

        (await course.Instructor.Put($"{essay.Path}/status", new { status = "draft", version = 1 })).Refused(422, "assignment_in_use");
        (await course.Instructor.Delete($"{essay.Path}?version=7")).Refused(409, "conflict");
        (await course.Instructor.Delete($"{essay.Path}?version=1")).Expect(204);

        (await course.Instructor.Get(essay.Path)).Expect(404);
        var gradebook = await course.SettledGradebook();
        Assert.Single(gradebook.Answer.At("assignments").EnumerateArray());
        Assert.Equal(100m, gradebook.Total(course.Learner, "current"));
        var third = await course.NewAssignment("Third", 10);
        Assert.Equal(2, (await course.Gradebook()).Answer.At("assignments.1.slot").GetInt32());
        await third.Score(course.Learner, 5);
        Assert.Equal(10, (await course.Gradebook()).Score(course.Learner, quiz));
    }

    [Theory]
    [InlineData("{}", "title_required")]
    [InlineData("{\"title\":\"  \"}", "title_required")]
    [InlineData("{\"title\":\"x\",\"points_possible\":-1}", "points_out_of_range")]
    [InlineData("{\"title\":\"x\",\"points_possible\":1e9}", "points_out_of_range")]
    [InlineData("{\"title\":\"x\",\"points_possible\":0.00001}", "points_too_fine")]
    [InlineData("{\"title\":\"x\",\"attempts_allowed\":0}", "attempts_out_of_range")]
    [InlineData("{\"title\":\"x\",\"submission_types\":[]}", "submission_types_required")]
    [InlineData("{\"title\":\"x\",\"submission_types\":[\"none\",\"text\"]}", "submission_types_contradict")]
    [InlineData("{\"title\":\"x\",\"submission_types\":[\"text\",\"text\"]}", "submission_types_repeat")]
    [InlineData("{\"title\":\"x\",\"due_at\":\"2026-01-02T00:00:00Z\",\"unlocks_at\":\"2026-01-03T00:00:00Z\"}", "dates_out_of_order")]
    [InlineData("{\"title\":\"x\",\"due_at\":\"2026-01-02T00:00:00Z\",\"locks_at\":\"2026-01-01T00:00:00Z\"}", "dates_out_of_order")]
    [InlineData("{\"title\":\"x\",\"assignment_group_id\":999999}", "unknown_group")]
    [InlineData("{\"title\":\"x\",\"status\":\"deleted\"}", "bad_status")]
    [InlineData("{\"title\":\"x\",\"points_possible\":\"ten\"}", "malformed_request")]
    [InlineData("{\"title\":\"x\",\"submission_types\":[\"smoke\"]}", "malformed_request")]
    [InlineData("{\"title\":\"x\",\"due_at\":\"tomorrow\"}", "malformed_request")]
    public async Task Bad_assignments_are_refused(string body, string code)
    {
        var course = await app.NewCourse();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        (await course.Instructor.Send(HttpMethod.Post, $"{course.Path}/assignments", content)).Refused(code == "malformed_request" ? 400
            : 422, code);
        Assert.Empty(await course.Tenant.Rows<long>(db => $"SELECT assignment_id FROM assignments WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task Over_long_words_are_refused()
    {
        var course = await app.NewCourse();
        (await course.Instructor.Post($"{course.Path}/assignments", new { title = new string('x', 256) })).Refused(422, "too_long");
        (await course.Instructor.Post($"{course.Path}/assignments", new { title = "x", description = new string('x', 200_001) }))
            .Refused(422, "too_long");
    }

    [Fact]
    public async Task Only_those_who_teach_the_course_change_assignments()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var elsewhere = await course.Tenant.NewCourse();
        var foreign = await app.NewCourse();
        foreach (var (person, status) in new[]
                 {
                     (course.Learner, 403), (await course.NewMember(Role.TeachingAssistant), 403), (elsewhere.Instructor, 404),
                         (course.Tenant.Nobody(), 401),
                 })
        {
            (await person.Post($"{course.Path}/assignments", new { title = "x" })).Expect(status);
            (await person.Put(essay.Path, new { title = "x", version = 1 })).Expect(status);
            (await person.Put($"{essay.Path}/status", new { status = "draft", version = 1 })).Expect(status);
            (await person.Put($"{essay.Path}/dates", new { items = Array.Empty<object>(), version = 1 })).Expect(status);
            (await person.Delete($"{essay.Path}?version=1")).Expect(status);
        }

        (await foreign.Instructor.Get($"/assignments/{essay.Id.Value + 100_000}")).Expect(404);
        (await foreign.Instructor.Get(essay.Path)).Expect(404);
        (await (await course.NewMember(Role.Designer)).Put(essay.Path, new { title = "Designed", version = 1 })).Expect(200);
        Assert.NotEmpty(await course.Tenant.AuditOf("assignment.changed"));
    }

    [Fact]
    public async Task Dates_of_others_are_refused_and_work_for_some_is_seen_by_some()
    {
        var course = await app.NewCourse(learners: 2);
        var elsewhere = await course.Tenant.NewCourse();
        var essay = await course.NewAssignment("Make-up", 10, new { only_named = true });
        var stranger = new { audience = "person", audience_id = elsewhere.Learner.Id.Value };
        (await course.Instructor.Put($"{essay.Path}/dates", new { version = 1, items = new[] { stranger } })).Refused(422,
            "unknown_audience");
        (await course.Instructor.Put($"{essay.Path}/dates", new { version = 1, dates = new[] { stranger } })).Refused(422,
            "items_required");
        var mine = new { audience = "person", audience_id = course.Learner.Id.Value };
        (await course.Instructor.Put($"{essay.Path}/dates", new { version = 1, items = new[] { mine, mine } })).Refused(422,
            "dates_repeat");

        (await course.Instructor.Put($"{essay.Path}/dates", new { version = 1, items = new[] { mine } })).Expect(200);

        Assert.Single((await course.Learners[0].Get($"{course.Path}/assignments")).At("items").EnumerateArray());
        Assert.Empty((await course.Learners[1].Get($"{course.Path}/assignments")).At("items").EnumerateArray());
        (await course.Learners[1].Get(essay.Path)).Expect(404);
        (await course.Learners[1].Post($"{essay.Path}/submissions", new { body_text = "x" })).Refused(422, "not_assigned");
        Assert.Equal(1024, (await course.SettledGradebook()).Flags(course.Learners[1], essay) & 1024);
        Assert.Single((await course.Instructor.Get($"{essay.Path}/dates")).Expect(200).At("items").EnumerateArray());
    }

    [Fact]
    public async Task Groups_are_made_changed_and_removed_when_empty()
    {
        var course = await app.NewCourse();
        var made = (await course.Instructor.Post($"{course.Path}/assignment-groups", new { name = "Homework", weight_percent = 40 }))
            .Expect(201);
        var path = $"/assignment-groups/{made.Id("assignment_group_id")}";
        (await course.Instructor.Post($"{course.Path}/assignment-groups", new { name = "" })).Refused(422, "name_required");
        (await course.Instructor.Post($"{course.Path}/assignment-groups", new { name = "x", weight_percent = -1 })).Refused(422,
            "weight_out_of_range");

        Assert.Equal("Weekly",
            (await course.Instructor.Put(path, new { name = "Weekly", weight_percent = 30, version = 1 })).Expect(200).At("name")
            .GetString());
        (await course.Instructor.Put(path, new { name = "Old", version = 1 })).Refused(409, "conflict");
        var essay = await course.NewAssignment("Essay", 10, new { assignment_group_id = made.Id("assignment_group_id") });
        (await course.Instructor.Delete($"{path}?version=2")).Refused(422, "group_in_use");
        (await course.Instructor.Delete($"{essay.Path}?version=1")).Expect(204);
        (await course.Instructor.Delete($"{path}?version=2")).Expect(204);
        (await course.Learner.Delete($"{path}?version=3")).Expect(404);
        Assert.Empty((await course.Learner.Get($"{course.Path}/assignment-groups")).Expect(200).At("items").EnumerateArray());
    }

    [Theory]
    [InlineData("{\"late_policy\":{\"deduct_percent\":10,\"interval_seconds\":0}}", "late_policy_interval", "late_policy.interval_seconds")]
    [InlineData("{\"late_policy\":{\"deduct_percent\":-1,\"interval_seconds\":60}}", "percent_out_of_range", "late_policy.deduct_percent")]
    [InlineData("{\"missing_policy\":{\"deduct_percent\":120}}", "percent_out_of_range", "missing_policy.deduct_percent")]
    [InlineData("{\"letter_scheme\":{\"scheme_id\":1,\"version\":1,\"bands\":[]}}", "letter_scheme_bands", "letter_scheme")]
    [InlineData("{\"letter_scheme\":{\"bands\":[{\"letter\":\"A\",\"lower_percent\":90},{\"letter\":\"B\",\"lower_percent\":50}]}}",
        "letter_scheme_gap", "letter_scheme")]
    [InlineData("{\"letter_scheme\":{\"bands\":["
        + "{\"letter\":\"A\",\"lower_percent\":50,\"grade_points\":4},"
        + "{\"letter\":\"B\",\"lower_percent\":0}]}}",
        "letter_scheme_points", "letter_scheme")]
    [InlineData("{\"letter_scheme\":{\"bands\":["
        + "{\"letter\":\"A\",\"lower_percent\":50,\"grade_points\":1},"
        + "{\"letter\":\"B\",\"lower_percent\":0,\"grade_points\":3}]}}",
        "letter_scheme_points", "letter_scheme")]
    [InlineData("{\"letter_scheme\":{\"bands\":["
        + "{\"letter\":\"A\",\"lower_percent\":50,\"grade_points\":4.001},"
        + "{\"letter\":\"B\",\"lower_percent\":0,\"grade_points\":3}]}}",
        "letter_scheme_points", "letter_scheme")]
    [InlineData("{\"letter_scheme\":{\"bands\":[{\"letter\":\"A\",\"lower_percent\":0},{\"letter\":\"A\",\"lower_percent\":50}]}}",
        "letter_scheme_bands", "letter_scheme")]
    [InlineData("{\"letter_scheme\":{\"bands\":[{\"letter\":\"A\",\"lower_percent\":0},{\"letter\":\"B\",\"lower_percent\":1e9}]}}",
        "letter_scheme_bands", "letter_scheme")]
    [InlineData("{\"periods\":[null]}", "bad_period", "periods")]
    [InlineData("{\"periods\":null}", "bad_period", "periods")]
    [InlineData("{\"letter_scheme\":{\"bands\":[null]}}", "letter_scheme_bands", "letter_scheme")]
    [InlineData("{\"periods\":[{\"name\":\" \",\"starts_at\":\"2026-01-01T00:00:00Z\",\"ends_at\":\"2026-02-01T00:00:00Z\"}]}",
        "period_name", "periods[0].name")]
    [InlineData("{\"periods\":[{\"name\":\"P\",\"starts_at\":\"2026-02-01T00:00:00Z\",\"ends_at\":\"2026-01-01T00:00:00Z\"}]}",
        "bad_period", "periods[0].ends_at")]
    [InlineData("{\"periods\":[{\"name\":\"P\",\"starts_at\":\"2026-01-01T00:00:00Z\",\"ends_at\":\"2026-03-01T00:00:00Z\"},"
        + "{\"name\":\"Q\",\"starts_at\":\"2026-02-01T00:00:00Z\",\"ends_at\":\"2026-04-01T00:00:00Z\"}]}",
        "periods_overlap", "periods[1].starts_at")]
    [InlineData("{\"periods\":[{\"name\":\"P\",\"starts_at\":\"2026-01-01T00:00:00Z\",\"ends_at\":\"2026-03-01T00:00:00Z\","
        + "\"weight_percent\":-1}]}", "bad_period", "periods[0].weight_percent")]
    public async Task Rules_that_cannot_be_followed_are_refused_beside_their_field(string policy, string code, string field)
    {
        var course = await app.NewCourse();
        using var content = new StringContent($"{{\"version\":1,\"policy\":{policy}}}", System.Text.Encoding.UTF8, "application/json");
        var refused = (await course.Instructor.Send(HttpMethod.Put, $"{course.Path}/grading-policy", content)).Refused(422, code);
        Assert.Equal($"policy.{field}", refused.At("errors.0.field").GetString());
        Assert.Equal("points",
            (await course.Instructor.Get($"{course.Path}/grading-policy")).Expect(200).At("policy.weighting").GetString());
    }

    [Fact]
    public async Task What_is_new_in_the_rules_gets_a_number_of_its_own()
    {
        var course = await app.NewCourse();
        var letters = new[] { new { letter = "Pass", lower_percent = 50 }, new { letter = "Fail", lower_percent = 0 } };
        async Task<Answer> Save(int version, object policy) =>
            (await course.Instructor.Put($"{course.Path}/grading-policy", new { version, policy })).Expect(200);
        static object Period(long id, string name, int month) => new
        {
            period_id = id, name, starts_at = $"2026-0{month}-01T00:00:00Z", ends_at = $"2026-0{month + 1}-01T00:00:00Z",
            weight_percent = 50,
        };

        var first = await Save(1, new
        {
            letter_scheme = new { bands = letters }, periods = new[] { Period(0, "One", 1), Period(0, "Two", 2) },
        });
        Assert.Equal((1, 1), (first.At("policy.letter_scheme.scheme_id").GetInt32(), first.At("policy.letter_scheme.version").GetInt32()));
        Assert.Equal((1, 2), (first.At("policy.periods.0.period_id").GetInt32(), first.At("policy.periods.1.period_id").GetInt32()));
        var same = await Save(2, new { letter_scheme = new { version = 9, bands = letters }, periods = new[] { Period(1, "One", 1) } });
        Assert.Equal(1, same.At("policy.letter_scheme.version").GetInt32());
        var other = await Save(3, new
        {
            letter_scheme = new { bands = letters, basis = "rounded" }, periods = new[] { Period(1, "One", 1), Period(0, "Three", 3) },
        });
        Assert.Equal((2, 3), (other.At("policy.letter_scheme.version").GetInt32(), other.At("policy.periods.1.period_id").GetInt32()));
    }
}
