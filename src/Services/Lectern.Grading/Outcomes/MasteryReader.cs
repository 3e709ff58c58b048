using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Outcomes;

/// <summary>Reads where a course's learners stand on its outcomes, from the rows of its gradebook.</summary>
internal sealed class MasteryReader(TenantDb db, MasteryPast past)
{
    /// <summary>
    /// The next learners by name, each with a score for every outcome in the order given. Of an instant a page may be short and still have
    /// a next one: who had not mastered what is found by folding.
    /// </summary>
    public async Task<Page<MasteryRow>> Page(
        CourseId course, List<CourseOutcome> outcomes, MasteryFilter filter, PageRequest page, CancellationToken ct)
    {
        var (name, id) = page.AfterKey;
        var rows = await db.Query<Stored>($"""
            SELECT m.user_id, p.name, p.sortable_name, array_send(COALESCE(r.mastery, ARRAY[]::bigint[])) AS mastery
            FROM ({Learners(course, filter.Section)}) m
            JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = m.user_id
            LEFT JOIN gradebook_rows r ON r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id = m.user_id
            WHERE (p.sortable_name, m.user_id) > ({name}, {id}::bigint)
                {Sql.When(filter.Name is not null, $"AND strpos(lower(p.name), lower({filter.Name})) > 0")}
                {Sql.When(filter is { NotMastered: not null, AsOf: null }, NotYet(filter.Wanted(outcomes)))}
            ORDER BY p.sortable_name, m.user_id LIMIT {page.Rows}
            """, ct);
        var read = Page<Stored>.From(rows, page, row => PageRequest.Key(row.SortableName, row.UserId.Value));
        if (filter.AsOf is not { } asOf) return new([.. read.Items.Select(row => row.On(outcomes))], read.Next);
        var then = await past.Scores(course, read.Items.Select(row => row.UserId), asOf, ct);
        var stood = read.Items.Select(row => (row with { Mastery = PackedArray<long>.Of(then[row.UserId]) }).On(outcomes));
        return new([.. stood.Where(row => filter.Keeps(row, outcomes))], read.Next);
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

    /// <summary>The same of an instant, which takes a fold of everybody.</summary>
    public async Task<(long Learners, ILookup<CourseOutcomeId, LevelCount> Counts)> CountAt(
        CourseId course, IReadOnlyList<CourseOutcome> outcomes, SectionId? section, DateTimeOffset asOf, CancellationToken ct)
    {
        var learners = await db.Query<UserId>($"SELECT m.user_id FROM ({Learners(course, section)}) m ORDER BY m.user_id", ct);
        var then = await past.Scores(course, learners, asOf, ct);
        var counts =
            from outcome in outcomes
            from scores in then.Values
            let place = outcome.Slot * 2
            let level = place < scores.Length ? outcome.Outcome.Scale.LevelOf(Scaled.ToDecimal(scores[place])) : null
            where level is not null
            group scores by (outcome.CourseOutcomeId, Level: level.Value) into stand
            select new LevelCount(stand.Key.CourseOutcomeId, stand.Key.Level, stand.Count());
        return (learners.Count, counts.ToLookup(one => one.CourseOutcomeId));
    }

    // A learner without a line, and one whose line has no such place yet, have not mastered it.
    private static Sql NotYet(IReadOnlyList<CourseOutcome> wanted) => $"""
        AND EXISTS (
            SELECT 1 FROM unnest({wanted.Select(one => one.Slot).ToArray()},
                {wanted.Select(one => Scaled.Of(one.Outcome.Scale.MasteryPoints)).ToArray()}) AS o(slot, points)
            WHERE COALESCE(r.mastery[o.slot * 2 + 1], {Scaled.None}) < o.points)
        """;

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
/// <param name="NotMastered">Only who has not.</param>
/// <param name="AsOf">As it was then; null: as it is.</param>
internal sealed record MasteryFilter(SectionId? Section, string? Name, NotMastered? NotMastered, DateTimeOffset? AsOf)
{
    public List<CourseOutcome> Wanted(IEnumerable<CourseOutcome> outcomes) =>
        [.. outcomes.Where(one => NotMastered?.Only is null || one.CourseOutcomeId == NotMastered.Only)];

    public bool Keeps(MasteryRow row, List<CourseOutcome> outcomes) => NotMastered is null || Wanted(outcomes)
        .Exists(one => !(row.Cells[outcomes.IndexOf(one)].Score >= one.Outcome.Scale.MasteryPoints));
}

/// <summary>Who has not mastered one outcome of a course, or any of them.</summary>
internal sealed record NotMastered(CourseOutcomeId? Only)
{
    /// <summary>"any", or the number of an outcome of the course; null where it is neither.</summary>
    public static NotMastered? Of(string? text) => text == "any"
        ? new(Only: null)
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new(new CourseOutcomeId(id)) : null;
}

/// <summary>A learner's line of the mastery gradebook; cells in the order of the course's outcomes.</summary>
internal sealed record MasteryRow(UserId UserId, string Name, string SortableName, IReadOnlyList<MasteryCell> Cells);

/// <param name="Level">1 for the lowest.</param>
/// <param name="LearnerScore">As the learner sees it, from what is posted.</param>
internal sealed record MasteryCell(decimal? Score, int? Level, decimal? LearnerScore);

internal sealed record LevelCount(CourseOutcomeId CourseOutcomeId, int Level, long Learners);
