using System.Net.Http.Headers;
using System.Security.Cryptography;
using Lectern.Platform.Storage;
using Lectern.Tests.Grading;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>Handing in and reading files when an S3 store keeps them: the API says where to, the bytes go past it.</summary>
public sealed class S3FileTests(S3App app) : IClassFixture<S3App>
{
    private const int PartBytes = 8 << 20;

    [Fact]
    public async Task Parts_go_to_the_store_and_the_receipt_speaks_of_what_is_there()
    {
        var (course, essay) = await NewEssay();
        var bytes = RandomNumberGenerator.GetBytes(PartBytes + 4321);
        var plan = await Announce(course.Learner, essay, "work.bin", bytes.Length);
        Assert.All(plan.At("parts").EnumerateArray(), part => Assert.StartsWith(
            app.Store.Options.Endpoint, part.GetProperty("url").GetString(), StringComparison.Ordinal));
        await PutParts(plan, bytes);
        var file = await Completed(course.Learner, plan);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.At("sha256").GetString());
        var again = (await course.Learner.Post($"/uploads/{plan.Id("file_id")}/completion")).Expect(200);
        Assert.Equal(file.Id("file_id"), again.Id("file_id"));
        Assert.Equal(file.At("sha256").GetString(), again.At("sha256").GetString());

        (await course.Learner.Post($"{essay.Path}/submissions", new { type = "file", file_ids = new[] { file.Id("file_id") } }))
            .Expect(201);
        var sent = (await course.Learner.Get("/" + file.At("url").GetString())).Expect(302);
        using var read = await app.Host.Http.GetAsync(new Uri(sent.Headers["Location"]));
        Assert.Equal(bytes, await read.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", read.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task An_interrupted_upload_goes_on_where_it_stopped_also_after_the_store_was_away()
    {
        var (course, essay) = await NewEssay();
        var bytes = RandomNumberGenerator.GetBytes(PartBytes + 99);
        var plan = await Announce(course.Learner, essay, "work.bin", bytes.Length);
        var path = $"/uploads/{plan.Id("file_id")}";
        await Put(plan.At("parts.0.url").GetString()!, bytes[..PartBytes]);
        (await course.Learner.Post(path + "/completion")).Refused(422, "upload_incomplete");
        var avatar = await SetAvatar(course.Learner);

        await app.Store.Kill();
        try
        {
            (await course.Learner.Get(path)).Refused(503, "files_unavailable");
            (await course.Learner.Post(path + "/completion")).Refused(503, "files_unavailable");
            (await course.Learner.Post($"{essay.Path}/uploads", new { name = "more.bin", size_bytes = 5 }))
                .Refused(503, "files_unavailable");
            (await course.Learner.Get("/" + avatar)).Refused(503, "files_unavailable");
            (await course.Learner.Get("/dashboard")).Expect(200);
            (await course.Learner.Get("/profile")).Expect(200);
        }
        finally
        {
            await app.Store.Run();
        }

        Answer? resumed = null;
        await TestTenant.Eventually(
            async () => (resumed = await course.Learner.Get(path)).Status == System.Net.HttpStatusCode.OK, "the store is asked again");
        Assert.Equal([true, false], resumed!.At("parts").EnumerateArray().Select(part => part.GetProperty("arrived").GetBoolean()));
        await Put(resumed.At("parts.1.url").GetString()!, bytes[PartBytes..]);
        var file = await Completed(course.Learner, plan);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.At("sha256").GetString());
        (await course.Learner.Get(path)).Expect(404);
    }

