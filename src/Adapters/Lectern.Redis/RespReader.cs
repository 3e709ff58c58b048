using System.Globalization;
using System.Text;

namespace Lectern.Redis;

/// <summary>
/// Reads RESP2 replies: <c>null</c>, <see cref="long"/>, <c>byte[]</c> (bulk and simple strings), <c>object?[]</c>, or
/// <see cref="RedisError"/>.
/// </summary>
internal sealed class RespReader(Stream stream)
{
    private const int LargestReplyBytes = 64 << 20;
    private byte[] buffer = new byte[16 << 10];
    private int start;
    private int end;

    public async ValueTask<object?> Read(CancellationToken ct)
    {
        var (kind, text) = await ReadLine(ct);
        switch (kind)
        {
            case '+': return Encoding.UTF8.GetBytes(text);
            case '-': return new RedisError(text);
            case ':': return long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            case '$': return Length(text) is { } bytes ? await ReadBytes(bytes, ct) : null;
            case '*':
                if (Length(text) is not { } count) return null;
                var items = new object?[count];
                for (var i = 0; i < count; i++) items[i] = await Read(ct);
                return items;
            default: throw new RedisAwayException($"This is not Redis: an answer begins with '{kind}'.");
        }
    }

    private static int? Length(string text)
    {
        var length = int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (length > LargestReplyBytes) throw new RedisAwayException($"An answer of {length} bytes is not taken.");
        return length < 0 ? null : length;
    }

    private async ValueTask<(char Kind, string Text)> ReadLine(CancellationToken ct)
    {
        var looked = 0;
        while (true)
        {
            var at = buffer.AsSpan(start + looked, end - start - looked).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = (Kind: (char)buffer[start], Text: Encoding.UTF8.GetString(buffer, start + 1, looked + at - 2));
                start += looked + at + 1;
                return line;
            }

            looked = end - start;
            await Fill(ct);
        }
    }

    private async ValueTask<byte[]> ReadBytes(int count, CancellationToken ct)
    {
        while (end - start < count + 2) await Fill(ct);
        var bytes = buffer.AsSpan(start, count).ToArray();
        start += count + 2;
        return bytes;
    }

    private async ValueTask Fill(CancellationToken ct)
    {
        if (start > 0)
        {
            Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = await stream.ReadAsync(buffer.AsMemory(end), ct);
        if (read == 0) throw new RedisAwayException("Redis closed the connection.");
        end += read;
    }
}
