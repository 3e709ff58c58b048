using System.Text;
using System.Text.RegularExpressions;
using Lectern.Grading.Submissions;
using Lectern.Platform.Storage;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>What was handed in as one text, and which files of it could not be read.</summary>
internal sealed record WorkText(string Text, IReadOnlyList<UnreadFile> Unread);

/// <summary>Reads the text of work: what was typed, answers, and files of text, code, notebooks and documents.</summary>
internal sealed partial class WorkTextReader(StoredFiles files)
{
    /// <summary>Some 80,000 words. What comes behind is not compared, and that is said.</summary>
    public const int MostCharacters = 500_000;

    private const long MostFileBytes = 20 << 20;

    public async Task<WorkText> Read(Submission work, CancellationToken ct)
    {
        var text = new StringBuilder(work.BodyText).AppendJoin("\n\n", Answers(work));
        var unread = new List<UnreadFile>();
        var attached = (await files.Find(work.FileIds, ct)).OrderBy(file => Array.IndexOf(work.FileIds, file.FileId));
        foreach (var (number, file) in attached.Index())
        {
            if (text.Length > 0) text.Append("\n\n");
            var (read, because) = text.Length >= MostCharacters ? (null, UnreadBecause.TooLong) : await Read(file, ct);
            text.Append(read);
            if (because is null && text.Length > MostCharacters) because = UnreadBecause.TooLong;
            if (because is { } reason) unread.Add(new UnreadFile(number + 1, file.Name, reason));
        }

        if (text.Length > MostCharacters) text.Length = MostCharacters;
        return new WorkText(Clean(text.ToString()), unread);
    }

    // In an order of their own, so that the same answers are the same text.
    private static IEnumerable<string> Answers(Submission work) =>
        work.Answers?.OrderBy(answer => answer.Key, StringComparer.Ordinal).Select(answer => answer.Value) ?? [];

    private async Task<(string? Text, UnreadBecause? Because)> Read(FileLink file, CancellationToken ct)
    {
        var kind = KindOf(file.Name, file.ContentType);
        if (kind is FileKind.Other) return (null, UnreadBecause.Kind);
        if (file.SizeBytes > MostFileBytes) return (null, UnreadBecause.TooLarge);
        await using var content = await files.Open(file.FileId, ct);
        if (content is null) return (null, UnreadBecause.Gone);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, ct);
        copy.Position = 0;
        try
        {
            return kind switch
            {
                FileKind.Document => (PackedText.Of(copy, MostCharacters), null),
                FileKind.Notebook => (NotebookText.Of(Decoded(copy)), null),
                _ => (Decoded(copy), null),
            };
        }
        catch (UnreadableTextException why)
        {
            return (null, why.Because);
        }
    }

    // Whoever writes without a mark writes UTF-8, or else an older code of one byte a letter.
    private static string Decoded(MemoryStream copy)
    {
        var bytes = copy.GetBuffer().AsMemory(0, (int)copy.Length);
        if (bytes.Span is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes.Span[2..]);
        if (bytes.Span is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes.Span[2..]);
        if (bytes.Span.Contains((byte)0)) throw new UnreadableTextException(UnreadBecause.NotWhatItSays);
        var start = bytes.Span is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span[start..]);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes.Span);
        }
    }

    // PostgreSQL takes no NUL; half a character at the cut, or one a program made, is none.
    private static string Clean(string text)
    {
        var clean = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return clean.Replace('\0', ' ');
    }

    private static FileKind KindOf(string name, string contentType) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".docx" or ".odt" => FileKind.Document,
        ".ipynb" => FileKind.Notebook,
        var extension when TextName().IsMatch(extension) || contentType is "text/plain" or "text/markdown" => FileKind.Text,
        _ => FileKind.Other,
    };

    [GeneratedRegex(@"^\.(txt|md|markdown|py|java|kt|c|h|cc|cpp|hpp|cs|fs|vb|js|mjs|jsx|ts|tsx|json|html?|css|sql|r|rmd|m|rb|go|rs|php|"
        + @"pl|lua|hs|scala|swift|sh|ps1|csv|tsv|xml|ya?ml|toml|tex|bib|rst|log)$")]
    private static partial Regex TextName();

    private enum FileKind { Text, Notebook, Document, Other }
}

/// <summary>A file that does not hold what its name says, or too much of it.</summary>
internal sealed class UnreadableTextException(UnreadBecause because) : Exception($"The text cannot be read: {because}.")
{
    public UnreadBecause Because => because;
}
