using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.Sheets;
using Lectern.Grading.Submissions;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Options;

namespace Lectern.Grading.SubmissionDownloads;

/// <summary>
/// Writes work into a ZIP as it reads it, a folder for each attempt and a manifest for all. A folder ends with the numbers of the learner
/// and of the attempt, by which feedback finds its way back, whatever somebody does to the name before them.
/// </summary>
internal sealed class WorkArchive(TenantDb db, StoredFiles stored, IOptions<PlatformOptions> platform)
{
    public const string TextName = "text.txt", LinkName = "link.txt", ManifestName = "manifest.csv";
    private const int AttemptsAtOnce = 100, LongestName = 100;

    // The largest part: somebody has to fetch it, and to have room for it.
    private const long MostBytes = 1 << 30;
    private static readonly string[] Packed =
        [".zip", ".docx", ".xlsx", ".pptx", ".odt", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp3", ".mp4", ".m4a", ".webm", ".gz"];

    private static readonly string[] Titles =
    [
        "submission_id", "user_id", "name", "attempt", "submitted_at", "late", "folder", "file", "file_id", "size_bytes", "sha256",
        "in_zip",
    ];

    /// <summary>How large the files of a part may be; the rest is for names and the manifest.</summary>
    private long Most => Math.Min(platform.Value.LargestFileBytes, MostBytes) / 16 * 15;

    /// <summary>Writes attempts after one, by number, until a part is full.</summary>
    public async Task<WrittenPart> Write(
        Assignment assignment, Pseudonyms? pseudonyms, long after, Stream output, JobProgress progress, CancellationToken ct)
    {
        await using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        using var lines = new MemoryStream();
        WrittenPart part;
        await using (var table = new CsvTable(lines, CsvStyle.Spreadsheet))
        {
            await table.Row(Titles.Select(title => (TableCell)title), ct);
            part = await Fill(new(zip, output, table, pseudonyms), assignment, after, progress, ct);
        }

        lines.Position = 0;
        await using var manifest = await zip.CreateEntry(ManifestName, CompressionLevel.Fastest).OpenAsync(ct);
        await lines.CopyToAsync(manifest, ct);
        return part;
    }

    private async Task<WrittenPart> Fill(Sink sink, Assignment assignment, long after, JobProgress progress, CancellationToken ct)
    {
        var part = new WrittenPart(0, 0, 0, null);
        while (true)
        {
            var attempts = await Attempts(assignment, after, ct);
            var links = await LinksOf(attempts, sink.Pseudonyms, ct);
            foreach (var attempt in attempts)
            {
                var files = links[attempt.SubmissionId];
                if (part.Submissions > 0 && sink.Output.Position + files.Sum(file => file.SizeBytes) > Most)
                    return part with { Next = after };
                part = await Add(sink, part, attempt, files, ct);
                after = attempt.SubmissionId.Value;
            }

            await progress.At(part.Submissions, null, ct);
            if (attempts.Count < AttemptsAtOnce) return part;
        }
    }

    private async Task<WrittenPart> Add(
        Sink sink, WrittenPart part, HandedInWork attempt, IReadOnlyList<FileLink> files, CancellationToken ct)
    {
        var user = sink.Pseudonyms?.Of(attempt.UserId) ?? attempt.UserId;
        var name = sink.Pseudonyms?.NameOf(attempt.UserId) ?? attempt.GroupName ?? attempt.Name;
        var shown = sink.Pseudonyms is null ? attempt.GroupName ?? attempt.SortableName : name;
        var folder = string.Create(CultureInfo.InvariantCulture, $"{Plain(shown)}__{user.Value}__{attempt.SubmissionId.Value}");
        var (taken, written, left) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), 0, 0);
        Task Line(string file, FileLink? link, bool inZip) => sink.Manifest.Row(
            [
                new(null, attempt.SubmissionId.Value), new(null, user.Value), name, new(null, attempt.Attempt),
                attempt.SubmittedAt.ToString("O", CultureInfo.InvariantCulture), attempt.Late ? "true" : "false", folder, file,
                new(null, link?.FileId.Value), new(null, link?.SizeBytes),
                link?.Sha256, inZip ? "true" : "false",
            ], ct);

        foreach (var (own, text) in new[] { (TextName, attempt.BodyText), (LinkName, attempt.Url) })
        {
            if (string.IsNullOrEmpty(text)) continue;
            taken.Add(own);
            await using var entry = await sink.Zip.CreateEntry($"{folder}/{own}", CompressionLevel.Fastest).OpenAsync(ct);
            await entry.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
            await Line(own, null, true);
            written++;
        }

        foreach (var link in files)
        {
            var file = Free(Safe(link.Name), taken);
            var fits = link.SizeBytes <= platform.Value.LargestFileBytes / 16 * 15;
            await using var content = fits ? await stored.Open(link.FileId, ct) : null;
            await Line(file, link, content is not null);
            if (content is null)
            {
                left++;
                continue;
            }

            var packed = Packed.Contains(Path.GetExtension(file).ToLowerInvariant());
            await using var entry = await sink.Zip.CreateEntry(
                $"{folder}/{file}", packed ? CompressionLevel.NoCompression : CompressionLevel.Fastest).OpenAsync(ct);
            await content.CopyToAsync(entry, ct);
            written++;
        }

