using Lectern.Contracts.Courses;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Outcomes;

/// <summary>
/// Where learners stood at an instant: the newest entries of the ledger by then, folded as the gradebook's row is, by the versions the
/// course followed then. What shows an outcome is today's: nothing tells what did.
/// </summary>
internal sealed class MasteryPast(GradebookPast past)
{
    /// <summary>Two scores for each slot of every learner, as rows keep them.</summary>
    public async Task<Dictionary<UserId, long[]>> Scores(
        CourseId course, IEnumerable<UserId> learners, DateTimeOffset asOf, CancellationToken ct)
    {
        var structure = await past.Structure(course, asOf, ct);
        var scores = new Dictionary<UserId, long[]>();
        foreach (var some in learners.Chunk(GradebookPast.LearnersAtOnce))
        {
            foreach (var work in await past.Evidence(structure, some, asOf, ct))
                scores[work.UserId] = MasteryProjection.Fold(structure, work);
        }

        return scores;
    }

    /// <summary>All that one learner's scores were made of; null where there is no such learner.</summary>
    public async Task<HeldLearners> Read(CourseId course, UserId learner, DateTimeOffset asOf, CancellationToken ct)
    {
        var structure = await past.Structure(course, asOf, ct);
        var work = await past.Evidence(structure, [learner], asOf, ct);
        return new(structure, work.Where(one => one.Sections.Count > 0).ToDictionary(one => one.UserId));
    }
}
