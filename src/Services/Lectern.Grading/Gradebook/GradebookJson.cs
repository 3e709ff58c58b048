using System.Text.Json;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;

namespace Lectern.Grading.Gradebook;

/// <summary>Writes a gradebook as one columnar document straight into the answer, row by row as the database gives them.</summary>
internal sealed class GradebookJson(GradebookPage page, bool whole, DateTimeOffset now, DateTimeOffset? asOf = null)
    : IResult, IStatusCodeHttpResult
{
    private const int FlushAtBytes = 64 << 10;
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = Lectern.Platform.Data.LecternJson.Options.Encoder, SkipValidation = true,
    };

    private readonly List<Column> columns = JsonSerializer.Deserialize<List<Column>>(
        page.Head.Columns, Lectern.Platform.Data.LecternJson.Options)!;

    private long sent;

    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        // What was is no version of what is.
        if (asOf is null) httpContext.Response.Headers.ETag = page.Head.Stamp.Etag;
        httpContext.Response.Headers.CacheControl = "private, no-cache";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, Options);
        WriteHead(json);
        if (whole)
        {
            json.WriteStartArray("students");
            foreach (var learner in page.Learners)
            {
                WriteLearner(json, learner);
                await FlushWhenMuch(json, httpContext, ct);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("rows");
        var learners = page.Learners.Select(learner => learner.UserId).ToHashSet();
        await foreach (var row in page.Rows.WithCancellation(ct))
        {
            if (!learners.Contains(row.UserId)) continue;
            WriteRow(json, row);
            await FlushWhenMuch(json, httpContext, ct);
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
        if (asOf is { } instant) json.WriteString("as_of", instant);
        json.WriteBoolean("final_override", page.Head.FinalOverride);
        if (!whole) return;
        json.WritePropertyName("assignments");
        json.WriteRawValue(page.Head.Columns, skipInputValidation: true);
        json.WritePropertyName("groups");
        json.WriteRawValue(page.Head.Groups, skipInputValidation: true);
        json.WriteNumber("learner_count", page.LearnerCount);
    }

    private static void WriteLearner(Utf8JsonWriter json, MatrixLearner learner)
    {
        json.WriteStartObject();
        json.WriteNumber("user_id", learner.UserId.Value);
        json.WriteString("name", learner.Name);
        json.WriteString("sortable_name", learner.SortableName);
        json.WriteStartArray("section_ids");
        for (var i = 0; i < learner.SectionIds.Length; i++) json.WriteNumberValue(learner.SectionIds[i]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async ValueTask FlushWhenMuch(Utf8JsonWriter json, HttpContext context, CancellationToken ct)
    {
        // What the writer calls pending is only what it has not handed over; handed over is not yet sent.
        if (json.BytesCommitted + json.BytesPending - sent < FlushAtBytes) return;
        json.Flush();
        await context.Response.BodyWriter.FlushAsync(ct);
        sent = json.BytesCommitted;
    }

    private void WriteRow(Utf8JsonWriter json, MatrixRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("u", row.UserId.Value);
        json.WriteStartArray("s");
        foreach (var column in columns) Scaled.Write(json, IsWithheld(row, column) ? Scaled.None : Cell(row, column));
        json.WriteEndArray();
        json.WriteStartArray("f");
        foreach (var column in columns) json.WriteNumberValue(Flags(row, column));
        json.WriteEndArray();
        json.WriteStartArray("v");
        // Without a version, so that who writes here unseen is told what stands.
        foreach (var column in columns) json.WriteNumberValue(IsWithheld(row, column) ? 0 : Version(row, column));
        json.WriteEndArray();
        WriteTotals(json, row);
        WriteOverride(json, row);
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, MatrixRow row)
    {
        json.WriteStartObject("t");
        WriteTotal(json, "current", row, TotalKind.Current);
        WriteTotal(json, "final", row, TotalKind.Final);
        // Said only where something is hidden: most of the time both see the same.
        if (Total(row, TotalKind.LearnerCurrent) != Total(row, TotalKind.Current)
            || Total(row, TotalKind.LearnerFinal) != Total(row, TotalKind.Final))
        {
            WriteTotal(json, "learner_current", row, TotalKind.LearnerCurrent);
            WriteTotal(json, "learner_final", row, TotalKind.LearnerFinal);
        }

        if (Total(row, TotalKind.FinalBeforeOverride) != Scaled.None)
            WriteTotal(json, "final_before_override", row, TotalKind.FinalBeforeOverride);

        if (row.Letters.Length > (int)TotalKind.Final)
        {
            json.WriteString("current_letter", row.Letters[(int)TotalKind.Current]);
            json.WriteString("final_letter", row.Letters[(int)TotalKind.Final]);
        }

        json.WriteEndObject();
        // By group slot: current, final, current, final …
        json.WriteStartArray("g");
        for (var slot = 0; slot < row.GroupTotals.Length; slot++) Scaled.Write(json, row.GroupTotals[slot]);
        json.WriteEndArray();
    }

    private static void WriteOverride(Utf8JsonWriter json, MatrixRow row)
    {
        if (row.FinalOverride is not { } set || set == "null") return;
        json.WritePropertyName("o");
        json.WriteRawValue(set, skipInputValidation: true);
    }

    private static void WriteTotal(Utf8JsonWriter json, string name, MatrixRow row, TotalKind kind)
    {
        json.WritePropertyName(name);
        Scaled.Write(json, Total(row, kind));
    }

    private static long Total(MatrixRow row, TotalKind kind) =>
        (int)kind < row.Totals.Length ? row.Totals[(int)kind] : Scaled.None;

    // Beside a name stands nothing of what is graded without names, not even that somebody has been at it.
    private static long Cell(MatrixRow row, Column column) =>
        column.Slot < row.Cells.Length && !column.Anonymous ? row.Cells[column.Slot] : Scaled.None;

    private static int Version(MatrixRow row, Column column) =>
        column.Slot < row.Versions.Length && !column.Anonymous ? row.Versions[column.Slot] : 0;

    private bool IsWithheld(MatrixRow row, Column column) =>
        page.Head.WithheldCells.Count > 0 && page.Head.WithheldCells.Contains(new(column.AssignmentId, row.UserId));

    private int Flags(MatrixRow row, Column column)
    {
        if (IsWithheld(row, column))
            return (int)(CellFlags.Withheld | (Stored(row, column) & (CellFlags.Submitted | CellFlags.OwnDates | CellFlags.NotAssigned)));
        var flags = Stored(row, column);
        if (column.Anonymous) return (int)(flags & (CellFlags.OwnDates | CellFlags.NotAssigned));
        if (!column.CanGoMissing) return (int)flags;
        var due = GradebookRow.DueAt(column.Slot < row.OwnDues.Length ? row.OwnDues[column.Slot] : null, column.DueAt);
        return (int)(GoneMissing.ByDates(due, flags, Cell(row, column), now) ? flags | CellFlags.Missing : flags);
    }

    private static CellFlags Stored(MatrixRow row, Column column) =>
        column.Slot < row.Flags.Length ? (CellFlags)row.Flags[column.Slot] : CellFlags.None;

    /// <summary>What writing a cell needs of its column.</summary>
    private sealed record Column(AssignmentId AssignmentId, int Slot, DateTimeOffset? DueAt, AssignmentStatus Status,
        AssignmentGrading GradingType, SubmissionType[] SubmissionTypes, bool Optional, bool Anonymous)
    {
        public bool CanGoMissing { get; } = Status is AssignmentStatus.Published && !Optional
            && GradingType is not AssignmentGrading.NotGraded
            && SubmissionTypes.Any(type => type is not (SubmissionType.OnPaper or SubmissionType.None));
    }
}
