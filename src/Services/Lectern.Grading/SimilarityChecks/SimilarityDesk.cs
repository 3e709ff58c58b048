using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Submissions;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Brings together what a comparison needs to know of an attempt.</summary>
internal sealed class SimilarityDesk(
    SubmissionStore submissions, AssignmentStore assignments, SimilarityPolicyStore policies, SimilarityStore checks)
{
    /// <summary>Null when it is not to be compared, or no longer.</summary>
    public async Task<OpenWork?> Open(SubmissionId id, CancellationToken ct)
    {
        if (await checks.Find(id, ct) is not { } check || await submissions.Find(check.SubmissionId, ct) is not { } work
            || await policies.Of(work.AssignmentId, ct) is not { Enabled: true } policy
            || await assignments.Find(work.AssignmentId, ct) is not { } assignment) return null;
        return new OpenWork(work, check, policy, assignment.Description);
    }

    internal sealed record OpenWork(Submission Work, SimilarityCheck Check, SimilarityPolicy Policy, string Description)
    {
        public ComparedWork Compared(string text, IReadOnlyList<TextRange> leftOut) => new(
            Work.SubmissionId, Work.AssignmentId, Check.Authors, text, leftOut, Policy.Reach is SimilarityReach.Institution);
    }
}
