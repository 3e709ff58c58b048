using System.IO.Compression;
using System.Text;
using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

/// <summary>Uploads made in memory, and the material of others that lies beside the repository.</summary>
internal static class RosterUpload
{
    internal static RosterReading Csv(string name, string text) => Csv(name, Encoding.UTF8.GetBytes(text));

    internal static RosterReading Csv(string name, byte[] bytes, RosterLimits? limits = null) =>
        RosterReader.Read(new MemoryStream(bytes), name, limits);

    internal static RosterReading Zip(params (string Name, string Text)[] files) => Read(Pack(files));

    internal static RosterReading Read(Stream zip, RosterLimits? limits = null) =>
        RosterReader.Read(zip, "roster.zip", limits, TestContext.Current.CancellationToken);

    internal static MemoryStream Pack(params (string Name, string Text)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        stream.Position = 0;
        return stream;
    }

    internal static RosterProblem Only(this RosterReading reading) => Assert.Single(reading.Problems.Items);

    internal static void AssertClean(this RosterReading reading) =>
        Assert.True(reading.Problems.Items.Count == 0, string.Join('\n', reading.Problems.Items));

    /// <summary>The files of one kind of material, or a skipped test where none was put.</summary>
    internal static IReadOnlyList<string> Material(string folder)
    {
        var root = Environment.GetEnvironmentVariable("LECTERN_TEST_DATA") ?? BesideRepository();
        var path = root is null ? null : Path.Combine(root, folder);
        if (path is null || !Directory.Exists(path)) Assert.Skip($"No {folder} material: set LECTERN_TEST_DATA to a folder that holds it.");
        return [.. Directory.EnumerateFiles(path!).Order(StringComparer.Ordinal)];
    }

    private static string? BesideRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Lectern.slnx"))) return Path.Combine(folder.FullName, "..", "shared", "data");
        return null;
    }
}
