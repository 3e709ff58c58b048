using System.Text;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Outcomes;

/// <summary>Outcomes from a file and into one, in the columns of Canvas.</summary>
public sealed class OutcomeTableTests(LecternApp app)
{
    private const string Titles =
        "vendor_guid,object_type,title,description,display_name,calculation_method,calculation_int,parent_guids,workflow_state,"
        + "mastery_points,ratings\r\n";

    private const string File = Titles
        + "ge,group,General education,,,,,,active\r\n"
        + "ge.w,group,Writing,,,,,ge,active\r\n"
        + "W1,outcome,\"Argues, from evidence\",Plain,I argue,decaying_average,65,ge.w,active,3,4,Exceeds,3,Mastery,0,Not yet\r\n"
        + "W2,outcome,Cites,,,n_mastery,2,ge.w,active,3,5,Full,3,Mastery,0,None\r\n";

    [Fact]
    public async Task What_Canvas_exports_is_taken_in_once_and_comes_out_as_it_went_in()
    {
        var course = await app.NewCourse();
        var admin = await course.Tenant.NewAdministrator();
        var account = $"/accounts/{await course.Tenant.RootAccount()}";

        var first = (await Send(admin, account, File)).Expect(200);
        Assert.Equal((4, 2, 0), (first.At("lines").GetInt32(), first.At("added").GetInt32(), first.At("unchanged").GetInt32()));
        Assert.Equal(4, (await Send(admin, account, File)).Expect(200).At("unchanged").GetInt32());

        var tree = (await admin.Get($"{account}/outcomes")).Expect(200);
        var one = tree.At("outcomes.0");
        Assert.Equal("Argues, from evidence", one.GetProperty("title").GetString());
        Assert.Equal("I argue", one.GetProperty("display_name").GetString());
        // Canvas' word for it means what is called a weighted average here.
        Assert.Equal("weighted_average", one.GetProperty("method").GetProperty("kind").GetString());
        Assert.Equal(["Not yet", "Mastery", "Exceeds"], one.GetProperty("scale").GetProperty("levels").EnumerateArray()
            .Select(level => level.GetProperty("name").GetString()!));
        var table = (await admin.Get($"{account}/outcome-table")).Expect(200).Text;
        Assert.Equal(4, (await Send(admin, account, table)).Expect(200).At("unchanged").GetInt32());
        // A course takes the same file in as its own, and works towards all of it.
        (await Send(course.Instructor, course.Path, table)).Expect(200);
        Assert.Equal(2, (await course.Instructor.Get($"{course.Path}/outcomes")).Expect(200).At("taken").GetArrayLength());
        Assert.Single(await course.Tenant.Rows<string>(db =>
            $"SELECT cause FROM recalculations WHERE tenant_id = {db.Tenant} AND course_id = {course.Id}"));
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_by_line_and_nothing_is_half_applied()
    {
        var course = await app.NewCourse();
        var wrong = await Send(course.Instructor, course.Path, File
            + "W1,outcome,Again,,,latest,,ge.w,active,3,4,A,0,B\r\n"
            + "W3,outcome,No such parent,,,latest,,elsewhere,active,3,4,A,0,B\r\n"
            + "W4,outcome,No such way,,,guess,,ge,active,3,4,A,0,B\r\n"
            + "W5,outcome,Above the scale,,,latest,,ge,active,9,4,A,0,B\r\n"
            + "W 6,outcome,Spaces,,,latest,,ge,active,3,4,A,0,B\r\n"
            + "W7,thing,Neither,,,latest,,ge,active,3,4,A,0,B\r\n"
            + "W8,outcome,Ten,,,latest,,ge,active,3,ten,A,0,B\r\n"
            + "g2,group,With levels,,,latest,,ge,active,3,4,A\r\n");

        wrong.Refused(422, "outcomes_refused");
        Assert.Equal(
            [
                ("lines[6]", "named_twice"), ("lines[7]", "parent_unknown"), ("lines[8]", "bad_calculation"),
                ("lines[9]", "mastery_out_of_scale"), ("lines[10]", "bad_code"), ("lines[11]", "bad_object_type"),
                ("lines[12]", "not_a_number"), ("lines[13]", "group_has_scale"),
            ],
            wrong.At("errors").EnumerateArray()
                .Select(one => (one.GetProperty("field").GetString()!, one.GetProperty("code").GetString()!)));
        Assert.Empty(await course.Tenant.Rows<long>(db => $"SELECT outcome_id FROM outcomes WHERE tenant_id = {db.Tenant}"));
        Assert.Empty(await course.Tenant.Rows<long>(db => $"SELECT outcome_group_id FROM outcome_groups WHERE tenant_id = {db.Tenant}"));
        (await Send(course.Instructor, course.Path, "title,whatever\r\nA,B\r\n")).Refused(422, "outcomes_refused");
        (await Send(course.Instructor, course.Path, "")).Refused(422, "file_empty");
        (await course.Learner.Send(HttpMethod.Post, $"{course.Path}/outcome-imports", Form(File))).Expect(403);
        (await course.Learner.Get($"{course.Path}/outcome-table")).Expect(403);
        (await (await app.NewCourse()).Instructor.Get($"{course.Path}/outcome-table")).Expect(404);
    }

    [Fact]
    public async Task What_a_file_deletes_goes_unless_courses_work_towards_it()
    {
        var course = await app.NewCourse();
        var admin = await course.Tenant.NewAdministrator();
        var account = $"/accounts/{await course.Tenant.RootAccount()}";
        (await Send(admin, account, File)).Expect(200);
        var taken = (await course.Instructor.Get($"{course.Path}/outcomes")).Expect(200).At("available.0.outcome_id").GetInt64();
        (await course.Instructor.Post($"{course.Path}/course-outcomes", new { outcome_ids = new[] { taken } })).Expect(200);
        const string gone = Titles + "ge,group,General education,,,,,,deleted\r\nge.w,group,Writing,,,,,ge,deleted\r\n"
            + "W1,outcome,X,,,,,ge.w,deleted\r\nW2,outcome,X,,,,,ge.w,deleted\r\n";

        var refused = (await Send(admin, account, gone)).Refused(422, "outcomes_refused");
        Assert.Equal("outcome_in_use", refused.At("errors").EnumerateArray().Last().GetProperty("code").GetString());
        Assert.Equal(2, (await admin.Get($"{account}/outcomes")).Expect(200).At("outcomes").GetArrayLength());
        var here = await course.Taken(taken);
        (await course.Instructor.Delete($"/course-outcomes/{here.GetProperty("course_outcome_id").GetInt64()}")).Expect(204);
        Assert.Equal(4, (await Send(admin, account, gone)).Expect(200).At("deleted").GetInt32());
    }

    private static Task<Answer> Send(TestPerson who, string owner, string file) =>
        who.Send(HttpMethod.Post, $"{owner}/outcome-imports", Form(file));

    private static MultipartFormDataContent Form(string file) =>
        new() { { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "outcomes.csv" } };
}
