using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Lectern.Grading.Sheets;

/// <summary>
/// Which cells of a workbook show percents: a spreadsheet keeps a typed 85% as 0.85 and says only in the cell's format what was meant.
/// </summary>
internal static partial class XlsxStyles
{
    /// <summary>The percents among the formats that are never written down (ECMA-376, 18.8.30).</summary>
    private static readonly int[] KnownPercents = [9, 10];

    /// <summary>Numbers of the cell formats that show percents; a workbook need not have any formats.</summary>
    public static HashSet<string> Percents(WorkbookParts parts, SheetLimits limits)
    {
        var formats = KnownPercents.Select(id => id.ToString(CultureInfo.InvariantCulture)).ToHashSet();
        var percents = new HashSet<string>();
        using var xml = parts.Xml("xl/styles.xml");
        var (inCells, at) = (false, 0);
        while (xml is not null && xml.Read())
        {
            if (xml.LocalName == "cellXfs") inCells = xml.NodeType is XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType is not XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && Shown(xml.GetAttribute("formatCode")) && xml.GetAttribute("numFmtId") is { } id)
                formats.Add(id);
            if (!inCells || xml.LocalName != "xf") continue;
            if (at > limits.Texts) throw new SheetUnreadableException("sheet_too_much", "This workbook has too many formats.");
            if (xml.GetAttribute("numFmtId") is { } format && formats.Contains(format))
                percents.Add(at.ToString(CultureInfo.InvariantCulture));
            at++;
        }

        return percents;
    }

    // A percent sign that is a text of its own, quoted or escaped, changes nothing of the number.
    private static bool Shown(string? format) => format is not null && Quoted().Replace(format, "").Contains('%');

    [GeneratedRegex("\"[^\"]*\"|\\\\.|_.|\\*.")]
    private static partial Regex Quoted();
}
