using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Contracts.Grading;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Golden;

/// <summary>Takes the steps of a case through the API, in a course of its own.</summary>
internal sealed partial class GoldenScript
{
    private readonly TestCourse course;
    private readonly Dictionary<string, TestPerson> people;
    private readonly Dictionary<string, long> kept;
    private readonly DateTimeOffset began = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(
        TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    private GoldenScript(TestCourse course, TestPerson admin)
    {
        this.course = course;
        people = new() { ["teacher"] = course.Instructor, ["admin"] = admin };
        foreach (var (name, learner) in new[] { "ada", "ben", "cem" }.Zip(course.Learners)) people[name] = learner;
        kept = people.ToDictionary(person => person.Key, person => person.Value.Id.Value);
        kept["course"] = course.Id.Value;
    }

    internal static async Task<GoldenScript> Begin(LecternApp app, int learners)
    {
        var course = await app.NewCourse(learners);
        return new(course, await course.Tenant.NewAdministrator());
    }

    internal async Task Take(GoldenStep step)
    {
        if (!step.Eventually)
        {
            var answer = await Ask(step);
            if (Difference(step, answer) is { } wrong) Assert.Fail($"{step.By}: {step.Send}: {wrong}");
            foreach (var (name, place) in step.Keep) kept[name] = answer.Id(place);
            return;
        }

        await TestTenant.Eventually(async () => Difference(step, await Ask(step)) is null, $"{step.By}: {step.Send}");
    }

    /// <summary>What the ledger comes to that the gradebook does not show.</summary>
    internal async Task<IReadOnlyList<string>> Differences() => (await course.Tenant.Do(
        services => services.GetRequiredService<IGradeLedgerProof>().Prove(CancellationToken.None))).Findings;

    private Task<Answer> Ask(GoldenStep step)
    {
        var (method, path) = step.Send.Split(' ', 2) is [var verb, var rest] ? (new HttpMethod(verb), rest) : default;
        var content = step.Body is { } body
            ? new StringContent(Filled(body.GetRawText()), System.Text.Encoding.UTF8, "application/json")
            : null;
        return people[step.By].Send(method!, Filled(path!), content);
    }

    private string? Difference(GoldenStep step, Answer answer)
    {
        if ((int)answer.Status != step.Answer) return $"expected {step.Answer}, got {(int)answer.Status}: {answer.Text}";
        if (step.Code is { } code && answer.Code != code) return $"expected {code}: {answer.Text}";
        foreach (var (place, said) in step.Shows)
        {
            var (shown, expected) = (answer.At(place), JsonElement.Parse(Filled(said.GetRawText())));
            if (!JsonElement.DeepEquals(shown, expected)) return $"{place} is {shown.GetRawText()} and should be {expected.GetRawText()}";
        }

        return null;
    }

    /// <summary>"{essay}" as a whole string becomes the number; inside a text the number is put in.</summary>
    private string Filled(string text)
    {
        text = Instant().Replace(text, match =>
        {
            var count = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            return (began + (match.Groups[2].Value == "d" ? TimeSpan.FromDays(count) : TimeSpan.FromHours(count))).ToString("O");
        });
        foreach (var (name, id) in kept)
        {
            var number = id.ToString(CultureInfo.InvariantCulture);
            text = text.Replace($"\"{{{name}}}\"", number, StringComparison.Ordinal)
                .Replace($"{{{name}}}", number, StringComparison.Ordinal);
        }

        return text;
    }

    [GeneratedRegex(@"\{([+-]\d+)([dh])\}")]
    private static partial Regex Instant();
}
