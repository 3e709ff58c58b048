using System.Globalization;

namespace Lectern.Courses.Rosters;

/// <summary>What a roster can say something about, in the order in which it is applied: later kinds name earlier ones.</summary>
internal enum RosterKind { Account, Term, User, Course, Section, CrossListing, Enrollment, GroupSet, Group, GroupMember, Observer, Admin }

/// <summary>Published is a course's alone: Active only says that the course exists, open to learners or not.</summary>
internal enum RosterStatus { Active, Published, Inactive, Completed, Deleted }

internal enum RosterRole { Learner, Instructor, TeachingAssistant, Observer, Designer }

/// <summary>Where a statement stands: the line is the one an editor shows, counted from 1.</summary>
internal readonly record struct RosterOrigin(string File, int Line);

internal readonly record struct RosterValue(string Field, string? Text);

/// <summary>
/// One statement of a roster, whatever its format was. Things are named by the ids of the student information system.
/// A null says "the file does not say", so what is stored stays: an absent column must never blank out what people typed.
/// </summary>
internal abstract record RosterItem
{
    public RosterStatus Status { get; init; } = RosterStatus.Active;
    public RosterOrigin Origin { get; init; }

    internal bool Live => Status != RosterStatus.Deleted;
    internal abstract RosterKind Kind { get; }
    internal abstract string Key { get; }
    internal abstract string Label { get; }
    internal abstract IReadOnlyList<RosterValue> Values { get; }

    internal virtual bool ChangesStatus(RosterStatus current) => Status != current;

    // Ids cannot hold control characters, so this joins several of them without a collision.
    protected static string Join(params ReadOnlySpan<string?> parts) => string.Join('\u001f', parts!);

