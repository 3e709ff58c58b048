using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Lectern.Grading.GradebookExports;
using Lectern.Platform.Access;
using Lectern.Platform.Jobs;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.GradebookExports;

public sealed class CreateGradebookExportTests(LecternApp app)
{
    [Fact]
    public async Task A_csv_says_who_earned_what_and_which_version_of_each_grade_it_was()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", 10);
        var quiz = await course.NewAssignment("Quiz", 30);
        await essay.Score(course.Learner, 4);
        await essay.Score(course.Learner, 7.5m, version: 1);
        await quiz.Record(course.Learner, new { status = "excused", version = 0 });

        var export = await course.Export(new { format = "csv" });

        var bytes = await course.Bytes(export);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Exporting.Lines(bytes, ',');
        Assert.Equal(["Learner ID", "SIS ID", "Name", "E-mail", "Section", $"Essay [#{essay.Id.Value}]", $"Quiz [#{quiz.Id.Value}]"],
            lines[0][..7]);
        Assert.Equal(3, lines.Length);
        var line = lines.Single(one => one[0] == $"{course.Learner.Id.Value}");
        Assert.Equal(["Learner 1", course.Learner.Email], line[2..4]);
        Assert.Equal(["7.5", "EX", "75"], line[5..8]);
        Assert.Equal("v2.1", line[^1]);
        Assert.Equal("v0.0", lines.Single(one => one[0] == $"{course.Learners[1].Id.Value}")[^1]);
        Assert.StartsWith($"lectern:1:{course.Id.Value}:", lines[0][^1], StringComparison.Ordinal);
        Assert.Equal(2, export.At("learners").GetInt32());
        Assert.EndsWith(".csv", export.At("file.name").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_csv_runs_no_formula_of_a_title_or_a_name()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("=HYPERLINK(\"http://example.com\",\"Essay\")");
        await course.Tenant.Do(async services =>
        {
            var db = services.GetRequiredService<Lectern.Platform.Data.TenantDb>();
            return await db.Execute(
                $"UPDATE users SET name = '@SUM(1+1)' WHERE tenant_id = {db.Tenant} AND user_id = {course.Learner.Id}", default);
        });

        var text = Encoding.UTF8.GetString(await course.Bytes(await course.Export(new { format = "csv" })));

        Assert.Contains($"\"'=HYPERLINK(\"\"http://example.com\"\",\"\"Essay\"\") [#{essay.Id.Value}]\"", text, StringComparison.Ordinal);
        Assert.Contains(",'@SUM(1+1),", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_gets_scores_as_entered_and_as_they_count()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        await essay.Score(course.Learner, 8);

        using var json = JsonDocument.Parse(await course.Bytes(await course.Export(new { format = "json" })));

        Assert.Equal(course.Id.Value, json.RootElement.GetProperty("course_id").GetInt64());
        var learner = json.RootElement.GetProperty("learners")[0];
        Assert.Equal(80m, learner.GetProperty("final").GetProperty("percent").GetDecimal());
        var grade = learner.GetProperty("grades")[0];
        Assert.Equal((8m, 8m, 1), (grade.GetProperty("entered_score").GetDecimal(), grade.GetProperty("score").GetDecimal(),
            grade.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task PowerSchool_gets_tab_separated_lines_by_the_names_of_its_fields()
    {
        var course = await app.NewCourse(learners: 2);
        await course.NameLikeTheSis();
        var essay = await course.NewAssignment("Essay", 30);
        await essay.Score(course.Learner, 20);

        var export = await course.Export(new { format = "powerschool", total = "current", store_code = "S1" });

        var lines = Exporting.Lines(await course.Bytes(export), '\t');
        Assert.Equal(
            ["Student_Number", "Course_Name", "Course_Number", "SectionID", "TermID", "StoreCode", "Grade", "Percent"], lines[0]);
        Assert.Equal(["S1", "A course", "BIO-101", "10437", "202610", "S1", "66.67", "66.67"], Assert.Single(lines[1..]));
        // Who has no total yet has nothing to tell.
        Assert.Equal(1, export.At("left_out").GetInt32());
    }

    [Fact]
    public async Task Banner_gets_a_workbook_with_term_section_student_and_grade()
    {
        var course = await app.NewCourse(learners: 2);
        await course.NameLikeTheSis();
        var essay = await course.NewAssignment("Essay", 10);
        await course.NewAssignment("Quiz", 10);
        await essay.Score(course.Learner, 9);
        await essay.Score(course.Learners[1], 5);

        var export = await course.Export(new { format = "banner" });

        using var workbook = SpreadsheetDocument.Open(new MemoryStream(await course.Bytes(export)), isEditable: false);
        var rows = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>()
            .Select(row => row.Elements<Cell>().Select(cell => cell.InnerText).ToArray()).ToList();
        // Everything not handed in counts as nothing in a final grade.
        Assert.Equal(
            [["Term Code", "CRN", "Student ID", "Final Grade"], ["202610", "10437", "S1", "45"], ["202610", "10437", "S2", "25"]], rows);
        Assert.Equal(0, export.At("left_out").GetInt32());
    }

    [Fact]
    public async Task OneRoster_gets_line_items_and_results_that_replace_nobody_elses()
    {
        var course = await app.NewCourse(learners: 2);
        await course.NameLikeTheSis();
        var essay = await course.NewAssignment("Essay", 10);
        await essay.Score(course.Learner, 8);

        await using var zip = new ZipArchive(new MemoryStream(await course.Bytes(await course.Export(new { format = "oneroster" }))));

        Assert.Equal(["manifest.csv", "categories.csv", "lineItems.csv", "results.csv"], zip.Entries.Select(entry => entry.FullName));
        string[][] Read(string name)
        {
            using var copy = new MemoryStream();
            using var part = zip.GetEntry(name)!.Open();
            part.CopyTo(copy);
            return Exporting.Lines(copy.ToArray(), ',');
        }

        Assert.Contains(Read("manifest.csv"), line => line is ["oneroster.version", "1.2"]);
        Assert.Contains(Read("manifest.csv"), line => line is ["file.results", "delta"]);
        Assert.Contains(Read("manifest.csv"), line => line is ["file.users", "absent"]);
        var item = Read("lineItems.csv").Single(line => line[3] == "Essay");
        Assert.Equal(("10437", "10"), (item[7], item[11]));
        var result = Read("results.csv").Single(line => line[3] == item[0]);
        Assert.Equal(("S1", "fully graded", "8"), (result[4], result[5], result[6]));
        Assert.Equal(2, Read("results.csv").Count(line => line[4] == "S1"));
    }

    [Fact]
    public async Task Only_learners_of_the_chosen_sections_are_in_it()
    {
        var course = await app.NewCourse(learners: 2);
        await course.NewAssignment();
        var made = (await course.Instructor.Post($"{course.Path}/sections", new { name = "Evening" })).Expect(201);
        var evening = await course.Tenant.NewPerson("Eve Evening");
        (await course.Instructor.Post($"{course.Path}/enrollments",
            new { user_id = evening.Id, role = "learner", section_id = made.Id("section_id") })).Expect(201);

        var export = await course.Export(new { format = "csv", section_ids = new[] { made.Id("section_id") } });

        var lines = Exporting.Lines(await course.Bytes(export), ',');
        Assert.Equal(["Eve Evening"], lines[1..].Select(line => line[2]));
        Assert.Equal("Evening", lines[1][4]);
        (await course.Instructor.Post($"{course.Path}/gradebook-exports", new { format = "csv", section_ids = new[] { 99_999_999 } }))
            .Refused(422, "section_unknown");
    }

    [Fact]
    public async Task A_wish_that_makes_no_sense_is_answered_in_words()
    {
        var course = await app.NewCourse();

        (await course.Instructor.Post($"{course.Path}/gradebook-exports", new { })).Refused(422, "format_required");
        (await course.Instructor.Post($"{course.Path}/gradebook-exports", new { format = "powerschool", store_code = "autumn" }))
            .Refused(422, "store_code_invalid");
    }

    [Fact]
    public async Task Nobody_else_can_take_or_see_it()
    {
        var course = await app.NewCourse();
        var export = (await course.Export(new { format = "csv" })).Id("gradebook_export_id");
        var other = await course.Tenant.NewCourse();
        var foreign = await app.NewCourse();
        var designer = await course.NewMember(Role.Designer);

        (await course.Learner.Post($"{course.Path}/gradebook-exports", new { format = "csv" })).Expect(403);
        (await designer.Get($"{course.Path}/gradebook-exports/{export}")).Expect(403);
        (await course.Learner.Get($"{course.Path}/gradebook-exports")).Expect(403);
        (await other.Instructor.Get($"{course.Path}/gradebook-exports/{export}")).Expect(404);
        // A number of another course is no number of this one.
        (await other.Instructor.Get($"{other.Path}/gradebook-exports/{export}")).Expect(404);
        (await foreign.Instructor.At(course.Tenant).Get($"{course.Path}/gradebook-exports/{export}")).Expect(401);
        (await (await course.NewMember(Role.TeachingAssistant)).Get($"{course.Path}/gradebook-exports/{export}")).Expect(200);
    }

    [Fact]
    public async Task Who_asked_and_who_fetched_is_in_the_audit_log_and_in_the_list()
    {
        var course = await app.NewCourse();
        var admin = await course.Tenant.NewAdministrator();
        var assistant = await course.NewMember(Role.TeachingAssistant);
        var export = (await course.Export(new { format = "csv" })).Id("gradebook_export_id");
        (await assistant.Get($"{course.Path}/gradebook-exports/{export}")).Expect(200);

        var asked = (await admin.Get("/audit-entries?action=gradebook.exported")).Expect(200).At("items.0");
        Assert.Equal(course.Instructor.Id.Value, asked.GetProperty("actor_id").GetInt64());
        Assert.Equal("csv", asked.GetProperty("detail").GetProperty("format").GetString());
        var fetched = (await admin.Get("/audit-entries?action=gradebook_export.read")).Expect(200).At("items");
        Assert.Contains(fetched.EnumerateArray(), entry => entry.GetProperty("actor_id").GetInt64() == assistant.Id.Value);
        var listed = (await course.Instructor.Get($"{course.Path}/gradebook-exports")).Expect(200).At("items.0");
        Assert.Equal("Ines Instructor", listed.GetProperty("created_by_name").GetString());
        // An address that lets anybody fetch the file is given to one who asks for that file.
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("file").ValueKind);
    }

    [Fact]
    public async Task A_job_that_comes_twice_makes_one_file_and_one_that_is_over_is_gone()
    {
        var course = await app.NewCourse();
        var export = await course.Export(new { format = "csv" });
        var id = new GradebookExportId(export.Id("gradebook_export_id"));
        Task<object?> Again<THandler, TJob>(TJob job) where THandler : IJobHandler<TJob> where TJob : IJob => course.Tenant.Do(
            services => services.GetRequiredService<THandler>().Run(job, JobProgress.None, CancellationToken.None));

        Assert.Null(await Again<ExportGradebookHandler, ExportGradebook>(new ExportGradebook(id)));
        Assert.Equal(1, (await course.Tenant.Rows<long>(db => $"""
            SELECT count(*) FROM files WHERE tenant_id = {db.Tenant} AND purpose = 'gradebook_export'
            """)).Single());
        // Its removal has been asked for, a week later.
        var due = (await course.Tenant.Rows<DateTimeOffset>(db => $"""
            SELECT run_at FROM platform.jobs WHERE tenant_id = {db.Tenant} AND kind = 'grading.expire_gradebook_export'
            """)).Single();
        Assert.Equal(export.At("expires_at").GetDateTimeOffset(), due, TimeSpan.FromSeconds(1));
        Assert.InRange((due - export.At("ready_at").GetDateTimeOffset()).TotalDays, 6.99, 7.01);

        await Again<ExpireGradebookExportHandler, ExpireGradebookExport>(new ExpireGradebookExport(id));
        await Again<ExpireGradebookExportHandler, ExpireGradebookExport>(new ExpireGradebookExport(id));

        var gone = (await course.Instructor.Get($"{course.Path}/gradebook-exports/{id.Value}")).Expect(200);
        Assert.Equal(("expired", JsonValueKind.Null), (gone.At("state").GetString(), gone.At("file").ValueKind));
        Assert.Equal("deleted", (await course.Tenant.Rows<string>(db => $"""
            SELECT state FROM files WHERE tenant_id = {db.Tenant} AND purpose = 'gradebook_export'
            """)).Single());
    }
}
