using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Outcomes;

/// <summary>Reads where a course's learners stand on its outcomes, from the rows of its gradebook.</summary>
internal sealed class MasteryReader(TenantDb db)
{
    /// <summary>The next learners by name, each with a score for every outcome in the order given.</summary>
    public async Task<Page<MasteryRow>> Page(
        CourseId course, IReadOnlyList<CourseOutcome> outcomes, MasteryFilter filter, PageRequest page, CancellationToken ct)
    {
        var (name, id) = page.AfterKey;
        var rows = await db.Query<Stored>($"""
            SELECT m.user_id, p.name, p.sortable_name, array_send(COALESCE(r.mastery, ARRAY[]::bigint[])) AS mastery
            FROM ({Learners(course, filter.Section)}) m
            JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = m.user_id
            LEFT JOIN gradebook_rows r ON r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id = m.user_id
            WHERE (p.sortable_name, m.user_id) > ({name}, {id}::bigint)
                {Sql.When(filter.Name is not null, $"AND strpos(lower(p.name), lower({filter.Name})) > 0")}
            ORDER BY p.sortable_name, m.user_id LIMIT {page.Rows}
            """, ct);
        return Page<MasteryRow>.From(
            rows.ConvertAll(row => row.On(outcomes)), page, row => PageRequest.Key(row.SortableName, row.UserId.Value));
    }

    /// <summary>
    /// How many learners stand at which level of every outcome of a course. One range of the gradebook's rows, each read once: the
    /// places of a row are taken apart beside the outcomes' cuts.
    /// </summary>
    public async Task<(long Learners, ILookup<CourseOutcomeId, LevelCount> Counts)> Count(
        CourseId course, SectionId? section, CancellationToken ct)
    {
        var batch = db.Batch();
        var learners = batch.Query<long>($"SELECT count(*) FROM ({Learners(course, section)}) m");
        var counts = batch.Query<LevelCount>($"""
            SELECT c.course_outcome_id, width_bucket(r.mastery[c.slot * 2 + 1], v.cuts) AS level, count(*) AS learners
            FROM course_outcomes c
            JOIN outcome_versions v ON v.tenant_id = {db.Tenant} AND v.outcome_id = c.outcome_id AND v.version = c.outcome_version
            JOIN gradebook_rows r ON r.tenant_id = {db.Tenant} AND r.course_id = {course}
            JOIN ({Learners(course, section)}) m ON m.user_id = r.user_id
            WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course} AND c.status = 'active'
                AND r.mastery[c.slot * 2 + 1] > {Scaled.None}
            GROUP BY 1, 2
            """);
        await batch.Run(ct);
        return (learners[0], counts.ToLookup(one => one.CourseOutcomeId));
    }

    // Once each, though somebody may sit in two sections.
    private Sql Learners(CourseId course, SectionId? section) => $"""
        SELECT DISTINCT s.user_id FROM course_members s
        WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.role = 'learner' AND s.state = 'active'
            {Sql.When(section is not null, $"AND s.section_id = {section?.Value ?? 0}")}
        """;

    private sealed record Stored(UserId UserId, string Name, string SortableName, PackedArray<long> Mastery)
    {
        public MasteryRow On(IReadOnlyList<CourseOutcome> outcomes)
        {
            decimal? At(int place) => place < Mastery.Length ? Scaled.ToDecimal(Mastery[place]) : null;
            return new(UserId, Name, SortableName,
            [
                .. outcomes.Select(one => new MasteryCell(
                    At(one.Slot * 2), one.Outcome.Scale.LevelOf(At(one.Slot * 2)), At((one.Slot * 2) + 1))),
            ]);
        }
    }
}

/// <param name="Name">A part of the name.</param>
internal sealed record MasteryFilter(SectionId? Section, string? Name)
{
    public static MasteryFilter Of(long? section, string? name) =>
        new(section is { } id ? new SectionId(id) : null, string.IsNullOrWhiteSpace(name) ? null : name.Trim());
}

/// <summary>A learner's line of the mastery gradebook; cells in the order of the course's outcomes.</summary>
internal sealed record MasteryRow(UserId UserId, string Name, string SortableName, IReadOnlyList<MasteryCell> Cells);

/// <param name="Level">1 for the lowest.</param>
/// <param name="LearnerScore">As the learner sees it, from what is posted.</param>
internal sealed record MasteryCell(decimal? Score, int? Level, decimal? LearnerScore);

internal sealed record LevelCount(CourseOutcomeId CourseOutcomeId, int Level, long Learners);