    protected static string? Text(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

internal sealed record RosterAccount : RosterItem
{
    public required string AccountId { get; init; }
    public string? ParentAccountId { get; init; }
    public string? Name { get; init; }

    internal override RosterKind Kind => RosterKind.Account;
    internal override string Key => AccountId;
    internal override string Label => Name ?? AccountId;
    internal override IReadOnlyList<RosterValue> Values => [new("name", Name), new("parent_account_id", ParentAccountId)];
}

internal sealed record RosterTerm : RosterItem
{
    public required string TermId { get; init; }
    public string? Name { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }

    internal override RosterKind Kind => RosterKind.Term;
    internal override string Key => TermId;
    internal override string Label => Name ?? TermId;
    internal override IReadOnlyList<RosterValue> Values =>
        [new("name", Name), new("starts_at", Text(StartsAt)), new("ends_at", Text(EndsAt))];
}

internal sealed record RosterUser : RosterItem
{
    public required string UserId { get; init; }
    public string? LoginId { get; init; }
    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? SortableName { get; init; }
    public string? Pronouns { get; init; }

    internal override RosterKind Kind => RosterKind.User;
    internal override string Key => UserId;
    internal override string Label => Name ?? Email ?? LoginId ?? UserId;

    internal override IReadOnlyList<RosterValue> Values =>
    [
        new("name", Name), new("sortable_name", SortableName), new("email", RosterEmail.Normalise(Email)),
        new("login_id", LoginId), new("pronouns", Pronouns),
    ];
}

internal sealed record RosterCourse : RosterItem
{
    public required string CourseId { get; init; }
    public string? Code { get; init; }
    public string? Title { get; init; }
    public string? AccountId { get; init; }
    public string? TermId { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }

    internal override RosterKind Kind => RosterKind.Course;
    internal override string Key => CourseId;
    internal override string Label => Title ?? Code ?? CourseId;

    internal override IReadOnlyList<RosterValue> Values =>
    [
        new("code", Code), new("title", Title), new("account_id", AccountId), new("term_id", TermId),
        new("starts_at", Text(StartsAt)), new("ends_at", Text(EndsAt)),
    ];

    // "active" is said of every course on every night: it must not reopen what a teacher concluded, nor unpublish.
    internal override bool ChangesStatus(RosterStatus current) =>
        Status == RosterStatus.Active ? current == RosterStatus.Deleted : Status != current;
}

internal sealed record RosterSection : RosterItem
{
    public required string SectionId { get; init; }

    /// <summary>The course the section belongs to at home; a cross-listing moves it without changing this.</summary>
    public required string CourseId { get; init; }
    public string? Name { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }

    internal override RosterKind Kind => RosterKind.Section;
    internal override string Key => SectionId;
    internal override string Label => Name ?? SectionId;
    internal override IReadOnlyList<RosterValue> Values =>
        [new("name", Name), new("course_id", CourseId), new("starts_at", Text(StartsAt)), new("ends_at", Text(EndsAt))];
}

internal sealed record RosterCrossListing : RosterItem
{
    public required string SectionId { get; init; }
    public required string CourseId { get; init; }

    internal override RosterKind Kind => RosterKind.CrossListing;
    internal override string Key => SectionId;
    internal override string Label => $"{SectionId} → {CourseId}";
    internal override IReadOnlyList<RosterValue> Values => [new("course_id", CourseId)];
}

internal sealed record RosterEnrollment : RosterItem
{
    public string? CourseId { get; init; }

    /// <summary>Null is the course's own section, the one every course is born with.</summary>
    public string? SectionId { get; init; }
    public required string UserId { get; init; }
    public required RosterRole Role { get; init; }

    /// <summary>For an observer, the learner whose work they may see.</summary>
    public string? AssociatedUserId { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }

    internal override RosterKind Kind => RosterKind.Enrollment;

    // A section has one course at a time, and cross-listing changes which: so the section alone names the seat.
    internal override string Key => Join(SectionId is null ? CourseId : null, SectionId, UserId, Role.ToString(), AssociatedUserId);
    internal override string Label => $"{UserId} in {SectionId ?? CourseId}";
    internal override IReadOnlyList<RosterValue> Values => [new("starts_at", Text(StartsAt)), new("ends_at", Text(EndsAt))];
}

internal sealed record RosterGroupSet : RosterItem
{
    public required string GroupSetId { get; init; }
    public string? CourseId { get; init; }
    public string? AccountId { get; init; }
    public string? Name { get; init; }

    internal override RosterKind Kind => RosterKind.GroupSet;
    internal override string Key => GroupSetId;
    internal override string Label => Name ?? GroupSetId;
    internal override IReadOnlyList<RosterValue> Values =>
        [new("name", Name), new("course_id", CourseId), new("account_id", AccountId)];
}

internal sealed record RosterGroup : RosterItem
{
    public required string GroupId { get; init; }
    public string? GroupSetId { get; init; }
    public string? CourseId { get; init; }
    public string? AccountId { get; init; }
    public string? Name { get; init; }

    internal override RosterKind Kind => RosterKind.Group;
    internal override string Key => GroupId;
    internal override string Label => Name ?? GroupId;
    internal override IReadOnlyList<RosterValue> Values =>
        [new("name", Name), new("group_set_id", GroupSetId), new("course_id", CourseId), new("account_id", AccountId)];
}

internal sealed record RosterGroupMember : RosterItem
{
    public required string GroupId { get; init; }
    public required string UserId { get; init; }

    internal override RosterKind Kind => RosterKind.GroupMember;
    internal override string Key => Join(GroupId, UserId);
    internal override string Label => $"{UserId} in {GroupId}";
    internal override IReadOnlyList<RosterValue> Values => [];
}

internal sealed record RosterObserver : RosterItem
{
    public required string ObserverId { get; init; }
    public required string LearnerId { get; init; }

    internal override RosterKind Kind => RosterKind.Observer;
    internal override string Key => Join(ObserverId, LearnerId);
    internal override string Label => $"{ObserverId} observes {LearnerId}";
    internal override IReadOnlyList<RosterValue> Values => [];
}

internal sealed record RosterAdmin : RosterItem
{
    public required string UserId { get; init; }

    /// <summary>Null is the whole institution.</summary>
    public string? AccountId { get; init; }

    internal override RosterKind Kind => RosterKind.Admin;
    internal override string Key => Join(AccountId, UserId);
    internal override string Label => $"{UserId} administers {AccountId ?? "the institution"}";
    internal override IReadOnlyList<RosterValue> Values => [];
}
