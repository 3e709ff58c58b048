using Lectern.Platform.Tenancy;

namespace Lectern.Contracts.Grading;

/// <summary>
/// Compares work with other work, or with what else it knows. There is one in a process; the program's own compares with work of the same
/// institution by fingerprints. It is called by jobs inside their transaction, any number of times for the same work. It says where
/// words are the same, never why.
/// </summary>
public interface ISimilarityProvider
{
    /// <summary>Remembers work, in place of what it remembers under the same number, so that later work is compared with it.</summary>
    Task Keep(ComparedWork work, CancellationToken ct);

    /// <summary>Sources that share passages with the work, the most alike first. Never the same person's other work.</summary>
    Task<IReadOnlyList<SimilarSource>> Compare(ComparedWork work, CancellationToken ct);
}

/// <summary>An attempt as text. What is left out, such as a template, is not to be compared.</summary>
/// <param name="Authors">Whose work it is: one person, or the members of a group.</param>
/// <param name="WholeInstitution">Compare with all of the institution's kept work, not only with that of the same assignment.</param>
public sealed record ComparedWork(
    SubmissionId SubmissionId, AssignmentId AssignmentId, IReadOnlyList<UserId> Authors, string Text, IReadOnlyList<TextRange> LeftOut,
    bool WholeInstitution);

/// <summary>Where passages stand as well.</summary>
/// <param name="Work">Other work of the institution; then the provider need not say more.</param>
/// <param name="Title">What a reader knows the source by, when it is not work.</param>
/// <param name="Address">Where it can be read, an https address; it also tells sources apart.</param>
public sealed record SimilarSource(SubmissionId? Work, string? Title, string? Address, IReadOnlyList<SharedPassage> Passages);

/// <summary>The same words here and there. <paramref name="There"/> is empty (0, 0) where the source's text is not at hand.</summary>
public readonly record struct SharedPassage(TextRange Here, TextRange There);

/// <summary>A part of a text, from the first UTF-16 unit to before the last.</summary>
public readonly record struct TextRange(int Start, int End);
