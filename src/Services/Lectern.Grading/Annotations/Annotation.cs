using System.Globalization;
using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Annotations;

/// <summary>A grader's mark on a place in work, with what they say of it.</summary>
internal sealed record Annotation(
    AnnotationId AnnotationId, CourseId CourseId, SubmissionId SubmissionId, FileId FileId, int Page, int Place, AnnotationKind Kind,
    string Body, AnnotationTarget Target, UserId? AuthorId, string? AuthorName, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt,
    DateTimeOffset? DeletedAt, int Version)
{
    public const int LongestBody = 10_000;

    /// <summary>On one attempt; also what one page holds at most.</summary>
    public const int MostOnWork = 2_000;

    /// <summary>Of one attempt's annotations together.</summary>
    public const long MostBytesOnWork = 16L << 20;

    public const string Columns = """
        n.annotation_id, n.course_id, n.submission_id, n.file_id, n.page, n.place, n.kind, n.body, n.target, n.author_id,
        p.name AS author_name, n.created_at, n.changed_at, n.deleted_at, n.version
        """;

    /// <summary>Why these words cannot be kept.</summary>
    public static Refusal? RefusedBody(string? body) => body switch
    {
        { Length: > LongestBody } => new("too_long", $"A note can have at most {LongestBody:N0} characters.", "body"),
        not null when body.Contains('\0', StringComparison.Ordinal) => new("bad_annotation", "A note is plain text.", "body"),
        _ => null,
    };

    /// <summary>Where it stands among the annotations of its attempt.</summary>
    public string Cursor => string.Create(
        CultureInfo.InvariantCulture, $"{FileId.Value} {Page} {Place} {AnnotationId.Value}");
}

/// <summary>An annotation as it is answered.</summary>
/// <param name="FileId">Null: the text that was typed.</param>
/// <param name="Page">From 1; null where there are no pages.</param>
/// <param name="Quote">The words it is about, where it is about words.</param>
internal sealed record AnnotationView(
    AnnotationId AnnotationId, SubmissionId SubmissionId, FileId? FileId, int? Page, AnnotationKind Kind, string Body, string? Quote,
    UserId? AuthorId, string? AuthorName, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, int Version, WebAnnotation Annotation)
{
    public static AnnotationView Of(Annotation a, bool shapes = true)
    {
        FileId? file = a.FileId.Value == 0 ? null : a.FileId;
        var quote = a.Target.Selector.FirstOrDefault(selector => selector.Type == Selector.TextQuote)?.Exact;
        return new(
            a.AnnotationId, a.SubmissionId, file, a.Page == 0 ? null : a.Page, a.Kind, a.Body, quote, a.AuthorId, a.AuthorName, a.CreatedAt,
            a.ChangedAt, a.Version, WebAnnotation.Of(a, shapes));
    }
}

/// <summary>The same as an annotation of the W3C, https://www.w3.org/TR/annotation-model.</summary>
internal sealed record WebAnnotation(
    [property: JsonPropertyName("@context")] string Context, string Id, string Type, string Motivation,
    [property: JsonPropertyName("bodyValue")] string BodyValue, WebTarget Target)
{
    public static WebAnnotation Of(Annotation a, bool shapes) => new(
        "http://www.w3.org/ns/anno.jsonld", $"/api/v1/annotations/{a.AnnotationId.Value}", "Annotation", a.Kind switch
        {
            AnnotationKind.Highlight => "highlighting",
            AnnotationKind.Strike => "editing",
            _ => "commenting",
        }, a.Body, new WebTarget(
            a.FileId.Value == 0 ? $"/api/v1/submissions/{a.SubmissionId.Value}" : $"/api/v1/files/{a.FileId.Value}/content",
            (shapes ? a.Target : a.Target.WithoutShapes()).Selector));
}

/// <param name="Source">What it is a place in: the text that was typed, or a file.</param>
/// <param name="Selector">The place.</param>
internal sealed record WebTarget(string Source, IReadOnlyList<Selector> Selector);