        return part with { Submissions = part.Submissions + 1, Files = part.Files + written, LeftOut = part.LeftOut + left };
    }

    /// <summary>
    /// The latest attempts after one, by number, each found by <c>submissions_by_assignment</c>; of a group that is graded as one, that of
    /// the first who made it.
    /// </summary>
    private Task<List<HandedInWork>> Attempts(Assignment assignment, long after, CancellationToken ct) => db.Query<HandedInWork>($"""
        SELECT s.submission_id, s.user_id, s.attempt, s.submitted_at, s.late, s.body_text, s.url, s.file_ids, COALESCE(p.name, '') AS name,
            COALESCE(p.sortable_name, '') AS sortable_name, {Sql.Raw(AsOne(assignment) ? "g.group_name" : "NULL::text")} AS group_name
        FROM submissions s
        LEFT JOIN people p ON p.tenant_id = s.tenant_id AND p.user_id = s.user_id
        {Sql.When(AsOne(assignment), $"""
            LEFT JOIN group_submissions g ON g.tenant_id = s.tenant_id AND g.group_submission_id = s.group_submission_id
            """)}
        WHERE s.tenant_id = {db.Tenant} AND s.assignment_id = {assignment.AssignmentId} AND s.submission_id > {after} AND NOT EXISTS (
            SELECT 1 FROM submissions n
            WHERE n.tenant_id = {db.Tenant} AND n.course_id = {assignment.CourseId} AND n.user_id = s.user_id
                AND n.assignment_id = {assignment.AssignmentId} AND n.attempt > s.attempt)
        {Sql.When(AsOne(assignment), $"""
            AND NOT EXISTS (SELECT 1 FROM submissions o
                WHERE o.tenant_id = {db.Tenant} AND o.group_submission_id = s.group_submission_id AND o.user_id < s.user_id
                    AND NOT EXISTS (SELECT 1 FROM submissions n
                        WHERE n.tenant_id = {db.Tenant} AND n.course_id = {assignment.CourseId} AND n.user_id = o.user_id
                            AND n.assignment_id = {assignment.AssignmentId} AND n.attempt > o.attempt))
            """)}
        ORDER BY s.submission_id LIMIT {AttemptsAtOnce}
        """, ct);

    private static bool AsOne(Assignment assignment) => assignment is { IsGroupWork: true, GradeIndividually: false };

    private async Task<Dictionary<SubmissionId, IReadOnlyList<FileLink>>> LinksOf(
        List<HandedInWork> attempts, Pseudonyms? pseudonyms, CancellationToken ct)
    {
        var links = (await stored.Find([.. attempts.SelectMany(one => one.FileIds).Distinct()], ct)).ToDictionary(link => link.FileId);
        return attempts.ToDictionary(one => one.SubmissionId, one =>
        {
            IReadOnlyList<FileLink> own = [.. one.FileIds.Where(links.ContainsKey).Select(file => links[file])];
            return pseudonyms is null ? own : Pseudonyms.WithoutNames(own, stored);
        });
    }

    /// <summary>A name that is a folder's everywhere: letters, digits and single underscores.</summary>
    internal static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var letter in name.Normalize().Trim())
        {
            if (char.IsLetterOrDigit(letter) || letter == '-') plain.Append(letter);
            else if (plain.Length > 0 && plain[^1] != '_') plain.Append('_');
            if (plain.Length == LongestName) break;
        }

        return plain.ToString().Trim('_') is { Length: > 0 } some ? some : "work";
    }

    // What some systems take for a place, a device or a command is none of it in a name.
    private static string Safe(string name)
    {
        var plain = name.Select(letter => char.IsControl(letter) || "<>:\"/\\|?*".Contains(letter) ? '_' : letter);
        var safe = string.Concat(plain).Trim(' ', '.');
        var (stem, ending) = (Path.GetFileNameWithoutExtension(safe), Path.GetExtension(safe));
        if (stem.Length > LongestName) stem = stem[..LongestName];
        return stem.Length == 0 ? $"file{ending}" : stem + ending;
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var (stem, ending) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        for (var copy = 2; !taken.Add(name); copy++) name = $"{stem} ({copy}){ending}";
        return name;
    }

    /// <summary>Where one part goes.</summary>
    private sealed record Sink(ZipArchive Zip, Stream Output, CsvTable Manifest, Pseudonyms? Pseudonyms);
}

/// <summary>What a part holds, and after which attempt the next one begins; null when it is the last.</summary>
internal sealed record WrittenPart(int Submissions, int Files, int LeftOut, long? Next);

/// <summary>An attempt as it goes into a ZIP.</summary>
internal sealed record HandedInWork(
    SubmissionId SubmissionId, UserId UserId, int Attempt, DateTimeOffset SubmittedAt, bool Late, string? BodyText, string? Url,
    FileId[] FileIds, string Name, string SortableName, string? GroupName);
