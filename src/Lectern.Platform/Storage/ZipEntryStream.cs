using System.IO.Compression;

namespace Lectern.Platform.Storage;

/// <summary>A stream that is only read forwards.</summary>
public abstract class ForwardStream : Stream
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

/// <summary>
/// An entry of a ZIP while it unpacks, counted and checked: the framework compares neither the size nor the checksum,
/// and half a file reads like a whole one.
/// </summary>
/// <param name="entry">What is read.</param>
/// <param name="spend">Told of the bytes that came out; by throwing it ends the reading.</param>
public sealed class ZipEntryStream(ZipArchiveEntry entry, Action<int> spend) : ForwardStream
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
