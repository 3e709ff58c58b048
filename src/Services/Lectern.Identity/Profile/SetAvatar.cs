using Lectern.Identity.Images;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Profile;

/// <summary>Sets a person's own picture from the multipart field 'file'.</summary>
internal static class SetAvatar
{
    // The platform's own token guards cookie requests, so the framework's antiforgery has nothing to add.
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/profile/avatar", Handle)
        .RequirePermission(PlatformPermission.SignedIn).OnlyForPeople()
        .DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(ImageUpload.MostRequestBytes));

    internal static async Task<Results<Ok<ProfileShown>, ProblemHttpResult>> Handle(
        IFormFile? file, Actor actor, UserStore users, StoredFiles files, CancellationToken ct)
    {
        var (stored, refusal) = await ImageUpload.Store(files, file, $"avatar:{actor.Person.Value}", ct);
        if (stored is null) return refusal!.ToProblem();
        var earlier = (await users.Find(actor.Person, ct))?.AvatarFileId;
        var user = await users.SetAvatar(actor.Person, stored.FileId, ct);
        if (earlier is { } replaced) await files.Forget(replaced, ct);
        return TypedResults.Ok(ProfileShown.Of(user, stored.Url));
    }
}
