using Lectern.Contracts.Grading;
using Lectern.Grading.Submissions;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.VoiceUploads;

/// <summary>Announces what a grader has said aloud, for a remark, and answers where its parts are to be sent.</summary>
internal static class StartVoiceUpload
{
    /// <param name="ContentType">audio/webm, audio/ogg or audio/mp4, as browsers record; what follows a semicolon is not heeded.</param>
    internal sealed record Request(string? ContentType, long SizeBytes, int Seconds);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/voice-uploads", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Created<StartUpload.Response>, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, StoredFiles files, CancellationToken ct)
    {
        var voice = new Voice(request.ContentType?.Split(';')[0].Trim().ToLowerInvariant(), request.SizeBytes, request.Seconds);
        if (voice.Refuses() is { } refusal) return refusal.ToProblem();
        return await StartUpload.Announce(
            assignmentId, new StartUpload.Request(voice.Name, voice.SizeBytes, voice.ContentType), files, ct);
    }
}
