using System.IO.Compression;
using System.Xml;

namespace Lectern.Grading.Sheets;

/// <summary>The parts of a workbook somebody sent, none of which is trusted.</summary>
internal sealed class WorkbookParts : IDisposable
{
    private const string Workbook = "xl/workbook.xml";
    private readonly ZipArchive zip;
    private readonly SheetLimits limits;
    private long unpacked;

    private WorkbookParts(ZipArchive zip, SheetLimits limits) => (this.zip, this.limits) = (zip, limits);

    public static WorkbookParts Open(Stream content, SheetLimits limits)
    {
        try
        {
            var parts = new WorkbookParts(new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true), limits);
            if (parts.zip.Entries.Count > limits.Parts) throw new InvalidDataException();
            return parts.zip.GetEntry(Workbook) is null ? throw NoWorkbook() : parts;
        }
        catch (InvalidDataException)
        {
            throw NoWorkbook();
        }
    }

    public static SheetUnreadableException NoWorkbook() => new(
        "sheet_damaged", "This is no Excel workbook, or a damaged one. Open it, save it as .xlsx or “CSV UTF-8”, and send it again.");

    /// <summary>Where the first sheet is: the list of sheets names a relation, and that a part of this file.</summary>
    public string FirstSheet()
    {
        string? relation = null;
        using (var book = Xml(Workbook))
        {
            while (relation is null && book!.Read())
            {
                if (book is not { NodeType: XmlNodeType.Element, LocalName: "sheet" }) continue;
                while (relation is null && book.MoveToNextAttribute())
                    if (book is { LocalName: "id", Prefix.Length: > 0 }) relation = book.Value;
            }
        }

        using var relations = Xml("xl/_rels/workbook.xml.rels");
        while (relations is not null && relations.Read())
        {
            if (relations.LocalName != "Relationship" || relations.GetAttribute("Id") != relation) continue;
            if (relations.GetAttribute("TargetMode") is "External") break;
            var target = relations.GetAttribute("Target") ?? string.Empty;
            return target.StartsWith('/') ? target[1..] : $"xl/{target}";
        }

        throw NoWorkbook();
    }

    /// <summary>A part to be read forwards; null when there is none. Nothing in it is fetched from anywhere.</summary>
    public XmlReader? Xml(string path) => zip.GetEntry(path) is not { } entry ? null : XmlReader.Create(
        new Counted(entry.Open(), Spend),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true, IgnoreComments = true,
            IgnoreProcessingInstructions = true, MaxCharactersInDocument = limits.UnpackedBytes,
        });

    public void Dispose() => zip.Dispose();

    private void Spend(int bytes)
    {
        if ((unpacked += bytes) > limits.UnpackedBytes)
            throw new SheetUnreadableException(
                "sheet_too_much", $"Unpacked, this workbook has more than {limits.UnpackedBytes >> 20} MiB.");
    }

    /// <summary>Counts what comes out.</summary>
    private sealed class Counted(Stream inner, Action<int> spend) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            spend(read);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
