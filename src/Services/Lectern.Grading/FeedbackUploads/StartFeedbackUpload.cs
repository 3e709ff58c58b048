using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Submissions;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.FeedbackUploads;

/// <summary>Announces a grader's file, for a remark or as a ZIP of feedback, and answers where its parts are to be sent.</summary>
internal static class StartFeedbackUpload
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/feedback-uploads", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static Task<Results<Created<StartUpload.Response>, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, StartUpload.Request request, StoredFiles files, CancellationToken ct) =>
        StartUpload.Announce(assignmentId, request, files, ct);
}
