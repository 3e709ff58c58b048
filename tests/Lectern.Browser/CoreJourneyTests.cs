using System.IO.Compression;
using System.Text.RegularExpressions;
using Lectern.Tests.Harness;
using Microsoft.Playwright;

namespace Lectern.Browser;

/// <summary>
/// The main job, by people at browsers: an administrator imports a roster, an instructor makes and publishes a course and an
/// assignment, a learner hands in a file, the instructor grades it in the gradebook, the learner sees score, comment and why.
/// </summary>
public class CoreJourneyTests(LecternApp app, Chromium chromium)
{
    private const string Admin = "ada@journey.example", Instructor = "ines@journey.example", Learner = "leo@journey.example";

    [Fact]
    public async Task From_roster_to_explained_grade()
    {
        var tenant = await app.NewTenant("Journey College");
        await Visitor.Register(tenant, "Ada Admin", Admin, administrator: true);

        await ImportRoster(tenant);
        await Visitor.Register(tenant, "Ines Instructor", Instructor);
        await Visitor.Register(tenant, "Leo Learner", Learner);
        await PublishCourseAndAssignment(tenant);
        await HandInFile(tenant);
        await Grade(tenant);
        await ReadGrade(tenant);
    }

    /// <summary>Without this the silence of the journey would prove nothing.</summary>
    [Fact]
    public async Task The_content_policy_refuses_a_foreign_script_and_it_is_heard()
    {
        await using var visitor = await chromium.Visit(await app.NewTenant());
        await visitor.Page.GotoAsync("sign-in");
        await visitor.Page.EvaluateAsync(
            "() => { const s = document.createElement('script'); s.textContent = 'window.hit = true'; document.body.append(s); }");
        await TestTenant.Eventually(() => Task.FromResult(visitor.Refused.Count > 0), "the refusal is heard");
        Assert.False(await visitor.Page.EvaluateAsync<bool>("() => window.hit === true"));
    }

    private async Task ImportRoster(TestTenant tenant)
    {
        await using var ada = await chromium.Visit(tenant);
        await ada.SignIn(Admin);
        await ada.Page.GotoAsync("admin/imports");
        await ada.ExpectAccessible("roster imports");
        await ada.Page.Locator("input[type=file]")
            .SetInputFilesAsync(new FilePayload { Name = "roster.zip", MimeType = "application/zip", Buffer = Roster() });
        await Assertions.Expect(ada.Page.GetByText("Nothing has changed yet")).ToBeVisibleAsync();
        await ada.Picture("roster-preview");
        await ada.ExpectAccessible("roster preview");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Apply these changes" }).ClickAsync();
        await Assertions.Expect(ada.Page.GetByText("Everything below has been applied.")).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    private async Task PublishCourseAndAssignment(TestTenant tenant)
    {
        await using var ines = await chromium.Visit(tenant);
        await ines.SignIn(Instructor);
        await ines.Page.GetByRole(AriaRole.Link, new() { Name = "Journeys in Biology" }).First.ClickAsync();
        await ines.Page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Assertions.Expect(ines.Page.GetByText("Learners can see this course.")).ToBeVisibleAsync();
        await ines.ExpectAccessible("course home");

        await ines.Page.GetByRole(AriaRole.Link, new() { Name = "Assignments" }).First.ClickAsync();
        await ines.Page.GetByRole(AriaRole.Link, new() { Name = "New assignment" }).First.ClickAsync();
        await ines.Page.GetByLabel("Title").FillAsync("Field notes");
        await ines.Page.GetByLabel("Points", new() { Exact = true }).FillAsync("20");
        await ines.ExpectAccessible("assignment form");
        await ines.Picture("assignment-form");
        await ines.Page.GetByLabel("File", new() { Exact = false }).First.CheckAsync();
        await ines.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(Create|Save|Create draft)") }).First.ClickAsync();
        // The form it leaves has a "Save and publish" of its own.
        await ines.Page.RunAndWaitForResponseAsync(
            () => ines.Page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).First.ClickAsync(),
            answer => answer.Url.EndsWith("/status", StringComparison.Ordinal) && answer.Ok);
    }

