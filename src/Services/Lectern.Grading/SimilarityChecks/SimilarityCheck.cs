using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Yet to be read, read and yet to be compared, compared, or without a word that counts.</summary>
internal enum SimilarityState { Waiting, Comparing, Ready, Nothing }

/// <summary>An attempt as text, and how much of it stands elsewhere. A group's work is one, under the first of its attempts.</summary>
internal sealed record SimilarityCheck(
    SubmissionId SubmissionId, AssignmentId AssignmentId, CourseId CourseId, UserId UserId, UserId[] Authors, int Attempt,
    SimilarityState State, string Body, int[] LeftOut, UnreadFiles Unread, int Words, int LeftOutWords, int MatchedWords, int Share,
    DateTimeOffset? CheckedAt)
{
    public const string Columns = """
        c.submission_id, c.assignment_id, c.course_id, c.user_id, c.authors, c.attempt, c.state, c.body, c.left_out, c.unread, c.words,
        c.left_out_words, c.matched_words, c.share, c.checked_at
        """;

    public decimal SharePercent => Share / 100m;

    public ComparedText Compared() => new(Body, Ranges.Of(LeftOut));
}

/// <summary>A file whose text could not be had, or only a part of it.</summary>
/// <param name="Number">Which of the attempt's files, from 1.</param>
internal sealed record UnreadFile(int Number, string Name, UnreadBecause Because);

/// <summary>Its kind has no text that is read; it is too large, or longer than what is compared; damaged is also locked.</summary>
internal enum UnreadBecause { Kind, TooLarge, TooLong, Gone, NotWhatItSays, Damaged }

[StoredAsJson]
internal sealed record UnreadFiles(IReadOnlyList<UnreadFile> Files);

/// <summary>What a piece of work shares with one source.</summary>
internal sealed record SimilarityMatch(
    SubmissionId SubmissionId, string Source, SubmissionId? OtherSubmissionId, string? Title, string? Address, int MatchedWords,
    int[] Passages, bool Excluded = false);

/// <summary>Ranges as rows keep them: numbers one after the other.</summary>
internal static class Ranges
{
    public static List<TextRange> Of(int[] numbers) =>
        [.. numbers.Chunk(2).Select(pair => new TextRange(pair[0], pair[1]))];

    public static int[] Flat(IEnumerable<TextRange> ranges) => [.. ranges.SelectMany(range => new[] { range.Start, range.End })];

    public static List<SharedPassage> PassagesOf(int[] numbers) => [.. numbers.Chunk(4).Select(four =>
        new SharedPassage(new TextRange(four[0], four[1]), new TextRange(four[2], four[3])))];

    public static int[] Flat(IEnumerable<SharedPassage> passages) => [.. passages.SelectMany(passage =>
        new[] { passage.Here.Start, passage.Here.End, passage.There.Start, passage.There.End })];

    /// <summary>How many words lie in these ranges, each counted once.</summary>
    public static int WordsIn(ComparedText text, IEnumerable<TextRange> ranges)
    {
        var count = 0;
        foreach (var range in NotCounted.Merged(ranges))
        {
            for (var word = text.WordAt(range.Start); word < text.Count && text.Place(word).Start < range.End; word++)
                count += text.IsLeftOut(word) ? 0 : 1;
        }

        return count;
    }
}

/// <summary>Read an attempt, so that it can be compared.</summary>
internal sealed record ReadForSimilarity(SubmissionId SubmissionId) : IJob
{
    public static JobOptions Options { get; } = new() { Priority = JobPriority.Normal };
}

/// <summary>Compare an attempt that has been read. A job of its own, so that of two that arrive together the later one sees both.</summary>
internal sealed record CompareWork(SubmissionId SubmissionId) : IJob
{
    public static JobOptions Options { get; } = new() { Priority = JobPriority.Normal };
}

/// <summary>Compare all of an assignment's work anew, some hundred attempts at a time.</summary>
internal sealed record CompareAssignment(AssignmentId AssignmentId, SubmissionId? After) : IJob
{
    public static JobOptions Options { get; } = new() { Priority = JobPriority.Bulk };
}
