using System.Text.Json;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Gradebook;

public sealed class GradeLedgerProofTests(LecternApp app)
{
    [Fact]
    public async Task After_any_mix_of_grading_and_handing_in_nothing_differs()
    {
        var course = await app.NewCourse(learners: 5);
        var assignments = new List<TestAssignment>();
        for (var i = 0; i < 4; i++) assignments.Add(await course.NewAssignment($"Work {i}", 10 + i));
        var random = new Random(20261122);
        var acts = Enumerable.Range(0,
            80).Select(_ => (random.Next(5), random.Next(4), random.Next(4), random.Next(0, 110) / 10m)).ToList();

        await Parallel.ForEachAsync(acts, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (act, _) =>
        {
            var (learner, assignment) = (course.Learners[act.Item1], assignments[act.Item2]);
            if (act.Item3 == 0) await learner.Post($"{assignment.Path}/submissions", new { body_text = $"Version {act.Item4}" });
            else if (act.Item3 == 1) await assignment.Record(learner,
                new { status = "excused", version = await Version(course, learner, assignment) });
            else await assignment.Record(learner, new { score = act.Item4, version = await Version(course, learner, assignment) });
        });
        (await course.Instructor.Put(assignments[0].Path, new { title = "Work 0", points_possible = 40, version = 1 })).Expect(200);

        var proof = await Prove(course);
        Assert.Empty(proof.Findings);
        Assert.Equal(0, proof.Failures);
        Assert.True(proof.Attempts > 20);
    }

    [Theory]
    [InlineData("UPDATE gradebook_rows SET cells[1] = 90000 WHERE tenant_id = ")]
    [InlineData("UPDATE gradebook_rows SET totals[1] = 1 WHERE tenant_id = ")]
    [InlineData("UPDATE grades SET entered_score = 9 WHERE tenant_id = ")]
    [InlineData("DELETE FROM grades WHERE tenant_id = ")]
    [InlineData("DELETE FROM ungraded_work WHERE tenant_id = ")]
    public async Task Any_difference_is_found(string damage)
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        await essay.Score(course.Learners[0], 4);
        await course.Learners[1].Post($"{essay.Path}/submissions", new { body_text = "Work." });
        await course.SettledGradebook();
        // In one transaction, because a fold that is still to come would mend the damage in between.
        var proof = await course.Tenant.Do(async services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            await db.Execute($"{Sql.Raw(damage)}{db.Tenant}", CancellationToken.None);
            return await services.GetRequiredService<IGradeLedgerProof>().Prove(CancellationToken.None);
        });

        Assert.True(proof.Failures > 0);
    }

    [Fact]
    public async Task The_nightly_check_finds_a_difference_tells_graders_of_it_and_does_not_mend_it()
    {
        var tenant = await app.NewTenant();
        var (sound, damaged) = (await tenant.NewCourse(), await tenant.NewCourse());
        foreach (var course in new[] { sound, damaged })
        {
            await (await course.NewAssignment()).Score(course.Learner, 4);
            await course.SettledGradebook();
        }

        await TestTenant.Eventually(() => EverybodyIsHeardOf(tenant), "the gradebooks know who takes their courses");
        await tenant.Do(async services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            db.Enqueue(new CheckGradebooks());
            return await db.Execute($"""
                UPDATE gradebook_rows SET totals[1] = 1 WHERE tenant_id = {db.Tenant} AND course_id = {damaged.Id}
                """, CancellationToken.None);
        });

        Answer news = null!;
        await TestTenant.Eventually(async () => (news = (await damaged.Instructor.Get($"{damaged.Path}/gradebook/news")).Expect(200))
            .At("check").ValueKind is not JsonValueKind.Null, "the gradebook is checked");
        Assert.Equal(1, news.At("check.different").GetInt64());
        var other = (await sound.Instructor.Get($"{sound.Path}/gradebook/news")).Expect(200);
        Assert.Equal(0, other.At("check.different").GetInt64());
        Assert.True(other.At("check.compared").GetInt64() > 1);
        Assert.Equal(0.0001m, (await damaged.Gradebook()).Total(damaged.Learner, "current"));
    }

    [Fact]
    public async Task The_ledger_cannot_be_rewritten_by_the_program()
    {
        var course = await app.NewCourse();
        await (await course.NewAssignment()).Score(course.Learner, 4);
        foreach (var statement in new[] { "UPDATE grade_entries SET entered_score = 5 WHERE tenant_id = ",
            "DELETE FROM grade_entries WHERE tenant_id = " })
        {
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => course.Tenant.Do(services =>
            {
                var db = services.GetRequiredService<TenantDb>();
                return db.Execute($"{Sql.Raw(statement)}{db.Tenant}", CancellationToken.None);
            }));
            Assert.Equal("42501", refused.SqlState);
        }
    }

    // Hearing of somebody folds their line, which would mend what the test damages.
    private static async Task<bool> EverybodyIsHeardOf(TestTenant tenant) => (await tenant.Rows<bool>(db => $"""
        SELECT (SELECT count(*) FROM platform.outbox o
                WHERE o.tenant_id = {db.Tenant} AND o.type IN ('courses.person_enrolled', 'courses.people_enrolled'))
            = (SELECT count(*) FROM platform.inbox i
                WHERE i.tenant_id = {db.Tenant} AND i.consumer LIKE 'grading.gradebook.on_pe%_enrolled')
        """)).Single();

    private static Task<LedgerProof> Prove(TestCourse course) =>
        course.Tenant.Do(services => services.GetRequiredService<IGradeLedgerProof>().Prove(CancellationToken.None));

    private static async Task<int> Version(TestCourse course, TestPerson learner, TestAssignment assignment)
    {
        var history = await course.Instructor.Get($"{assignment.Path}/grades/{learner.Id.Value}/history");
        return history.At("items").GetArrayLength();
    }
}
