using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.GradebookImports;

/// <summary>Sending grades back as a grader would.</summary>
internal static class Importing
{
    public static async Task<Answer> Send(this TestCourse course, string name, byte[] content, TestPerson? by = null)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } };
        return await (by ?? course.Instructor).Send(HttpMethod.Post, $"{course.Path}/gradebook-imports", form);
    }

    /// <summary>Sends a file and waits until it has been compared.</summary>
    public static async Task<Answer> Import(this TestCourse course, string name, byte[] content) =>
        await course.Settled((await course.Send(name, content)).Expect(202).Id("gradebook_import_id"));

    public static Task<Answer> Import(this TestCourse course, params string[] lines) =>
        course.Import("grades.csv", Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));

    /// <summary>The import, once no job is at work on it.</summary>
    public static async Task<Answer> Settled(this TestCourse course, long import)
    {
        Answer? shown = null;
        await TestTenant.Eventually(
            async () =>
            {
                shown = (await course.Instructor.Get($"{course.Path}/gradebook-imports/{import}")).Expect(200);
                return !shown.At("state").GetString()!.EndsWith("ing", StringComparison.Ordinal);
            },
            $"import {import} is settled");
        return shown!;
    }

    public static async Task<Answer> Apply(this TestCourse course, Answer import, object? choice = null)
    {
        var id = import.Id("gradebook_import_id");
        (await course.Instructor.Post($"{course.Path}/gradebook-imports/{id}/application", choice ?? new { })).Expect(202);
        return await course.Settled(id);
    }

    public static async Task<Answer> Reverse(this TestCourse course, Answer import)
    {
        var id = import.Id("gradebook_import_id");
        (await course.Instructor.Post($"{course.Path}/gradebook-imports/{id}/reversal")).Expect(202);
        return await course.Settled(id);
    }

    public static async Task<List<JsonElement>> Rows(this TestCourse course, Answer import, string? kind = null)
    {
        var all = new List<JsonElement>();
        var (path, after) = ($"{course.Path}/gradebook-imports/{import.Id("gradebook_import_id")}/rows?limit=200&kind={kind}", "");
        do
        {
            var page = (await course.Instructor.Get($"{path}&after={after}")).Expect(200);
            all.AddRange(page.At("items").EnumerateArray());
            after = page.At("next").GetString();
        }
        while (after is not null);
        return all;
    }

    /// <summary>Changed, conflict, invalid, unknown learners, unknown columns.</summary>
    public static (int Changed, int Conflict, int Invalid, int Learners, int Columns) Counts(this Answer import)
    {
        int Of(string name) => import.At($"summary.{name}").GetInt32();
        return (Of("changed"), Of("conflict"), Of("invalid"), Of("unknown_learner"), Of("unknown_column"));
    }

    /// <summary>
    /// Opens a workbook with the library of those who made the format, sets cells, and saves it: numbers as numbers, texts in a table of
    /// texts, as spreadsheets save them.
    /// </summary>
    public static byte[] Edit(byte[] workbook, IEnumerable<(int Row, int Column, object? Value)> edits)
    {
        using var file = new MemoryStream();
        file.Write(workbook);
        using (var document = SpreadsheetDocument.Open(file, isEditable: true))
        {
            var rows = document.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>()
                .ToDictionary(row => (int)row.RowIndex!.Value);
            var texts = document.WorkbookPart.AddNewPart<SharedStringTablePart>();
            texts.SharedStringTable = new SharedStringTable();
            foreach (var (row, column, value) in edits) Set(rows[row], row, column, value, texts.SharedStringTable);
        }

        return file.ToArray();
    }

    private static void Set(Row row, int number, int column, object? value, SharedStringTable texts)
    {
        var reference = $"{Lectern.Grading.Sheets.XlsxTable.ColumnName(column)}{number}";
        var cell = row.Elements<Cell>().FirstOrDefault(one => one.CellReference == reference);
        if (cell is null)
        {
            cell = new Cell { CellReference = reference };
            row.InsertBefore(cell, row.Elements<Cell>().FirstOrDefault(
                one => one.CellReference!.Value!.Length > reference.Length
                    || (one.CellReference.Value.Length == reference.Length && string.CompareOrdinal(one.CellReference, reference) > 0)));
        }

        (cell.InlineString, cell.CellValue, cell.DataType) = (null, null, null);
        if (value is string text)
        {
            texts.AppendChild(new SharedStringItem(new Text(text)));
            cell.DataType = CellValues.SharedString;
            cell.CellValue = new CellValue((texts.Count() - 1).ToString(CultureInfo.InvariantCulture));
        }
        else if (value is not null) cell.CellValue = new CellValue(Convert.ToString(value, CultureInfo.InvariantCulture)!);
    }

    /// <summary>A ZIP of texts by path.</summary>
    public static byte[] Zip(params (string Path, string Text)[] parts)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in parts)
            {
                using var part = new StreamWriter(zip.CreateEntry(path).Open());
                part.Write(text);
            }
        }

        return file.ToArray();
    }
}
