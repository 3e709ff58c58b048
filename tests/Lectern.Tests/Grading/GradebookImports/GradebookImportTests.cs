using System.Globalization;
using System.Text;
using System.Text.Json;
using Lectern.Grading.GradebookImports;
using Lectern.Platform.Access;
using Lectern.Platform.Jobs;
using Lectern.Tests.Grading.GradebookExports;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.GradebookImports;

public sealed class GradebookImportTests(LecternApp app)
{
    [Fact]
    public async Task What_was_taken_away_and_not_changed_says_nothing_new()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment("Essay; with \"quotes\", and = signs", 10);
        var quiz = await course.NewAssignment("Quiz", 30);
        await essay.Score(course.Learner, 7.25m);
        await quiz.Record(course.Learner, new { status = "excused", version = 0 });

        foreach (var format in new[] { "csv", "xlsx" })
        {
            var file = await course.Bytes(await course.Export(new { format }));
            var import = await course.Import($"grades.{format}", file);

            Assert.Equal("planned", import.At("state").GetString());
            Assert.Equal((0, 0, 0, 0, 0), import.Counts());
            Assert.Equal((3, 6), (import.At("summary.lines").GetInt32(), import.At("summary.same").GetInt32()));
            (await course.Instructor.Post($"{course.Path}/gradebook-imports/{import.Id("gradebook_import_id")}/application", new { }))
                .Refused(422, "nothing_to_change");
        }
    }

    [Fact]
    public async Task A_course_of_500_comes_back_from_a_spreadsheet_with_exactly_what_was_changed()
    {
        const int learners = 500, assignments = 20;
        var course = await app.NewCourse(learners);
        var work = new List<TestAssignment>();
        for (var i = 0; i < assignments; i++) work.Add(await course.NewAssignment($"Work {i + 1}", 20));
        await Grade(course, (row, column) => (row + column) % 21);
        var file = await course.Bytes(await course.Export(new { format = "xlsx" }));

        // Thirty cells are changed offline; of five more, which are changed offline too, somebody changes the grade here meanwhile.
        var places = LearnersByLine(course, file);
        var offline = Enumerable.Range(0, 35).Select(i => (Row: 2 + (i * 14), Column: 6 + (i * 7 % assignments))).ToList();
        var edited = Importing.Edit(file, offline.Select(place => (place.Row, place.Column, (object?)(20.5m + place.Column))));
        foreach (var (row, column) in offline.Take(5)) await work[column - 6].Score(places[row], 1.5m, version: 1);

        var import = await course.Import("grades.xlsx", edited);

        Assert.Equal((30, 5, 0, 0, 0), import.Counts());
        Assert.Equal(learners, import.At("summary.lines").GetInt32());
        Assert.Equal((learners * assignments) - 35, import.At("summary.same").GetInt32());
        string Cell(JsonElement row) => $"{row.GetProperty("user_id").GetInt64()}:{row.GetProperty("assignment_id").GetInt64()}";
        string Place((int Row, int Column) place) => $"{places[place.Row].Id.Value}:{work[place.Column - 6].Id.Value}";
        Assert.Equal(offline.Skip(5).Select(Place).Order(), (await course.Rows(import, "changed")).Select(Cell).Order());
        var conflicts = await course.Rows(import, "conflict");
        Assert.Equal(offline.Take(5).Select(Place).Order(), conflicts.Select(Cell).Order());
        Assert.All(conflicts, row => Assert.Equal(
            (1.5m, true), (row.GetProperty("current_score").GetDecimal(), row.GetProperty("seen_known").GetBoolean())));

        var applied = await course.Apply(import);

        Assert.Equal(("applied", 30), (applied.At("state").GetString(), applied.At("summary.taken").GetInt32()));
        var gradebook = await course.Gradebook();
        Assert.All(offline.Skip(5), place => Assert.Equal(
            20.5m + place.Column, gradebook.Score(places[place.Row], work[place.Column - 6])));
        Assert.All(offline.Take(5), place => Assert.Equal(1.5m, gradebook.Score(places[place.Row], work[place.Column - 6])));

        // As one action, all of it goes back.
        var reversed = await course.Reverse(applied);
        Assert.Equal((30, 0), (reversed.At("summary.reverted").GetInt32(), reversed.At("summary.kept").GetInt32()));
        Assert.Equal((0, 5, 0, 0, 0), (await course.Import("grades.xlsx", file)).Counts());
    }

    [Fact]
    public async Task Last_months_file_over_newer_grades_is_all_conflicts_and_keeps_them()
    {
        var course = await app.NewCourse(learners: 4);
        var essay = await course.NewAssignment("Essay", 10);
        foreach (var learner in course.Learners) await essay.Score(learner, 3);
        var old = await course.Bytes(await course.Export(new { format = "csv" }));
        foreach (var learner in course.Learners.Skip(1)) await essay.Score(learner, 8, version: 1);

        var import = await course.Import("grades.csv", old);

        Assert.Equal((0, 3, 0, 0, 0), import.Counts());
        var row = (await course.Rows(import, "conflict"))[0];
        Assert.Equal((3m, 8m, 3m), (row.GetProperty("score").GetDecimal(), row.GetProperty("current_score").GetDecimal(),
            row.GetProperty("seen_score").GetDecimal()));
        (await course.Instructor.Post(
            $"{course.Path}/gradebook-imports/{import.Id("gradebook_import_id")}/application", new { })).Refused(422, "nothing_to_change");

        // One of them is to be as in the file after all.
        var applied = await course.Apply(import, new
        {
            conflicts = "keep", rows = new[] { new { row_no = row.GetProperty("row_no").GetInt32(), take = true } },
        });

        Assert.Equal(1, applied.At("summary.taken").GetInt32());
        var gradebook = await course.Gradebook();
        Assert.Equal([3m, 3m, 8m, 8m], course.Learners.Select(learner => gradebook.Score(learner, essay)).Order());
        var taken = course.Learners.Single(learner => learner.Id.Value == row.GetProperty("user_id").GetInt64());
        var entry = (await course.Instructor.Get($"{essay.Path}/grades/{taken.Id.Value}/history")).Expect(200).At("items.0");
        Assert.Equal(("import", "grades.csv"), (entry.GetProperty("source").GetString(), entry.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Posting_a_grade_meanwhile_is_no_conflict()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10, new { posts_manually = true });
        await essay.Score(course.Learner, 3);
        var file = Encoding.UTF8.GetString(await course.Bytes(await course.Export(new { format = "csv" })));
        (await course.Instructor.Post($"{essay.Path}/postings", new { kind = "post" })).Expect(201);

        var import = await course.Import("grades.csv", Encoding.UTF8.GetBytes(file.Replace(",3,", ",4,", StringComparison.Ordinal)));

        Assert.Equal((1, 0, 0, 0, 0), import.Counts());
        Assert.Equal("applied", (await course.Apply(import)).At("state").GetString());
        Assert.Equal(4, (await course.Gradebook()).Score(course.Learner, essay));
    }

    [Fact]
    public async Task A_plain_file_finds_learners_by_sis_id_and_e_mail_and_columns_by_their_titles()
    {
        var course = await app.NewCourse(learners: 3);
        await course.NameLikeTheSis();
        var essay = await course.NewAssignment("Essay", 10);
        await course.NewAssignment("Quiz", 10);
        await essay.Score(course.Learners[2], 2);

        var import = await course.Import(
            "E-mail;SIS ID;Student;Essay;Homework;Quiz",
            ";S1;First;7,5;1;",
            $"{course.Learners[1].Email.ToUpperInvariant()};;Second;EX;1;9",
            ";S3;Third;4;1;",
            ";S99;Nobody;4;1;",
            $"{course.Learners[1].Email};S1;Both;4;1;",
            ";S1;Again;4;1;");

        // What stands already and was not seen by the file is not overwritten unasked.
        Assert.Equal((3, 1, 0, 3, 1), import.Counts());
        Assert.Equal("Homework", (await course.Rows(import, "unknown_column"))[0].GetProperty("column_name").GetString());
        Assert.Equal(["unknown_learner", "learner_contradicts", "learner_repeated"],
            (await course.Rows(import, "unknown_learner")).Select(row => row.GetProperty("code").GetString()));
        await course.Apply(import, new { conflicts = "take" });
        var gradebook = await course.Gradebook();
        Assert.Equal([7.5m, null, 4m], course.Learners.Select(learner => gradebook.Score(learner, essay)));
        Assert.Equal(8, gradebook.Flags(course.Learners[1], essay) & 8);
    }

    [Fact]
    public async Task What_is_no_score_is_named_and_the_rest_can_be_applied()
    {
        var course = await app.NewCourse(learners: 5);
        var essay = await course.NewAssignment("Essay", 10);
        string[] cells = ["ten", "1e9", "-3", "1.23456", "9"];

        var import = await course.Import(
            ["Learner ID,Essay", .. course.Learners.Zip(cells, (learner, cell) => $"{learner.Id.Value},{cell}")]);

        Assert.Equal((1, 0, 4, 0, 0), import.Counts());
        Assert.Equal(["score_invalid", "score_too_large", "score_negative", "score_too_fine"],
            (await course.Rows(import, "invalid")).Select(row => row.GetProperty("code").GetString()));
        // Nothing has happened by sending it.
        Assert.Null((await course.Gradebook()).Score(course.Learners[4], essay));
        await course.Apply(import);
        Assert.Equal(9, (await course.Gradebook()).Score(course.Learners[4], essay));
    }

    [Fact]
    public async Task A_cell_emptied_in_our_own_file_takes_the_score_away()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", 10);
        await essay.Score(course.Learner, 7.5m);
        var file = Encoding.UTF8.GetString(await course.Bytes(await course.Export(new { format = "csv" })));

        var import = await course.Import("grades.csv", Encoding.UTF8.GetBytes(file.Replace(",7.5,", ",,", StringComparison.Ordinal)));
        Assert.Equal((1, 0, 0, 0, 0), import.Counts());
        var applied = await course.Apply(import);
        Assert.Null((await course.Gradebook()).Score(course.Learner, essay));

        await course.Reverse(applied);
        Assert.Equal(7.5m, (await course.Gradebook()).Score(course.Learner, essay));
        var history = (await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).At("items");
        Assert.Equal(["undo", "score", "score"], history.EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Taking_it_back_leaves_what_somebody_changed_since()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", 10);
        var import = await course.Apply(await course.Import(
            ["Learner ID,Essay", .. course.Learners.Select(learner => $"{learner.Id.Value},6")]));
        await essay.Score(course.Learner, 9, version: 1);

        var reversed = await course.Reverse(import);

        Assert.Equal((1, 1), (reversed.At("summary.reverted").GetInt32(), reversed.At("summary.kept").GetInt32()));
        var gradebook = await course.Gradebook();
        Assert.Equal((9m, (decimal?)null), (gradebook.Score(course.Learner, essay), gradebook.Score(course.Learners[1], essay)));
        (await course.Instructor.Post($"{course.Path}/gradebook-imports/{import.Id("gradebook_import_id")}/reversal"))
            .Refused(422, "gradebook_import_state");
    }

    [Fact]
    public async Task What_somebody_gave_since_is_theirs_although_it_is_the_same_score()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        var import = await course.Apply(await course.Import("Learner ID,Essay", $"{course.Learner.Id.Value},6"));
        await essay.Score(course.Learner, 9, version: 1);
        await essay.Score(course.Learner, 6, version: 2);

        var reversed = await course.Reverse(import);

        Assert.Equal((0, 1), (reversed.At("summary.reverted").GetInt32(), reversed.At("summary.kept").GetInt32()));
        Assert.Equal(6, (await course.Gradebook()).Score(course.Learner, essay));
    }

    [Fact]
    public async Task A_long_text_is_kept_only_as_far_as_one_needs_to_know_it_again()
    {
        var course = await app.NewCourse();
        await course.NewAssignment("Essay", 10);
        var text = new string('x', 30_000);

        var import = await course.Import($"Learner ID,Essay,{text}", $"{course.Learner.Id.Value},{text},1", $"{text},1,1");

        Assert.Equal((0, 0, 1, 1, 1), import.Counts());
        Assert.All(await course.Rows(import), row => Assert.InRange(row.GetRawText().Length, 1, 1_000));
    }

    [Theory]
    [InlineData("applying", "application", "applied", "planned")]
    [InlineData("reversing", "reversal", "reversed", "applied")]
    public async Task A_step_that_was_given_up_can_be_asked_for_again(string stuck, string step, string end, string shownAs)
    {
        var course = await app.NewCourse();
        await course.NewAssignment("Essay", 10);
        var import = await course.Import("Learner ID,Essay", $"{course.Learner.Id.Value},6");
        if (stuck is "reversing") await course.Apply(import);
        var id = import.Id("gradebook_import_id");
        await course.Tenant.Do(async services =>
        {
            var db = services.GetRequiredService<Lectern.Platform.Data.TenantDb>();
            await db.Execute($"""
                UPDATE gradebook_imports SET state = {stuck} WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {id}
                """, CancellationToken.None);
            return await db.Execute($"""
                UPDATE platform.jobs SET state = 'dead', error = 'SELECT of ours' WHERE tenant_id = {db.Tenant} AND job_id =
                    (SELECT job_id FROM gradebook_imports WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {id})
                """, CancellationToken.None);
        });

        var shown = (await course.Instructor.Get($"{course.Path}/gradebook-imports/{id}")).Expect(200);
        Assert.Equal((shownAs, true), (shown.At("state").GetString(), shown.At("stopped").GetBoolean()));
        Assert.DoesNotContain("SELECT", shown.Text, StringComparison.Ordinal);
        Assert.Equal(shownAs, (await course.Instructor.Get($"{course.Path}/gradebook-imports")).At("items.0.state").GetString());
        (await course.Instructor.Post($"{course.Path}/gradebook-imports/{id}/{step}", new { })).Expect(202);
        Assert.Equal(end, (await course.Settled(id)).At("state").GetString());
    }

    [Fact]
    public async Task What_changed_after_it_was_compared_is_not_overwritten_and_nothing_else_is_done()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", 10);
        var import = await course.Import(["Learner ID,Essay", .. course.Learners.Select(learner => $"{learner.Id.Value},6")]);
        await essay.Score(course.Learner, 9);

        var settled = await course.Apply(import);

        Assert.Equal("outdated", settled.At("state").GetString());
        var gradebook = await course.Gradebook();
        Assert.Equal((9m, (decimal?)null), (gradebook.Score(course.Learner, essay), gradebook.Score(course.Learners[1], essay)));
        (await course.Instructor.Post($"{course.Path}/gradebook-imports/{import.Id("gradebook_import_id")}/application", new { }))
            .Refused(422, "plan_outdated");
    }

    [Fact]
    public async Task Applying_twice_at_once_applies_once_and_a_job_that_comes_twice_does_nothing()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        var import = await course.Import("Learner ID,Essay", $"{course.Learner.Id.Value},6");
        var path = $"{course.Path}/gradebook-imports/{import.Id("gradebook_import_id")}/application";

        (await course.Instructor.Post(path, new { rows = new object?[] { null } })).Refused(422, "choice_required");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => course.Instructor.Post(path, new { })));
        await course.Settled(import.Id("gradebook_import_id"));
        var job = new ApplyGradebookImport(new GradebookImportId(import.Id("gradebook_import_id")));
        Assert.Null(await course.Tenant.Do(services => services.GetRequiredService<ApplyGradebookImportHandler>()
            .Run(job, JobProgress.None, CancellationToken.None)));

        Assert.Equal([202, 422, 422, 422], answers.Select(answer => (int)answer.Status).Order());
        Assert.Single((await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).At("items").EnumerateArray());
    }

    [Theory]
    [InlineData("grades.csv", "", "file_empty")]
    [InlineData("grades.csv", "Colour,Essay\r\nred,1", "learner_column_missing")]
    [InlineData("grades.csv", "Learner ID,Essay,Essay\r\n1,1,1", "column_repeated")]
    [InlineData("grades.csv", "Learner ID,Essay\r\n1,\"1", "quote_malformed")]
    [InlineData("grades.csv", "Learner ID,Essay,lectern:1:999999999:5:1\r\n1,1,v0", "sheet_other_course")]
    public async Task A_file_that_cannot_be_read_is_refused_in_words(string name, string text, string code)
    {
        var course = await app.NewCourse();
        await course.NewAssignment("Essay", 10);
        var sent = await course.Send(name, Encoding.UTF8.GetBytes(text));
        if (text.Length == 0)
        {
            sent.Refused(422, code);
            return;
        }

        var import = await course.Settled(sent.Expect(202).Id("gradebook_import_id"));

        Assert.Equal(("refused", code), (import.At("state").GetString(), import.At("refusal_code").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(import.At("refusal").GetString()));
        (await course.Instructor.Post($"{course.Path}/gradebook-imports/{import.Id("gradebook_import_id")}/application", new { }))
            .Refused(422, "gradebook_import_state");
    }

    [Fact]
    public async Task Who_may_not_grade_may_not_send_see_or_apply()
    {
        var course = await app.NewCourse();
        await course.NewAssignment("Essay", 10);
        var import = await course.Import("Learner ID,Essay", $"{course.Learner.Id.Value},6");
        var path = $"{course.Path}/gradebook-imports/{import.Id("gradebook_import_id")}";
        var other = await course.Tenant.NewCourse();
        var elsewhere = path.Replace(course.Path, other.Path, StringComparison.Ordinal);

        (await course.Send("grades.csv", "Learner ID,Essay\r\n1,1"u8.ToArray(), by: course.Learner)).Expect(403);
        using (var nothing = new MultipartFormDataContent { { new StringContent("x"), "note" } })
            (await course.Instructor.Send(HttpMethod.Post, $"{course.Path}/gradebook-imports", nothing)).Refused(422, "file_required");
        foreach (var step in new[] { "application", "reversal" })
        {
            (await course.Learner.Post($"{path}/{step}", new { })).Expect(403);
            (await other.Instructor.Post($"{path}/{step}", new { })).Expect(404);
            (await other.Instructor.Post($"{elsewhere}/{step}", new { })).Expect(404);
        }

        foreach (var read in new[] { path, $"{path}/rows", $"{course.Path}/gradebook-imports" })
            (await course.Learner.Get(read)).Expect(403);
        (await other.Instructor.Get(elsewhere)).Expect(404);
        (await other.Instructor.Get($"{elsewhere}/rows")).Expect(404);
        (await course.Instructor.Get($"{path}/rows?kind=nonsense")).Refused(422, "unknown_kind");
        (await (await course.NewMember(Role.TeachingAssistant)).Get($"{path}/rows?kind=changed")).Expect(200);
    }

    /// <summary>Grades everything at once, as a script would.</summary>
    private static async Task Grade(TestCourse course, Func<int, int, decimal> score)
    {
        var columns = (await course.Gradebook()).Answer.At("assignments").EnumerateArray()
            .Select(column => column.GetProperty("assignment_id").GetInt64()).ToList();
        foreach (var some in course.Learners.Select((learner, row) => (learner, row)).Chunk(200))
        {
            (await course.Instructor.Put($"{course.Path}/grades", new
            {
                changes = some.SelectMany(one => columns.Select((column, at) => new
                {
                    assignment_id = column, user_id = one.learner.Id.Value, score = score(one.row, at), version = 0,
                })),
            })).Expect(200);
        }
    }

    private static Dictionary<int, TestPerson> LearnersByLine(TestCourse course, byte[] file) =>
        Lectern.Grading.Sheets.SheetRows.Read(new MemoryStream(file), Lectern.Grading.Sheets.SheetLimits.Default).Skip(1)
            .ToDictionary(row => row.Line, row => course.Learners.Single(
                learner => learner.Id.Value.ToString(CultureInfo.InvariantCulture) == row.Cells[0]));
}
