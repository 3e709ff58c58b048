using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Http;

/// <summary>The one place where an exception becomes an answer: logged once, with a number by which it can be found again.</summary>
internal sealed class Failures(ILogger<Failures> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException { StatusCode: 413 } => Problems.Of(413, "too_large", "This is more than can be taken at once."),
            BadHttpRequestException { StatusCode: 408 } => Problems.Of(
                408, "request_too_slow", "The request came in too slowly, or not to its end."),
            BadHttpRequestException { StatusCode: 415 } => Problems.Of(
                415, "unsupported_content", "Send this as application/json; the header Content-Type says what is sent."),
            BadHttpRequestException bad when NamesNothing(bad, httpContext) => Problems.NotFound(),
            BadHttpRequestException bad => Problems.Of(400, "malformed_request", Plain(bad)),
            OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested => null,
            _ when Data.DatabaseFailure.IsLost(exception) || exception is NpgsqlException { IsTransient: true } =>
                Problems.Of(503, "database_unavailable",
                    "The database does not answer right now. Please try again in a moment."),
            Data.StatementTooSlowException => Problems.Of(503, "too_slow",
                "This took longer than it may. Please ask for less, or try again when there is less to do."),
            Tenancy.InstitutionMovedException => Problems.Of(503, "institution_moving",
                "This institution is being moved and can be read, not changed. Try again in a minute."),
            Sites.SiteStandsBackException => Problems.Of(503, "site_stands_back",
                "This is the copy of the service that does not work at present. Please reload the page in a moment."),
            NewerReleaseException => Problems.Of(503, "newer_release",
                "This is being updated and is served by the new version already. Please try again in a moment."),
            OverloadedException => ShedMiddleware.Refusal(httpContext),
            DependencyAwayException away => Problems.Of(503, "dependency_away", $"{away.Message} Please try again in a moment."),
            Storage.ObjectStoreUnavailableException => Problems.Of(503, "files_unavailable",
                "Files cannot be reached right now; everything else works. What you have sent is kept: please go on in a moment."),
            Access.PersonNeededException => Problems.Forbidden("Only a person can do this; a service has no account of its own here."),
            _ => Problems.Of(500, "internal_error", "Something went wrong on our side. Nothing was half done."),
        };
        if (problem is null) return true;
        // Too much is counted, not told line by line.
        if (problem.StatusCode >= 500 && exception is not (OverloadedException or DependencyAwayException or Sites.SiteStandsBackException))
            log.LogError(exception, "{Method} {Path} failed.", httpContext.Request.Method, httpContext.Request.Path);
        if (problem.StatusCode == 503 && exception is not OverloadedException) httpContext.Response.Headers.RetryAfter = "5";
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Whether a part of the path could not be read: an address with a word where an id belongs leads nowhere.</summary>
    private static bool NamesNothing(BadHttpRequestException bad, HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>()?.RouteValues?.Keys
            .Any(name => bad.Message.Contains($" {name}\" from ", StringComparison.Ordinal)) is true;

    private static string Plain(BadHttpRequestException bad) => bad.InnerException is System.Text.Json.JsonException json
        ? $"The request's JSON cannot be read{(json.Path is null ? string.Empty : $" at {json.Path}")}."
        : bad.Message;
}
