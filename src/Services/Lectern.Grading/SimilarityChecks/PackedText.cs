using System.IO.Compression;
using System.Text;
using System.Xml;
using Lectern.Platform.Storage;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>The paragraphs of a word processor's document (.docx, .odt): XML in a ZIP file, read as it comes and never unpacked.</summary>
internal static class PackedText
{
    // A few kilobytes can unpack to gigabytes; no essay has so much XML.
    private const long MostXmlCharacters = 64 << 20;

    // A document of hundreds of pictures has as many; names cost memory before one of them is read.
    private const int MostEntries = 10_000;

    /// <param name="content">What can be read from its end.</param>
    public static string Of(Stream content, int mostCharacters)
    {
        try
        {
            if (ZipDirectory.Count(content, MostEntries) is null) throw new UnreadableTextException(UnreadBecause.TooLarge);
            using var zip = new ZipArchive(content, ZipArchiveMode.Read);
            var entry = zip.GetEntry("word/document.xml") ?? zip.GetEntry("content.xml")
                ?? throw new UnreadableTextException(UnreadBecause.NotWhatItSays);
            using var stream = entry.Open();
            using var reader = XmlReader.Create(stream, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostXmlCharacters,
            });
            return TextOf(reader, mostCharacters);
        }
        catch (Exception broken) when (broken
            is InvalidDataException or EndOfStreamException or XmlException or NotSupportedException)
        {
            throw new UnreadableTextException(UnreadBecause.Damaged);
        }
    }

    private static string TextOf(XmlReader reader, int mostCharacters)
    {
        var text = new StringBuilder();
        // Deleted words, instructions for fields, and what stands there a second time for old programs, nobody reads.
        var hidden = 0;
        while (reader.Read() && text.Length <= mostCharacters)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Text when hidden == 0:
                    text.Append(reader.Value);
                    break;
                case XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when hidden == 0 && reader.XmlSpace is XmlSpace.Preserve:
                    text.Append(reader.Value);
                    break;
                case XmlNodeType.Element when IsHidden(reader.LocalName) && !reader.IsEmptyElement:
                    hidden++;
                    break;
                case XmlNodeType.EndElement when IsHidden(reader.LocalName):
                    hidden--;
                    break;
                case XmlNodeType.EndElement when reader.LocalName is "p" or "h":
                    text.Append("\n\n");
                    break;
                case XmlNodeType.Element when reader.LocalName is "tab" or "s" or "br" or "line-break":
                    text.Append(reader.LocalName is "tab" or "s" ? ' ' : '\n');
                    break;
            }
        }

        return text.ToString().TrimEnd();
    }

    private static bool IsHidden(string element) => element is "delText" or "instrText" or "Fallback" or "tracked-changes" or "annotation";
}
