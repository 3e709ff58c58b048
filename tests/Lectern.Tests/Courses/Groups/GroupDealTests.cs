using Lectern.Courses.GroupSets;

namespace Lectern.Tests.Courses.Groups;

public class GroupDealTests
{
    [Theory]
    [InlineData(new[] { 0, 0, 0 }, 10, new[] { 3, 3, 4 })]
    [InlineData(new[] { 5, 0 }, 3, new[] { 3, 5 })]
    [InlineData(new[] { 4, 1, 1 }, 4, new[] { 3, 3, 4 })]
    public void The_smallest_group_is_filled_first(int[] before, int people, int[] after)
    {
        var deal = GroupDeal.Deal([.. before.Select(size => (size, (int?)null))], people);
        foreach (var place in deal) before[place]++;
        Assert.Equal(after, before.Order());
    }

    [Fact]
    public void Limits_are_kept_and_who_finds_no_place_is_left()
    {
        var deal = GroupDeal.Deal([(0, 2), (1, 2), (0, null)], 6);
        Assert.Equal((2, 1, 3), (deal.Count(place => place == 0), deal.Count(place => place == 1), deal.Count(place => place == 2)));
        Assert.Equal(2, GroupDeal.Deal([(0, 2)], 5).Count);
        Assert.Empty(GroupDeal.Deal([], 5));
    }
}
