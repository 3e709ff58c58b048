using System.Text;
using Lectern.Platform.Data;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.GradebookExports;

/// <summary>Taking a course's grades away as a file.</summary>
internal static class Exporting
{
    /// <summary>Asks for a file and waits until it can be fetched.</summary>
    public static async Task<Answer> Export(this TestCourse course, object wanted, TestPerson? by = null)
    {
        var asked = (await (by ?? course.Instructor).Post($"{course.Path}/gradebook-exports", wanted)).Expect(202);
        return await course.Exported(asked.Id("gradebook_export_id"), by);
    }

    public static async Task<Answer> Exported(this TestCourse course, long export, TestPerson? by = null)
    {
        Answer? shown = null;
        await TestTenant.Eventually(
            async () =>
            {
                shown = (await (by ?? course.Instructor).Get($"{course.Path}/gradebook-exports/{export}")).Expect(200);
                return shown.At("state").GetString() is "ready";
            },
            $"export {export} is ready");
        return shown!;
    }

    public static async Task<byte[]> Bytes(this TestCourse course, Answer export)
    {
        using var answer = await course.Tenant.Host.Http.GetAsync(
            new Uri($"/t/{course.Tenant.Slug}/api/v1/{export.At("file.url").GetString()!.TrimStart('/')}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The lines of a file of separated values, taken apart without quotes.</summary>
    public static string[][] Lines(byte[] bytes, char separator) =>
        [.. Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').TrimEnd().Split("\r\n").Select(line => line.Split(separator))];

    /// <summary>Gives course, section and learners the names a student information system has for them: S1, S2 …</summary>
    public static Task NameLikeTheSis(this TestCourse course, string term = "202610", string crn = "10437") => course.Tenant.Do(
        async services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            var ct = CancellationToken.None;
            await db.Execute($"INSERT INTO terms (tenant_id, name, sis_id) VALUES ({db.Tenant}, 'Autumn', {term})", ct);
            await db.Execute($"""
                UPDATE courses SET sis_id = 'BIO-101', term_id = (SELECT max(term_id) FROM terms WHERE tenant_id = {db.Tenant})
                WHERE tenant_id = {db.Tenant} AND course_id = {course.Id}
                """, ct);
            await db.Execute(
                $"UPDATE sections SET sis_id = {crn} WHERE tenant_id = {db.Tenant} AND section_id = {course.Section}", ct);
            for (var i = 0; i < course.Learners.Count; i++)
            {
                var sisId = $"S{i + 1}";
                await db.Execute($"""
                    UPDATE users SET sis_id = {sisId} WHERE tenant_id = {db.Tenant} AND user_id = {course.Learners[i].Id}
                    """, ct);
            }

            return true;
        });
}