    [Fact]
    public async Task A_node_whose_disk_is_wiped_has_lost_nothing()
    {
        var (course, essay) = await NewEssay();
        var folder = Directory.CreateTempSubdirectory("lectern-disk-").FullName;
        var bytes = RandomNumberGenerator.GetBytes(1000);
        string link;
        Answer under;
        await using (var node = await app.NodeOn(folder))
        {
            var learner = course.Learner.At(course.Tenant.On(node));
            var plan = await Announce(learner, essay, "work.bin", bytes.Length);
            await PutParts(plan, bytes);
            link = (await Completed(learner, plan)).At("url").GetString()!;
            under = await Announce(learner, essay, "later.bin", bytes.Length);
        }

        Directory.Delete(folder, recursive: true);
        await using (var node = await app.NodeOn(folder))
        {
            // The session, the link that was given out, and the upload that had begun are as good as before.
            var learner = course.Learner.At(course.Tenant.On(node));
            var sent = (await learner.Get("/" + link)).Expect(302);
            Assert.Equal(bytes, await app.Host.Http.GetByteArrayAsync(new Uri(sent.Headers["Location"])));
            await PutParts(under, bytes);
            await Completed(learner, under);
        }

        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_part_sent_again_while_its_upload_is_completed_is_said_and_nothing_is_lost()
    {
        await using var between = new StoreBetween(app.Store.Options.Endpoint, app.Host.Http);
        await using var node = await app.Node(between.Address);
        var (course, essay) = await NewEssay();
        var (first, second) = (RandomNumberGenerator.GetBytes(1234), RandomNumberGenerator.GetBytes(1234));
        var plan = await Announce(course.Learner, essay, "work.bin", first.Length);
        await PutParts(plan, first);
        between.Before = request => request.HttpMethod == "POST" ? PutParts(plan, second) : Task.CompletedTask;
        var completion = $"/uploads/{plan.Id("file_id")}/completion";
        (await course.Learner.At(course.Tenant.On(node)).Post(completion)).Refused(422, "upload_changed");

        between.Before = _ => Task.CompletedTask;
        (await course.Learner.At(course.Tenant.On(node)).Post(completion)).Expect(202);
        var file = await Completed(course.Learner, plan);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(second)), file.At("sha256").GetString());
    }

    [Fact]
    public async Task What_is_under_way_counts_until_it_is_swept_and_no_one_takes_up_the_room_of_all()
    {
        var course = await (await app.NewTenant()).NewCourse(learners: 3);
        var essay = await course.NewAssignment(more: new { submission_types = new[] { "file" } });
        var begun = await Announce(course.Learners[0], essay, "large.bin", 32 << 20);
        await Refused(course.Learners[0], 1, "too_many_uploads");
        await Announce(course.Learners[1], essay, "large.bin", (32 << 20) - 10);
        await Refused(course.Learners[2], 11, "quota_exceeded");
        var small = await Announce(course.Learners[2], essay, "small.bin", 10);
        await PutParts(small, new byte[10]);
        await Completed(course.Learners[2], small);
        await Refused(course.Learners[2], 1, "quota_exceeded");

        await course.Tenant.Rows<long>(db => $"""
            UPDATE files SET created_at = created_at - interval '25 hours'
            WHERE tenant_id = {db.Tenant} AND file_id = {begun.Id("file_id")} RETURNING file_id
            """);
        await Sweep();
        await Announce(course.Learners[0], essay, "large.bin", 32 << 20);
        await Refused(course.Learners[2], 1, "quota_exceeded");

        async Task Refused(TestPerson learner, int size, string code) =>
            (await learner.Post($"{essay.Path}/uploads", new { name = "more.bin", size_bytes = size })).Refused(422, code);
    }

    [Fact]
    public async Task Of_many_that_announce_at_once_only_those_are_taken_that_there_is_room_for()
    {
        var course = await (await app.NewTenant()).NewCourse(learners: 6);
        var essay = await course.NewAssignment(more: new { submission_types = new[] { "file" } });
        var answers = await Task.WhenAll(course.Learners.Select(
            learner => learner.Post($"{essay.Path}/uploads", new { name = "large.bin", size_bytes = 20 << 20 })));
        Assert.Equal([201, 201, 201, 422, 422, 422], answers.Select(answer => (int)answer.Status).Order());
    }

    [Fact]
    public async Task A_program_named_as_a_document_is_refused_after_it_was_read_and_swept_away()
    {
        var (course, essay) = await NewEssay();
        byte[] bytes = [(byte)'M', (byte)'Z', .. new byte[500]];
        var plan = await Announce(course.Learner, essay, "essay.pdf", bytes.Length);
        await PutParts(plan, bytes);
        var path = $"/uploads/{plan.Id("file_id")}/completion";
        await TestTenant.Eventually(
            async () => (await course.Learner.Post(path)).Code == "file_type_mismatch", "the file was read and refused");
        (await course.Learner.Post(path)).Refused(422, "file_type_mismatch");
        (await course.Learner.Post($"{essay.Path}/submissions", new { type = "file", file_ids = new[] { plan.Id("file_id") } }))
            .Refused(422, "unknown_file");
        await Sweep();
        (await course.Learner.Post(path)).Refused(422, "unknown_file");
    }

    [Fact]
    public async Task An_upload_is_nobody_elses()
    {
        var (course, essay) = await NewEssay();
        var (other, _) = await NewEssay();
        var plan = await Announce(course.Learner, essay, "work.bin", 10);
        var path = $"/uploads/{plan.Id("file_id")}";
        (await course.Instructor.Get(path)).Expect(404);
        (await other.Learner.Get(path)).Expect(404);
        (await course.Instructor.Post(path + "/completion")).Refused(422, "unknown_file");
        (await course.Tenant.Nobody().Get(path)).Expect(401);
        // Parts are not taken by the API when a store elsewhere takes them.
        var own = app.Host.Services.GetRequiredService<SignedLinks>().Upload(course.Tenant.Id, plan.Id("file_id"), 1);
        (await course.Learner.Send(HttpMethod.Put, "/" + own, new ByteArrayContent([1]))).Expect(404);
    }

    [Fact]
    public async Task Unfinished_uploads_and_replaced_pictures_are_swept_and_nothing_else()
    {
        var (course, essay) = await NewEssay();
        var first = await SetAvatar(course.Learner);
        var second = await SetAvatar(course.Learner);
        var old = await Announce(course.Learner, essay, "old.bin", 10);
        await Put(old.At("parts.0.url").GetString()!, new byte[10]);
        var young = await Announce(course.Learner, essay, "young.bin", 10);
        await Put(young.At("parts.0.url").GetString()!, new byte[10]);
        await course.Tenant.Rows<long>(db => $"""
            UPDATE files SET created_at = created_at - interval '25 hours'
            WHERE tenant_id = {db.Tenant} AND file_id = {old.Id("file_id")} RETURNING file_id
            """);
        (await course.Learner.Get("/" + first)).Expect(404);
        var used = await Used(course.Tenant);
        await Sweep();

        (await course.Learner.Get($"/uploads/{old.Id("file_id")}")).Expect(404);
        using var gone = await app.Host.Http.PutAsync(new Uri(old.At("parts.0.url").GetString()!), new ByteArrayContent(new byte[10]));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode);
        (await course.Learner.Get("/" + second)).Expect(302);
        await Completed(course.Learner, young);
        Assert.Equal(used - Png.Length + 10, await Used(course.Tenant));
    }

    [Fact]
    public async Task Pages_may_send_to_the_store_and_read_from_it()
    {
        var tenant = await app.NewTenant();
        var policy = (await (await tenant.NewPerson()).Get("/profile")).Expect(200).Headers["Content-Security-Policy"];
        Assert.Contains($"connect-src 'self' {app.Store.Options.Endpoint};", policy, StringComparison.Ordinal);
        Assert.Contains($"img-src 'self' data: blob: {app.Store.Options.Endpoint};", policy, StringComparison.Ordinal);
    }

    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private async Task<(TestCourse Course, TestAssignment Essay)> NewEssay()
    {
        var course = await (await app.NewTenant()).NewCourse();
        return (course, await course.NewAssignment(more: new { submission_types = new[] { "file" } }));
    }

    private async Task Sweep()
    {
        var sweep = app.Host.Services.GetRequiredService<FileSweep>();
        await sweep.Run(app.Host.Services.GetRequiredService<Lectern.Platform.Tenancy.CoreDatabase>().Database, default);
    }

    private static async Task<long> Used(TestTenant tenant) =>
        (await tenant.Rows<long>(db => $"SELECT size_bytes FROM storage_use WHERE tenant_id = {db.Tenant}")).Single();

    private static async Task<Answer> Announce(TestPerson learner, TestAssignment essay, string name, long size) =>
        (await learner.Post($"{essay.Path}/uploads", new { name, size_bytes = size })).Expect(201);

    private async Task PutParts(Answer plan, byte[] bytes)
    {
        foreach (var (part, at) in plan.At("parts").EnumerateArray().Select((part, at) => (part, at)))
            await Put(part.GetProperty("url").GetString()!, bytes.Skip(at * PartBytes).Take(PartBytes).ToArray());
    }

    private async Task Put(string address, byte[] bytes)
    {
        using var answer = await app.Host.Http.PutAsync(new Uri(address), new ByteArrayContent(bytes));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<Answer> Completed(TestPerson learner, Answer plan)
    {
        Answer? answer = null;
        await TestTenant.Eventually(
            async () =>
            {
                answer = await learner.Post($"/uploads/{plan.Id("file_id")}/completion");
                return answer.Status != System.Net.HttpStatusCode.Accepted;
            },
            "the file was read");
        return answer!.Expect(200);
    }

    private static async Task<string> SetAvatar(TestPerson person)
    {
        var file = new ByteArrayContent(Png);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse("image/png");
        var saved = await person.Send(HttpMethod.Put, "/profile/avatar", new MultipartFormDataContent { { file, "file", "me.png" } });
        return saved.Expect(200).At("avatar_url").GetString()!;
    }
}
