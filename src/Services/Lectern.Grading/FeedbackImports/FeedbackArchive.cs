using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Lectern.Grading.SubmissionDownloads;
using Lectern.Platform.Storage;

namespace Lectern.Grading.FeedbackImports;

/// <summary>A ZIP somebody sent, none of which is trusted. Nothing in it is ever written by the name it has.</summary>
internal sealed partial class FeedbackArchive : IDisposable
{
    public const int MostFiles = 20_000;
    private const long MostUnpacked = 8L << 30, RatioFrom = 1 << 20;
    private const int MostRatio = 200, LongestPath = 1_000;
    private readonly ZipArchive zip;
    private long unpacked;

    private FeedbackArchive(ZipArchive zip) => this.zip = zip;

    /// <exception cref="FeedbackUnreadableException">It is no ZIP, or one nobody should be afraid of.</exception>
    public static FeedbackArchive Open(Stream content)
    {
        try
        {
            if (ZipDirectory.Count(content, MostFiles) is not { } count)
                throw new FeedbackUnreadableException(
                    "zip_too_many", $"The ZIP holds more than {MostFiles:N0} files. Send the feedback of fewer learners at a time.");
            var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            if (zip.Entries.Count != count) throw new InvalidDataException();
            // Names without the mark of UTF-8 are of the code page the format was made with.
            if (zip.Entries.Any(entry => entry.FullName.Contains('\uFFFD')))
                zip = new ZipArchive(
                    content, ZipArchiveMode.Read, leaveOpen: true, CodePagesEncodingProvider.Instance.GetEncoding(437) ?? Encoding.Latin1);
            if (zip.Entries.Any(IsBomb) || zip.Entries.Sum(entry => entry.Length) > MostUnpacked) throw Bomb();
            return new FeedbackArchive(zip);
        }
        catch (InvalidDataException)
        {
            throw new FeedbackUnreadableException(
                "zip_damaged", "This is no ZIP, or a damaged or incomplete one. Make it again and send it once more.");
        }
    }

    /// <summary>The files in it, without what computers add by themselves and the manifest that came with the work.</summary>
    public IEnumerable<ArchivedFile> Files() => zip.Entries.Select((entry, number) => new ArchivedFile(number, entry)).Where(file =>
        !file.Entry.FullName.EndsWith('/') && !file.Entry.FullName.EndsWith('\\') && !IsLitter(file.Entry.FullName));

    /// <summary>A file by its number, to be read once. It throws when it is not what the directory of the ZIP says.</summary>
    public Stream Read(int entryNo) => new ZipEntryStream(zip.Entries[entryNo], Spend);

    public void Dispose() => zip.Dispose();

    /// <summary>Why the ZIP says of this file what nothing can be made of; null when all is well.</summary>
    public static (string Code, string Because)? Danger(ZipArchiveEntry entry)
    {
        var path = entry.FullName;
        if (path.Length > LongestPath || path.Contains('\0') || path.StartsWith('/') || path.StartsWith('\\') || DriveLetter().IsMatch(path)
            || path.Split('/', '\\').Any(part => part is ".." or "."))
            return ("zip_name", "Its name points to a place outside of the ZIP.");
        const int typeOfFile = 0xF000, symbolicLink = 0xA000;
        if ((entry.ExternalAttributes >> 16 & typeOfFile) == symbolicLink) return ("zip_link", "It is a link and no file.");
        return entry.IsEncrypted ? ("zip_encrypted", "It is protected by a password.") : null;
    }

    /// <summary>The numbers of learner and attempt that the innermost folder with any ends with.</summary>
    public static (long User, long Submission)? NumbersIn(string path)
    {
        foreach (var folder in path.Split('/', '\\').SkipLast(1).Reverse())
        {
            if (Numbers().Match(folder) is { Success: true } match
                && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var user)
                && long.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var submission))
                return (user, submission);
        }

        return null;
    }

    private static bool IsBomb(ZipArchiveEntry entry) => entry.Length is < 0 or > MostUnpacked
        || (entry.Length > RatioFrom && entry.Length / Math.Max(1, entry.CompressedLength) > MostRatio);

    private static FeedbackUnreadableException Bomb() => new(
        "zip_bomb",
        $"Unpacked, this ZIP would be more than {MostUnpacked >> 30} GiB, or very much more than it is now. Send less at a time.");

    // Sizes in a ZIP are what its maker says they are, so what really comes out is counted too.
    private void Spend(int bytes)
    {
        unpacked += bytes;
        if (unpacked > MostUnpacked) throw Bomb();
    }

    private static bool IsLitter(string path) => path.StartsWith("__MACOSX/", StringComparison.Ordinal)
        || path.Split('/', '\\')[^1] is ".DS_Store" or "Thumbs.db" or "desktop.ini" or WorkArchive.ManifestName;

    // Unpacking a second time makes "name__1__2 (1)" of a folder.
    [GeneratedRegex(@"__(\d{1,19})__(\d{1,19})(?: \(\d+\))?$")]
    private static partial Regex Numbers();

    [GeneratedRegex("^[A-Za-z]:")]
    private static partial Regex DriveLetter();
}

/// <summary>A file of a ZIP and its number there.</summary>
internal sealed record ArchivedFile(int EntryNo, ZipArchiveEntry Entry)
{
    private const int LongestStem = 150, LongestEnding = 20;

    /// <summary>The name alone, as it is stored.</summary>
    public string Name
    {
        get
        {
            var name = Clean(Entry.FullName.Split('/', '\\')[^1]).Trim();
            var (stem, ending) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
            return stem.Length > LongestStem || ending.Length > LongestEnding
                ? stem[..Math.Min(stem.Length, LongestStem)] + ending[..Math.Min(ending.Length, LongestEnding)]
                : name;
        }
    }

    /// <summary>What somebody called it, as text that can be stored and shown.</summary>
    public static string Clean(string name) =>
        string.Concat(name.EnumerateRunes().Select(letter => Rune.IsControl(letter) ? "_" : letter.ToString()));
}

/// <summary>A ZIP that is not looked through any further, and why.</summary>
internal sealed class FeedbackUnreadableException(string code, string because) : Exception(because)
{
    public string Code => code;
}
