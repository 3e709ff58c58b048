using System.Security.Cryptography;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.MarkingPlans;

/// <summary>Gives learners to markers so that nobody has more than one piece above another, in pairs that chance makes.</summary>
internal static class Allocation
{
    /// <param name="learners">Who is to be marked, with the markers they have already.</param>
    /// <param name="markers">Among whom.</param>
    /// <param name="each">How many markers each learner is to have.</param>
    public static List<(UserId Learner, UserId Marker)> Evenly(
        IReadOnlyDictionary<UserId, UserId[]> learners, IReadOnlyCollection<UserId> markers, int each)
    {
        var load = markers.ToDictionary(
            marker => marker, marker => learners.Values.Sum(has => has.Count(one => one == marker)));
        var order = learners.Keys.ToArray();
        RandomNumberGenerator.Shuffle(order.AsSpan());
        var seats = new List<(UserId, UserId)>();
        foreach (var learner in order)
        {
            var tickets = markers.ToArray();
            RandomNumberGenerator.Shuffle(tickets.AsSpan());
            var wanted = each - learners[learner].Length;
            foreach (var marker in tickets.Except(learners[learner]).OrderBy(one => load[one]).Take(Math.Max(0, wanted)))
            {
                load[marker]++;
                seats.Add((learner, marker));
            }
        }

        return seats;
    }
}
