using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Fills a gradebook by many hands at once and expects no difference, then changes it behind the application's back and expects to be
/// found out.
/// </summary>
internal static class LedgerDamage
{
    private const int Edits = 300;

    private static readonly string[] Ways =
    [
        "UPDATE gradebook_rows SET cells[1] = 10000 WHERE tenant_id = $1",
        "UPDATE gradebook_rows SET totals[2] = 990000 WHERE tenant_id = $1",
        "UPDATE gradebook_rows SET versions[1] = 999 WHERE tenant_id = $1",
        "UPDATE grades SET entered_score = entered_score + 1 WHERE tenant_id = $1",
        "UPDATE grades SET points_deducted = 3 WHERE tenant_id = $1",
        "UPDATE grade_entries SET entered_score = entered_score + 1 WHERE tenant_id = $1",
        "DELETE FROM grade_entries WHERE tenant_id = $1 AND version = 1",
        "DELETE FROM grades WHERE tenant_id = $1",
        "DELETE FROM ungraded_work WHERE tenant_id = $1",
    ];

    public static async Task TryAll(ScratchInstallation scratch, Tally tally, CancellationToken ct)
    {
        for (var way = 0; way < Ways.Length; way++)
        {
            var tenant = await scratch.Services.GetRequiredService<TenantAdmin>().Create(new NewTenant($"ledger-{way}", "Ledger"), ct);
            await Fill(scratch, tenant, way, ct);
            var untouched = await LedgerProofs.Of(scratch.Services, tenant, ct);
            tally.Count(untouched.Attempts - untouched.Failures);
            foreach (var finding in untouched.Findings) tally.Count($"{tenant.Slug}: {finding}");
            await scratch.ChangeBehindItsBack(tenant, Ways[way], ct);
            tally.Count((await LedgerProofs.Of(scratch.Services, tenant, ct)).Failures > 0 ? null : $"not found out: {Ways[way]}");
        }
    }

    private static async Task Fill(ScratchInstallation scratch, Tenant tenant, int seed, CancellationToken ct)
    {
        var cast = await Cast.Hire(scratch.Services, tenant, $"l{seed}", ct);
        var (course, assignments) = await scratch.Services.GetRequiredService<TenantScopes>().Do(tenant.Id, async inside =>
        {
            var courses = inside.GetRequiredService<ICourses>();
            var made = await courses.Create(new NewCourse($"L{seed}", "Ledger", string.Empty, null, null, null, "UTC"), ct);
            await courses.Enroll(made.Course, made.Section, [cast.Instructor.User], Role.Instructor, false, ct);
            await courses.Enroll(made.Course, made.Section, [cast.Learner.User], Role.Learner, false, ct);
            await courses.Publish(made.Course, ct);
            var works = Enumerable.Range(1, 5).Select(i => new NewAssignment($"Work {i}", string.Empty, 10 + i, ["text"], null)).ToList();
            return (made.Course, await inside.GetRequiredService<IGrading>().AddAssignments(made.Course, [new("Work", null, works)], ct));
        }, ct);
        using var door = new Door(scratch.Address);
        var desk = new Desk(door, tenant.Slug, cast);
        var random = new Random(seed);
        var edits = Enumerable.Range(0, Edits / Ways.Length)
            .Select(_ => (Work: assignments[random.Next(5)], Score: random.Next(0, 1000) / 100m, Submits: random.Next(3) == 0)).ToList();
        await Parallel.ForEachAsync(edits, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (edit, stop) =>
        {
            if (edit.Submits) await desk.Submit(edit.Work, $"Work {edit.Score}", stop);
            else await desk.Grade(edit.Work, edit.Score, stop);
        });
        // One piece of work is left waiting and one grade is certain, so that there is something to damage.
        await desk.Grade(assignments[0], 7, ct);
        await desk.Submit(assignments[1], "The last word", ct);
        await scratch.Work(tenant, ct);
    }

    /// <summary>Where work is handed in and graded, by address, as anybody would.</summary>
    private sealed class Desk(Door door, string slug, Cast cast)
    {
        public async Task Grade(AssignmentId work, decimal score, CancellationToken ct)
        {
            var path = $"assignments/{work.Value}/grades/{cast.Learner.User.Value}";
            // Whoever loses a race is told the version that stands, and tries again upon that.
            for (var version = 0; version >= 0;)
            {
                var answer = await Send(HttpMethod.Put, path, cast.Instructor, new { score, version }, ct);
                version = answer.Status == 409 ? Standing(answer.Body) : -1;
            }
        }

        public Task Submit(AssignmentId work, string words, CancellationToken ct) =>
            Send(HttpMethod.Post, $"assignments/{work.Value}/submissions", cast.Learner, new { body_text = words }, ct);

        private Task<Answer> Send(HttpMethod method, string path, Member member, object body, CancellationToken ct) => door.Send(
            new Call(method, $"/t/{slug}/api/v1/{path}")
            {
                Token = member.Token, Json = JsonSerializer.Serialize(body, LecternJson.Options),
            }, ct);

        private static int Standing(string body) =>
            JsonDocument.Parse(body).RootElement.GetProperty("current").GetProperty("version").GetInt32();
    }
}
