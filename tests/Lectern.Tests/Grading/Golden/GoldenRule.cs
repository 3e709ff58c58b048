using System.Text.Json;
using System.Text.Json.Serialization;
using Lectern.Grading.Calculation;

namespace Lectern.Tests.Grading.Golden;

/// <summary>One rule of how grades are worked out, with named cases: the file is written to be read by people.</summary>
internal sealed record GoldenRule(int Rule, string Title, string Words, IReadOnlyList<GoldenCase> Cases)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    internal static readonly IReadOnlyList<GoldenRule> All = [.. Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Grading", "Golden", "Rules"), "*.json").Order(StringComparer.Ordinal)
        .Select(file => JsonSerializer.Deserialize<GoldenRule>(File.ReadAllBytes(file), Json)!)];

    internal static GoldenCase Find(string name) => All.SelectMany(rule => rule.Cases).Single(one => one.Name == name);
}

/// <summary>Either work and rules with the numbers they come to, or steps that are taken through the API.</summary>
internal sealed record GoldenCase(string Name)
{
    public IReadOnlyList<GoldenWork> Work { get; init; } = [];
    public GoldenPolicy Policy { get; init; } = new();
    public GradeView SeenBy { get; init; } = GradeView.Grader;
    public GradeOverride? FinalGrade { get; init; }
    public IReadOnlyDictionary<long, GradeOverride>? PeriodGrades { get; init; }

    /// <summary>When it is asked whether work is missing.</summary>
    public DateTimeOffset Now { get; init; }

    public GoldenExpectation? Expect { get; init; }

    /// <summary>How many learners the course of the steps has: <c>ada</c>, <c>ben</c>, <c>cem</c>.</summary>
    public int Learners { get; init; } = 1;

    public IReadOnlyList<GoldenStep> Steps { get; init; } = [];

    internal CourseGradingInput Input => new(Policy.Rules, [.. Work.Select(work => work.Item)])
    {
        View = SeenBy, Override = FinalGrade, PeriodOverrides = PeriodGrades,
    };
}

/// <summary>One learner's standing on one piece of work: 10 points in the one group unless something else is said.</summary>
internal sealed record GoldenWork(long Id, decimal? Score)
{
    public decimal? Possible { get; init; } = 10;
    public long Group { get; init; } = 1;
    public GradingType Type { get; init; }
    public DateTimeOffset? Due { get; init; }
    public DateTimeOffset? HandedIn { get; init; }
    public WorkStatus Status { get; init; }
    public TimeSpan? LateBy { get; init; }
    public TimeSpan PassTime { get; init; }
    public bool LateExempt { get; init; }
    public bool Automatic { get; init; }
    public bool Posted { get; init; } = true;
    public bool PendingReview { get; init; }
    public bool Assigned { get; init; } = true;
    public bool Published { get; init; } = true;
    public bool Online { get; init; } = true;
    public bool Optional { get; init; }
    public bool ExtraCredit { get; init; }
    public bool OmitFromFinal { get; init; }
    public AttemptsKept Kept { get; init; }

    /// <summary>In their order; the last is what <c>score</c> says too.</summary>
    public IReadOnlyList<ScoredAttempt> Attempts { get; init; } = [];

    internal GradeItem Item => new(
        new GradedAssignment(Id, Group, Possible)
        {
            GradingType = Type, Published = Published, HandedInOnline = Online, Optional = Optional, ExtraCredit = ExtraCredit,
            OmitFromFinal = OmitFromFinal, Kept = Kept,
        },
        Score)
    {
        DueAt = Due, SubmittedAt = HandedIn, Status = Status, LateFor = LateBy, LatePassTime = PassTime, LateExempt = LateExempt,
        ScoreIsAutomatic = Automatic, Posted = Posted, PendingReview = PendingReview, Assigned = Assigned,
        Attempts = Attempts,
    };
}

