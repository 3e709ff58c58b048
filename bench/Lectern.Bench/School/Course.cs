using Lectern.Bench.Harness;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.School;

/// <summary>
/// A published course full of grades, the same in every institution that gets it. Its numbers are known beforehand, so that many
/// institutions can be filled with one statement a table and the load knows what to ask for.
/// </summary>
internal sealed record Course(int Number, int Learners, int Assignments)
{
    // Far from what the product itself gives out, so that the two never meet.
    private long Base => Number * 10_000_000L;

    public long Id => Base;

    public long Section => Base;

    public long Group => Base;

    public long Instructor => Base;

    public long Learner(int index) => Base + 1 + index;

    public long Assignment(int index) => Base + index;

    /// <summary>What a person of this course shows to the API.</summary>
    public static string Token(TenantId tenant, long person) => $"lct_{tenant}_bench-{person}";

    /// <summary>Puts the course into institutions of one cell. Ledger, grades and gradebook rows say the same.</summary>
    public Task Fill(Scratch scratch, string schema, IEnumerable<TenantId> tenants) => Fill(scratch.Execute, schema, tenants);

    /// <summary>The same by whatever runs SQL as the administrator of the database.</summary>
    public async Task Fill(Func<string, Task> execute, string schema, IEnumerable<TenantId> tenants)
    {
        var among = $"unnest(ARRAY[{string.Join(',', tenants)}]) t";
        foreach (var statement in Members(schema, among).Concat(Work(schema, among))) await execute(statement);
    }

    /// <summary>Puts a learner of another course into this one too, with a line of the gradebook like its first learner's.</summary>
    public async Task Join(Scratch scratch, string schema, long person)
    {
        await scratch.Execute($"""
            INSERT INTO {schema}.enrollments (tenant_id, enrollment_id, course_id, section_id, user_id, role, created_at)
            SELECT tenant_id, enrollment_id + 1000000, course_id, section_id, {person}, role, created_at FROM {schema}.enrollments
            WHERE course_id = {Id} AND user_id = {Learner(0)}
            """);
        await scratch.Execute($"""
            INSERT INTO {schema}.grants (tenant_id, user_id, scope, role, source)
            SELECT tenant_id, {person}, scope, role, source FROM {schema}.grants WHERE scope = 'course:{Id}' AND user_id = {Learner(0)}
            """);
        await scratch.Execute($"""
            INSERT INTO {schema}.grades (tenant_id, course_id, assignment_id, user_id, entered_score, score, status, posted_at, source,
                grader_id, graded_at, version)
            SELECT tenant_id, course_id, assignment_id, {person}, entered_score, score, status, posted_at, source, grader_id, graded_at,
                version
            FROM {schema}.grades WHERE course_id = {Id} AND user_id = {Learner(0)}
            """);
        await scratch.Execute($"""
            INSERT INTO {schema}.gradebook_rows (tenant_id, course_id, user_id, cells, flags, versions, totals, group_totals)
            SELECT tenant_id, course_id, {person}, cells, flags, versions, totals, group_totals FROM {schema}.gradebook_rows
            WHERE course_id = {Id} AND user_id = {Learner(0)}
            """);
    }

    private IEnumerable<string> Members(string schema, string among)
    {
        var people = $"generate_series({Instructor}, {Base + Learners}) p";
        yield return $"""
            INSERT INTO {schema}.users (tenant_id, user_id, name, sortable_name, name_norm, sortable_norm, email, email_norm, created_at)
            SELECT t, p, 'Person ' || p, 'Person, ' || p, 'person ' || p, 'person, ' || p, p || '@bench.example', p || '@bench.example',
                now()
            FROM {among}, {people}
            """;
        yield return $"""
            INSERT INTO {schema}.courses (tenant_id, course_id, account_id, code, title, search_text, status, time_zone, created_at,
                published_at, opens_at)
            SELECT t, {Id}, (SELECT min(account_id) FROM {schema}.accounts a WHERE a.tenant_id = t), 'BENCH-{Number}', 'Measured {Number}',
                'bench-{Number} measured {Number}', 'published', 'Europe/Berlin', now(), now(), now() - interval '1 day'
            FROM {among}
            """;
        yield return $"""
            INSERT INTO {schema}.sections (tenant_id, section_id, course_id, home_course_id, name, is_default)
            SELECT t, {Section}, {Id}, {Id}, 'All', true FROM {among}
            """;
        yield return $"""
            INSERT INTO {schema}.enrollments (tenant_id, enrollment_id, course_id, section_id, user_id, role, created_at)
            SELECT t, p, {Id}, {Section}, p, {RoleOf("p")}, now() FROM {among}, {people}
            """;
        yield return $"""
            INSERT INTO {schema}.scopes (tenant_id, scope, path, opens_at)
            SELECT t, 'course:{Id}', ARRAY['course:{Id}', 'institution'], now() - interval '1 day' FROM {among}
            """;
        yield return $"""
            INSERT INTO {schema}.grants (tenant_id, user_id, scope, role, source)
            SELECT t, p, 'course:{Id}', {RoleOf("p")}, 'enrollment' FROM {among}, {people}
            """;
        yield return $"""
            INSERT INTO {schema}.sessions (tenant_id, session_id, user_id, kind, token_hash, rights, created_at, last_seen_at, expires_at)
            SELECT t, gen_random_uuid(), p, 'token', sha256(convert_to('lct_' || t || '_bench-' || p, 'UTF8')), ARRAY['*'], now(),
                now() + interval '1 day', now() + interval '9 days'
            FROM {among}, {people}
            """;
    }

