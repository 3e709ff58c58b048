using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lectern.Platform.Audit;

/// <summary>
/// The arithmetic of the audit chain. A seal holds the Merkle root (RFC 6962, section 2.1) of the entries of one window of
/// transactions and the hash of the seal before it, so that no entry can be changed, added or taken away unseen, and writers
/// never wait for each other to be chained.
/// </summary>
internal static class AuditChain
{
    public static byte[] Leaf(Sealable entry)
    {
        // Length before each field: "ab" + "c" must not hash like "a" + "bc".
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in entry.Fields())
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    public static byte[] Root(IReadOnlyList<byte[]> leaves) => leaves.Count switch
    {
        0 => SHA256.HashData([]),
        1 => leaves[0],
        _ => Node(leaves),
    };

    public static byte[] Seal(int tenant, long number, int era, int entries, byte[] root, byte[] previous)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"seal:{tenant}:{number}:{era}:{entries}:"));
        return SHA256.HashData([.. head, .. root, .. previous]);
    }

    private static byte[] Node(IReadOnlyList<byte[]> leaves)
    {
        var split = 1;
        while (split * 2 < leaves.Count) split *= 2;
        var left = Root([.. leaves.Take(split)]);
        var right = Root([.. leaves.Skip(split)]);
        return SHA256.HashData([1, .. left, .. right]);
    }
}

/// <summary>An audit entry as it is hashed: every column, as text, in the order of its transaction.</summary>
internal sealed record Sealable(
    Guid AuditEntryId, DateTimeOffset At, long? ActorId, string ActorKind, string Action, string Subject, string? Purpose, string? Address,
    string? Detail,
    int Era, string Tx)
{
    public IEnumerable<string> Fields() =>
    [
        AuditEntryId.ToString(), At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ActorId?.ToString(CultureInfo.InvariantCulture) ?? "-",
        ActorKind, Action, Subject, Purpose ?? "-", Address ?? "-", Detail ?? "-", Era.ToString(CultureInfo.InvariantCulture), Tx,
    ];
}