/// <summary>The course's rules: all points of one group unless something else is said.</summary>
internal sealed record GoldenPolicy
{
    public Weighting Weighting { get; init; } = Weighting.Points;
    public IReadOnlyList<GoldenGroup> Groups { get; init; } = [new(1, 100)];
    public LatePolicy? Late { get; init; }
    public decimal? MissingDeductPercent { get; init; }
    public IReadOnlyList<GradingPeriod> Periods { get; init; } = [];
    public bool WeightPeriods { get; init; }
    public IReadOnlyDictionary<string, decimal>? Letters { get; init; }
    public LetterBasis LetterBasis { get; init; }

    internal GradingPolicy Rules => new()
    {
        Weighting = Weighting, Late = Late, Periods = Periods, WeightPeriods = WeightPeriods,
        Groups = [.. Groups.Select(group => new GradeGroup(group.Id, group.Weight)
        {
            DropLowest = group.DropLowest, DropHighest = group.DropHighest, NeverDrop = group.NeverDrop.ToHashSet(),
            ExtraCredit = group.ExtraCredit,
        })],
        Missing = MissingDeductPercent is { } percent ? new MissingPolicy(percent) : null,
        Scheme = Letters is null
            ? null
            : new LetterScheme(1, 1, Letters.Select(letter => new LetterBand(letter.Key, letter.Value)), LetterBasis),
    };
}

internal sealed record GoldenGroup(long Id, decimal Weight)
{
    public int DropLowest { get; init; }
    public int DropHighest { get; init; }
    public IReadOnlyList<long> NeverDrop { get; init; } = [];
    public bool ExtraCredit { get; init; }
}

/// <summary>What is to come out; what is not said is not looked at. That there is no current total is said as <c>no_current</c>.</summary>
internal sealed record GoldenExpectation
{
    public decimal? Current { get; init; }
    public decimal? Final { get; init; }
    public bool NoCurrent { get; init; }
    public string? CurrentLetter { get; init; }
    public string? FinalLetter { get; init; }
    public decimal? FinalBeforeOverride { get; init; }
    public IReadOnlyList<long>? DroppedFromCurrent { get; init; }
    public IReadOnlyList<long>? DroppedFromFinal { get; init; }

    /// <summary>Each has a final percent.</summary>
    public IReadOnlyDictionary<long, decimal> Periods { get; init; } = new Dictionary<long, decimal>();

    /// <summary>Reasons the explanation of the current total gives.</summary>
    public IReadOnlyList<DerivationReason> Because { get; init; } = [];

    public IReadOnlyDictionary<long, GoldenItem> Work { get; init; } = new Dictionary<long, GoldenItem>();
}

internal sealed record GoldenItem
{
    public bool? Late { get; init; }
    public bool? Missing { get; init; }
    public decimal? Entered { get; init; }
    public decimal? Deducted { get; init; }
    public decimal? Score { get; init; }
    public bool NoScore { get; init; }

    /// <summary>Which one counts.</summary>
    public int? Attempt { get; init; }

    public Inclusion? InCurrent { get; init; }
    public Inclusion? InFinal { get; init; }
}

/// <summary>One request and what is to be answered. Names in braces stand for what was kept before; <c>{-36h}</c> for an instant.</summary>
/// <param name="By">teacher, admin, ada, ben or cem.</param>
internal sealed record GoldenStep(string By, string Send)
{
    public JsonElement? Body { get; init; }
    public int Answer { get; init; } = 200;
    public string? Code { get; init; }

    /// <summary>Asked again until it is so, because work in the background brings it about.</summary>
    public bool Eventually { get; init; }

    /// <summary>By place in the answer.</summary>
    public IReadOnlyDictionary<string, JsonElement> Shows { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>By name, the place in the answer of what is kept under it.</summary>
    public IReadOnlyDictionary<string, string> Keep { get; init; } = new Dictionary<string, string>();
}
