using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Lectern.Courses.Rosters;

/// <summary>
/// Text of a roster file as it streams by: UTF-8, or UTF-16 with a byte order mark. Anything else stops at its first
/// byte that is not text, with its place, because a guessed encoding turns José into JosÃ© and nobody notices until June.
/// </summary>
internal sealed class RosterText(Stream stream) : TextReader
{
    private enum Encoding { Unknown, Utf8, Utf16Little, Utf16Big }

    private const int Size = 32 * 1024;
    private readonly byte[] bytes = new byte[Size];
    private readonly char[] chars = new char[Size * 2];
    private int byteCount, charAt, charCount;
    private long offset;
    private int line = 1;
    private bool afterReturn, atEnd;
    private Encoding encoding;

    /// <summary>The first line, without consuming it. Longer than the buffer is no header.</summary>
    internal string PeekLine()
    {
        while (!atEnd && charCount - charAt < Size && chars.AsSpan(charAt, charCount - charAt).IndexOfAny('\r', '\n') < 0) Fill();
        var ready = chars.AsSpan(charAt, charCount - charAt);
        var end = ready.IndexOfAny('\r', '\n');
        return (end < 0 ? ready : ready[..end]).ToString();
    }

    public override int Peek() => Ready() ? chars[charAt] : -1;
    public override int Read() => Ready() ? chars[charAt++] : -1;
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty || !Ready()) return 0;
        var taken = Math.Min(buffer.Length, charCount - charAt);
        chars.AsSpan(charAt, taken).CopyTo(buffer);
        charAt += taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) stream.Dispose();
        base.Dispose(disposing);
    }

    private bool Ready()
    {
        while (charAt == charCount && !atEnd) Fill();
        return charAt < charCount;
    }

    private void Fill()
    {
        chars.AsSpan(charAt, charCount - charAt).CopyTo(chars);
        (charAt, charCount) = (0, charCount - charAt);
        var read = stream.ReadAtLeast(bytes.AsSpan(byteCount), 1, throwOnEndOfStream: false);
        atEnd = read == 0;
        byteCount += read;
        if (encoding == Encoding.Unknown && !SkipMark()) return;

        var room = chars.AsSpan(charCount);
        var (used, written, sound) = encoding == Encoding.Utf8 ? FromUtf8(room) : FromUtf16(room);
        var fresh = room[..written];
        var zero = fresh.IndexOf('\0');
        Count(zero < 0 ? fresh : fresh[..zero]);
        if (zero >= 0) throw ZeroByte();
        if (!sound) throw NotText(used);
        charCount += written;
        offset += used;
        byteCount -= used;
        bytes.AsSpan(used, byteCount).CopyTo(bytes);
    }

    // False while too little has come to tell; a file shorter than a mark is UTF-8.
    private bool SkipMark()
    {
        if (byteCount < 3 && !atEnd) return false;
        var start = bytes.AsSpan(0, byteCount);
        (encoding, var mark) = start switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.Utf8, 3),
            [0xFF, 0xFE, ..] => (Encoding.Utf16Little, 2),
            [0xFE, 0xFF, ..] => (Encoding.Utf16Big, 2),
            _ => (Encoding.Utf8, 0),
        };
        byteCount -= mark;
        offset = mark;
        start[mark..].CopyTo(bytes);
        return true;
    }

    private (int Used, int Written, bool Sound) FromUtf8(Span<char> room)
    {
        var status = Utf8.ToUtf16(
            bytes.AsSpan(0, byteCount), room, out var used, out var written, replaceInvalidSequences: false, isFinalBlock: atEnd);
        return (used, written, status is not OperationStatus.InvalidData);
    }

    private (int Used, int Written, bool Sound) FromUtf16(Span<char> room)
    {
        var (low, high) = encoding == Encoding.Utf16Little ? (0, 1) : (1, 0);
        int at = 0, written = 0;
        while (at + 1 < byteCount)
        {
            var unit = (char)(bytes[at + low] | bytes[at + high] << 8);
            if (char.IsLowSurrogate(unit)) return (at, written, false);
            if (char.IsHighSurrogate(unit))
            {
                if (at + 3 >= byteCount) return (at, written, !atEnd);
                var second = (char)(bytes[at + 2 + low] | bytes[at + 2 + high] << 8);
                if (!char.IsLowSurrogate(second)) return (at, written, false);
                room[written++] = unit;
                unit = second;
                at += 2;
            }
            room[written++] = unit;
            at += 2;
        }
        return (at, written, !atEnd || at == byteCount);
    }

    private void Count(ReadOnlySpan<char> fresh)
    {
        foreach (var character in fresh)
        {
            if (character == '\r' || character == '\n' && !afterReturn) line++;
            afterReturn = character == '\r';
        }
    }

    private RosterUnreadableException NotText(int used) => Unreadable(
        $"Byte {Number(offset + used + 1)} of the file, on line {Number(line)}, is 0x{bytes[used]:X2}, which is not {Name} text. " +
        "The file was probably saved in an older encoding such as Windows-1252.");

    private RosterUnreadableException ZeroByte() => Unreadable(
        $"There is a zero byte on line {Number(line)}, in the block that starts at byte {Number(offset + 1)}, " +
        $"so this is not {Name} text. " +
        "The file may be UTF-16 without a byte order mark, or no text at all.");

    private RosterUnreadableException Unreadable(string why) =>
        new("encoding_invalid", why + " Save it as “CSV UTF-8” and upload it again.", line);

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private string Name => encoding == Encoding.Utf8 ? "UTF-8" : "UTF-16";
}
