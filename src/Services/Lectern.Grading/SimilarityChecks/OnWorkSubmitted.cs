using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Has work compared where its assignment says so.</summary>
internal sealed class OnWorkSubmitted(SimilarityPolicyStore policies, SimilarityStore checks) : IListener<WorkSubmitted>
{
    public async Task Hear(WorkSubmitted happened, CancellationToken ct)
    {
        if ((await policies.Of(happened.AssignmentId, ct)).Enabled) await checks.Ask([happened.SubmissionId], ct);
    }
}
