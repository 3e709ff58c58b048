using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Lectern.Browser;

/// <summary>
/// An instructor fills a gradebook and never touches the mouse; the grid says of each cell whose it is, of what, what stands there and what
/// there is to know of it, as somebody hears who does not see it.
/// </summary>
public class GridKeysTests(LecternApp app, Chromium chromium)
{
    private const string Instructor = "ines@grid.example";
    private const int FirstColumn = 3, Learners = 5;
    private static readonly string[] Works = ["Essay", "Field notes", "Poster", "Talk"];

    // Everything that is said, also what is followed at once by something else.
    private const string Listen = """
        window.said = [];
        new MutationObserver(all => {
          for (const one of all) {
            const region = one.target.nodeType === 1 ? one.target : one.target.parentElement;
            if (region?.closest('[aria-live]')) window.said.push(region.closest('[aria-live]').textContent.replace('\u00a0', ''));
          }
        }).observe(document, { subtree: true, childList: true, characterData: true });
        """;

    [Fact]
    public async Task Twenty_cells_are_graded_by_keys_alone_and_the_grid_says_where_one_is()
    {
        var tenant = await app.NewTenant("Grid College");
        var course = await Prepare(tenant);
        await using var ines = await chromium.Visit(tenant);
        await ines.SignIn(Instructor);
        await ines.Page.Context.AddInitScriptAsync(Listen);
        await ines.Page.GotoAsync($"courses/{course.Value}/gradebook");
        await Assertions.Expect(ines.Page.GetByRole(AriaRole.Rowheader, new() { Name = NameOf(0) })).ToBeVisibleAsync();
        await ReachTheGrid(ines);
        await ines.ExpectAccessible("the gradebook with a cell in focus");

        for (var row = 0; row < Learners; row++)
        {
            for (var work = 0; work < Works.Length; work++)
            {
                await IsAt(ines, row, work);
                await ines.Page.Keyboard.TypeAsync(Score(row, work));
                if (row == 0 && work == 1) await ines.ExpectAccessible("a score being typed");
                var isLast = work == Works.Length - 1;
                await ines.Page.Keyboard.PressAsync(isLast ? "Enter" : "Tab");
                if (!isLast) await Says(ines, row, work + 1, work == 0 ? "no score, Missing" : "no score");
            }

            for (var step = 1; step < Works.Length; step++) await ines.Page.Keyboard.PressAsync("ArrowLeft");
        }

        await TestTenant.Eventually(async () => await Graded(tenant) == Learners * Works.Length, "twenty grades are recorded");
        await WhatStandsIsSaid(ines);
        await ines.ExpectAccessible("a filled gradebook");
        await ines.Picture("gradebook-by-keys");
    }

    /// <summary>From the top of the page, as whoever has no mouse gets there.</summary>
    private static async Task ReachTheGrid(Visitor ines)
    {
        for (var step = 0; step < 80; step++)
        {
            await ines.Page.Keyboard.PressAsync("Tab");
            if (await ines.Page.EvaluateAsync<bool>("() => document.activeElement.closest('[role=grid]') !== null")) return;
        }

        Assert.Fail("The grid cannot be reached by Tab.");
    }

    /// <summary>The focus is in the cell, and the grid's own structure names its row and column.</summary>
    private static async Task IsAt(Visitor ines, int row, int work)
    {
        await ines.Page.WaitForFunctionAsync(
            "at => document.activeElement.dataset.at === at", FormattableString.Invariant($"{row}:{work + FirstColumn}"));
        var named = await ines.Page.EvaluateAsync<string>(
            """
            () => {
              const cell = document.activeElement, column = cell.getAttribute('aria-colindex');
              const grid = cell.closest('[role=grid]'), row = cell.closest('[role=row]');
              const heading = grid.querySelector(`[role=columnheader][aria-colindex="${column}"] .gb-title`);
              return [cell.getAttribute('role'), row.getAttribute('aria-rowindex'), column,
                row.querySelector('[role=rowheader]').textContent, heading.textContent].join('|');
            }
            """);
        Assert.Equal(FormattableString.Invariant($"gridcell|{row + 2}|{work + FirstColumn + 1}|{NameOf(row)}|{Works[work]}"), named);
    }

    private static Task Says(Visitor ines, int row, int work, string value) => ines.Page.WaitForFunctionAsync(
        "words => window.said.includes(words)", $"Row {NameOf(row)}, column {Works[work]}, {value}");

    /// <summary>Back along the last row: value and state of each, also that a grade is not shown yet.</summary>
    private static async Task WhatStandsIsSaid(Visitor ines)
    {
        const int last = Learners - 1;
        await ines.Page.WaitForFunctionAsync("() => window.said.includes('Saved')");
        await ines.Page.Keyboard.PressAsync("End");
        await Says(ines, last, 3, $"{Score(last, 3)} of 10");
        await ines.Page.Keyboard.PressAsync("ArrowLeft");
        await Says(ines, last, 2, $"{Score(last, 2)} of 10, hidden from the learner");
        await ines.Page.Keyboard.PressAsync("e");
        await ines.Page.Keyboard.PressAsync("ArrowLeft");
        await ines.Page.Keyboard.PressAsync("ArrowRight");
        await Says(ines, last, 2, "Excused, hidden from the learner");
        await ines.Page.Keyboard.TypeAsync("1-");
        await ines.Page.Keyboard.PressAsync("Enter");
        await ines.Page.WaitForFunctionAsync("() => window.said.some(words => words.includes('is no score'))");
        await ines.Page.Keyboard.PressAsync("Escape");
        await IsAt(ines, last, 2);
    }

    private static string NameOf(int row) => FormattableString.Invariant($"Learner {row + 1:00}");

    private static string Score(int row, int work) => ((row + work) / 2m + 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static async Task<long> Graded(TestTenant tenant) => (await tenant.Rows<long>(db => $"""
        SELECT count(*) FROM grades WHERE tenant_id = {db.Tenant} AND entered_score IS NOT NULL
        """))[0];

    private static async Task<CourseId> Prepare(TestTenant tenant)
    {
        var ines = await Visitor.Register(tenant, "Ines Instructor", Instructor);
        var assistant = await tenant.NewPerson("Ada Assistant");
        var learners = new List<TestPerson>();
        for (var row = 0; row < Learners; row++) learners.Add(await tenant.NewPerson(NameOf(row)));
        var course = await tenant.Do(async services =>
        {
            var courses = services.GetRequiredService<ICourses>();
            var made = await courses.Create(
                new NewCourse("GRID-1", "Grading by keys", "", null, null, null, "Europe/London"), CancellationToken.None);
            await courses.Enroll(made.Course, made.Section, [ines, assistant.Id], Role.Instructor, false, CancellationToken.None);
            await courses.Enroll(
                made.Course, made.Section, [.. learners.Select(one => one.Id)], Role.Learner, false, CancellationToken.None);
            await courses.Publish(made.Course, CancellationToken.None);
            return made.Course;
        });
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        for (var work = 0; work < Works.Length; work++)
        {
            (await assistant.Post($"/courses/{course.Value}/assignments", new
            {
                title = Works[work], points_possible = 10, submission_types = new[] { "text" }, status = "published", position = work,
                due_at = work == 1 ? yesterday : (DateTimeOffset?)null, posts_manually = work == 2,
            })).Expect(201);
        }

        return course;
    }
}
