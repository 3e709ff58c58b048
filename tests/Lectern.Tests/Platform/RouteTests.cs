using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>
/// Every route of the running product says who may call it, refuses whoever has not signed in, and answers another institution's
/// number as it answers one that does not exist.
/// </summary>
public sealed partial class RouteTests(LecternApp app)
{
    /// <summary>A number no institution of these tests ever reaches.</summary>
    internal const long NobodysNumber = 900_000_000_001;

    [Fact]
    public void Every_route_says_who_may_call_it()
    {
        var silent = Routes().Where(route => route.Access is null).Select(route => route.ToString()).ToList();
        Assert.True(
            silent.Count == 0, $"End these routes with .RequirePermission(…) or .AllowAnonymous(\"why\"):\n{string.Join('\n', silent)}");
        var noReason = Routes().Where(route => route.Access is { Permission: null, OpenBecause: null or { Length: < 10 } }).ToList();
        Assert.True(noReason.Count == 0, $"Say why these are open to everybody:\n{string.Join('\n', noReason)}");
        Assert.All(
            Routes(), route => Assert.True(route.Access!.Permission is null || PermissionCatalogue.All.Contains(route.Access.Permission)));
    }

    [Fact]
    public async Task Every_route_that_needs_a_permission_answers_401_without_credentials()
    {
        var tenant = await app.NewTenant();
        var wrong = new List<string>();
        foreach (var route in Routes().Where(route => route.Access?.Permission is not null))
        {
            var answer = await tenant.Nobody().Send(route.Method, route.Fill(_ => 1), route.Body());
            if (answer.Status != HttpStatusCode.Unauthorized) wrong.Add($"{route}: {(int)answer.Status} {answer.Code}");
        }

        Assert.True(wrong.Count == 0, $"Without credentials these did not answer 401:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public async Task Another_institutions_number_is_answered_like_one_that_does_not_exist()
    {
        var (theirs, ours) = (await app.NewTenant(), await app.NewTenant());
        var administrator = await ours.NewAdministrator();
        var numbers = await ForeignNumbers.Of(app, await Furnish(theirs), ours);
        Assert.Contains("courseId", numbers.Known);
        var wrong = new List<string>();
        foreach (var route in Routes().Where(route => route.Access?.Permission is not null && route.Numbers.Count > 0))
        {
            var foreign = await administrator.Send(route.Method, route.Fill(numbers.For), route.Body());
            var unknown = await administrator.Send(route.Method, route.Fill(_ => NobodysNumber), route.Body());
            if (Judge(route, foreign, unknown) is { } verdict) wrong.Add($"{route}: {verdict}");
        }

        Assert.True(wrong.Count == 0,
            $"These tell another institution's number from one that does not exist, or accept it:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public async Task Content_of_another_kind_is_refused_as_such_after_permission()
    {
        var tenant = await app.NewTenant();
        var administrator = await tenant.NewAdministrator();
        static StringContent Text() => new("title=Essay", System.Text.Encoding.UTF8, "text/plain");
        (await administrator.Send(HttpMethod.Post, "/terms", Text())).Refused(415, "unsupported_content");
        (await (await tenant.NewPerson(role: Role.Coordinator)).Send(HttpMethod.Post, "/terms", Text())).Refused(403, "forbidden");
        (await tenant.Nobody().Send(HttpMethod.Post, "/terms", Text())).Refused(401, "sign_in_required");
        (await administrator.Send(HttpMethod.Post, "/curses", Text())).Refused(404, "not_found");
    }

    /// <summary>A body may be refused before the number is looked up, but then for every number alike.</summary>
    private static string? Judge(Route route, Answer foreign, Answer unknown)
    {
        if ((int)foreign.Status is >= 200 and < 400) return $"{(int)foreign.Status}, expected 404: {Start(foreign.Text)}";
        if (foreign.Status != unknown.Status || foreign.Code != unknown.Code)
            return $"{(int)foreign.Status} {foreign.Code} for theirs, {(int)unknown.Status} {unknown.Code} for nobody's";
        var hasBody = route.Method == HttpMethod.Post || route.Method == HttpMethod.Put;
        return foreign.Status == HttpStatusCode.NotFound || (hasBody && (int)foreign.Status is 400 or 415 or 422)
            ? null
            : $"{(int)foreign.Status} {foreign.Code}, expected 404";
    }

    private static string Start(string text) => text.Length > 120 ? text[..120] : text;

    /// <summary>Puts a course with a person into an institution, so that its numbers name something.</summary>
    private static async Task<TestTenant> Furnish(TestTenant tenant)
    {
        var learner = await tenant.NewPerson();
        await tenant.Do(async services =>
        {
            var courses = services.GetRequiredService<ICourses>();
            var made = await courses.Create(
                new NewCourse("X-1", "Somebody else's course", string.Empty, "Autumn", null, null, "UTC"), CancellationToken.None);
            await courses.Enroll(made.Course, made.Section, [learner.Id], Role.Learner, notify: false, CancellationToken.None);
            await courses.Publish(made.Course, CancellationToken.None);
            return true;
        });
        return tenant;
    }

    private List<Route> Routes() =>
    [
        .. from endpoint in app.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           where endpoint.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal)
               || endpoint.Metadata.GetMetadata<RouteAccess>() is null
           select new Route(new HttpMethod(method), endpoint),
    ];

    internal sealed partial record Route(HttpMethod Method, RouteEndpoint Endpoint)
    {
        public string Pattern => Endpoint.RoutePattern.RawText!;

        public RouteAccess? Access => Endpoint.Metadata.GetMetadata<RouteAccess>();

        /// <summary>The parameters that are numbers, such as <c>courseId</c>.</summary>
        public IReadOnlyList<string> Numbers =>
            [.. Parameter().Matches(Pattern).Where(match => !IsGuid(match)).Select(match => match.Groups["name"].Value).Where(
                name => name.EndsWith("Id", StringComparison.Ordinal))];

        public string Fill(Func<string, long> number) => Parameter().Replace(Pattern["/api/v1".Length..], match =>
            IsGuid(match)
                ? Guid.AllBitsSet.ToString()
                : number(match.Groups["name"].Value).ToString(System.Globalization.CultureInfo.InvariantCulture));

        public HttpContent? Body() => SampleBody.For(Endpoint.Metadata.GetMetadata<IAcceptsMetadata>());

        public override string ToString() => $"{Method} {Pattern}";

        private bool IsGuid(Match match) =>
            match.Groups["kind"].Value == "guid"
            || Endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters()
                .Any(parameter => parameter.Name == match.Groups["name"].Value && parameter.ParameterType == typeof(Guid)) == true;

        [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)(:(?<kind>\w+)[^}]*)?\}")]
        private static partial Regex Parameter();
    }
}
