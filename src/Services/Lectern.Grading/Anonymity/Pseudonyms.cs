using System.Buffers.Binary;
using System.Security.Cryptography;
using Lectern.Platform.Data;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Anonymity;

/// <summary>
/// The numbers and names learners have on one assignment while its graders do not see who they are. A number is the learner's own sent
/// through a keyed permutation (a Feistel network of eight rounds, after M. Luby and C. Rackoff, "How to construct pseudorandom
/// permutations from pseudorandom functions", 1988): nothing is stored for it, no two learners share one, and without the key of the
/// assignment it says nothing of them. It lies above all numbers people have, and is exact in a browser.
/// </summary>
internal sealed class Pseudonyms(byte[] key, bool hidden)
{
    private const int HalfBits = 26;
    private const long Half = (1L << HalfBits) - 1;
    private const long First = 1L << (2 * HalfBits);
    private const int Rounds = 8;
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Whether graders are not to see who learners are; otherwise pseudonyms are only still understood.</summary>
    public bool Hidden => hidden;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    /// <summary>The number a learner is shown under.</summary>
    public UserId Of(UserId learner) => hidden ? Mask(learner) : learner;

    /// <summary>Who is meant by a number that was sent; null when it names nobody here.</summary>
    public UserId? Behind(UserId sent) => sent.Value >= First && sent.Value < 2 * First ? Unmask(sent) : hidden ? null : sent;

    /// <summary>What puts learners into an order that says nothing of them.</summary>
    public Sql OrderOf(string userColumn) => $"encode(sha256({key} || int8send({Sql.Raw(userColumn)})), 'hex')";

    /// <summary>What a learner is called.</summary>
    public string NameOf(UserId learner)
    {
        var value = Mask(learner).Value;
        return "Learner " + string.Create(6, value, (text, left) =>
        {
            for (var at = 0; at < text.Length; at++, left >>= 5) text[at] = Letters[(int)(left & 31)];
        });
    }

    /// <summary>Files under names that say only which they are and of what kind.</summary>
    public static IReadOnlyList<FileLink> WithoutNames(IReadOnlyList<FileLink> files, StoredFiles stored) =>
        [.. files.Select((file, at) => stored.Called(file, FileName(at + 1, file.Name)))];

    /// <summary>What the file with this number is called.</summary>
    public static string FileName(int number, string name) => $"file-{number}{SafeEnding(name)}";

    // An ending is shown as it is only when it is one: "essay.by Ada" has none.
    private static string SafeEnding(string name)
    {
        var ending = Path.GetExtension(name);
        return ending.Length is > 1 and <= 6 && ending.AsSpan(1).IndexOfAnyExcept(Endings) < 0 ? ending.ToLowerInvariant() : string.Empty;
    }

    private static readonly System.Buffers.SearchValues<char> Endings =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private UserId Mask(UserId learner)
    {
        var (left, right) = (learner.Value >> HalfBits & Half, learner.Value & Half);
        for (var round = 0; round < Rounds; round++) (left, right) = (right, left ^ Mixed(round, right));
        return new UserId(First + (left << HalfBits) + right);
    }

    private UserId Unmask(UserId sent)
    {
        var value = sent.Value - First;
        var (left, right) = (value >> HalfBits & Half, value & Half);
        for (var round = Rounds - 1; round >= 0; round--) (left, right) = (right ^ Mixed(round, left), left);
        return new UserId((left << HalfBits) + right);
    }

    private long Mixed(int round, long half)
    {
        Span<byte> said = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(said, round);
        BinaryPrimitives.WriteInt64LittleEndian(said[4..], half);
        Span<byte> mixed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, said, mixed);
        return BinaryPrimitives.ReadInt64LittleEndian(mixed) & Half;
    }
}
