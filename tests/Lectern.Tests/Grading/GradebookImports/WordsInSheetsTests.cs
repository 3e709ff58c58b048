using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Lectern.Tests.Grading.GradebookExports;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.GradebookImports;

/// <summary>Letters, percents and pass words in files that leave and come back.</summary>
public sealed class WordsInSheetsTests(LecternApp app)
{
    [Fact]
    public async Task Words_go_out_as_the_grid_shows_them_and_come_back_as_they_were_or_as_typed()
    {
        var course = await Lettered(learners: 2);
        var essay = await course.NewAssignment("Essay", 20, new { grading_type = "letter" });
        var talk = await course.NewAssignment("Talk", 3, new { grading_type = "percent" });
        var lab = await course.NewAssignment("Lab", 5, new { grading_type = "pass_fail" });
        foreach (var (work, score) in new[] { (essay, 17.3333m), (talk, 1), (lab, 5) }) await work.Score(course.Learner, score);
        await essay.Score(course.Learners[1], 19.9999m);

        var csv = await course.Bytes(await course.Export(new { format = "csv" }));
        var lines = Exporting.Lines(csv, ',');
        var line = lines.Single(one => one[0] == $"{course.Learner.Id.Value}");
        Assert.Equal(["17.3333 (B)", "1 (33.333%)", "5 (pass)"], line[5..8]);
        Assert.Equal(
            ["Current total (%)", "Current letter", "Current grade points", "Final total (%)", "Final letter", "Final grade points",
             "Autumn: final total (%)", "Autumn: final letter", "Autumn: final grade points"], lines[0][8..17]);
        // 23.3333 of 28 points; what is never due belongs to the last period.
        Assert.Equal(["83.33", "B", "3", "83.33", "B", "3", "83.33", "B", "3"], line[8..17]);

        // What nobody touched says nothing new, whichever the file.
        var xlsx = await course.Bytes(await course.Export(new { format = "xlsx" }));
        foreach (var (name, file) in new[] { ("grades.csv", csv), ("grades.xlsx", xlsx) })
        {
            var untouched = await course.Import(name, file);
            Assert.Equal((0, 0, 0, 0, 0), untouched.Counts());
            Assert.Equal(6, untouched.At("summary.same").GetInt32());
        }

        // Typed offline: a letter, a percent, a pass word, and a word that nobody knows.
        var at = Array.FindIndex(lines, one => one[0] == $"{course.Learners[1].Id.Value}") + 1;
        var edited = Importing.Edit(xlsx, [(at, 6, "b"), (at, 8, "Pass"), (at == 2 ? 3 : 2, 8, "splendid")]);
        var import = await course.Import("grades.xlsx", WithPercent(edited, at, "G", 0.9));

        Assert.Equal((3, 0, 1, 0, 0), import.Counts());
        var invalid = (await course.Rows(import, "invalid"))[0];
        Assert.Equal(
            ("score_invalid", "splendid", "Lab", at == 2 ? 3 : 2),
            (invalid.GetProperty("code").GetString(), invalid.GetProperty("value").GetString(),
                invalid.GetProperty("column_name").GetString(), invalid.GetProperty("line").GetInt32()));
        await course.Apply(import);
        var gradebook = await course.Gradebook();
        // B is one step below A's 90 percent.
        Assert.Equal((17.8m, 2.7m, 5m), (gradebook.Score(course.Learners[1], essay)!.Value,
            gradebook.Score(course.Learners[1], talk)!.Value, gradebook.Score(course.Learners[1], lab)!.Value));
        Assert.Equal(5, gradebook.Score(course.Learner, lab));
    }

    [Fact]
    public async Task Letters_that_changed_since_change_no_score_that_nobody_typed()
    {
        var course = await Lettered();
        var essay = await course.NewAssignment("Essay", 20, new { grading_type = "letter" });
        await essay.Score(course.Learner, 17);
        var csv = await course.Bytes(await course.Export(new { format = "csv" }));
        await Letters(course, version: 2, lowestA: 85);

        var import = await course.Import("grades.csv", csv);

        Assert.Equal((0, 0, 1, 0, 0), import.Counts());
        Assert.Equal("grade_contradicts", (await course.Rows(import, "invalid"))[0].GetProperty("code").GetString());
        // Typed now, a letter is one of the letters there are now.
        var text = Encoding.UTF8.GetString(csv).Replace("17 (B)", "B", StringComparison.Ordinal);
        await course.Apply(await course.Import("grades.csv", Encoding.UTF8.GetBytes(text)));
        Assert.Equal(16.8m, (await course.Gradebook()).Score(course.Learner, essay));
    }

