using System.Text.Json;
using System.Text.Json.Serialization;
using Lectern.Courses.Rosters;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Courses.RosterImports;

[JsonConverter(typeof(IdJson<RosterImportId>))]
internal readonly record struct RosterImportId(long Value) : IId<RosterImportId>
{
    public static RosterImportId From(long value) => new(value);

    public static bool TryParse(string? text, out RosterImportId id) => IId<RosterImportId>.TryRead(text, out id);
}

/// <summary>Planned waits for a person; refused and outdated ones never change anything.</summary>
internal enum RosterImportState { Planning, Planned, Refused, Applying, Applied, Outdated }

/// <summary>An import as it is stored and shown.</summary>
internal sealed record RosterImport(
    RosterImportId RosterImportId, string FileName, long SizeBytes, RosterFormat Format, RosterImportState State, int FileRows,
    RosterSummary Summary,
    Guid? JobId, DateTimeOffset CreatedAt, UserId CreatedBy, DateTimeOffset? AppliedAt, UserId? AppliedBy, int Version,
    [property: JsonIgnore] FileId? FileId, [property: JsonIgnore] bool Notify, [property: JsonIgnore] byte[]? Fingerprint)
{
    /// <summary>Why it cannot be applied; null when it can.</summary>
    internal Refusal? Refuses(bool holdsConfirmed) => State switch
    {
        RosterImportState.Planning => new Refusal("roster_import_state", "The preview is not ready yet."),
        RosterImportState.Refused => new Refusal("roster_import_state", "This file was refused. Correct it and upload it again."),
        RosterImportState.Applied => new Refusal("roster_import_state", "This roster has been applied already."),
        RosterImportState.Outdated => new Refusal("plan_outdated", OutdatedBecause),
        RosterImportState.Planned when Summary.Holds.Count > 0 && !holdsConfirmed =>
            new Refusal("holds_unconfirmed", string.Join(' ', Summary.Holds.Select(hold => hold.Because)), "confirm_holds"),
        _ => null,
    };

    internal const string OutdatedBecause =
        "Something changed here since the preview was made, so it no longer says what would happen. Upload the file again.";
}

/// <summary>What an import would do, in numbers.</summary>
[StoredAsJson]
internal sealed record RosterSummary(
    int Creates, int Updates, int Deletes, int Unchanged, int Errors, int Warnings, IReadOnlyList<RosterTally> Kinds,
    IReadOnlyList<RosterHold> Holds,
    IReadOnlyDictionary<string, int> ProblemCodes)
{
    internal static RosterSummary Empty { get; } = new(0, 0, 0, 0, 0, 0, [], [], new Dictionary<string, int>());

    internal static RosterSummary Of(RosterProblems problems, RosterPlan? plan)
    {
        RosterProblems[] all = plan is null ? [problems] : [problems, plan.Problems];
        var kinds = plan?.Tallies.Where(tally => tally.Creates + tally.Updates + tally.Deletes + tally.Unchanged > 0).ToList() ?? [];
        var codes = all.SelectMany(one => one.ByCode).GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        return new RosterSummary(
            kinds.Sum(kind => kind.Creates), kinds.Sum(kind => kind.Updates), kinds.Sum(kind => kind.Deletes),
            kinds.Sum(kind => kind.Unchanged),
            all.Sum(one => one.Errors), all.Sum(one => one.Warnings), kinds, plan?.Holds ?? [], codes);
    }
}

/// <summary>One line of a preview: what would change and why, or what is wrong and where.</summary>
internal sealed record RosterImportRow(
    int RowNo, string Kind, string? Thing, string? Label, string? File, int? Line, string? ColumnName, string? Code, string? Reason,
    JsonElement? Changes);
