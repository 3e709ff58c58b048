using System.Security.Cryptography;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.SubmissionDownloads;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Options;

namespace Lectern.Grading.FeedbackImports;

/// <summary>Looks through a ZIP: whose work each file is about, and what it is by its bytes. Nothing is kept of the bytes.</summary>
internal sealed class FeedbackPlanner(
    TenantDb db, AnonymityStore anonymity, StandingFiles standing, IOptions<PlatformOptions> platform)
{
    private const int FilesAtOnce = 500, LongestShown = 300;

    private static readonly HashSet<string> Programs = new(StringComparer.OrdinalIgnoreCase)
    {
        ".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".msp", ".vbs", ".vbe", ".wsf", ".wsh", ".ps1", ".lnk", ".hta", ".cpl",
        ".jar", ".reg",
    };

    /// <exception cref="FeedbackUnreadableException">The ZIP is not to be read.</exception>
    public async Task<List<FeedbackFile>> Plan(Assignment assignment, Stream content, JobProgress progress, CancellationToken ct)
    {
        using var archive = FeedbackArchive.Open(content);
        var pseudonyms = await anonymity.On(assignment.AssignmentId, ct);
        var files = archive.Files().ToList();
        var (rows, met) = (new List<FeedbackFile>(), new HashSet<(SubmissionId, string)>());
        foreach (var some in files.Chunk(FilesAtOnce))
        {
            var numbers = some.Select(file => FeedbackArchive.NumbersIn(file.Entry.FullName)).ToList();
            var asked = numbers.OfType<(long User, long Submission)>().Select(one => new SubmissionId(one.Submission));
            var known = await Known(assignment.AssignmentId, [.. asked], ct);
            var stand = await standing.Of(assignment, known.Keys, ct);
            foreach (var (file, named) in some.Zip(numbers))
            {
                var row = Named(rows.Count + 1, file, named, known, pseudonyms);
                if (row.Kind is FeedbackFileKind.Recognised) row = Read(archive, file, row);
                if (row.Kind is FeedbackFileKind.Recognised) row = Placed(row, stand, met);
                rows.Add(row);
            }

            await progress.At(rows.Count, files.Count, ct);
        }

        return rows;
    }

    private static FeedbackFile Named(
        int number, ArchivedFile file, (long User, long Submission)? numbers, Dictionary<SubmissionId, UserId> known,
        Pseudonyms? pseudonyms)
    {
        var row = new FeedbackFile(
            number, FeedbackFileKind.Recognised, Shown(file.Entry.FullName), file.Name, null, null, null, file.Entry.Length, null,
            null, file.EntryNo, null, null);
        if (FeedbackArchive.Danger(file.Entry) is { } danger)
            return Refused(row, danger.Code == "zip_name" ? FeedbackFileKind.Unknown : FeedbackFileKind.WrongType, danger);
        if (numbers is not { } ids)
            return Refused(
                row, FeedbackFileKind.Unknown,
                ("unknown_folder", "It is in no folder that ends with the numbers of a learner and their work."));
        if (!known.TryGetValue(new SubmissionId(ids.Submission), out var maker))
            return Refused(row, FeedbackFileKind.Unknown, ("unknown_submission", "No work with this number was handed in here."));
        // While names are hidden a learner's own number names nobody: a ZIP must not be a way to ask whose work this is.
        var named = new UserId(ids.User);
        if ((pseudonyms is null ? named : pseudonyms.Behind(named)) != maker)
            return Refused(
                row, FeedbackFileKind.Unknown, ("learner_contradicts", "The two numbers of its folder are not of the same learner."));
        return row with { SubmissionId = new SubmissionId(ids.Submission), UserId = maker };
    }

    private FeedbackFile Read(FeedbackArchive archive, ArchivedFile file, FeedbackFile row)
    {
        if (file.Entry.Length == 0) return Refused(row, FeedbackFileKind.WrongType, ("file_empty", "It is empty."));
        if (file.Entry.Length > platform.Value.LargestFileBytes)
            return Refused(
                row, FeedbackFileKind.WrongType,
                ("file_too_large", $"A file may have at most {platform.Value.LargestFileBytes >> 20} MiB."));
        if (Programs.Contains(Path.GetExtension(row.Name)))
            return Refused(row, FeedbackFileKind.WrongType, ("file_type_mismatch", "It is a program."));
        try
        {
            using var content = archive.Read(file.EntryNo);
            var start = new byte[FileType.StartBytes];
            var read = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (FileType.Lies(row.Name, start.AsSpan(0, read)) is { } lie)
                return Refused(row, FeedbackFileKind.WrongType, ("file_type_mismatch", lie));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(start, 0, read);
            var buffer = new byte[1 << 17];
            while ((read = content.Read(buffer)) > 0) hash.AppendData(buffer, 0, read);
            return row with { Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) };
        }
        catch (InvalidDataException)
        {
            return Refused(row, FeedbackFileKind.WrongType, ("zip_damaged", "It is damaged, or packed in a way that cannot be read."));
        }
    }

    private static FeedbackFile Placed(
        FeedbackFile row, HashSet<(SubmissionId, string)> stand, HashSet<(SubmissionId, string)> met)
    {
        var work = row.SubmissionId!.Value;
        if (stand.Contains((work, row.Sha256!))) return row with { Kind = FeedbackFileKind.Standing };
        // By its name, and by its bytes.
        var again = !met.Add((work, row.Name.ToUpperInvariant())) | !met.Add((work, row.Sha256!));
        return again
            ? Refused(
                row, FeedbackFileKind.Duplicate, ("duplicate_file", "The ZIP holds this name or this content twice for the same work."))
            : row;
    }

    /// <summary>Which of these attempts were handed in here, and by whom.</summary>
    private async Task<Dictionary<SubmissionId, UserId>> Known(AssignmentId assignment, SubmissionId[] asked, CancellationToken ct) =>
        (await db.Query<KnownWork>($"""
            SELECT s.submission_id, s.user_id FROM submissions s
            WHERE s.tenant_id = {db.Tenant} AND s.assignment_id = {assignment} AND s.submission_id = ANY ({asked})
            """, ct)).ToDictionary(one => one.SubmissionId, one => one.UserId);

    private static FeedbackFile Refused(FeedbackFile row, FeedbackFileKind kind, (string Code, string Because) why) =>
        row with { Kind = kind, Code = why.Code, Reason = why.Because };

    private static string Shown(string path)
    {
        var shown = ArchivedFile.Clean(path);
        return shown.Length <= LongestShown ? shown : shown[..LongestShown] + "…";
    }

    private sealed record KnownWork(SubmissionId SubmissionId, UserId UserId);
}
