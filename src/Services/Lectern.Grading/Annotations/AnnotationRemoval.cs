using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.Annotations;

/// <summary>Takes annotations away and back: one's own, or anybody's for who runs the course.</summary>
internal sealed class AnnotationRemoval(Actor actor, Access access, AnnotationStore annotations)
{
    public async Task<Results<Ok<AnnotationView>, NotFound, ProblemHttpResult>> Set(
        AnnotationId id, bool deleted, int? version, Scope course, CancellationToken ct)
    {
        if (version is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await annotations.Find(id, ct) is not { } stands) return TypedResults.NotFound();
        if (stands.AuthorId != actor.UserId && !await access.May(GradingPermission.ManagePolicy, course, ct))
            return Problems.Forbidden("Only who made an annotation, or who runs the course, takes it away.");
        // The answer to the first request was lost, say.
        var again = stands.DeletedAt is not null == deleted && stands.Version == seen + 1;
        if (!again && !await annotations.Delete(id, deleted, seen, ct))
            return Problems.Conflict("This annotation was changed meanwhile.", AnnotationView.Of(stands), new { version });
        return TypedResults.Ok(AnnotationView.Of((await annotations.Find(id, ct))!));
    }
}
