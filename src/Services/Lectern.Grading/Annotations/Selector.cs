using System.Text.Json.Serialization;
using Lectern.Platform.Data;

namespace Lectern.Grading.Annotations;

/// <summary>
/// A selector of the W3C's Web Annotation Data Model, as it is sent, kept and answered. Which members it has follows from its type;
/// members the standard may know and we do not are refused.
/// </summary>
/// <param name="Type">TextPositionSelector, TextQuoteSelector, FragmentSelector or SvgSelector.</param>
/// <param name="Start">Characters (code points) before it; of a TextPositionSelector.</param>
/// <param name="End">Characters before its end.</param>
/// <param name="Exact">The words themselves; of a TextQuoteSelector.</param>
/// <param name="Prefix">Some words before them.</param>
/// <param name="Suffix">Some words after them.</param>
/// <param name="ConformsTo">What <c>value</c> follows; of a FragmentSelector, RFC 3778 with <c>page=3</c>.</param>
/// <param name="Value">The fragment, or the drawing: one path in a field of 1 by 1 that is the whole page.</param>
/// <param name="RefinedBy">Where on that page: an SvgSelector.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Selector(
    string? Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Start = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? End = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Exact = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Prefix = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suffix = null,
    [property: JsonPropertyName("conformsTo"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ConformsTo = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value = null,
    [property: JsonPropertyName("refinedBy"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Selector? RefinedBy = null)
{
    public const string Pdf = "http://tools.ietf.org/rfc/rfc3778";
    public const string TextPosition = "TextPositionSelector";
    public const string TextQuote = "TextQuoteSelector";
    public const string Fragment = "FragmentSelector";
    public const string Svg = "SvgSelector";
}

/// <summary>The place in the work that an annotation is about: selectors that all mean the same place.</summary>
[StoredAsJson]
internal sealed record AnnotationTarget(IReadOnlyList<Selector> Selector)
{
    /// <summary>The same without drawings, for lists.</summary>
    public AnnotationTarget WithoutShapes() => new([.. Selector
        .Where(selector => selector.Type != Annotations.Selector.Svg)
        .Select(selector => selector with { RefinedBy = null })]);
}
