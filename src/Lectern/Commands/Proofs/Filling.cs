using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Fills an institution through its API the way people do: terms, courses, sections, groups, assignments, work and grades, every
/// free text with the same word in it. What a version of the product does not have yet is passed over; <see cref="Bait"/> fills
/// the tables that stay empty.
/// </summary>
internal sealed partial class Filling(Door door, Tenant tenant, Cast cast, string word)
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal)
    {
        ["instructor"] = Text(cast.Instructor.User.Value), ["learner"] = Text(cast.Learner.User.Value), ["word"] = word,
    };

    /// <summary>How many of the steps the product took.</summary>
    public int Taken { get; private set; }

    public async Task Run(CancellationToken ct)
    {
        foreach (var (who, method, path, json) in Steps)
        {
            var member = cast.All.First(candidate => candidate.Part == who);
            var answer = await door.Send(
                new Call(new HttpMethod(method), $"/t/{tenant.Slug}/api/v1{Put(path)}") { Token = member.Token, Json = json is null ? null
                    : Put(json) }, ct);
            if (answer.Status is < 200 or >= 300) continue;
            Taken++;
            Learn(answer.Body);
        }
    }

    private static readonly (string Who, string Method, string Path, string? Json)[] Steps =
    [
        ("administrator", "POST", "/users",
            """{"name":"Person <word>","email":"p-<word>@example.edu","sis_id":"sis-<word>","pronouns":"<word>"}"""),
        ("administrator", "POST", "/accounts", """{"name":"Faculty <word>"}"""),
        ("administrator", "POST", "/terms", """{"name":"Term <word>"}"""),
        ("administrator", "POST", "/courses", """{"code":"C-<word>","title":"Course <word>","description":"About <word>"}"""),
        ("administrator", "POST", "/courses/<course_id>/sections", """{"name":"Section <word>"}"""),
        ("administrator", "POST", "/courses/<course_id>/enrollments", """{"user_id":<instructor>,"role":"instructor"}"""),
        ("administrator", "POST", "/courses/<course_id>/enrollments", """{"user_id":<learner>,"role":"learner"}"""),
        ("administrator", "PUT", "/courses/<course_id>/status", """{"status":"published","version":1}"""),
        ("instructor", "POST", "/courses/<course_id>/group-sets", """{"name":"Groups <word>","self_sign_up":true}"""),
        ("instructor", "POST", "/group-sets/<group_set_id>/groups", """{"name":"Group <word>"}"""),
        ("instructor", "POST", "/groups/<group_id>/members", """{"user_id":<learner>}"""),
        ("instructor", "POST", "/courses/<course_id>/assignment-groups", """{"name":"Essays <word>"}"""),
        ("instructor", "POST", "/courses/<course_id>/assignments",
            """
            {"title":"Essay <word>","description":"Write <word>","points_possible":10,"submission_types":["text"],"status":"published"}
            """),
        ("learner", "PUT", "/assignments/<assignment_id>/draft", """{"body_text":"Draft <word>","version":0}"""),
        ("learner", "POST", "/assignments/<assignment_id>/submissions", """{"body_text":"Work <word>"}"""),
        ("learner", "POST", "/assignments/<assignment_id>/uploads",
            """{"name":"<word>.txt","size_bytes":10,"content_type":"text/plain"}"""),
        ("instructor", "POST", "/submissions/<submission_id>/comments", """{"text":"Comment <word>","body":"Comment <word>"}"""),
        ("instructor", "PUT", "/assignments/<assignment_id>/grades/<learner>", """{"score":7,"comment":"Well done <word>","version":0}"""),
        ("administrator", "POST", "/users/<learner>/observers", """{"observer_id":<instructor>}"""),
        ("learner", "POST", "/api-tokens", """{"name":"Token <word>","rights":[]}"""),
        ("administrator", "GET", "/audit-entries", null),
    ];

    private void Learn(string body)
    {
        if (!body.StartsWith('{')) return;
        foreach (var property in JsonDocument.Parse(body).RootElement.EnumerateObject())
        {
            if (property.Name.EndsWith("_id", StringComparison.Ordinal) && property.Value.ValueKind is JsonValueKind.Number)
                known[property.Name] = property.Value.GetRawText();
        }
    }

    // Something an earlier step did not give is a number nobody has.
    private string Put(string text) => Hole().Replace(text, match => known.GetValueOrDefault(match.Groups[1].Value, "0"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("<([a-z_]+)>")]
    private static partial Regex Hole();
}
