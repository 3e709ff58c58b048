using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Lectern.Grading.Sheets;

/// <summary>
/// A workbook with one sheet, written as it goes (ECMA-376, SpreadsheetML): the rows of a course of ten thousand never stand in memory
/// together. Texts are written into their cells, so there is no table of them to keep either.
/// </summary>
internal sealed class XlsxTable : ITable
{
    private const string Sheets = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private readonly ZipArchive zip;
    private readonly XmlWriter xml;
    private int row;

    /// <param name="name">The sheet's name.</param>
    /// <param name="frozenColumns">How many columns stay in sight; the first row always does.</param>
    /// <param name="hiddenColumn">A column nobody needs to see, counted from 1; 0 for none.</param>
    public XlsxTable(Stream output, string name, int frozenColumns = 0, int hiddenColumn = 0)
    {
        zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        Part("[Content_Types].xml", ContentTypes);
        Part("_rels/.rels", Relationship("officeDocument", "xl/workbook.xml"));
        Part("xl/_rels/workbook.xml.rels", Relationship("worksheet", "worksheets/sheet1.xml"));
        Part("xl/workbook.xml", $"""
            <workbook xmlns="{Sheets}" xmlns:r="{Relations}"><sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>
            """);
        xml = XmlWriter.Create(
            zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open(),
            new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = true });
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("worksheet", Sheets);
        var split = frozenColumns > 0 ? $"xSplit=\"{frozenColumns}\" " : string.Empty;
        var pane = frozenColumns > 0 ? "bottomRight" : "bottomLeft";
        xml.WriteRaw($"""
            <sheetViews><sheetView workbookViewId="0">
            <pane {split}ySplit="1" topLeftCell="{ColumnName(frozenColumns + 1)}2" activePane="{pane}" state="frozen"/>
            </sheetView></sheetViews>
            """);
        if (hiddenColumn > 0)
            xml.WriteRaw($"""<cols><col min="{hiddenColumn}" max="{hiddenColumn}" width="9" hidden="1" customWidth="1"/></cols>""");
        xml.WriteStartElement("sheetData", Sheets);
    }

    public Task Row(IEnumerable<TableCell> cells, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        xml.WriteStartElement("row", Sheets);
        xml.WriteAttributeString("r", (++row).ToString(CultureInfo.InvariantCulture));
        var column = 0;
        foreach (var cell in cells)
        {
            column++;
            if (cell is { Number: null, Text: null or "" }) continue;
            xml.WriteStartElement("c", Sheets);
            xml.WriteAttributeString("r", $"{ColumnName(column)}{row}");
            if (cell.Number is not null) xml.WriteElementString("v", Sheets, cell.NumberText);
            else WriteText(cell.Text!);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.Dispose();
        zip.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>1 is A, 27 is AA.</summary>
    internal static string ColumnName(int column)
    {
        var name = string.Empty;
        for (; column > 0; column = (column - 1) / 26) name = (char)('A' + ((column - 1) % 26)) + name;
        return name;
    }

    // As a text of its own kind, which no spreadsheet takes for a formula.
    private void WriteText(string words)
    {
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is", Sheets);
        xml.WriteStartElement("t", Sheets);
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(new string([.. words.Where(XmlConvert.IsXmlChar)]));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Part(string path, string content)
    {
        using var part = new StreamWriter(zip.CreateEntry(path).Open(), new UTF8Encoding(false));
        part.Write($"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}""");
    }

    private static string Relationship(string kind, string target) => $"""
        <Relationships xmlns="{Packages}/relationships"><Relationship Id="r1" Type="{Relations}/{kind}" Target="{target}"/></Relationships>
        """;

    private const string ContentTypes = $"""
        <Types xmlns="{Packages}/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Default Extension="xml" ContentType="application/xml"/>
        <Override PartName="/xl/workbook.xml" ContentType="{Spreadsheet}.sheet.main+xml"/>
        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Spreadsheet}.worksheet+xml"/>
        </Types>
        """;
}
