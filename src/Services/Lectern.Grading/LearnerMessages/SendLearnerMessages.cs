using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Limits;
using Lectern.Platform.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.LearnerMessages;

/// <summary>Writes to learners of a course, to each alone, with fields that are each learner's own.</summary>
internal static class SendLearnerMessages
{
    private const int MostInAnHour = 20;

    internal sealed record Response(int Sent);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/learner-messages", Handle)
        .RequirePermission(GradingPermission.MessageLearners);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CourseId courseId, MessageRequest request, HttpContext context, Actor actor, TenantDb db, MessageWriter writer, RateLimits limits,
        CancellationToken ct)
    {
        var (refusal, messages) = await writer.Write(courseId, request, ct);
        if (refusal is not null) return refusal.ToProblem();
        var key = new SharedKey(db.Tenant, KeySpace.Limit, $"messages:{actor.Person.Value}");
        var answer = await limits.Take(new Bucket(key, MostInAnHour / 3600.0, MostInAnHour));
        if (answer.Refused)
            return RateLimits.TooMany(context, "too_many_messages", "You have written to learners twenty times in this hour.", answer.Wait);

        var namesScore = new LearnerMessage(request.Subject!, request.Body!).NamesScore;
        db.RaiseAll([.. messages.Select(to => new LearnerMessaged(
            courseId, to.Key, actor.Person, request.AssignmentId, to.Value.Subject, to.Value.Body, namesScore))]);
        db.Audit(GradingAudit.LearnersMessaged, $"course:{courseId.Value}", new
        {
            subject = request.Subject, assignment = request.AssignmentId, learners = messages.Keys,
        });
        return TypedResults.Ok(new Response(messages.Count));
    }
}
