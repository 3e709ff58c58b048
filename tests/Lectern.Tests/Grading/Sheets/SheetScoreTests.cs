using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Sheets;

namespace Lectern.Tests.Grading.Sheets;

public sealed class SheetScoreTests
{
    [Theory]
    [InlineData("7.5", "7.5")]
    [InlineData(" 7,5 ", "7.5")]
    [InlineData("0", "0")]
    [InlineData("-3", "-3")]
    [InlineData("1e3", "1000")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("6.9999999999999996", "7")]
    [InlineData("1.23456", "1.23456")]
    [InlineData("1,2345", "1.2345")]
    public void A_number_is_read_as_it_was_meant(string text, string score) =>
        Assert.Equal(decimal.Parse(score, CultureInfo.InvariantCulture), SheetScore.Parse(text)!.Value.Score);

    [Theory]
    [InlineData("ten")]
    [InlineData("85%")]
    [InlineData("1,500")]
    [InlineData("7.5.1")]
    [InlineData("#DIV/0!")]
    [InlineData("1e99")]
    [InlineData("NaN")]
    public void What_could_be_two_things_or_none_is_no_score(string text) => Assert.Null(SheetScore.Parse(text));

    [Fact]
    public void Nothing_and_excused_are_read_too()
    {
        Assert.True(SheetScore.Parse("  ")!.Value.IsBlank);
        Assert.True(SheetScore.Parse("ex")!.Value.Excused);
    }

    [Fact]
    public async Task Whatever_is_written_into_a_sheet_is_read_out_of_it_again()
    {
        var cell = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(text => (TableCell)Tame(text)),
            Gen.Choose(-10_000_000, 10_000_000).Select(number => (TableCell)(number / 10_000m)));
        foreach (var row in Gen.ArrayOf(cell, 12).Sample(200, 30))
        {
            await Same(row, file => new CsvTable(file, CsvStyle.Spreadsheet));
            await Same(row, file => new XlsxTable(file, "Grades", frozenColumns: 3, hiddenColumn: 4));
        }

        static async Task Same(TableCell[] row, Func<Stream, ITable> kind)
        {
            var file = new MemoryStream();
            await using (var table = kind(file)) await table.Row(row.Prepend("first").Append("last"), CancellationToken.None);
            file.Position = 0;
            var read = SheetRows.Read(file, SheetLimits.Default).Single().Cells;
            var wrote = row.Select(one => one.Number is null ? one.Text ?? string.Empty : one.NumberText).Prepend("first").Append("last");
            Assert.Equal(wrote, read);
        }
    }

    [Fact]
    public void A_stamp_and_its_versions_are_read_as_they_were_written()
    {
        var ids = new[] { new AssignmentId(7), new AssignmentId(12) };

        var stamp = SheetLayout.ReadStamp(SheetLayout.StampOf(new CourseId(3), 41, ids));

        Assert.Equal((3, 41), (stamp!.CourseId.Value, stamp.Version));
        Assert.Equal(ids, stamp.Columns);
        Assert.Equal([0, 12], SheetLayout.ReadVersions(SheetLayout.VersionsOf([0, 12]), 2)!);
        Assert.Null(SheetLayout.ReadVersions("v0", 2));
        Assert.Null(SheetLayout.ReadVersions("0.12", 2));
        Assert.Null(SheetLayout.ReadStamp("lectern:2:3:41:7"));
        Assert.Equal(12, SheetLayout.AssignmentOf(SheetLayout.Title("Essay [#7]", ids[1]))!.Value.Value);
    }

    // Spaces around a cell are nobody's, and an apostrophe before a formula is the spreadsheet's own.
    private static string Tame(string? text)
    {
        var tame = new string([.. (text ?? "").Where(letter => System.Xml.XmlConvert.IsXmlChar(letter) && letter != '\r')]);
        // What is read has no space around it and no guard before it; taking off one can bring out the other.
        for (var before = string.Empty; tame != before;)
        {
            before = tame;
            tame = FormulaGuard.Unguard(tame.Trim());
        }

        return tame;
    }
}
