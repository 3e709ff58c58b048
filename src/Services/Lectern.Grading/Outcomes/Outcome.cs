using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Grading.Outcomes;

/// <summary>What learners are to be able to do, as one of its versions says it. An account owns it or a course does.</summary>
/// <param name="DisplayName">What learners read in place of the title; null: the title.</param>
/// <param name="LearnerDescription">What it means, said to learners.</param>
/// <param name="Reason">Why this version was made.</param>
internal sealed record Outcome(
    OutcomeId OutcomeId, AccountId? AccountId, CourseId? CourseId, OutcomeGroupId? OutcomeGroupId, string Code, string Title,
    string? DisplayName, string Description, string LearnerDescription, MasteryScale Scale, MasteryMethod Method, int Version,
    string? Reason, string? ActorName, DateTimeOffset At)
{
    public const string Columns = """
        o.outcome_id, o.account_id, o.course_id, o.outcome_group_id, o.code, v.title, v.display_name, v.description,
        v.learner_description, v.scale, v.method, v.version, v.reason,
        (SELECT p.name FROM people p WHERE p.tenant_id = v.tenant_id AND p.user_id = v.actor_id) AS actor_name, v.at
        """;

    [JsonIgnore]
    public OutcomeOwner Owner => new(AccountId, CourseId);
}

/// <summary>A group of outcomes, in another one or at the top.</summary>
internal sealed record OutcomeGroup(
    OutcomeGroupId OutcomeGroupId, AccountId? AccountId, CourseId? CourseId, OutcomeGroupId? ParentId, string Code, string Title,
    string Description, int Version)
{
    public const string Columns =
        "g.outcome_group_id, g.account_id, g.course_id, g.parent_id, g.code, g.title, g.description, g.version";

    [JsonIgnore]
    public OutcomeOwner Owner => new(AccountId, CourseId);
}

/// <summary>An account, whose courses below inherit what is its own, or one course.</summary>
internal sealed record OutcomeOwner(AccountId? AccountId, CourseId? CourseId)
{
    public static OutcomeOwner Of(AccountId account) => new(account, null);

    public static OutcomeOwner Of(CourseId course) => new(null, course);

    [JsonIgnore]
    public Scope Scope => CourseId is { } course ? Scope.Of("course", course.Value) : Scope.Of("account", AccountId!.Value.Value);

    /// <summary>Reads the owner's own rows of a table that is called <paramref name="table"/>.</summary>
    public Sql Owns(string table) => CourseId is { } course
        ? (Sql)$"{Sql.Raw(table)}.course_id = {course}"
        : $"{Sql.Raw(table)}.account_id = {AccountId!.Value}";
}