    [Fact]
    public async Task Other_systems_get_the_letter_and_what_it_is_worth()
    {
        var course = await Lettered();
        await course.NameLikeTheSis();
        var essay = await course.NewAssignment("Essay", 20, new { grading_type = "letter", due_at = "2030-06-01T00:00:00Z" });
        await essay.Score(course.Learner, 17);

        var powerSchool = Exporting.Lines(await course.Bytes(await course.Export(new { format = "powerschool" })), '\t');
        Assert.Equal(["Grade", "Percent", "GPA_Points"], powerSchool[0][^3..]);
        Assert.Equal(["B", "85", "3"], powerSchool[1][^3..]);

        await using var zip = new ZipArchive(new MemoryStream(await course.Bytes(await course.Export(new { format = "oneroster" }))));
        using var results = new StreamReader(zip.GetEntry("results.csv")!.Open());
        var lines = (await results.ReadToEndAsync()).TrimEnd().Split("\r\n").Select(line => line.Split(',')).ToList();
        var textScore = Array.IndexOf(lines[0], "textScore");
        Assert.Equal(["B", "B"], lines[1..].Select(line => line[textScore]));

        using var json = JsonDocument.Parse(await course.Bytes(await course.Export(new { format = "json" })));
        var learner = json.RootElement.GetProperty("learners")[0];
        Assert.Equal("B", learner.GetProperty("grades")[0].GetProperty("word").GetString());
        Assert.Equal(3, learner.GetProperty("final").GetProperty("grade_points").GetDecimal());
        // The period's own total: the essay is due in it.
        Assert.Equal(85, learner.GetProperty("periods")[0].GetProperty("final").GetProperty("percent").GetDecimal());
    }

    private async Task<TestCourse> Lettered(int learners = 1)
    {
        var course = await app.NewCourse(learners);
        await Letters(course, version: 1, lowestA: 90);
        return course;
    }

    private static async Task Letters(TestCourse course, int version, int lowestA) =>
        (await course.Instructor.Put($"{course.Path}/grading-policy", new
        {
            policy = new
            {
                weighting = "points",
                periods = new[]
                {
                    new { name = "Autumn", starts_at = "2030-05-01T00:00:00Z", ends_at = "2030-07-01T00:00:00Z", weight_percent = 100 },
                },
                letter_scheme = new
                {
                    bands = new[]
                    {
                        new { letter = "A", lower_percent = lowestA, grade_points = 4 },
                        new { letter = "B", lower_percent = 80, grade_points = 3 },
                        new { letter = "F", lower_percent = 0, grade_points = 0 },
                    },
                },
            },
            version,
        })).Expect(200);

    // As a spreadsheet keeps a typed 90%: a number, and a format that shows it as a percent.
    private static byte[] WithPercent(byte[] workbook, int row, string column, double share)
    {
        using var file = new MemoryStream();
        file.Write(workbook);
        using (var document = SpreadsheetDocument.Open(file, isEditable: true))
        {
            var styles = document.WorkbookPart!.AddNewPart<WorkbookStylesPart>();
            styles.Stylesheet = new Stylesheet(
                new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "0.0\" %\"" }),
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()),
                new CellStyleFormats(new CellFormat { NumberFormatId = 10 }),
                new CellFormats(new CellFormat { NumberFormatId = 164 }, new CellFormat { NumberFormatId = 9 }));
            var cells = document.WorkbookPart.WorksheetParts.Single().Worksheet.Descendants<Row>()
                .Single(one => one.RowIndex!.Value == row);
            var cell = cells.Elements<Cell>().SingleOrDefault(one => one.CellReference == $"{column}{row}");
            if (cell is null)
            {
                cell = new Cell { CellReference = $"{column}{row}" };
                cells.InsertBefore(cell, cells.Elements<Cell>().First(one => one.CellReference!.Value![0] > column[0]));
            }

            (cell.InlineString, cell.DataType) = (null, null);
            cell.StyleIndex = 1;
            cell.CellValue = new CellValue(share);
        }

        return file.ToArray();
    }
}
