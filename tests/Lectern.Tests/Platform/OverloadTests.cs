using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Resilience;
using Lectern.Tests.Grading;
using Lectern.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>What still answers when there is more to do than can be done.</summary>
public sealed class OverloadTests(LecternApp app)
{
    [Fact]
    public async Task Fifty_slow_reports_leave_grading_and_handing_in_answering()
    {
        await using var host = await Start(pool: 4);
        var course = (await app.NewCourse()).On(host);
        var essay = await course.NewAssignment();
        using var enough = new CancellationTokenSource();
        var reports = Enumerable.Range(0, 50).Select(_ => Report(course.Instructor, enough.Token)).ToList();
        await TestTenant.Eventually(
            () => Task.FromResult(reports.Any(report => report.IsCompletedSuccessfully)), "reports are refused");

        await essay.Score(course.Learner, 7);
        (await course.Learner.Put($"{essay.Path}/draft", new { body_text = "So far", version = 0 })).Expect(200);
        (await course.Instructor.Get(course.Path)).Expect(200);
        Assert.Contains(reports, report => !report.IsCompleted);
        var refused = await reports.First(report => report.IsCompletedSuccessfully);
        Assert.Equal("overloaded", refused);

        await enough.CancelAsync();
        await Task.WhenAll(reports.Select(report => report.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Equal(7, (await course.Gradebook()).Score(course.Learner, essay));
    }

    [Fact]
    public async Task When_threads_are_short_lists_are_refused_at_the_door_and_grades_recorded()
    {
        var clock = new HandClock();
        var load = new LoadControl(TimeSpan.FromMilliseconds(500), clock);
        await using var host = await Start(pool: 20, load);
        var course = (await app.NewCourse()).On(host);
        var essay = await course.NewAssignment();
        for (var i = 0; i < 4; i++)
        {
            load.Lagged(TimeSpan.FromSeconds(2));
            clock.Move(LoadControl.Window);
        }

        var lists = new List<Answer>();
        for (var i = 0; i < 3; i++) lists.Add(await course.Instructor.Get("/notifications"));
        var refused = lists.First(answer => (int)answer.Status == 503).Refused(503, "overloaded");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 10);
        (await course.Instructor.Get($"{course.Path}/gradebook")).Expect(200);
        await essay.Score(course.Learner, 7);
        (await course.Instructor.Send(HttpMethod.Get, new Uri(host.Address, "/health/ready").ToString(), null)).Expect(200);
        var metrics = await course.Instructor.Send(HttpMethod.Get, new Uri(host.Address, "/metrics").ToString(), null);
        Assert.Contains("lectern_shed_requests_total{criticality=\"medium\",where=\"door\"}", metrics.Text, StringComparison.Ordinal);

        clock.Move(TimeSpan.FromMinutes(1));
        (await course.Instructor.Get("/notifications")).Expect(200);
    }

    /// <summary>Whoever makes another route critical takes its place from these; so the list is read like code.</summary>
    [Fact]
    public void What_is_refused_last_is_work_that_would_be_lost()
    {
        var critical = app.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => RouteCriticality.Of(route) is Criticality.Critical)
            .Select(route =>
                $"{route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {route.RoutePattern.RawText!["/api/v1".Length..]}");
        Assert.Equal(
            [
                "DELETE /sessions/current", "GET /assignments/{assignmentId}/draft", "GET /assignments/{assignmentId}/questions",
                "GET /sessions/current", "GET /uploads/{fileId}",
                "POST /access-tokens",
                "POST /assignments/{assignmentId}/submissions", "POST /assignments/{assignmentId}/uploads", "POST /sessions",
                "POST /uploads/{fileId}/completion", "PUT /assignments/{assignmentId}/comment-drafts/{learnerId}",
                "PUT /assignments/{assignmentId}/draft",
                "PUT /assignments/{assignmentId}/grades/{learnerId}", "PUT /assignments/{assignmentId}/provisional-marks/{learnerId}",
                "PUT /assignments/{assignmentId}/question-marks",
                "PUT /assignments/{assignmentId}/rubric-assessments/{learnerId}",
                "PUT /assignments/{assignmentId}/rubric-assessments/{learnerId}/criteria/{criterionId}", "PUT /grades/{gradeId}",
                "PUT /peer-reviews/{peerReviewId}", "PUT /uploads/{fileId}/parts/{part:int}",
            ],
            critical.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fifty_exports_leave_the_consequences_of_a_grade_running()
    {
        var tenant = await app.NewTenant();
        var mark = $"{Guid.NewGuid():N}";
        var end = ProbeExportHandler.Begin(mark);
        try
        {
            await tenant.Do(services =>
            {
                var db = services.GetRequiredService<Lectern.Platform.Data.TenantDb>();
                for (var i = 0; i < 50; i++) db.Enqueue(new ProbeExport(mark));
                return Task.FromResult(true);
            });
            await TestTenant.Eventually(() => Task.FromResult(ProbeExportHandler.Marks[mark].Begun >= 2), "exports run");

            var job = await tenant.Enqueue(new ProbeJob("ok", mark));
            await TestTenant.Eventually(async () => await tenant.JobState(job) == "done", "other work is done meanwhile");
            // A few for each process that works here.
            Assert.InRange(ProbeExportHandler.Marks[mark].Begun, 2, 20);
        }
        finally
        {
            end.SetResult();
        }
    }

    private static async Task<string?> Report(TestPerson person, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/t/{person.Tenant.Slug}/api/v1/probes/report?seconds=50");
        request.Headers.Authorization = new("Bearer", person.Token);
        using var response = await person.Tenant.Host.Http.SendAsync(request, ct);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(ct), new Dictionary<string, string>()).Code;
    }

    private Task<RunningHost> Start(int pool, LoadControl? load = null)
    {
        var options = new PlatformOptions
        {
            Postgres = app.Options.Postgres, Pooler = app.Options.Pooler, Secret = app.Options.Secret, DataFolder = app.Options.DataFolder,
            CellPoolSize = pool, ToleratedWaitMilliseconds = app.Options.ToleratedWaitMilliseconds,
            Limits = app.Options.Limits,
        };
        return RunningHost.Start(options, new ServePart(true, false), TimeProvider.System, migrate: false,
            services => { if (load is not null) services.AddSingleton(load); });
    }
}
