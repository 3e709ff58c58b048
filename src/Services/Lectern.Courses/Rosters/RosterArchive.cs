using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lectern.Platform.Storage;

namespace Lectern.Courses.Rosters;

/// <summary>One CSV of an upload, openable more than once: its header is read first to tell what it is.</summary>
internal sealed record RosterFile(string Name, Func<Stream> Open)
{
    /// <summary>The name that says what is inside: users for School/Users.csv.</summary>
    internal string Stem => Path.GetFileNameWithoutExtension(Name).ToLowerInvariant();
}

/// <summary>An upload as its CSV files: itself, or the entries of a ZIP that nobody should be afraid to open.</summary>
internal sealed class RosterArchive(RosterLimits limits, RosterProblems problems) : IDisposable
{
    private ZipArchive? archive;
    private long unpacked;

    /// <summary>The files in it; none when the upload is refused, for which a problem says why.</summary>
    internal IReadOnlyList<RosterFile> Open(Stream content, string name)
    {
        if (content.Length > limits.FileBytes)
            return Refuse(name, "file_too_large",
                $"The file is {Megabytes(content.Length)} MB and at most {Megabytes(limits.FileBytes)} MB can be imported. " +
                "Nothing was applied; split it by term or by school.");
        if (content.Length == 0) return Refuse(name, "file_empty", "The file is empty.");

        Span<byte> magic = stackalloc byte[4];
        content.Position = 0;
        var read = content.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
        content.Position = 0;
        if (!magic[..read].StartsWith("PK\u0003\u0004"u8) && !magic[..read].StartsWith("PK\u0005\u0006"u8))
            return [new RosterFile(Path.GetFileName(name), () => Rewound(content))];
        try
        {
            return OpenZip(content, name);
        }
        catch (InvalidDataException)
        {
            return Refuse(name, "zip_damaged", "The ZIP file is damaged or incomplete. Make it again and upload it once more.");
        }
    }

    public void Dispose() => archive?.Dispose();

    private IReadOnlyList<RosterFile> OpenZip(Stream content, string name)
    {
        if (ZipDirectory.Count(content, limits.Entries) is not { } count)
            return Refuse(name, "zip_too_many", $"The ZIP file holds more than {limits.Entries} files; a roster has a dozen.");
        archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
        if (archive.Entries.Count != count) throw new InvalidDataException();
        if (archive.Entries.Any(entry => entry.FullName == "[Content_Types].xml"))
            return Refuse(name, "file_spreadsheet",
                "This is a spreadsheet workbook. Save each sheet as “CSV UTF-8” and upload those, or a ZIP of them.");

        var names = new HashSet<string>(StringComparer.Ordinal);
        var total = 0L;
        var files = new List<RosterFile>();
        foreach (var entry in archive.Entries)
        {
            if (Danger(entry, names) is { } danger) return Refuse(entry.FullName, danger.Code, danger.Message);
            total += entry.Length;
            if (total > limits.UnpackedBytes)
                return Refuse(name, "zip_bomb", $"Unpacked, the ZIP file is larger than {Megabytes(limits.UnpackedBytes)} MB.");
            if (IsLitter(entry.FullName)) continue;
            if (entry.FullName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
                files.Add(new RosterFile(entry.FullName, () => new ZipEntryStream(entry, Spend)));
            else
                problems.Warn(new RosterOrigin(entry.FullName, 0), null, "file_ignored", "This is not a CSV file, so it was left out.");
        }
        return files.Count > 0 ? files : Refuse(name, "file_empty", "The ZIP file holds no CSV file.");
    }

    private (string Code, string Message)? Danger(ZipArchiveEntry entry, HashSet<string> names)
    {
        var path = entry.FullName;
        if (path.Length is 0 or > 512 || path.Contains('\\') || path.StartsWith('/') || path.Contains(':') || path.Any(char.IsControl)
            || path.Split('/').Any(part => part is ".." or "."))
            return ("zip_name", "The ZIP file names a place outside of itself. Make it again from plain CSV files.");
        if (!names.Add(path.Normalize(NormalizationForm.FormC).ToUpperInvariant()))
            return ("zip_duplicate", "The ZIP file holds this name twice, so it is not clear which of the two is meant.");
        const int typeOfFile = 0xF000, symbolicLink = 0xA000;
        if ((entry.ExternalAttributes >> 16 & typeOfFile) == symbolicLink)
            return ("zip_link", "The ZIP file holds a link instead of a file. Put the file itself in.");
        if (entry.IsEncrypted) return ("zip_encrypted", "The ZIP file is protected by a password. Make it again without one.");
        if (entry.Length > limits.FileBytes)
            return ("file_too_large",
                $"Unpacked, the file is {Megabytes(entry.Length)} MB and at most {Megabytes(limits.FileBytes)} MB can be imported.");
        if (entry.Length > limits.RatioFromBytes && entry.Length / Math.Max(1, entry.CompressedLength) > limits.Ratio)
            return ("zip_bomb", "The file unpacks to more than a hundred times its packed size, which no roster does.");
        return null;
    }

    // Sizes in a ZIP are what its maker says they are, so what really comes out is counted too.
    private void Spend(int bytes)
    {
        unpacked += bytes;
        // Headers are read once on their own, hence twice.
        if (unpacked > limits.UnpackedBytes * 2)
            throw new RosterUnreadableException("zip_bomb", $"Unpacked, the ZIP file is larger than {Megabytes(limits.UnpackedBytes)} MB.");
    }

    // What macOS and Windows add to a ZIP by themselves deserves no warning, nor do folders.
    private static bool IsLitter(string path) =>
        path.EndsWith('/') || path.StartsWith("__MACOSX/", StringComparison.Ordinal)
            || Path.GetFileName(path) is ".DS_Store" or "Thumbs.db" or "desktop.ini";

    private RosterFile[] Refuse(string name, string code, string message)
    {
        problems.Error(new RosterOrigin(name, 0), null, code, message);
        return [];
    }

    private static Unclosed Rewound(Stream content)
    {
        content.Position = 0;
        return new Unclosed(content);
    }

    private static string Megabytes(long bytes) => (bytes / 1048576m).ToString("#,0.#", CultureInfo.InvariantCulture);
}
