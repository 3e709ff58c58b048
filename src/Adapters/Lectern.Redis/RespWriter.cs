using System.Buffers;
using System.Globalization;
using System.Text;

namespace Lectern.Redis;

/// <summary>Writes commands as RESP arrays of bulk strings.</summary>
internal static class RespWriter
{
    public static void Write(ArrayBufferWriter<byte> to, IReadOnlyList<ReadOnlyMemory<byte>> command)
    {
        Head(to, '*', command.Count);
        foreach (var word in command)
        {
            Head(to, '$', word.Length);
            to.Write(word.Span);
            to.Write("\r\n"u8);
        }
    }

    /// <summary>A command of words and bytes, as memory to send.</summary>
    public static ReadOnlyMemory<byte>[] Command(params object[] words) => Array.ConvertAll(words, word => word switch
    {
        byte[] bytes => bytes,
        string text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(Convert.ToString(word, CultureInfo.InvariantCulture)!),
    });

    private static void Head(ArrayBufferWriter<byte> to, char kind, int number)
    {
        var span = to.GetSpan(16);
        span[0] = (byte)kind;
        number.TryFormat(span[1..], out var digits, provider: CultureInfo.InvariantCulture);
        span[digits + 1] = (byte)'\r';
        span[digits + 2] = (byte)'\n';
        to.Advance(digits + 3);
    }
}
