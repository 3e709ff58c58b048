using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GroupSubmissions;

/// <summary>Whom a learner works with on an assignment as the groups are now.</summary>
/// <param name="Members">The learner too, by sortable name.</param>
internal sealed record WorkGroup(GroupId GroupId, string Name, GroupMateList Members);

/// <summary>Somebody of a group.</summary>
internal sealed record GroupMate(UserId UserId, string Name);

[StoredAsJson]
internal sealed class GroupMateList : List<GroupMate>;

/// <summary>One hand-in of a group, with its members as they were then.</summary>
internal sealed record GroupSubmission(
    GroupSubmissionId GroupSubmissionId, GroupId GroupId, string Name, UserId SubmittedBy, string? SubmittedByName, GroupMateList Members);

/// <summary>A learner whose grade goes with that of another, because they made the work together.</summary>
internal sealed record GradedTogether(AssignmentId AssignmentId, UserId UserId, UserId MateId);
