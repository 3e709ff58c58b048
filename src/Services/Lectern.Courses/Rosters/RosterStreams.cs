using System.Buffers.Binary;
using System.IO.Compression;

namespace Lectern.Courses.Rosters;

/// <summary>A stream that is only read forwards.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The upload itself, left open: it belongs to whoever handed it in.</summary>
internal sealed class Unclosed(Stream inner) : ForwardStream
{
    public override int Read(Span<byte> buffer) => inner.Read(buffer);
}

/// <summary>
/// An entry of a ZIP while it unpacks, counted and checked: the framework compares neither the size nor the checksum,
/// and half a file reads like a whole one.
/// </summary>
internal sealed class ZipEntryStream(ZipArchiveEntry entry, Action<int> spend) : ForwardStream
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Remainder)];
    private readonly Stream inner = entry.Open();
    private long count;
    private uint checksum = uint.MaxValue;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        var read = inner.Read(buffer);
        spend(read);
        count += read;
        foreach (var value in buffer[..read]) checksum = Table[(byte)(checksum ^ value)] ^ checksum >> 8;
        if (count > entry.Length || read == 0 && (count != entry.Length || ~checksum != entry.Crc32))
            throw new InvalidDataException("The entry is not what the directory of the archive says.");
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private static uint Remainder(int index)
    {
        var value = (uint)index;
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : value >> 1 ^ 0xEDB88320;
        return value;
    }
}

/// <summary>
/// Counts what a ZIP holds before the framework does, which makes an object of every name at once: a 256 MB directory of
/// five million names would cost more than a gigabyte.
/// </summary>
internal static class ZipDirectory
{
    private const int EndSize = 22, HeaderSize = 46;
    private const uint EndMark = 0x06054b50, HeaderMark = 0x02014b50;

    /// <summary>The number of entries, or null when there are more than asked for.</summary>
    internal static int? Count(Stream zip, int atMost)
    {
        var tail = new byte[(int)Math.Min(zip.Length, EndSize + ushort.MaxValue)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        var end = tail.Length - EndSize;
        while (end >= 0 && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end)) != EndMark) end--;
        if (end < 0) throw new InvalidDataException();
        // 0xFFFF sends to a second directory for more entries than fit here, and those are too many in any case.
        var promised = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        if (promised > atMost) return null;

        zip.Position = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        var header = new byte[HeaderSize];
        var count = 0;
        while (zip.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) == HeaderSize
            && BinaryPrimitives.ReadUInt32LittleEndian(header) == HeaderMark)
        {
            if (++count > atMost) return null;
            zip.Position += BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
        }
        zip.Position = 0;
        return count == promised ? count : throw new InvalidDataException();
    }
}
