using System.Net;
using System.Security.Cryptography;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;
using Lectern.S3;
using Lectern.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lectern.Tests.Platform;

/// <summary>The S3 store by itself: addresses work as given and no other way.</summary>
public sealed class S3ObjectStoreTests(S3App app) : IClassFixture<S3App>, IDisposable
{
    private const int Part = 5 << 20;
    private readonly string key = $"1/files/{Guid.NewGuid():N}";
    private readonly S3ObjectStore store = new(
        app.Store.Options, new Dependencies(TimeProvider.System, NullLogger<Dependencies>.Instance), TimeProvider.System);

    [Fact]
    public async Task Parts_in_any_order_and_sent_again_make_one_object()
    {
        var whole = RandomNumberGenerator.GetBytes((2 * Part) + 1000);
        var upload = new ObjectUpload(key, await store.Begin(key, default));
        await Put(store.PartAddress(upload, 3, 1000)!, whole[(2 * Part)..]);
        await Put(store.PartAddress(upload, 1, 10)!, new byte[10]);
        await Put(store.PartAddress(upload, 1, Part)!, whole[..Part]);
        Assert.Null(await store.Join(upload, whole.Length, default));
        Assert.Null(await store.Open(key, default));
        await Put(store.PartAddress(upload, 2, Part)!, whole[Part..(2 * Part)]);
        Assert.Equal([1, 2, 3], (await store.Parts(upload, default)).Keys.Order());

        Assert.Equal(new StoredObject(whole.Length, null), await store.Join(upload, whole.Length, default));
        Assert.Equal(new StoredObject(whole.Length, null), await store.Join(upload, whole.Length, default));
        await using var read = await store.Open(key, default);
        Assert.Equal(SHA256.HashData(whole), await SHA256.HashDataAsync(read!));
    }

    [Fact]
    public async Task A_part_has_the_size_that_was_announced_and_no_other()
    {
        var upload = new ObjectUpload(key, await store.Begin(key, default));
        var address = store.PartAddress(upload, 1, 1000)!;
        await Put(address, new byte[1001], HttpStatusCode.Forbidden);
        await Put(address, new byte[999], HttpStatusCode.Forbidden);
        Assert.Empty(await store.Parts(upload, default));
        await Put(address, new byte[1000]);

        // From a store that does not look at what was signed.
        await Assert.ThrowsAsync<TooLargeException>(() => store.Join(upload, 999, default));
        Assert.Null(await store.Open(key, default));
        Assert.NotNull(await store.Join(upload, 1000, default));
    }

    [Fact]
    public async Task An_altered_address_is_refused_by_the_store()
    {
        var upload = new ObjectUpload(key, await store.Begin(key, default));
        var address = store.PartAddress(upload, 1, 1)!;
        await Put(address.Replace("partNumber=1", "partNumber=2", StringComparison.Ordinal), [1], HttpStatusCode.Forbidden);
        await Put(address.Replace("/1/files/", "/2/files/", StringComparison.Ordinal), [1], HttpStatusCode.Forbidden);
        await store.Write(key, new MemoryStream([1, 2, 3]), 10, default);
        var reading = (await store.ReadAddress(key, "a.bin", "application/octet-stream", default))!;
        await Put(reading, [1], HttpStatusCode.Forbidden);
        using var unsigned = await app.Host.Http.GetAsync(new Uri(new Uri(reading).GetLeftPart(UriPartial.Path)));
        Assert.Equal(HttpStatusCode.Forbidden, unsigned.StatusCode);
    }

    [Fact]
    public async Task What_is_read_comes_with_its_name_and_never_as_a_page()
    {
        var stored = await store.Write(key, new MemoryStream("<script>"u8.ToArray()), 10, default);
        Assert.Equal(SHA256.HashData("<script>"u8), stored.Sha256);
        using var page = await app.Host.Http.GetAsync(await store.ReadAddress(key, "übung \"1\".html", "text/html", default));
        Assert.Equal("application/octet-stream", page.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", page.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("übung \"1\".html", page.Content.Headers.ContentDisposition.FileNameStar);
        using var picture = await app.Host.Http.GetAsync(await store.ReadAddress(key, "a.png", "image/png", default));
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task More_than_was_allowed_is_refused_and_not_kept()
    {
        await Assert.ThrowsAsync<TooLargeException>(() => store.Write(key, new MemoryStream(new byte[2000]), 1000, default));
        Assert.Null(await store.Open(key, default));
        Assert.Null(await store.ReadAddress(key, "a", "text/plain", default));
    }

    [Fact]
    public async Task What_is_removed_is_gone_with_its_parts_and_may_be_removed_again()
    {
        var upload = new ObjectUpload(key, await store.Begin(key, default));
        await Put(store.PartAddress(upload, 1, 3)!, [1, 2, 3]);
        await store.Remove(upload, default);
        await store.Remove(upload, default);
        Assert.Empty(await store.Parts(upload, default));
        Assert.Null(await store.Join(upload, 3, default));
    }

    [Theory]
    [InlineData("files/7")]
    [InlineData("../1/files/7")]
    [InlineData("-1/files/7")]
    [InlineData("")]
    public async Task A_key_without_an_institution_is_refused(string wrong) =>
        await Assert.ThrowsAsync<ArgumentException>(() => store.Begin(wrong, default));

    public void Dispose() => store.Dispose();

    private async Task Put(string address, byte[] bytes, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await app.Host.Http.PutAsync(new Uri(address), new ByteArrayContent(bytes));
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
