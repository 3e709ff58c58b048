using Lectern.Grading.Anonymity;
using Lectern.Platform.Tenancy;

namespace Lectern.Tests.Grading.Anonymity;

public sealed class PseudonymsTests
{
    private readonly Pseudonyms here = new(Pseudonyms.NewKey(), hidden: true);

    [Fact]
    public void A_number_leads_back_to_its_learner_and_no_two_share_one()
    {
        var learners = Enumerable.Range(1, 20_000).Select(id => new UserId(id)).Append(new UserId((1L << 52) - 1)).ToList();

        var shown = learners.ConvertAll(here.Of);

        Assert.Equal(learners, shown.ConvertAll(one => here.Behind(one)!.Value));
        Assert.Equal(shown.Count, shown.Distinct().Count());
        Assert.All(shown, one => Assert.InRange(one.Value, 1L << 52, (1L << 53) - 1));
    }

    [Fact]
    public void Neither_order_nor_another_assignment_tells_anything()
    {
        var learners = Enumerable.Range(1, 1_000).Select(id => new UserId(id)).ToList();
        var there = new Pseudonyms(Pseudonyms.NewKey(), hidden: true);

        // By chance half of those who follow each other are in order; 10 deviations from that are out of the question.
        var inOrder = learners.Zip(learners.Skip(1)).Count(pair => here.Of(pair.First).Value < here.Of(pair.Second).Value);

        Assert.InRange(inOrder, 340, 660);
        Assert.DoesNotContain(learners, learner => here.Of(learner) == there.Of(learner));
        Assert.DoesNotContain(learners.Take(20), learner => here.NameOf(learner) == there.NameOf(learner));
    }

    [Fact]
    public void A_learners_own_number_means_nobody_until_names_are_shown()
    {
        var (ada, key) = (new UserId(7), Pseudonyms.NewKey());
        var (hidden, shown) = (new Pseudonyms(key, hidden: true), new Pseudonyms(key, hidden: false));

        Assert.Null(hidden.Behind(ada));
        Assert.Equal(ada, shown.Behind(ada));
        // A page that is still open may name learners as it knew them.
        Assert.Equal(ada, shown.Behind(hidden.Of(ada)));
        Assert.Equal(ada, shown.Of(ada));
        Assert.Matches("^Learner [0-9A-Z]{6}$", hidden.NameOf(ada));
    }
}
