using System.Buffers.Binary;

namespace Lectern.Platform.Storage;

/// <summary>
/// Counts what a ZIP holds before the framework does, which makes an object of every name at once: a 256 MB directory of
/// five million names would cost more than a gigabyte. Sizes by ZIP64 (APPNOTE 6.3.10, 4.3.14 and 4.3.15) are understood.
/// </summary>
public static class ZipDirectory
{
    private const int EndSize = 22, HeaderSize = 46, LocatorSize = 20, LargeEndSize = 56;
    private const uint EndMark = 0x06054b50, HeaderMark = 0x02014b50, LocatorMark = 0x07064b50, LargeEndMark = 0x06064b50;

    /// <summary>The number of entries, or null when there are more than asked for.</summary>
    /// <exception cref="InvalidDataException">This is no ZIP, or a damaged one.</exception>
    public static int? Count(Stream zip, int atMost)
    {
        var (promised, start) = End(zip);
        if (promised > atMost) return null;
        if (start < 0 || start > zip.Length) throw new InvalidDataException();

        zip.Position = start;
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

    /// <summary>How many entries the end of the file promises, and where their directory begins.</summary>
    private static (long Promised, long Start) End(Stream zip)
    {
        var tail = new byte[(int)Math.Min(zip.Length, LocatorSize + EndSize + ushort.MaxValue)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        var end = tail.Length - EndSize;
        while (end >= 0 && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end)) != EndMark) end--;
        if (end < 0) throw new InvalidDataException();
        long promised = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (promised != ushort.MaxValue && start != uint.MaxValue) return (promised, start);

        // What does not fit here stands in a second end, and before this one stands where.
        var locator = end - LocatorSize;
        if (locator < 0 || BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(locator)) != LocatorMark) return (promised, start);
        var large = new byte[LargeEndSize];
        var at = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(locator + 8));
        if (at < 0 || at > zip.Length - LargeEndSize) throw new InvalidDataException();
        zip.Position = at;
        zip.ReadExactly(large);
        if (BinaryPrimitives.ReadUInt32LittleEndian(large) != LargeEndMark) throw new InvalidDataException();
        promised = BinaryPrimitives.ReadInt64LittleEndian(large.AsSpan(32));
        return promised < 0
            ? throw new InvalidDataException()
            : (promised, BinaryPrimitives.ReadInt64LittleEndian(large.AsSpan(48)));
    }
}
