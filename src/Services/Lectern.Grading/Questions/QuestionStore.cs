using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;

namespace Lectern.Grading.Questions;

/// <summary>Versions of the questions of assignments.</summary>
internal sealed class QuestionStore(TenantDb db, Actor actor)
{
    private const string Columns = "q.assignment_id, q.version, q.points_possible, q.questions";

    /// <summary>The newest version; null while nothing is asked.</summary>
    public Task<QuestionSet?> Newest(AssignmentId assignment, CancellationToken ct) => db.Find<QuestionSet>($"""
        SELECT {Sql.Raw(Columns)} FROM question_sets q WHERE q.tenant_id = {db.Tenant} AND q.assignment_id = {assignment}
        ORDER BY q.version DESC LIMIT 1
        """, ct);

    /// <summary>These versions, by their numbers.</summary>
    public async Task<IReadOnlyDictionary<int, QuestionSet>> Versions(
        AssignmentId assignment, IReadOnlyCollection<int> versions, CancellationToken ct) => (await db.Query<QuestionSet>($"""
            SELECT {Sql.Raw(Columns)} FROM question_sets q
            WHERE q.tenant_id = {db.Tenant} AND q.assignment_id = {assignment} AND q.version = ANY ({versions.ToArray()})
            """, ct)).ToDictionary(set => set.Version);

    /// <summary>Adds a version. Whoever adds one holds the course's structure, so that versions follow each other.</summary>
    public Task Add(QuestionSet set, CancellationToken ct) => db.Execute($"""
        INSERT INTO question_sets (tenant_id, assignment_id, version, points_possible, questions, actor_id, at)
        VALUES ({db.Tenant}, {set.AssignmentId}, {set.Version}, {set.PointsPossible}, {Sql.Json(set.Questions)}, {actor.UserId}, {db.Now})
        """, ct);

    /// <summary>The assignment is worth what its questions earn together.</summary>
    public Task SetPoints(AssignmentId assignment, decimal points, CancellationToken ct) => db.Execute($"""
        UPDATE assignments SET points_possible = {points}, version = version + 1
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND points_possible <> {points}
        """, ct);

    /// <summary>Why these cannot be handed in as answers here.</summary>
    public async Task<Refusal?> Refuses(AssignmentId assignment, AnswerSheet answers, CancellationToken ct)
    {
        var asked = await Newest(assignment, ct);
        return answers.Keys.All(id => asked?.Find(id) is not null)
            ? null
            : new Refusal("questions_changed", "The questions have been changed. Look at them again; your answers are kept.", "answers");
    }
}
