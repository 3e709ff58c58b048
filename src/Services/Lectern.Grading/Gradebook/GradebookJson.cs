using System.Text.Json;
using Lectern.Grading.Assignments;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;

namespace Lectern.Grading.Gradebook;

/// <summary>Writes a gradebook as one columnar document straight into the answer, row by row as the database gives them.</summary>
internal sealed class GradebookJson(
    GradebookPage page, Func<UserId, CancellationToken, IAsyncEnumerable<MatrixRow>>? rest, bool whole, DateTimeOffset now)
    : IResult, IStatusCodeHttpResult
{
    private const int FlushAtBytes = 64 << 10;
    private readonly List<Column> columns = JsonSerializer.Deserialize<List<Column>>(
        page.Head.Columns, Lectern.Platform.Data.LecternJson.Options)!;

    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.Headers.ETag = page.Head.Stamp.Etag;
        httpContext.Response.Headers.CacheControl = "private, no-cache";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
        WriteHead(json);
        json.WriteStartArray("rows");
        var learners = page.Head.LearnerIds.ToHashSet();
        foreach (var row in page.Rows.Where(row => learners.Contains(row.UserId.Value))) await WriteAndFlush(json, row, httpContext, ct);
        if (rest is not null && page.Rows.Count == GradebookReader.RowsAtOnce)
        {
            await foreach (var row in rest(page.Rows[^1].UserId, ct))
            {
                if (learners.Contains(row.UserId.Value)) await WriteAndFlush(json, row, httpContext, ct);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(ct);
    }

    private void WriteHead(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", page.Head.Version);
        json.WriteNumber("structure_version", page.Head.StructureVersion);
        json.WriteNumber("calculator_version", page.Head.CalculatorVersion);
        json.WriteBoolean("refolding", page.Head.Refolding);
        if (!whole) return;
        json.WritePropertyName("students");
        json.WriteRawValue(page.Head.Learners, skipInputValidation: true);
        json.WritePropertyName("assignments");
        json.WriteRawValue(page.Head.Columns, skipInputValidation: true);
        json.WritePropertyName("groups");
        json.WriteRawValue(page.Head.Groups, skipInputValidation: true);
    }

    private async ValueTask WriteAndFlush(Utf8JsonWriter json, MatrixRow row, HttpContext context, CancellationToken ct)
    {
        WriteRow(json, row);
        if (json.BytesPending < FlushAtBytes) return;
        json.Flush();
        await context.Response.BodyWriter.FlushAsync(ct);
    }

    private void WriteRow(Utf8JsonWriter json, MatrixRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("u", row.UserId.Value);
        json.WriteStartArray("s");
        foreach (var column in columns) Scaled.Write(json, Cell(row, column));
        json.WriteEndArray();
        json.WriteStartArray("f");
        foreach (var column in columns) json.WriteNumberValue(Flags(row, column));
        json.WriteEndArray();
        json.WriteStartArray("v");
        foreach (var column in columns) json.WriteNumberValue(column.Slot < row.Versions.Length ? row.Versions[column.Slot] : 0);
        json.WriteEndArray();
        WriteTotals(json, row);
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, MatrixRow row)
    {
        json.WriteStartObject("t");
        WriteTotal(json, "current", row, TotalKind.Current);
        WriteTotal(json, "final", row, TotalKind.Final);
        if (row.Letters.Length > (int)TotalKind.Final)
        {
            json.WriteString("current_letter", row.Letters[(int)TotalKind.Current]);
            json.WriteString("final_letter", row.Letters[(int)TotalKind.Final]);
        }

        json.WriteEndObject();
        // By group slot: current, final, current, final …
        json.WriteStartArray("g");
        foreach (var percent in row.GroupTotals) Scaled.Write(json, percent);
        json.WriteEndArray();
    }

    private static void WriteTotal(Utf8JsonWriter json, string name, MatrixRow row, TotalKind kind)
    {
        json.WritePropertyName(name);
        Scaled.Write(json, (int)kind < row.Totals.Length ? row.Totals[(int)kind] : Scaled.None);
    }

    private static long Cell(MatrixRow row, Column column) => column.Slot < row.Cells.Length ? row.Cells[column.Slot] : Scaled.None;

    private int Flags(MatrixRow row, Column column)
    {
        var flags = column.Slot < row.Flags.Length ? (CellFlags)row.Flags[column.Slot] : CellFlags.None;
        if (!column.CanGoMissing) return (int)flags;
        var due = GradebookRow.DueAt(column.Slot < row.OwnDues.Length ? row.OwnDues[column.Slot] : null, column.DueAt);
        return (int)(GoneMissing.ByDates(due, flags, Cell(row, column), now) ? flags | CellFlags.Missing : flags);
    }

    /// <summary>What writing a cell needs of its column.</summary>
    private sealed record Column(int Slot, DateTimeOffset? DueAt, AssignmentStatus Status, AssignmentGrading GradingType,
        SubmissionType[] SubmissionTypes, bool Optional)
    {
        public bool CanGoMissing { get; } = Status is AssignmentStatus.Published && !Optional
            && GradingType is not AssignmentGrading.NotGraded
            && SubmissionTypes.Any(type => type is not (SubmissionType.OnPaper or SubmissionType.None));
    }
}
