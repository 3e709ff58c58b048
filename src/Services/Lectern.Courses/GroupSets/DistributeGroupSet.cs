using Lectern.Contracts.Courses;
using Lectern.Courses.Groups;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.GroupSets;

/// <summary>Deals the learners who are in no group out to the groups, evenly and by chance; makes as many groups as asked.</summary>
internal static class DistributeGroupSet
{
    internal sealed record Request(int? Groups);

    internal sealed record Response(int Dealt, IReadOnlyList<Group> Groups);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/group-sets/{groupSetId}/distribution", Handle).RequirePermission(CoursesPermission.ManageGroups);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        GroupSetId groupSetId, Request request, GroupSetStore sets, GroupStore groups, TenantDb db, CancellationToken ct)
    {
        if (request.Groups is < 1 or > 500) return new Refusal("groups_count", "Ask for between 1 and 500 groups.", "groups").ToProblem();
        if (await sets.Find(groupSetId, ct) is not { CourseId: not null } set) return Problems.NotFound();
        await groups.Lock(groupSetId, ct);
        var there = await groups.Of(groupSetId, ct);
        for (var number = there.Count + 1; number <= request.Groups; number++)
            await groups.Insert(groupSetId, new GroupForm($"Group {number}", null), ct);
        there = await groups.Of(groupSetId, ct);
        if (there.Count == 0) return new Refusal("groups_missing", "There is no group yet. Say how many to make.", "groups").ToProblem();

        var learners = (await sets.Ungrouped(set, ct)).ToArray();
        Random.Shared.Shuffle(learners);
        var deal = GroupDeal.Deal([.. there.Select(group => (group.Members.Count, group.SizeLimit ?? set.SizeLimit))], learners.Length);
        if (deal.Count < learners.Length)
            return new Refusal("groups_full",
                $"There is room for {deal.Count} of {learners.Length} learners. Make more groups or raise the limit.", "groups")
                .ToProblem();
        await groups.Put(groupSetId, [.. deal.Select((place, at) => (there[place].GroupId, learners[at]))], ct);
        db.Audit(CoursesAudit.GroupsChanged, $"group_set:{groupSetId.Value}", new { dealt = learners.Length });
        return TypedResults.Ok(new Response(learners.Length, await groups.Of(groupSetId, ct)));
    }
}
