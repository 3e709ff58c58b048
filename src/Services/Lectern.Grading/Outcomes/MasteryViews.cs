using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Outcomes;

/// <summary>Shows where one learner stands, with all that it follows from, by the calculator that made the number.</summary>
internal sealed class MasteryViews(
    TenantDb db, GradebookStore gradebooks, MasteryPast past, CourseOutcomeStore inCourses, OutcomeStore outcomes, Access access)
{
    /// <summary>In one course, by the versions it follows or followed at an instant; null where there is no such learner.</summary>
    public async Task<LearnerMastery?> InCourse(CourseId course, UserId learner, GradeView view, DateTimeOffset? asOf, CancellationToken ct)
    {
        var read = asOf is { } instant
            ? await past.Read(course, learner, instant, ct)
            : await gradebooks.Read(course, [learner], ct);
        if (!read.Learners.TryGetValue(learner, out var work)) return null;
        var taken = await inCourses.List(course, asOf, ct);
        var facts = await Facts([course], learner, ct);
        if (read.Course is not { } structure) return new(learner, facts.Name, []);
        var measured = structure.Outcomes.ToDictionary(one => one.CourseOutcomeId);
        return new(learner, facts.Name,
        [
            .. taken.Where(one => measured.ContainsKey(one.CourseOutcomeId)).Select(one => LearnerStanding.Of(
                one.Outcome, view, Shown(facts, course, structure, work, one, measured[one.CourseOutcomeId]))),
        ]);
    }

    /// <summary>
    /// Across all courses, each outcome once and by its newest version, from what the learner has been shown.
    /// </summary>
    /// <param name="learner">Who.</param>
    /// <param name="own">The learner asks, who sees the courses that are open to them; else somebody who answers for them does.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<LearnerMastery> Everywhere(UserId learner, bool own, CancellationToken ct)
    {
        var courses = await db.Query<CourseId>($"""
            SELECT DISTINCT m.course_id FROM course_members m
            WHERE m.tenant_id = {db.Tenant} AND m.user_id = {learner} AND m.role = 'learner' AND m.state IN ('active', 'completed')
                AND EXISTS (SELECT 1 FROM course_outcomes c
                    WHERE c.tenant_id = {db.Tenant} AND c.course_id = m.course_id AND c.status = 'active')
                {Sql.When(own, $"AND {access.Filter(GradingPermission.ReadOwnGrades, "course", Sql.Raw("m.course_id"))}")}
            ORDER BY m.course_id
            """, ct);
        var facts = await Facts(courses, learner, ct);
        var newest = (await outcomes.Among(courses, ct)).ToDictionary(one => one.OutcomeId);
        var shown = new List<(OutcomeId Outcome, ShownEvidence Evidence)>();
        // A learner is in a handful of courses that measure outcomes.
        foreach (var course in courses)
        {
            var read = await gradebooks.Read(course, [learner], ct);
            if (read.Course is not { } structure || !read.Learners.TryGetValue(learner, out var work)) continue;
            var words = (await inCourses.List(course, ct)).ToDictionary(one => one.CourseOutcomeId);
            foreach (var measured in structure.Outcomes.Where(one => words.ContainsKey(one.CourseOutcomeId)))
                shown.AddRange(Shown(facts, course, structure, work, words[measured.CourseOutcomeId], measured)
                    .Select(one => (measured.OutcomeId, one)));
        }

        var of = shown.ToLookup(one => one.Outcome, one => one.Evidence);
        return new(learner, facts.Name,
        [
            .. newest.Values.OrderBy(one => one.Code, StringComparer.Ordinal).ThenBy(one => one.OutcomeId.Value)
                .Select(one => LearnerStanding.Of(one, GradeView.Learner, of[one.OutcomeId])),
        ]);
    }

    private static IEnumerable<ShownEvidence> Shown(
        MasteryFacts facts, CourseId course, CourseStructure structure, LearnerWork work, CourseOutcome words, MeasuredOutcome measured) =>
        MasteryProjection.Find(structure, work, measured).Select(found => new ShownEvidence(
            found, course, facts.Courses.GetValueOrDefault(course, string.Empty),
            words.Alignments.Find(one => found.CriterionId is not null && one.CriterionId == found.CriterionId)?.Criterion));

    private async Task<MasteryFacts> Facts(IReadOnlyCollection<CourseId> courses, UserId learner, CancellationToken ct)
    {
        var batch = db.Batch();
        var names = batch.Query<string>($"SELECT p.name FROM people p WHERE p.tenant_id = {db.Tenant} AND p.user_id = {learner}");
        var titles = batch.Query<CourseTitle>($"""
            SELECT k.course_id, k.title FROM course_cards k
            WHERE k.tenant_id = {db.Tenant} AND k.course_id = ANY ({courses.ToArray()})
            """);
        await batch.Run(ct);
        return new(names.Count > 0 ? names[0] : string.Empty, titles.ToDictionary(one => one.CourseId, one => one.Title));
    }

    private sealed record MasteryFacts(string Name, Dictionary<CourseId, string> Courses);

    private sealed record CourseTitle(CourseId CourseId, string Title);
}