    private IEnumerable<string> Work(string schema, string among)
    {
        var learners = $"generate_series({Learner(0)}, {Base + Learners}) p";
        var slots = $"generate_series(0, {Assignments - 1}) a";
        yield return $"""
            INSERT INTO {schema}.gradebooks (tenant_id, course_id, calculator_version, next_slot, next_group_slot)
            SELECT t, {Id}, 1, {Assignments}, 1 FROM {among}
            """;
        yield return $$"""
            INSERT INTO {{schema}}.grading_policies (tenant_id, course_id, policy_version, policy, at)
            SELECT t, {{Id}}, 1, '{"weighting": "points"}', now() FROM {{among}}
            """;
        yield return $"""
            INSERT INTO {schema}.assignment_groups (tenant_id, assignment_group_id, course_id, slot, name, position)
            SELECT t, {Group}, {Id}, 0, 'Work', 1 FROM {among}
            """;
        yield return $$"""
            INSERT INTO {{schema}}.assignments (tenant_id, assignment_id, course_id, assignment_group_id, slot, title, points_possible,
                grading_type, submission_types, status, position, created_at, published_at)
            SELECT t, {{Base}} + a, {{Id}}, {{Group}}, a, 'Assignment ' || a + 1, 100, 'points', '{text,file}', 'published', a, now(), now()
            FROM {{among}}, {{slots}}
            """;
        yield return $"""
            INSERT INTO {schema}.grade_entries (tenant_id, assignment_id, user_id, version, grade_entry_id, course_id, kind, entered_score,
                status, posted_at, source, actor_id, at)
            SELECT t, {Base} + a, p, 1, gen_random_uuid(), {Id}, 'score', {Score}, 'computed', {Posted}, 'person', {Instructor}, {Posted}
            FROM {among}, {learners}, {slots}
            """;
        yield return $"""
            INSERT INTO {schema}.grades (tenant_id, course_id, assignment_id, user_id, entered_score, score, status, posted_at, source,
                grader_id, graded_at, version)
            SELECT t, {Id}, {Base} + a, p, {Score}, {Score}, 'computed', {Posted}, 'person', {Instructor}, {Posted}, 1
            FROM {among}, {learners}, {slots}
            """;
        // 16: posted. All assignments have 100 points, so the percent is the mean of the scores; stored in units of 1/10000.
        yield return $"""
            INSERT INTO {schema}.gradebook_rows (tenant_id, course_id, user_id, cells, flags, versions, totals, group_totals,
                course_version)
            SELECT t, {Id}, p, f.cells, array_fill(16, ARRAY[{Assignments}]), array_fill(1, ARRAY[{Assignments}]),
                array_fill(f.mean, ARRAY[4]) || {NoOverride}, array_fill(f.mean, ARRAY[2]), 1
            FROM {among}, {learners}, LATERAL (
                SELECT array_agg({Score}::bigint * 10000 ORDER BY a) AS cells, (round(avg({Score}), 2) * 10000)::bigint AS mean
                FROM {slots}) f
            """;
    }

    private string RoleOf(string person) => $"CASE WHEN {person} = {Instructor} THEN 'instructor' ELSE 'learner' END";

    // The same in the ledger and in what is folded from it.
    private const string Posted = "'2026-01-05 08:00Z'::timestamptz";

    // What stands in the fifth place where nobody has overridden the total.
    private const string NoOverride = "(-9223372036854775808)::bigint";

    // Some whole number from 0 to 100 that differs from cell to cell.
    private const string Score = "((p * 7 + a * 13) % 101)::numeric";
}
