using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.FeedbackImports;

/// <summary>Sending feedback back as a grader would.</summary>
internal static class Feedback
{
    public static async Task<long> Submit(this TestAssignment essay, TestPerson learner, string text = "My essay.") =>
        (await learner.Post($"{essay.Path}/submissions", new { body_text = text })).Expect(201).Id("submission_id");

    /// <summary>The folder work goes into, however its name is written.</summary>
    public static string Folder(TestPerson learner, long submission, string name = "Somebody") =>
        $"{name}__{learner.Id.Value}__{submission}";

    public static byte[] Zip(params (string Path, byte[] Bytes)[] parts) => Zip(null, parts);

    public static byte[] Zip(Encoding? names, params (string Path, byte[] Bytes)[] parts)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true, names))
        {
            foreach (var (path, bytes) in parts)
            {
                using var part = zip.CreateEntry(path, CompressionLevel.Optimal).Open();
                part.Write(bytes);
            }
        }

        return file.ToArray();
    }

    public static byte[] Words(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Uploads a grader's file by its parts.</summary>
    public static async Task<long> Upload(this TestAssignment essay, TestPerson by, string name, byte[] bytes, string? type = null)
    {
        var plan = (await by.Post($"{essay.Path}/feedback-uploads", new { name, size_bytes = bytes.Length, content_type = type }))
            .Expect(201);
        await Put(by, plan, bytes);
        return plan.Id("file_id");
    }

    /// <summary>Sends what was announced, and waits until it is whole.</summary>
    public static async Task Put(TestPerson by, Answer plan, byte[] bytes)
    {
        await Send(by, plan, bytes);
        await TestTenant.Eventually(
            async () => (int)(await by.Post($"/uploads/{plan.Id("file_id")}/completion")).Status == 200, "the file is whole");
    }

    public static async Task Send(TestPerson by, Answer plan, byte[] bytes)
    {
        var size = plan.At("part_size_bytes").GetInt32();
        foreach (var part in plan.At("parts").EnumerateArray())
        {
            var from = (part.GetProperty("number").GetInt32() - 1) * size;
            var address = new Uri(
                $"/t/{by.Tenant.Slug}/api/v1/{part.GetProperty("url").GetString()!.TrimStart('/')}", UriKind.Relative);
            using var content = new ByteArrayContent(bytes[from..Math.Min(bytes.Length, from + size)]);
            using var put = await by.Tenant.Host.Http.PutAsync(address, content);
            Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        }
    }

    /// <summary>Sends a ZIP and waits until it has been looked through.</summary>
    public static async Task<Answer> Import(this TestAssignment essay, TestPerson by, byte[] zip)
    {
        var file = await essay.Upload(by, "feedback.zip", zip);
        var sent = (await by.Post($"{essay.Path}/feedback-imports", new { file_id = file })).Expect(202);
        return await essay.Settled(by, sent.Id("feedback_import_id"));
    }

    public static string PathOf(this TestAssignment essay, Answer import) =>
        $"{essay.Path}/feedback-imports/{import.Id("feedback_import_id")}";

    /// <summary>The import, once no job is at work on it.</summary>
    public static async Task<Answer> Settled(this TestAssignment essay, TestPerson by, long import)
    {
        Answer? shown = null;
        await TestTenant.Eventually(
            async () =>
            {
                shown = (await by.Get($"{essay.Path}/feedback-imports/{import}")).Expect(200);
                return !shown.At("state").GetString()!.EndsWith("ing", StringComparison.Ordinal);
            },
            $"feedback {import} is settled", 120);
        return shown!;
    }

    public static async Task<Answer> Apply(this TestAssignment essay, TestPerson by, Answer import, bool leaveOut = false)
    {
        (await by.Post($"{essay.PathOf(import)}/application", new { leave_out = leaveOut })).Expect(202);
        return await essay.Settled(by, import.Id("feedback_import_id"));
    }

    public static async Task<Answer> Reverse(this TestAssignment essay, TestPerson by, Answer import)
    {
        (await by.Post($"{essay.PathOf(import)}/reversal")).Expect(202);
        return await essay.Settled(by, import.Id("feedback_import_id"));
    }

    /// <summary>Recognised, unknown, duplicate, of the wrong type, standing already.</summary>
    public static (int Recognised, int Unknown, int Duplicate, int WrongType, int Standing) Kinds(this Answer import)
    {
        int Of(string name) => import.At($"summary.{name}").GetInt32();
        return (Of("recognised"), Of("unknown"), Of("duplicate"), Of("wrong_type"), Of("standing"));
    }

    public static async Task<List<JsonElement>> Files(this TestAssignment essay, TestPerson by, Answer import, string kind) =>
        [.. (await by.Get($"{essay.PathOf(import)}/files?limit=200&kind={kind}")).Expect(200).At("items").EnumerateArray()];

    /// <summary>The names of the files a learner finds with the remarks on their work.</summary>
    public static async Task<List<string>> Found(this TestAssignment essay, TestPerson learner) =>
        [.. (await learner.Get($"{essay.Path}/submissions/mine")).Expect(200).At("comments").EnumerateArray()
            .SelectMany(comment => comment.GetProperty("files").EnumerateArray())
            .Select(file => file.GetProperty("name").GetString()!)];
}
