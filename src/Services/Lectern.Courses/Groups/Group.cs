using Lectern.Contracts.Courses;
using Lectern.Courses.GroupSets;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Courses.Groups;

/// <summary>A group as it is shown, with who is in it.</summary>
internal sealed record Group(
    GroupId GroupId, GroupSetId GroupSetId, string Name, int? SizeLimit, int Version, GroupMemberList Members);

/// <summary>Who is in a group, by sortable name.</summary>
[StoredAsJson]
internal sealed class GroupMemberList : List<GroupMember>;

internal sealed record GroupMember(UserId UserId, string Name);

/// <summary>What a person may say about a group.</summary>
internal sealed record GroupForm(string? Name, int? SizeLimit)
{
    internal Refusal? Refuses() => GroupNames.Refuse(Name, SizeLimit);
}

/// <summary>Whether somebody can come into a group: read while the group is held, so that two cannot take the last place.</summary>
internal sealed record GroupDoor(GroupId GroupId, GroupSetId GroupSetId, bool SelfSignUp, int? SizeLimit, int Members, bool IsLearner,
    GroupId? IsIn)
{
    internal static Refusal Full { get; } = new("group_full", "This group is full.", "group_id");

    internal Refusal? Refuses(bool bySelf)
    {
        if (bySelf && !SelfSignUp) return new Refusal("sign_up_closed", "Your instructor says who is in these groups.");
        if (!IsLearner) return new Refusal("not_a_learner", "Only learners of this course can be in its groups.", "user_id");
        return IsIn != GroupId && Members >= SizeLimit ? Full : null;
    }
}
