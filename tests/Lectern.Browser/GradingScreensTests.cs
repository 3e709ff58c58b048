using Lectern.Tests.Harness;
using Microsoft.Playwright;

namespace Lectern.Browser;

/// <summary>
/// Every screen of grading, with something on it, as an instructor and as a learner: in the light at a desk and in the dark on a telephone
/// axe finds nothing to mend, nothing has to be scrolled sideways to be read, and the content policy has refused nothing.
/// </summary>
public class GradingScreensTests(LecternApp app, Chromium chromium)
{
    private readonly List<string> faults = [];

    [Fact]
    public async Task Every_screen_of_grading_is_accessible_in_the_light_and_in_the_dark()
    {
        var tenant = await app.NewTenant("Screen College");
        await using var ines = await chromium.Visit(tenant);
        var course = await ScreenCourse.Prepare(tenant);
        await ines.SignIn(course.Instructor.Email);
        await ines.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        foreach (var (name, path) in course.OfInstructors) await Open(ines, name, path);
        await OpenWhatIsPressed(ines, course);

        await using var leo = await chromium.Visit(tenant);
        await leo.SignIn(course.Learner.Email);
        foreach (var (name, path) in course.OfLearners) await Open(leo, name, path);
        await leo.Page.GotoAsync(course.Reading);
        await leo.Page.GetByRole(AriaRole.Button, new() { Name = "See 2 notes" }).First.ClickAsync();
        await Look(leo, "own work with notes");

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
        Assert.Empty(ines.Refused.Concat(leo.Refused));
    }

    /// <summary>Dialogs and panes of grading one by one, and a copy of a PDF with its notes that is made there.</summary>
    private async Task OpenWhatIsPressed(Visitor ines, ScreenCourse course)
    {
        await ines.Page.GotoAsync(course.Speed);
        await Press(ines, "Side by side");
        await ines.Page.GetByRole(AriaRole.Combobox, new() { Name = "Beside it" }).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Look(ines, "side by side");
        await Press(ines, "Say it aloud");
        await Look(ines, "a voice comment");
        await ines.Page.Keyboard.PressAsync("Escape");

        await ines.Page.GotoAsync(course.SpeedOfPdf);
        var copy = ines.Page.GetByRole(AriaRole.Button, new() { Name = "Download a copy with the notes" });
        await copy.WaitForAsync();
        await Look(ines, "notes on a PDF");
        var file = await ines.Page.RunAndWaitForDownloadAsync(() => copy.ClickAsync());
        Assert.Equal("fieldwork-with-notes.pdf", file.SuggestedFilename);
        await using var content = await file.CreateReadStreamAsync();
        var begin = new byte[5];
        await content.ReadExactlyAsync(begin);
        Assert.Equal("%PDF-"u8.ToArray(), begin);
    }

    private static Task Press(Visitor who, string name) =>
        who.Page.GetByRole(AriaRole.Button, new() { Name = name }).First.ClickAsync();

    private async Task Open(Visitor who, string name, string path)
    {
        await who.Page.GotoAsync(path);
        await Look(who, name);
    }

    private async Task Look(Visitor who, string name)
    {
        await Check(who, name, "light");
        await who.Page.SetViewportSizeAsync(360, 740);
        await who.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Check(who, name, "dark, 360 pixels");
        // Tables and pages of work have frames of their own to be scrolled in.
        var wide = await who.Page.EvaluateAsync<int>(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (wide > 0) faults.Add($"{name}: {wide} pixels too wide for 360");
        await who.Page.SetViewportSizeAsync(1440, 900);
        await who.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private async Task Check(Visitor who, string name, string how)
    {
        await Assertions.Expect(who.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToBeVisibleAsync();
        await Assertions.Expect(who.Page.Locator(".skeleton")).ToHaveCountAsync(0);
        var found = await who.Violations();
        if (found.Length > 0) faults.Add($"{name} ({how}):\n{found}");
        await who.Picture($"screen-{name.Replace(' ', '-')}-{(how[0] == 'l' ? "1440-light" : "360-dark")}");
    }
}
