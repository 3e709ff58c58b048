using Lectern.Contracts.Courses;
using Lectern.Platform.Http;

namespace Lectern.Courses.GroupSets;

/// <summary>One way of dividing a course's learners, as it is stored and shown.</summary>
internal sealed record GroupSet(
    GroupSetId GroupSetId, CourseId? CourseId, string Name, bool SelfSignUp, int? SizeLimit, int Groups, int Members, int Version);

/// <summary>What a person may say about a group set.</summary>
internal sealed record GroupSetForm(string? Name, bool SelfSignUp, int? SizeLimit)
{
    internal Refusal? Refuses() => GroupNames.Refuse(Name, SizeLimit);
}

/// <summary>What is asked of the names and sizes of groups and group sets alike.</summary>
internal static class GroupNames
{
    internal static Refusal? Refuse(string? name, int? sizeLimit)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 255) return new Refusal("name_required",
            "It needs a name of at most 255 characters.", "name");
        return sizeLimit is < 1 or > 10_000 ? new Refusal("size_limit", "A size limit is between 1 and 10,000.", "size_limit") : null;
    }
}

/// <summary>Deals people out to groups, so that the sizes differ by as little as the limits allow.</summary>
internal static class GroupDeal
{
    /// <summary>
    /// For each of <paramref name="people"/> persons the place of their group in the list, or fewer when all groups are full. The
    /// smallest group is always filled next.
    /// </summary>
    internal static List<int> Deal(IReadOnlyList<(int Members, int? Limit)> groups, int people)
    {
        var waiting = new PriorityQueue<int, (int Members, int Place)>();
        for (var place = 0; place < groups.Count; place++) waiting.Enqueue(place, (groups[place].Members, place));
        var dealt = new List<int>(people);
        while (dealt.Count < people && waiting.TryDequeue(out var place, out var at))
        {
            if (at.Members >= groups[place].Limit) continue;
            dealt.Add(place);
            waiting.Enqueue(place, (at.Members + 1, place));
        }

        return dealt;
    }
}
