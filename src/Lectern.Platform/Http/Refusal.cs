using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Platform.Http;

/// <summary>
/// A rule's "no": a stable code, a sentence a person understands, and the field it is about. Becomes a 422 problem (RFC 9457).
/// </summary>
public sealed record Refusal(string Code, string Because, string? Field = null)
{
    public ProblemHttpResult ToProblem() =>
        Problems.Of(StatusCodes.Status422UnprocessableEntity, Code, Because, Field is null ? null : [new(Field, Code, Because)]);
}

/// <summary>One field and what is wrong with it.</summary>
public sealed record FieldError(string Field, string Code, string Message);

/// <summary>
/// All answers that are not successes, in one shape: RFC 9457 with <c>code</c>, <c>trace_id</c> and the fields concerned.
/// </summary>
public static class Problems
{
    public static ProblemHttpResult Of(
        int status, string code, string detail, IReadOnlyList<FieldError>? errors = null, params (string Name, object? Value)[] more)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        if (System.Diagnostics.Activity.Current?.TraceId.ToString() is { } trace) extensions["trace_id"] = trace;
        if (errors is { Count: > 0 }) extensions["errors"] = errors;
        foreach (var (name, value) in more) extensions[name] = value;
        return TypedResults.Problem(
            detail, statusCode: status, title: TitleOf(status), type: $"https://lectern.dev/problems/{code}", extensions: extensions);
    }

    /// <summary>Somebody else changed the thing first: both values, so that the person can choose.</summary>
    public static ProblemHttpResult Conflict(string detail, object? current, object? yours) =>
        Of(StatusCodes.Status409Conflict, "conflict", detail, null, ("current", current), ("yours", yours));

    public static ProblemHttpResult Taken(string field, string detail) =>
        Of(StatusCodes.Status409Conflict, "already_exists", detail, [new(field, "already_exists", detail)]);

    public static ProblemHttpResult NotFound(string detail = "There is no such thing here, or you may not know of it.") =>
        Of(StatusCodes.Status404NotFound, "not_found", detail);

    public static ProblemHttpResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, "forbidden", detail);

    private static string TitleOf(int status) => status switch
    {
        400 => "The request could not be understood",
        401 => "Please sign in",
        403 => "You may not do this",
        404 => "Not found",
        408 => "Too slow",
        409 => "Somebody was faster",
        412 => "This has changed since you read it",
        413 => "Too large",
        415 => "This kind of content is not accepted here",
        422 => "This cannot be done as asked",
        429 => "Too many requests",
        503 => "Not available right now",
        _ => "Something went wrong",
    };
}
