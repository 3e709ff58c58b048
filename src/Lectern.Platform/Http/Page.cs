using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Http;

/// <summary>A page of a list and the cursor of the next one. The next page's address is also in the <c>Link</c> header.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next) : IPage
{
    /// <summary>Makes a page from one row more than asked for; the surplus row only tells that there is a next page.</summary>
    public static Page<T> From(List<T> rows, PageRequest request, Func<T, string> cursor)
    {
        if (rows.Count <= request.Limit) return new Page<T>(rows, null);
        var items = rows.GetRange(0, request.Limit);
        return new Page<T>(items, PageRequest.Encode(cursor(items[^1])));
    }
}

/// <summary>A page of anything, as the unit of work meets it.</summary>
internal interface IPage
{
    string? Next { get; }

    /// <summary>Names the next page's address for clients that follow <c>Link</c> headers (RFC 8288).</summary>
    static void Link(HttpContext context, object? result)
    {
        while (result is INestedHttpResult nested) result = nested.Result;
        if (result is IValueHttpResult valued) result = valued.Value;
        if (result is not IPage { Next: { } next }) return;
        var query = context.Request.Query.Where(pair => pair.Key != "after")
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value))
            .Append(KeyValuePair.Create("after", (string?)next));
        context.Response.Headers.Link = $"<{context.Request.PathBase}{context.Request.Path}{QueryString.Create(query)}>; rel=\"next\"";
    }
}

/// <summary>
/// Which part of a list is wanted: <c>?limit=50&amp;after=…</c>. The cursor is opaque; its content is the sort key of the last row seen.
/// </summary>
public sealed record PageRequest(int Limit, string? After)
{
    public const int Largest = 500;

    public static ValueTask<PageRequest?> BindAsync(HttpContext context)
    {
        var limit = int.TryParse(context.Request.Query["limit"], out var asked) ? Math.Clamp(asked, 1, Largest) : 50;
        return ValueTask.FromResult<PageRequest?>(new PageRequest(limit, Decode(context.Request.Query["after"])));
    }

    /// <summary>How many rows to read: one more than shown.</summary>
    public int Rows => Limit + 1;

    /// <summary>The cursor as a number, for lists ordered by id; 0 at the start.</summary>
    public long AfterId => long.TryParse(After, out var id) ? id : 0;

    /// <summary>The cursor in parts, for lists ordered by a name and an id.</summary>
    public (string Key, long Id) AfterKey
    {
        get
        {
            var at = After?.LastIndexOf('\u001f') ?? -1;
            return at >= 0 && long.TryParse(After.AsSpan(at + 1), out var id) ? (After![..at], id) : (string.Empty, 0);
        }
    }

    public static string Key(string key, long id) => $"{key}\u001f{id}";

    internal static string Encode(string cursor) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(cursor));

    private static string? Decode(string? text)
    {
        if (string.IsNullOrEmpty(text) || !Base64Url.IsValid(text)) return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
    }
}
