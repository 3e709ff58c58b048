using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Lectern.Grading.Sheets;

namespace Lectern.Tests.Grading.Sheets;

public sealed class XlsxTableTests
{
    private static readonly TableCell[][] Rows =
    [
        ["Learner ID", "Name", "Essay [#7]", "stamp"],
        [42L, "Ada <&> \"Lovelace\"\u0001 =1+1", 7.5m, "v1"],
        [43L, " مريم ", default, "v0"],
    ];

    [Fact]
    public async Task A_workbook_is_what_the_standard_says_and_holds_what_was_written()
    {
        var file = new MemoryStream();
        await using (var table = new XlsxTable(file, "Grades", frozenColumns: 2, hiddenColumn: 4))
        {
            foreach (var row in Rows) await table.Row(row, CancellationToken.None);
        }

        // Read by somebody else's hand: the library of those who made the format.
        using var workbook = SpreadsheetDocument.Open(file, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(workbook).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var cells = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Cell>()
            .ToDictionary(cell => cell.CellReference!.Value!, cell => cell);
        Assert.Equal("7.5", cells["C2"].CellValue!.Text);
        Assert.Equal("42", cells["A2"].CellValue!.Text);
        // No formula and no control character comes through.
        Assert.Equal(("Ada <&> \"Lovelace\" =1+1", null), (cells["B2"].InlineString!.InnerText, cells["B2"].CellFormula));
        Assert.Equal(" مريم ", cells["B3"].InlineString!.InnerText);
        Assert.False(cells.ContainsKey("C3"));
    }

    [Theory]
    [InlineData(1, "A")]
    [InlineData(26, "Z")]
    [InlineData(27, "AA")]
    [InlineData(702, "ZZ")]
    [InlineData(703, "AAA")]
    public void Columns_are_named_like_everywhere(int column, string name) => Assert.Equal(name, XlsxTable.ColumnName(column));

    [Fact]
    public async Task Rows_leave_as_they_come()
    {
        var file = new MemoryStream();
        var table = new XlsxTable(file, "Grades");
        for (var row = 0; row < 20_000; row++)
        {
            var cells = Enumerable.Range(0, 50).Select(column => (TableCell)(long)((row * 7919) ^ (column * 104729)));
            await table.Row(cells, CancellationToken.None);
        }

        // Nothing but what the packer has in hand is still to be written.
        var before = file.Length;
        await table.DisposeAsync();
        Assert.InRange(before, file.Length * 0.9, file.Length);
    }
}
