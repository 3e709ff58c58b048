using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lectern.Platform.Data;

/// <summary>
/// An array of whole numbers as PostgreSQL sends it, read in its place: for matrices, of which the driver would otherwise decode every
/// element by itself. The query says <c>array_send(column)</c>; the elements are not null, and the array has one dimension.
/// </summary>
/// <remarks>
/// The bytes are those of the server's <c>array_send</c>: number of dimensions, whether there are nulls, type of the elements, length and
/// lower bound, four bytes each; then for each element its size, four bytes, and its value. All are big-endian. An empty array has no
/// dimension.
/// </remarks>
public readonly struct PackedArray<T>(byte[] sent)
    where T : unmanaged, IBinaryInteger<T>
{
    private const int Head = 20;
    private const int Size = 4;

    /// <summary>The same bytes, of numbers that were made here.</summary>
    public static PackedArray<T> Of(ReadOnlySpan<T> numbers)
    {
        var each = Size + Unsafe.SizeOf<T>();
        var bytes = new byte[Head + (numbers.Length * each)];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), numbers.Length);
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(Head + (i * each)), Unsafe.SizeOf<T>());
            numbers[i].WriteBigEndian(bytes.AsSpan(Head + (i * each) + Size));
        }

        return new(bytes);
    }

    public int Length => sent.Length < Head ? 0 : BinaryPrimitives.ReadInt32BigEndian(sent.AsSpan(12));

    public T this[int index] =>
        T.ReadBigEndian(sent.AsSpan(Head + (index * (Size + Unsafe.SizeOf<T>())) + Size, Unsafe.SizeOf<T>()), isUnsigned: false);
}
