using System.Security.Cryptography;
using Lectern.Platform;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.Options;

namespace Lectern.Tests.Platform;

/// <summary>Parts arrive in any order and again; links work for an hour and only as they were given.</summary>
public sealed class ObjectStoreTests : IDisposable
{
    private const string Key = "1/files/7";
    private readonly string folder = Directory.CreateTempSubdirectory("lectern-objects-").FullName;
    private readonly TestClock clock = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly LocalObjectStore store;
    private readonly SignedLinks links;

    public ObjectStoreTests()
    {
        var options = Options.Create(new PlatformOptions { DataFolder = folder, Secret = new string('k', 40) });
        store = new LocalObjectStore(options);
        links = new SignedLinks(options, clock);
    }

    [Fact]
    public async Task Parts_in_any_order_and_sent_again_make_one_object()
    {
        var whole = RandomNumberGenerator.GetBytes(300_000);
        await store.WritePart(Key, 3, Bytes(whole[200_000..]), 1 << 20, default);
        await store.WritePart(Key, 1, Bytes(new byte[5]), 1 << 20, default);
        await store.WritePart(Key, 2, Bytes(whole[100_000..200_000]), 1 << 20, default);
        await store.WritePart(Key, 1, Bytes(whole[..100_000]), 1 << 20, default);
        var upload = new ObjectUpload(Key, string.Empty);
        Assert.Equal([1, 2, 3], (await store.Parts(upload, default)).Keys.Order());
        Assert.Null(await store.Open(Key, default));
        Assert.Null(await store.Join(upload, whole.Length + 1, default));

        foreach (var _ in new[] { "once", "again" })
        {
            var joined = await store.Join(upload, whole.Length, default);
            Assert.Equal((whole.Length, Convert.ToHexString(SHA256.HashData(whole))),
                ((int)joined!.SizeBytes, Convert.ToHexString(joined.Sha256!)));
        }

        await using var read = await store.Open(Key, default);
        Assert.Equal(whole.Length, read!.Length);
    }

    [Fact]
    public async Task More_than_was_announced_is_refused_and_not_kept()
    {
        await Assert.ThrowsAsync<TooLargeException>(() => store.WritePart(Key, 1, Bytes(new byte[2_000]), 1_000, default));
        Assert.Empty(await store.Parts(new ObjectUpload(Key, string.Empty), default));
        Assert.Empty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("files/7")]
    [InlineData("../1/files/7")]
    [InlineData("")]
    public async Task A_key_without_an_institution_is_refused(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => store.Open(key, default));

    [Fact]
    public async Task An_odd_key_stays_in_the_folder()
    {
        await store.Write("1/../../../etc/passwd", Bytes([1]), 10, default);
        Assert.Single(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_link_works_for_an_hour_and_not_for_61_minutes()
    {
        var (expires, signature) = Parts(links.Download(new TenantId(1), 7));
        clock.Move(TimeSpan.FromMinutes(59));
        Assert.True(links.Allows("get", new TenantId(1), 7, 0, expires, signature));
        clock.Move(TimeSpan.FromMinutes(2));
        Assert.False(links.Allows("get", new TenantId(1), 7, 0, expires, signature));
    }

    [Fact]
    public void An_altered_link_is_worthless()
    {
        var (expires, signature) = Parts(links.Upload(new TenantId(1), 7, 2));
        Assert.True(links.Allows("put", new TenantId(1), 7, 2, expires, signature));
        Assert.False(links.Allows("get", new TenantId(1), 7, 2, expires, signature));
        Assert.False(links.Allows("put", new TenantId(2), 7, 2, expires, signature));
        Assert.False(links.Allows("put", new TenantId(1), 8, 2, expires, signature));
        Assert.False(links.Allows("put", new TenantId(1), 7, 3, expires, signature));
        Assert.False(links.Allows("put", new TenantId(1), 7, 2, expires + "0", signature));
        Assert.False(links.Allows("put", new TenantId(1), 7, 2, expires, signature[..^1]));
        Assert.False(links.Allows("put", new TenantId(1), 7, 2, expires, null));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static MemoryStream Bytes(byte[] content) => new(content);

    private static (string Expires, string Signature) Parts(string link)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri("http://x/" + link).Query);
        return (query["expires"]!, query["signature"]!);
    }
}
