using Lectern.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.Grades;

/// <summary>Says of many changes at once which cannot be made, each by its place and in words.</summary>
internal static class RefusedGrades
{
    /// <summary>The answer when any cannot be made; null when all can.</summary>
    public static ProblemHttpResult? Of(IReadOnlyList<JudgedChange> judged)
    {
        var seen = new HashSet<(long Assignment, long User)>();
        var errors = new List<FieldError>();
        foreach (var (index, one) in judged.Index())
        {
            var again = !seen.Add((one.Asked.AssignmentId.Value, one.Asked.UserId.Value));
            if ((again ? Twice : RefusalOf(one)) is { } refusal) errors.Add(new(
                refusal.Field is null ? $"changes[{index}]" : $"changes[{index}].{refusal.Field}", refusal.Code, refusal.Because));
        }

        return errors.Count == 0
            ? null
            : Problems.Of(
                StatusCodes.Status422UnprocessableEntity, "changes_refused",
                $"{errors.Count} of {judged.Count} changes cannot be made. Nothing was changed.", errors);
    }

    private static Refusal? RefusalOf(JudgedChange one) => one.Verdict switch
    {
        Verdict.Unknown => new("unknown_cell", "This course has no such assignment, or no such learner."),
        Verdict.Refused => one.Refusal,
        _ => null,
    };

    private static Refusal Twice => new("named_twice", "This grade is named twice; say once what it is to be.");
}
