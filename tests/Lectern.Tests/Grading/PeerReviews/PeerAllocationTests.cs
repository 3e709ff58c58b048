using Lectern.Contracts.Grading;
using Lectern.Grading.PeerReviews;
using Lectern.Platform.Tenancy;

namespace Lectern.Tests.Grading.PeerReviews;

/// <summary>Who reviews what, over many classes that are made up.</summary>
public sealed class PeerAllocationTests
{
    private static readonly Dictionary<UserId, long[]> Nobody = [];

    [Fact]
    public void Every_work_gets_as_many_as_wanted_every_reviewer_gives_as_many_and_nobody_reviews_their_own()
    {
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var wanted = random.Next(1, 11);
            var works = Alone(random.Next(wanted + 1, wanted + 40));

            var made = PeerAllocation.Make(new(works, Nobody, [], []), wanted, random.NextInt64());

            Assert.Equal(new LoadRange(wanted, wanted), made.PerWork);
            Assert.Equal(new LoadRange(wanted, wanted), made.PerReviewer);
            Check(made, works);
        }
    }

    [Fact]
    public void Mates_never_review_each_other_and_it_comes_out_even_wherever_that_is_possible()
    {
        var random = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            var wanted = random.Next(1, 5);
            var (count, size) = (random.Next(2, 9), random.Next(1, 5));
            // With equally large groups it is possible as soon as there are enough others.
            if ((count - 1) * size < wanted) continue;
            var works = Alone(count * size);
            var groups = works.Select((work, at) => (work.AuthorId, Group: (long)(at / size)))
                .ToDictionary(one => one.AuthorId, one => new[] { one.Group });

            var made = PeerAllocation.Make(new(works, groups, [], []), wanted, random.NextInt64());

            Assert.Equal((new LoadRange(wanted, wanted), new LoadRange(wanted, wanted)), (made.PerWork, made.PerReviewer));
            Check(made, works);
            Assert.DoesNotContain(made.Pairs, pair => groups[pair.ReviewerId][0] == groups[pair.Work.AuthorId][0]);
        }
    }

    [Fact]
    public void Work_of_groups_gets_its_reviews_from_others_in_equal_parts()
    {
        var random = new Random(3);
        for (var round = 0; round < 100; round++)
        {
            var wanted = random.Next(1, 5);
            var user = 0;
            var works = Enumerable.Range(0, random.Next(wanted + 2, 20)).Select(at =>
            {
                UserId[] makers = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new UserId(++user))];
                return new PeerWork(new(at + 1), makers[0], makers);
            }).Append(new PeerWork(new(999), new(1000), [new(1000), new(1001)])).ToList();

            var made = PeerAllocation.Make(new(works, Nobody, [], []), wanted, random.NextInt64());

            Assert.Equal((0, wanted, wanted), (made.Short, made.PerWork.Fewest, made.PerWork.Most));
            Assert.True(made.PerReviewer.Most - made.PerReviewer.Fewest <= 1, $"{made.PerReviewer}");
            Check(made, works);
        }
    }

    [Fact]
    public void The_same_seed_makes_the_same_pairs_and_latecomers_move_nobody()
    {
        var works = Alone(30);
        var first = PeerAllocation.Make(new([.. works.Take(25)], Nobody, [], []), 3, 77);
        var again = PeerAllocation.Make(new([.. works.Take(25).Reverse()], Nobody, [], []), 3, 77);
        Assert.Equal(Named(first), Named(again));
        Assert.NotEqual(Named(first), Named(PeerAllocation.Make(new([.. works.Take(25)], Nobody, [], []), 3, 78)));
        Assert.Empty(PeerAllocation.Make(new([.. works.Take(25)], Nobody, Standing(first), []), 3, 77).Pairs);

        foreach (var late in new[] { 26, 30 })
        {
            var more = PeerAllocation.Make(new([.. works.Take(late)], Nobody, Standing(first), []), 3, 77);

            Assert.Equal((3, 0), (more.PerWork.Fewest, more.Short));
            Assert.Equal(3, more.PerReviewer.Fewest);
            Assert.True(more.PerWork.Most <= 4 && more.PerReviewer.Most <= 4, $"{more.PerWork} {more.PerReviewer}");
            Assert.Empty(Named(more).Intersect(Named(first)));
            Check(more, works);
        }
    }

    [Fact]
    public void What_cannot_come_out_even_is_as_much_as_there_can_be()
    {
        var three = PeerAllocation.Make(new(Alone(3), Nobody, [], []), 3, 5);
        Assert.Equal((3, new LoadRange(2, 2), 6), (three.Short, three.PerWork, three.Pairs.Count));
        Assert.Empty(PeerAllocation.Make(new(Alone(1), Nobody, [], []), 3, 5).Pairs);
        Assert.Empty(PeerAllocation.Make(new([], Nobody, [], []), 3, 5).Pairs);

        // What somebody took away is not asked for again.
        var barred = PeerAllocation.Make(new(Alone(4), Nobody, [], [(new(1), new(2))]), 3, 5);
        Assert.DoesNotContain(barred.Pairs, pair => pair.ReviewerId == new UserId(1) && pair.Work.AuthorId == new UserId(2));
        Assert.Equal(1, barred.Short);

        // One group of all: nobody is left to review.
        var works = Alone(6);
        var all = PeerAllocation.Make(new(works, works.ToDictionary(work => work.AuthorId, _ => new[] { 1L }), [], []), 2, 5);
        Assert.Equal((6, 0), (all.Short, all.Pairs.Count));
    }

    [Fact]
    public void Ten_thousand_works_come_out_even()
    {
        var works = Alone(10_000);
        var groups = works.ToDictionary(work => work.AuthorId, work => new[] { work.AuthorId.Value / 40 });

        var made = PeerAllocation.Make(new(works, groups, [], []), 5, 42);

        Assert.Equal((new LoadRange(5, 5), new LoadRange(5, 5)), (made.PerWork, made.PerReviewer));
        Check(made, works);
    }

    private static List<PeerWork> Alone(int count) =>
        [.. Enumerable.Range(1, count).Select(at => new PeerWork(new(at), new(at), [new(at)]))];

    private static List<(UserId, UserId)> Standing(AllocatedReviews made) =>
        [.. made.Pairs.Select(pair => (pair.ReviewerId, pair.Work.AuthorId))];

    private static List<string> Named(AllocatedReviews made) =>
        [.. made.Pairs.Select(pair => $"{pair.ReviewerId.Value} reviews {pair.Work.AuthorId.Value}")];

    private static void Check(AllocatedReviews made, IReadOnlyCollection<PeerWork> works)
    {
        Assert.Equal(made.Pairs.Count, made.Pairs.Select(pair => (pair.ReviewerId, pair.Work.AuthorId)).Distinct().Count());
        Assert.DoesNotContain(made.Pairs, pair => pair.Work.Makers.Contains(pair.ReviewerId));
        Assert.All(made.Pairs, pair => Assert.Contains(pair.Work, works));
    }
}
