using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Grading;
using Lectern.Tests.Harness;
using Npgsql;

namespace Lectern.Tests.Journeys;

/// <summary>
/// What a page may ask of the database: counted by the server, in an institution whose role nobody else uses. The statement that names
/// the institution is not counted; it travels with the first of each round trip.
/// </summary>
public sealed class StatementBudgetTests(LecternApp app)
{
    [Fact]
    public async Task Pages_that_everybody_opens_stay_within_five_statements()
    {
        var tenant = await app.NewTenant(CellKind.Database);
        var course = await tenant.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 7);
        var other = await tenant.NewCourse(learners: 0);
        var assistant = await course.NewMember(Role.TeachingAssistant);
        await Enroll(tenant, other, assistant);
        string[] coursePage = [course.Path, $"{course.Path}/assignments"];

        await using var admin = NpgsqlDataSource.Create(app.Options.Postgres);
        await Run(admin, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        await Within(admin, course.Learner, ["/dashboard"]);
        await Within(admin, course.Learner, coursePage);
        await Within(admin, course.Instructor, coursePage);
        // Who learns elsewhere and assists here is asked about what is above this course too.
        await Within(admin, assistant, coursePage);
        await Within(admin, course.Learner, [$"{course.Path}/grades/mine"]);
        await Within(admin, course.Learner, [essay.Path]);
    }

    private static Task<bool> Enroll(TestTenant tenant, TestCourse course, TestPerson learner) => tenant.Do(async services =>
    {
        await ((Contracts.Courses.ICourses)services.GetService(typeof(Contracts.Courses.ICourses))!)
            .Enroll(course.Id, course.Section, [learner.Id], Role.Learner, false, CancellationToken.None);
        return true;
    });

    // Jobs that follow from making the course ask statements too, until they are done.
    private static Task Within(NpgsqlDataSource admin, TestPerson reader, string[] paths) => TestTenant.Eventually(
        async () => await Count(admin, reader, paths) is >= 1 and <= 5, $"{string.Join(" and ", paths)} cost at most five statements");

    private static async Task<long> Count(NpgsqlDataSource admin, TestPerson reader, string[] paths)
    {
        var before = await Counted(admin, reader);
        foreach (var path in paths) (await reader.Get(path)).Expect(200);
        return await Counted(admin, reader) - before;
    }

    private static Task<long> Counted(NpgsqlDataSource admin, TestPerson reader) => One<long>(admin, $"""
        SELECT COALESCE(sum(calls), 0)::bigint FROM pg_stat_statements
        WHERE userid = '{reader.Tenant.Tenant.Cell.Role}'::regrole AND query ~* '^\s*(WITH|SELECT|INSERT|UPDATE|DELETE)'
            AND query !~* '^\s*SELECT set_config'
        """);

    private static async Task<T> One<T>(NpgsqlDataSource admin, string text)
    {
        await using var command = admin.CreateCommand(text);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Run(NpgsqlDataSource admin, string text)
    {
        await using var command = admin.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }
}