    private async Task HandInFile(TestTenant tenant)
    {
        await using var leo = await chromium.Visit(tenant, width: 360, touch: true);
        await leo.SignIn(Learner);
        await leo.ExpectAccessible("a learner's home at 360 pixels");
        await leo.Picture("learner-home-360");
        await leo.Page.GetByRole(AriaRole.Link, new() { Name = "Field notes" }).First.ClickAsync();
        await leo.Page.GetByRole(AriaRole.Heading, new() { Name = "Field notes" }).WaitForAsync();
        await leo.ExpectAccessible("an assignment at 360 pixels");
        await leo.Picture("assignment-360");
        await leo.Page.GetByLabel("Hand in as").SelectOptionAsync("file");
        await leo.Page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "Three newts, one heron."u8.ToArray() });
        await leo.Page.GetByRole(AriaRole.Button, new() { Name = "Hand in", Exact = true }).ClickAsync();
        await Assertions.Expect(leo.Page.GetByText(new Regex("[0-9a-f]{16,}"))).ToBeVisibleAsync();
        await leo.ExpectAccessible("receipt at 360 pixels");
        await leo.Picture("receipt-360");
    }

    private async Task Grade(TestTenant tenant)
    {
        await using var ines = await chromium.Visit(tenant);
        await ines.SignIn(Instructor);
        await ines.Page.GetByRole(AriaRole.Link, new() { Name = "Journeys in Biology" }).First.ClickAsync();
        await ines.Page.GetByRole(AriaRole.Link, new() { Name = "Gradebook" }).First.ClickAsync();
        var cell = ines.Page.GetByRole(AriaRole.Gridcell).Last;
        await cell.ClickAsync();
        await ines.Page.Keyboard.TypeAsync("17.5");
        await ines.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ines.Page.GetByRole(AriaRole.Grid)).ToContainTextAsync("17.5");
        await Assertions.Expect(ines.Page.GetByRole(AriaRole.Grid)).ToContainTextAsync("87.5");
        await ines.ExpectAccessible("gradebook");
        await ines.Picture("gradebook");
        // Enter keeps the focus in the grid; C opens what there is to say about the cell.
        await ines.Page.Keyboard.PressAsync("c");
        await ines.Picture("cell-tray");
        await ines.Page.GetByLabel("Comment", new() { Exact = false }).First.FillAsync("Well observed. Where was the heron?");
        await ines.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(Save|Add comment|Send)") }).First.ClickAsync();
        await Assertions.Expect(ines.Page.GetByText("Well observed. Where was the heron?").First).ToBeVisibleAsync();
        await ines.ExpectAccessible("cell tray");
    }

    private async Task ReadGrade(TestTenant tenant)
    {
        await using var leo = await chromium.Visit(tenant, width: 360, dark: true, touch: true);
        await leo.SignIn(Learner);
        await leo.Page.GetByRole(AriaRole.Link, new() { Name = "Field notes" }).First.ClickAsync();
        await Assertions.Expect(leo.Page.GetByText("17.5").First).ToBeVisibleAsync();
        await Assertions.Expect(leo.Page.GetByText("Well observed. Where was the heron?").First).ToBeVisibleAsync();
        await leo.Picture("learner-feedback-360-dark");
        await leo.Page.GotoAsync("courses");
        await leo.Page.GetByRole(AriaRole.Link, new() { Name = "Journeys in Biology" }).First.ClickAsync();
        await leo.Page.GetByRole(AriaRole.Link, new() { Name = "Grades" }).First.ClickAsync();
        await Assertions.Expect(leo.Page.GetByText("87.5").First).ToBeVisibleAsync();
        await leo.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("How did this number come about") }).First.ClickAsync();
        await Assertions.Expect(leo.Page.GetByText("Points earned").First).ToBeVisibleAsync();
        await leo.ExpectAccessible("own grades, explained, at 360 pixels in the dark");
        await leo.Picture("own-grades-360-dark");
    }

    private static byte[] Roster()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, "users.csv", $"""
                user_id,login_id,first_name,last_name,email,status
                u-ines,ines,Ines,Instructor,{Instructor},active
                u-leo,leo,Leo,Learner,{Learner},active
                """);
            Put(zip, "courses.csv", "course_id,short_name,long_name,status\nc-bio,BIO-1,Journeys in Biology,active\n");
            Put(zip, "enrollments.csv", "course_id,user_id,role,status\nc-bio,u-ines,teacher,active\nc-bio,u-leo,student,active\n");
        }

        return buffer.ToArray();
    }

    private static void Put(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }
}
