using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Users;

/// <summary>A person as the API shows them to those who may read people. The picture's address works for an hour.</summary>
internal sealed record PersonShown(
    UserId UserId, string Name, string SortableName, string? Email, string? LoginName, string? SisId, string? Pronouns, string? Locale,
    string? TimeZone, string? AvatarUrl, UserState State, int Version, DateTimeOffset CreatedAt)
{
    public static PersonShown Of(User user, string? avatarUrl) => new(
        user.UserId, user.Name, user.SortableName, user.Email, user.LoginName, user.SisId, user.Pronouns, user.Locale, user.TimeZone,
        avatarUrl, user.State, user.Version, user.CreatedAt);
}

/// <summary>Addresses of people's pictures, found for many at once.</summary>
internal sealed class Avatars(StoredFiles files)
{
    public async Task<PersonShown> Show(User user, CancellationToken ct) => PersonShown.Of(user, await UrlOf(user, ct));

    public async Task<string?> UrlOf(User user, CancellationToken ct) =>
        user.AvatarFileId is { } avatar ? (await Urls([avatar], ct)).GetValueOrDefault(avatar) : null;

    public async Task<IReadOnlyDictionary<FileId, string>> Urls(IReadOnlyCollection<FileId> avatars, CancellationToken ct) =>
        (await files.Find(avatars, ct)).ToDictionary(file => file.FileId, file => file.Url);
}