/// <summary>One result with the words it is shown by.</summary>
internal sealed record ShownEvidence(Evidence Found, CourseId CourseId, string Course, string? Criterion);

/// <summary>A learner and where they stand on each outcome.</summary>
internal sealed record LearnerMastery(UserId UserId, string Name, IReadOnlyList<LearnerStanding> Outcomes);

/// <summary>Where a learner stands on an outcome, how that was worked out, and what would bring them on.</summary>
/// <param name="Level">1 for the lowest.</param>
/// <param name="Missing">How many more results it takes until there is a score.</param>
/// <param name="Version">Of the outcome, by which it was worked out.</param>
/// <param name="Reason">Why that version was made.</param>
internal sealed record LearnerStanding(
    OutcomeId OutcomeId, string Code, string Title, string? DisplayName, string LearnerDescription, MasteryScale Scale,
    MasteryMethod Method, int Version, string? Reason, DateTimeOffset VersionAt, decimal? Score, int? Level, bool Mastered, int Missing,
    NextStep? Next, IReadOnlyList<LearnerResult> Results)
{
    public static LearnerStanding Of(Outcome outcome, GradeView view, IEnumerable<ShownEvidence> shown)
    {
        var results = shown.Where(one => one.Found.IsSeenBy(view)).OrderBy(one => one.Found.At)
            .ThenBy(one => one.Found.Assignment.AssignmentId.Value).ThenBy(one => one.Found.CriterionId, StringComparer.Ordinal).ToList();
        List<decimal> scores = [.. results.Select(one => one.Found.ScoreOn(outcome.Scale))];
        var stands = MasteryCalculator.Calculate(outcome.Scale, outcome.Method, scores);
        return new(
            outcome.OutcomeId, outcome.Code, outcome.Title, outcome.DisplayName, outcome.LearnerDescription, outcome.Scale, outcome.Method,
            outcome.Version, outcome.Reason, outcome.At, stands.Score, stands.Level, stands.Mastered, stands.Missing,
            MasteryCalculator.Next(outcome.Scale, outcome.Method, scores),
            [.. results.Select((one, at) => LearnerResult.Of(one, scores[at], stands.Shares[at]))]);
    }
}

/// <summary>One result of a learner's, and how much of the score it is.</summary>
/// <param name="Criterion">The criterion of a rubric it was assessed by; null where it is the assignment's score.</param>
/// <param name="Score">In points of the outcome's scale.</param>
/// <param name="SharePercent">0: it does not count.</param>
/// <param name="Posted">Whether the learner sees it.</param>
internal sealed record LearnerResult(
    CourseId CourseId, string Course, AssignmentId AssignmentId, string Assignment, string? Criterion, decimal Points,
    decimal PointsPossible, decimal Score, decimal SharePercent, DateTimeOffset At, bool Posted)
{
    private const int Places = 4;

    public static LearnerResult Of(ShownEvidence shown, decimal score, decimal share)
    {
        var found = shown.Found;
        return new(
            shown.CourseId, shown.Course, found.Assignment.AssignmentId, found.Assignment.Title, shown.Criterion, found.Points,
            found.PointsPossible, decimal.Round(score, Places), decimal.Round(share * 100, Places), found.At, found.Posted);
    }
}
