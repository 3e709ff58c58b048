using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Lectern.Tests.Courses.RosterImports;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;

namespace Lectern.Tests.Journeys;

/// <summary>The main job by API only: roster, course, assignment, a file handed in, a grade, and why the total is what it is.</summary>
public class CoreJourneyTests(LecternApp app)
{
    private const string Instructor = "ines@journey.example", Learner = "leo@journey.example";

    [Fact]
    public async Task From_roster_to_explained_grade()
    {
        var tenant = await app.NewTenant("Journey College");
        var admin = await tenant.NewAdministrator();
        await ImportRoster(admin);
        var ines = await SignIn(tenant, "Ines Instructor", Instructor);
        var leo = await SignIn(tenant, "Leo Learner", Learner);

        var (course, assignment) = await PublishCourseAndAssignment(ines);
        (await leo.Get("/dashboard")).Expect(200);
        var receipt = await HandIn(leo, assignment);
        await Grade(ines, course, assignment, leo);

        var own = (await leo.Get($"/courses/{course}/grades/mine")).Expect(200);
        Assert.Contains("87.5", own.Text, StringComparison.Ordinal);
        Assert.Contains("course_total", own.Text, StringComparison.Ordinal);
        var mine = (await leo.Get($"/assignments/{assignment}/submissions/mine")).Expect(200);
        Assert.Contains("Well observed.", mine.Text, StringComparison.Ordinal);
        Assert.Contains(receipt, mine.Text, StringComparison.Ordinal);
        var read = (await admin.Get("/audit-entries?limit=200")).Expect(200).Text;
        foreach (var action in new[] { "session.begun", "gradebook.read", "grade.recorded" })
            Assert.Contains(action, read, StringComparison.Ordinal);
    }

    private static async Task ImportRoster(TestPerson admin)
    {
        await Import(admin, "users.csv", $"""
            user_id,login_id,first_name,last_name,email,status
            u-ines,ines,Ines,Instructor,{Instructor},active
            u-leo,leo,Leo,Learner,{Learner},active
            """);
        await Import(admin, "courses.csv", "course_id,short_name,long_name,status\nc-bio,BIO-1,Journeys in Biology,active\n");
        await Import(admin, "enrollments.csv", "course_id,user_id,role,status\nc-bio,u-ines,teacher,active\nc-bio,u-leo,student,active\n");
    }

    private static async Task Import(TestPerson admin, string name, string text)
    {
        var import = (await admin.Upload(name, text)).Id("roster_import_id");
        Assert.Equal("planned", (await admin.Settled(import)).At("state").GetString());
        Assert.Equal("applied", (await admin.Apply(import)).At("state").GetString());
    }

    private static async Task<TestPerson> SignIn(TestTenant tenant, string name, string email)
    {
        var user = await tenant.NewSignIn(email, name);
        var browser = await tenant.Browse(email);
        var token = (await browser.Post("/api-tokens", new { name = "journey", rights = new[] { "*" } })).Expect(201).At("token")
            .GetString();
        return new TestPerson(tenant, user, name, email, token);
    }

    private static async Task<(long Course, long Assignment)> PublishCourseAndAssignment(TestPerson ines)
    {
        var listed = (await ines.Get("/courses?mine=true")).Expect(200);
        var course = listed.Id("items.0.course_id");
        (await ines.Put(
            $"/courses/{course}/status", new { status = "published", version = listed.At("items.0.version").GetInt32() })).Expect(200);
        var due = DateTimeOffset.Parse("2036-01-01T12:00:00Z", CultureInfo.InvariantCulture);
        var made = (await ines.Post($"/courses/{course}/assignments", new
        {
            title = "Field notes", points_possible = 20, submission_types = new[] { "file" }, due_at = due, status = "draft",
        })).Expect(201);
        var assignment = made.Id("assignment_id");
        (await ines.Put($"/assignments/{assignment}/status", new { status = "published", version = made.At("version").GetInt32() })).Expect(
            200);
        return (course, assignment);
    }

    private static async Task<string> HandIn(TestPerson leo, long assignment)
    {
        var notes = new ByteArrayContent(Encoding.UTF8.GetBytes("Three newts, one heron."));
        notes.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var form = new MultipartFormDataContent { { new StringContent("file"), "type" }, { notes, "file", "notes.txt" } };
        var answer = (await leo.Send(
            HttpMethod.Post, $"/assignments/{assignment}/submissions", form, ("Idempotency-Key", Guid.NewGuid().ToString()))).Expect(201);
        return answer.At("receipt.sha256").GetString()!;
    }

    private static async Task Grade(TestPerson ines, long course, long assignment, TestPerson leo)
    {
        var recorded = (await ines.Put($"/assignments/{assignment}/grades/{leo.Id.Value}",
            new { score = 17.5, comment = "Well observed. Where was the heron?", version = 0 })).Expect(200);
        Assert.Equal(87.5m, recorded.At("row_totals.current").GetDecimal());
        Assert.Contains("17.5", (await ines.Get($"/courses/{course}/gradebook")).Expect(200).Text, StringComparison.Ordinal);
    }
}
