using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>With what work is compared: with that of the same assignment, or with all that was ever compared in the institution.</summary>
internal enum SimilarityReach { Assignment, Institution }

/// <summary>When learners see their own share and passages, never whose work the others are.</summary>
internal enum SimilarityShown { Never, AfterHandIn, AfterDue }

/// <summary>Whether an assignment's work is compared, with what, and what does not count. Version 0: nobody has said yet.</summary>
/// <param name="Template">What everybody was given; the assignment's own description is never counted either.</param>
internal sealed record SimilarityPolicy(
    bool Enabled, SimilarityReach Reach, bool WithoutQuotations, string Template, SimilarityShown ShownToLearners, int Version)
{
    public const int LongestTemplate = 200_000;

    public static SimilarityPolicy None { get; } = new(false, SimilarityReach.Assignment, true, string.Empty, SimilarityShown.Never, 0);

    /// <summary>Whether a learner sees theirs. Without a due date there is nothing to wait for.</summary>
    public bool IsShown(bool dueIsOver) => Enabled
        && (ShownToLearners is SimilarityShown.AfterHandIn || (ShownToLearners is SimilarityShown.AfterDue && dueIsOver));
}

internal sealed class SimilarityPolicyStore(TenantDb db)
{
    public async Task<SimilarityPolicy> Of(AssignmentId assignment, CancellationToken ct) => await db.Find<SimilarityPolicy>($"""
        SELECT p.enabled, p.reach, p.without_quotations, p.template, p.shown_to_learners, p.version FROM similarity_policies p
        WHERE p.tenant_id = {db.Tenant} AND p.assignment_id = {assignment}
        """, ct) ?? SimilarityPolicy.None;

    /// <summary>The assignments among these whose work is compared with all of the institution's.</summary>
    public async Task<HashSet<AssignmentId>> FarReaching(IEnumerable<AssignmentId> assignments, CancellationToken ct) =>
        [.. await db.Query<AssignmentId>($"""
            SELECT p.assignment_id FROM similarity_policies p
            WHERE p.tenant_id = {db.Tenant} AND p.assignment_id = ANY ({assignments.Distinct().ToArray()})
                AND p.enabled AND p.reach = {SimilarityReach.Institution}
            """, ct)];

    /// <summary>Says it anew if nobody has since that version; false when somebody has.</summary>
    public async Task<bool> Replace(CourseId course, AssignmentId assignment, SimilarityPolicy wanted, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Execute($"""
            INSERT INTO similarity_policies AS p (tenant_id, assignment_id, course_id, enabled, reach, without_quotations, template,
                shown_to_learners)
            SELECT {db.Tenant}, {assignment}, {course}, {wanted.Enabled}, {wanted.Reach}, {wanted.WithoutQuotations},
                {wanted.Template}, {wanted.ShownToLearners}
            WHERE {wanted.Version} = 0 OR EXISTS (
                SELECT 1 FROM similarity_policies o WHERE o.tenant_id = {db.Tenant} AND o.assignment_id = {assignment})
            ON CONFLICT (tenant_id, assignment_id) DO UPDATE SET enabled = excluded.enabled, reach = excluded.reach,
                without_quotations = excluded.without_quotations, template = excluded.template,
                shown_to_learners = excluded.shown_to_learners, version = p.version + 1
            WHERE p.version = {wanted.Version}
            """, ct) == 1;
    }
}

/// <summary>What somebody wants an assignment's policy to be; all of it.</summary>
internal sealed record SimilarityPolicyFields
{
    public bool Enabled { get; init; }

    public SimilarityReach Reach { get; init; } = SimilarityReach.Assignment;

    public bool WithoutQuotations { get; init; } = true;

    public string Template { get; init; } = string.Empty;

    public SimilarityShown ShownToLearners { get; init; }

    /// <summary>The version this was made upon; 0 when there was none.</summary>
    public int? Version { get; init; }

    public Refusal? Refused() => Template.Length > SimilarityPolicy.LongestTemplate
        ? new("too_long", $"A template can have at most {SimilarityPolicy.LongestTemplate:N0} characters.", "template")
        : null;

    // PostgreSQL takes no NUL in a text.
    public SimilarityPolicy On(int version) => new(
        Enabled, Reach, WithoutQuotations, Template.Replace('\0', ' '), ShownToLearners, version);
}
