using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Grades;

/// <summary>Records many grades of a course, all of them or none; what cannot be done is answered by its place.</summary>
internal static class RecordGrades
{
    /// <summary>A column of the largest course takes two requests, and one request stays a matter of seconds.</summary>
    private const int MostChanges = 5_000;

    /// <param name="Reason">Why, for those changes that say no reason of their own.</param>
    /// <param name="Changes">At most 5,000, each of another grade.</param>
    internal sealed record Request(string? Reason, IReadOnlyList<CellChange?>? Changes);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}/grades", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<RecordedGrades>, ProblemHttpResult>> Handle(
        CourseId courseId, Request request, GradeRecorder recorder, AnonymityStore anonymity, CancellationToken ct)
    {
        if (Refused(request) is { } refusal) return refusal.ToProblem();
        var asked = request.Changes!.Select(change => change!.Asked(request.Reason)).ToList();
        var pseudonyms = await anonymity.Among([.. asked.Select(one => one.AssignmentId).Distinct()], ct);
        // Who is named where no names are to be known is nobody there.
        if (pseudonyms.Count > 0) asked = asked.ConvertAll(one => pseudonyms.TryGetValue(one.AssignmentId, out var known)
            ? one with { UserId = known.Behind(one.UserId) ?? default }
            : one);
        return await recorder.Record(courseId, asked, request.Reason, ct);
    }

    private static Refusal? Refused(Request request) => request switch
    {
        { Changes: null or { Count: 0 } } => new("changes_required", "Say what is to change.", "changes"),
        { Changes.Count: > MostChanges } => new("too_many_changes", $"At most {MostChanges} grades at once.", "changes"),
        { Reason.Length: > 500 } => new("too_long", "A reason can have at most 500 characters.", "reason"),
        _ when request.Changes.Any(change => change is null) => new("changes_required", "Every change says something.", "changes"),
        _ => null,
    };
}

/// <summary>A change, and which learner's grade on which assignment it is of.</summary>
internal sealed class CellChange : GradeChange
{
    public AssignmentId AssignmentId { get; set; }

    public UserId UserId { get; set; }

    public AskedChange Asked(string? reason)
    {
        Reason ??= reason;
        return new(AssignmentId, UserId, this);
    }
}

/// <summary>The grades as they stand, in the order the changes were asked in.</summary>
/// <param name="Also">Grades of others that went with them, because they made the work together.</param>
internal sealed record RecordedGrades(IReadOnlyList<RecordedGrade> Grades, IReadOnlyList<RecordedGrade> Also)
{
    /// <summary>The gradebook's version with all of them.</summary>
    public long CourseVersion => Grades[0].CourseVersion;
}
