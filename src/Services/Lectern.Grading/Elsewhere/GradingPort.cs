using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.AssignmentGroups;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;

namespace Lectern.Grading.Elsewhere;

/// <summary>Takes in assignments, work and scores from demonstrations and imports: by sets, not one by one.</summary>
internal sealed class GradingPort(
    GradebookStore gradebooks, GroupStore groups, AssignmentStore assignments, WorkFromElsewhereStore work) : IGrading
{
    private const int LearnersAtOnce = 500;

    public async Task<IReadOnlyList<AssignmentId>> AddAssignments(
        CourseId course, IReadOnlyList<NewAssignmentGroup> added, CancellationToken ct)
    {
        await gradebooks.HoldStructure(course, ct);
        if (added.Any(group => group.WeightPercent is not null)) await work.WeightGroups(course, ct);
        var published = new List<AssignmentPublished>();
        foreach (var group in added)
        {
            var id = await groups.Add(course, new GroupFields { Name = group.Name, WeightPercent = group.WeightPercent ?? 0 }, ct);
            foreach (var assignment in group.Assignments) published.Add(await Add(course, id, assignment, ct));
        }

        gradebooks.StructureChangedAtCommit(course, new(RecalculationCause.AssignmentsImported), published);
        return published.ConvertAll(assignment => assignment.AssignmentId);
    }

    public async Task RecordElsewhere(CourseId course, IReadOnlyList<WorkFromElsewhere> done, CancellationToken ct)
    {
        foreach (var some in done.GroupBy(piece => piece.UserId).OrderBy(group => group.Key.Value).Chunk(LearnersAtOnce))
        {
            var learners = some.Select(group => group.Key).ToList();
            // The rows are taken hold of before anything about them is written, in user order like everywhere else.
            await gradebooks.Hold(course, learners, ct);
            await work.Record(course, some.SelectMany(group => group).ToList(), ct);
            var held = await gradebooks.Hold(course, learners, ct);
            if (held.Course is not null)
                gradebooks.FoldAtCommit(held.Course, [.. held.Learners.Values.OrderBy(learner => learner.UserId.Value)]);
        }
    }

    private static SubmissionType TypeCalled(string name) => JsonSerializer.Deserialize<SubmissionType>($"\"{name}\"", LecternJson.Options);

    private async Task<AssignmentPublished> Add(CourseId course, AssignmentGroupId group, NewAssignment wanted, CancellationToken ct)
    {
        var id = await assignments.Add(course, group, new AssignmentFields
        {
            Title = wanted.Title, Description = wanted.Description, PointsPossible = wanted.PointsPossible,
            SubmissionTypes = [.. wanted.SubmissionTypes.Select(TypeCalled)], DueAt = wanted.DueAt, UnlocksAt = wanted.UnlocksAt,
            LocksAt = wanted.LocksAt, OmitFromFinal = wanted.OmitFromFinal, Status = AssignmentStatus.Published,
        }, ct);
        return new AssignmentPublished(id, course, wanted.Title, wanted.DueAt);
    }
}
