using Lectern.Contracts.Grading;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Annotations;

/// <summary>Lists what graders marked in an attempt, or in a mate's copy of it; learners see it once their grade is posted.</summary>
internal static class ListAnnotations
{
    // A grader holds the right at the course and an observer at the learner, so the handler asks for both.
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/submissions/{submissionId}/annotations", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    /// <param name="submissionId">Whose attempt.</param>
    /// <param name="file">Of one file only; 0 is the text that was typed.</param>
    /// <param name="fromPage">From this page on.</param>
    /// <param name="toPage">Up to this page.</param>
    /// <param name="shapes">False leaves drawings out, for a list of all there is.</param>
    internal static async Task<Results<Ok<Page<AnnotationView>>, NotFound, ProblemHttpResult>> Handle(
        SubmissionId submissionId, [FromQuery(Name = "file_id")] long? file, [FromQuery(Name = "page_from")] int? fromPage,
        [FromQuery(Name = "page_to")] int? toPage, bool? shapes, PageRequest page, RouteScope scope, Access access,
        SubmissionStore submissions, AnnotationEyes eyes, AnnotationStore annotations, CancellationToken ct)
    {
        if (await submissions.Find(submissionId, ct) is not { } work) return TypedResults.NotFound();
        if (await eyes.On(work, scope.Scope, ct) is not { } sight)
            return await access.Knows(scope.Scope, ct) ? Problems.Forbidden("This is somebody else's work.") : TypedResults.NotFound();
        if (sight is AnnotationSight.None) return TypedResults.Ok(new Page<AnnotationView>([], null));
        var rows = await annotations.Page(work, new AnnotationWish(file, fromPage, toPage, sight is AnnotationSight.Own), page, ct);
        var listed = Page<Annotation>.From(rows, page, row => row.Cursor);
        return TypedResults.Ok(new Page<AnnotationView>(
            [.. listed.Items.Select(row => AnnotationView.Of(row, shapes is not false))], listed.Next));
    }
}
