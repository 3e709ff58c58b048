using System.Text.Json;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.LearnerMessages;

public sealed class SendLearnerMessagesTests(LecternApp app)
{
    [Fact]
    public async Task Each_learner_reads_their_own_once_and_a_score_is_not_mailed()
    {
        var course = await app.NewCourse(learners: 2);
        var (ada, ben) = (course.Learners[0], course.Learners[1]);
        var due = new DateTimeOffset(2040, 5, 1, 10, 0, 0, TimeSpan.Zero);
        var essay = await course.NewAssignment("Essay", more: new { due_at = due });
        await essay.Score(ada, 7.5m);
        var request = new
        {
            subject = "{assignment}", body = "Dear {name}, {score}, due {due}.", assignment_id = essay.Id.Value,
            user_ids = new[] { ada.Id.Value, ben.Id.Value },
        };
        (string, string) key = ("Idempotency-Key", Guid.NewGuid().ToString());
        for (var i = 0; i < 2; i++)
            Assert.Equal(2, (await course.Instructor.Post(Messages(course), request, key)).Expect(200).At("sent").GetInt32());

        var told = Assert.Single(await Told(ada, 1));
        Assert.Equal("Essay", told.GetProperty("facts").GetProperty("subject").GetString());
        Assert.Equal(
            "Dear Learner 1, 7.5 / 10, due 2040-05-01 12:00 (Europe/Berlin).", told.GetProperty("facts").GetProperty("body").GetString());
        Assert.Equal("Ines Instructor", told.GetProperty("facts").GetProperty("author").GetString());
        Assert.Contains("Dear Learner 2, –, due", Assert.Single(await Told(ben, 1)).GetRawText(), StringComparison.Ordinal);
        var mail = Assert.Single(await Mailed(course, ada));
        Assert.DoesNotContain("7.5", mail, StringComparison.Ordinal);
        Assert.Contains("Ines Instructor has written to you", mail, StringComparison.Ordinal);
        var audited = await course.Tenant.Rows<string>(
            db => $"SELECT detail::text FROM audit_entries WHERE tenant_id = {db.Tenant} AND action = 'learners.messaged'");
        Assert.Contains("{assignment}", Assert.Single(audited), StringComparison.Ordinal);

        var plain = new { subject = "Hello", body = "See you, {name}.", user_ids = new[] { ben.Id.Value } };
        (await course.Instructor.Post(Messages(course), plain)).Expect(200);
        await Told(ben, 2);
        Assert.Contains(await Mailed(course, ben), one => one.Contains("See you, Learner 2.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_posted_is_told_to_nobody()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", more: new { posts_manually = true });
        await essay.Score(course.Learner, 3);
        var request = new
        {
            subject = "Essay", body = "{name}: {score}", assignment_id = essay.Id.Value, user_ids = new[] { course.Learner.Id.Value },
        };
        var seen = (await course.Instructor.Post($"{Messages(course)}/preview", request)).Expect(200);

        Assert.Equal("Learner 1: –", seen.At("body").GetString());
        Assert.Empty(await course.Tenant.Rows<long>(
            db => $"SELECT notification_id FROM notifications WHERE tenant_id = {db.Tenant} AND kind = 'learner_message'"));
    }

    [Fact]
    public async Task Only_graders_write_and_only_to_learners_of_the_course()
    {
        var (course, foreign) = (await app.NewCourse(), await app.NewCourse());
        var neighbour = await course.Tenant.NewCourse();
        var elsewhere = await neighbour.NewAssignment();
        foreach (var path in new[] { Messages(course), $"{Messages(course)}/preview" })
        {
            (await course.Learner.Post(path, To(course.Learner))).Expect(403);
            (await foreign.Instructor.At(course.Tenant).Post(path, To(course.Learner))).Expect(401);
            (await neighbour.Instructor.Post(path, To(course.Learner))).Expect(404);
            (await course.Instructor.Post(path, To(neighbour.Learner))).Refused(422, "not_learners");
            (await course.Instructor.Post(path, To(course.Instructor))).Refused(422, "not_learners");
            (await course.Instructor.Post(path, To(course.Learner, elsewhere))).Refused(422, "unknown_assignment");
            (await course.Instructor.Post(path, new { subject = "S", body = "B" })).Refused(422, "learners_required");
        }

        var many = new { subject = "S", body = "B", user_ids = Enumerable.Range(1, 1_001).ToArray() };
        (await course.Instructor.Post(Messages(course), many)).Refused(422, "too_many");
    }

    [Fact]
    public async Task So_many_in_an_hour_and_no_more()
    {
        var course = await app.NewCourse();
        for (var i = 0; i < 20; i++) (await course.Instructor.Post(Messages(course), To(course.Learner))).Expect(200);

        var refused = (await course.Instructor.Post(Messages(course), To(course.Learner))).Refused(429, "too_many_messages");
        Assert.True(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) > 0);
        (await course.Instructor.Post($"{Messages(course)}/preview", To(course.Learner))).Expect(200);
    }

    private static string Messages(TestCourse course) => $"{course.Path}/learner-messages";

    private static object To(TestPerson learner, TestAssignment? about = null) =>
        new { subject = "S", body = "B", assignment_id = about?.Id.Value, user_ids = new[] { learner.Id.Value } };

    private static async Task<List<JsonElement>> Told(TestPerson learner, int count)
    {
        List<JsonElement> told = [];
        await TestTenant.Eventually(
            async () =>
            {
                told = [.. (await learner.Get("/notifications")).Expect(200).At("items").EnumerateArray()
                    .Where(one => one.GetProperty("kind").GetString() == "learner_message")];
                return told.Count >= count;
            },
            "the learner was told");
        return told;
    }

    private static Task<List<string>> Mailed(TestCourse course, TestPerson learner) => course.Tenant.Rows<string>(
        db => $"""
            SELECT subject || ': ' || body FROM deliveries
            WHERE tenant_id = {db.Tenant} AND user_id = {learner.Id} AND kind = 'learner_message'
            """);
}
