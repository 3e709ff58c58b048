using System.Text;
using Lectern.Grading.Sheets;
using Lectern.Tests.Grading.GradebookImports;

namespace Lectern.Tests.Grading.Sheets;

public sealed class SheetRowsTests
{
    private const string Rels = """
        <Relationships xmlns="p"><Relationship Id="r1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>
        """;

    private const string Book = """
        <workbook xmlns="m" xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/><sheet name="T" r:id="r2"/></sheets></workbook>
        """;

    [Fact]
    public void Cells_are_found_by_their_place_and_read_by_their_kind()
    {
        var rows = Read(Workbook("""
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2"><f>1+1</f><v>2</v></c><c r="D2" t="inlineStr"><is><r><t>in</t></r>
            <r><t>line</t></r></is></c><c r="E2" t="str"><f>A2</f><v>said</v></c><c r="F2" t="e"><v>#DIV/0!</v></c><c r="G2" s="3"/>
            <c r="H2" t="b"><v>1</v></c></row>
            <row r="3"/><row r="7"><c><v>1.5</v></c><c><v>0.30000000000000004</v></c></row>
            """));

        Assert.Equal([2, 7], rows.Select(row => row.Line));
        Assert.Equal(
            ["Ada Lovelace", "", "2", "inline", "said", "#DIV/0!", "", "TRUE"],
            rows[0].Cells.Select(cell => cell.ReplaceLineEndings("").Replace("in            line", "inline", StringComparison.Ordinal)));
        Assert.Equal(["1.5", "0.30000000000000004"], rows[1].Cells);
    }

    [Theory]
    [InlineData("Learner ID,Essay\r\n7,1.5\r\n", "1.5")]
    [InlineData("\uFEFFLearner ID;Essay\n7;1,5\n", "1,5")]
    [InlineData("Learner ID\tEssay\r\n7\t\"1.5\"", "1.5")]
    [InlineData("sep=;\r\nLearner ID;Essay\r\n7;1.5", "1.5")]
    [InlineData("\"a,b,c\";Learner ID\r\n7;1.5", "1.5")]
    public void Separated_values_are_taken_apart_by_what_they_are_separated_with(string text, string last)
    {
        var rows = SheetRows.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), SheetLimits.Default).ToList();

        Assert.Equal(last, rows[^1].Cells[1]);
        Assert.Equal(2, rows[^2].Cells.Count);
    }

    [Fact]
    public void What_is_no_utf_8_is_not_guessed() =>
        Refused([.. "Name,Essay\r\nJos"u8, 0xE9, .. ",1"u8], "encoding_invalid");

    [Fact]
    public void A_workbook_with_a_password_or_of_the_old_kind_is_named() =>
        Refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "sheet_old");

    [Fact]
    public void What_only_looks_like_a_workbook_is_refused()
    {
        Refused("PK\u0003\u0004 and nothing else"u8.ToArray(), "sheet_damaged");
        Refused(Importing.Zip(("word/document.xml", "<document/>")), "sheet_damaged");
        Refused(Importing.Zip(("xl/workbook.xml", Book)), "sheet_damaged");
        Refused(Importing.Zip(("xl/workbook.xml", Book), ("xl/_rels/workbook.xml.rels", Rels)), "sheet_damaged");
        Refused(Workbook("<row><c t=\"s\"><v>99</v></c></row>"), "sheet_damaged");
        Refused(Workbook("<row><c><v>1</v></row>"), "sheet_damaged");
        // A sheet that stands elsewhere is not fetched.
        Refused(Importing.Zip(
            ("xl/workbook.xml", Book),
            ("xl/_rels/workbook.xml.rels", Rels.Replace("Target=", "TargetMode=\"External\" Target=", StringComparison.Ordinal))),
            "sheet_damaged");
    }

    [Fact]
    public void Nothing_is_fetched_or_multiplied_by_the_xml() => Refused(
        Importing.Zip(
            ("xl/workbook.xml", $"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{Book}"), ("xl/_rels/workbook.xml.rels", Rels)),
        "sheet_damaged");

    [Fact]
    public void A_bomb_is_put_down_before_it_is_unpacked()
    {
        var limits = SheetLimits.Default with { UnpackedBytes = 1 << 20 };
        var bomb = Workbook($"<row><c t=\"str\"><v>{new string('0', 64 << 20)}</v></c></row>");
        Assert.InRange(bomb.Length, 0, 1 << 20);

        Refused(bomb, "sheet_too_much", limits);
        Refused(Workbook(string.Concat(Enumerable.Repeat("<row><c><v>1</v></c></row>", 5))), "sheet_too_much", limits with { Rows = 4 });
        Refused(Workbook("<row/>"), "sheet_too_much", limits with { TextLength = 5 });
        Refused(Workbook("<row/>"), "sheet_too_much", limits with { Texts = 0 });
        Refused(Workbook("<row><c r=\"XFD1\"><v>1</v></c></row>"), "sheet_too_much");
        Refused(Encoding.UTF8.GetBytes($"a,b\r\n{new string('x', 40_000)},1"), "sheet_too_much");
        Refused(Encoding.UTF8.GetBytes("a,b\r\n1,1\r\n"), "file_too_large", limits with { FileBytes = 5 });
        var parts = Enumerable.Range(0, 20).Select(i => ($"xl/{i}.xml", "<x/>")).ToArray();
        Refused(Importing.Zip(parts), "sheet_damaged", limits with { Parts = 10 });
    }

    private static List<SheetRow> Read(byte[] file) => [.. SheetRows.Read(new MemoryStream(file), SheetLimits.Default)];

    private static void Refused(byte[] file, string code, SheetLimits? limits = null) => Assert.Equal(
        code,
        Assert.Throws<SheetUnreadableException>(
            () => SheetRows.Read(new MemoryStream(file), limits ?? SheetLimits.Default).Count()).Code);

    private static byte[] Workbook(string rows) => Importing.Zip(
        ("xl/workbook.xml", Book), ("xl/_rels/workbook.xml.rels", Rels), ("xl/vbaProject.bin", "macros nobody looks at"),
        ("xl/sharedStrings.xml", "<sst xmlns=\"m\"><si><r><t>Ada </t></r><rPh><t>EIDA</t></rPh><r><t>Lovelace</t></r></si></sst>"),
        ("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"m\"><sheetData>{rows}</sheetData></worksheet>"));
}
