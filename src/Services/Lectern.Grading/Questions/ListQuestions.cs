using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Questions;

/// <summary>Lists what an assignment asks, without the keys; to learners once it has opened for them.</summary>
internal static class ListQuestions
{
    internal sealed record Response(int Version, IReadOnlyList<AskedQuestion> Items);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/questions", Handle)
        .RequirePermission(GradingPermission.ReadAssignments).Critical();

    internal static async Task<Results<Ok<Response>, NotFound>> Handle(
        AssignmentId assignmentId, RouteScope scope, TenantDb db, AssignmentReader reader, QuestionStore questions, CancellationToken ct)
    {
        if (await reader.Get(scope.Scope, assignmentId, ct) is not { } assignment) return TypedResults.NotFound();
        var early = assignment.My is not null && db.Now < assignment.UnlocksAt;
        if (early || await questions.Newest(assignmentId, ct) is not { } asked) return TypedResults.Ok(new Response(0, []));
        return TypedResults.Ok(new Response(asked.Version, [.. asked.Questions.Select(AskedQuestion.Of)]));
    }
}
