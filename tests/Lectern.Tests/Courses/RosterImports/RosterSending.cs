using System.Text;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.RosterImports;

/// <summary>Sending rosters as an administrator would.</summary>
internal static class RosterSending
{
    public static async Task<Answer> Upload(this TestPerson admin, string name, Stream content,
        params (string Name, string Value)[] headers)
    {
        using var form = new MultipartFormDataContent { { new StreamContent(content), "file", name } };
        return await admin.Send(HttpMethod.Post, "/roster-imports?format=auto", form, headers);
    }

    public static Task<Answer> Upload(this TestPerson admin, string name, string text) =>
        admin.Upload(name, new MemoryStream(Encoding.UTF8.GetBytes(text)));

    /// <summary>Asks for an import to be applied and waits until it has been.</summary>
    public static async Task<Answer> Apply(this TestPerson admin, long import, object? body = null, int seconds = 60)
    {
        (await admin.Post($"/roster-imports/{import}/application", body ?? new { confirm_holds = true })).Expect(202);
        return await admin.Settled(import, seconds);
    }

    /// <summary>The import, once no job is at work on it.</summary>
    public static async Task<Answer> Settled(this TestPerson admin, long import, int seconds = 60)
    {
        var shown = (await admin.Get($"/roster-imports/{import}")).Expect(200);
        await TestTenant.Eventually(async () =>
        {
            shown = (await admin.Get($"/roster-imports/{import}")).Expect(200);
            return shown.At("state").GetString() is not ("planning" or "applying");
        }, $"import {import} is settled", seconds);
        return shown;
    }

    /// <summary>What an import would do: creates, updates, deletes.</summary>
    public static (int Creates, int Updates, int Deletes) Counts(this Answer import) =>
        (import.At("summary.creates").GetInt32(), import.At("summary.updates").GetInt32(), import.At("summary.deletes").GetInt32());
}
