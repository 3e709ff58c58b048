using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Tests.Harness;

/// <summary>Somebody who calls the API of one institution, named by path, with a token.</summary>
public sealed class TestPerson(TestTenant tenant, UserId id, string name, string email, string? token)
{
    public TestTenant Tenant => tenant;

    public UserId Id => id;

    public string Name => name;

    public string Email => email;

    public string? Token => token;

    /// <summary>The same person, calling another institution or another host with the same token.</summary>
    public TestPerson At(TestTenant other) => new(other, id, name, email, token);

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Delete(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Delete, path, null, headers);

    public Task<Answer> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, Json(body), headers);

    public Task<Answer> Put(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Put, path, Json(body), headers);

    /// <summary>Sends any content to a path under <c>/api/v1</c>, or to a whole address.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var address = path.StartsWith("http", StringComparison.Ordinal) ? path : $"/t/{tenant.Slug}/api/v1{path}";
        using var request = new HttpRequestMessage(method, address) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (header, value) in headers) request.Headers.TryAddWithoutValidation(header, value);
        using var response = await tenant.Host.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, text, all);
    }

    private static JsonContent? Json(object? body) => body is null ? null : JsonContent.Create(body, options: LecternJson.Options);
}

/// <summary>What the API answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The problem's stable code, or null.</summary>
    public string? Code => Text.StartsWith('{') && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>This answer, after checking its status; the text of another is shown.</summary>
    public Answer Expect(HttpStatusCode expected)
    {
        Assert.True(Status == expected, $"Expected {(int)expected}, got {(int)Status}: {Text}");
        return this;
    }

    public Answer Expect(int expected) => Expect((HttpStatusCode)expected);

    /// <summary>Checks that this is a refusal with a status and a stable code.</summary>
    public Answer Refused(int status, string code)
    {
        Expect(status);
        Assert.Equal(code, Code);
        return this;
    }

    public T As<T>() => JsonSerializer.Deserialize<T>(Text, LecternJson.Options)!;

    /// <summary>A property on the way down, by names separated with dots.</summary>
    public JsonElement At(string path) =>
        path.Split('.').Aggregate(Json, (element, step) => int.TryParse(step, out var index) ? element[index] : element.GetProperty(step));

    public long Id(string path) => At(path).GetInt64();
}
