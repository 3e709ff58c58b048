using System.Net;
using System.Net.Http.Json;
using Lectern.Contracts.Identity;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Identity;

/// <summary>People who sign in with a password, and browsers that keep a cookie.</summary>
internal static class IdentityTenant
{
    public const string Password = "correct horse battery";

    /// <summary>A person who can sign in with <see cref="Password"/>.</summary>
    public static Task<UserId> NewSignIn(
        this TestTenant tenant, string email, string name = "Leo Learner", string password = Password) => tenant.Do(services =>
        services.GetRequiredService<IPeopleAdmin>().AddWithPassword(name, email, password, CancellationToken.None));

    public static Task<Answer> SignIn(this TestTenant tenant, string email, string password = Password) =>
        tenant.Nobody().Post("/sessions", new { email, password });

    /// <summary>Signs in and answers a browser that holds the cookie and the page's token.</summary>
    public static async Task<TestBrowser> Browse(this TestTenant tenant, string email, string password = Password)
    {
        var answer = (await tenant.SignIn(email, password)).Expect(HttpStatusCode.Created);
        return new TestBrowser(tenant, answer.Headers["Set-Cookie"].Split(';')[0], answer.At("csrf_token").GetString()!);
    }

    public static string UniqueEmail() => $"{Guid.NewGuid():N}@example.edu";

    /// <summary>What the audit log says was done, newest last.</summary>
    public static Task<List<AuditRow>> AuditOf(this TestTenant tenant, string action) => tenant.Rows<AuditRow>(db =>
        $"SELECT action, subject, actor_id FROM audit_entries WHERE tenant_id = {db.Tenant} AND action = {action} ORDER BY audit_entry_id");

    internal sealed record AuditRow(string Action, string Subject, UserId? ActorId);
}

/// <summary>A browser with a session cookie. Changes carry the page's token unless told otherwise.</summary>
internal sealed class TestBrowser(TestTenant tenant, string cookie, string csrf)
{
    /// <summary>The same browser, with another server of the same institution.</summary>
    public TestBrowser On(TestTenant other) => new(other, cookie, csrf);

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path, null, null);

    public Task<Answer> Send(HttpMethod method, string path, object? body, string? token) => tenant.Nobody().Send(
        method, path, body is null ? null : JsonContent.Create(body, options: LecternJson.Options),
        token is null ? [("Cookie", cookie)] : [("Cookie", cookie), ("X-CSRF-Token", token)]);

    public Task<Answer> Put(string path, object body) => Send(HttpMethod.Put, path, body, csrf);

    public Task<Answer> Post(string path, object body) => Send(HttpMethod.Post, path, body, csrf);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path, null, csrf);
}
