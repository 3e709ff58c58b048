using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.LearnerMessages;

/// <summary>Shows a message as the first of its learners would read it; nothing is sent.</summary>
internal static class PreviewLearnerMessage
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/learner-messages/preview", Handle)
        .RequirePermission(GradingPermission.MessageLearners);

    internal static async Task<Results<Ok<LearnerMessage>, ProblemHttpResult>> Handle(
        CourseId courseId, MessageRequest request, MessageWriter writer, CancellationToken ct)
    {
        var one = request with { UserIds = [.. (request.UserIds ?? []).Take(1)] };
        var (refusal, messages) = await writer.Write(courseId, one, ct);
        return refusal is not null ? refusal.ToProblem() : TypedResults.Ok(messages.Values.Single());
    }
}
