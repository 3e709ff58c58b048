using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

public class RosterPlanTests
{
    private static readonly RosterKnownUser Ada = Person(7, "U1", "Ada", "ada@x.example");

    private static RosterKnownUser Person(long id, string? sisId, string name, string? email = null, bool verified = true) =>
        new(id, new RosterUser { UserId = sisId ?? RosterState.Unnamed(id), Name = name, Email = email }, verified);

    private static RosterPlan Plan(RosterState state, params (string Name, string Text)[] files)
    {
        var reading = RosterUpload.Zip(files);
        Assert.False(reading.Problems.Refuses, string.Join('\n', reading.Problems.Items));
        return RosterPlan.Make(reading.Roster, state);
    }

    private static (string, string) Users(params string[] rows) =>
        ("users.csv", "user_id,full_name,email,status\n" + string.Join('\n', rows));
    private static (string, string) Courses(params string[] rows) =>
        ("courses.csv", "course_id,short_name,long_name,account_id,term_id,status\n" + string.Join('\n', rows));
    private static (string, string) Seats(params string[] rows) =>
        ("enrollments.csv", "course_id,section_id,user_id,role,status\n" + string.Join('\n', rows));

    [Fact]
    public void Everything_is_new_to_an_empty_institution_and_nothing_is_the_second_time() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var roster = RosterSample.Make(seed);
            var first = RosterPlan.Make(roster, RosterState.Empty);
            Assert.False(first.Refused, string.Join('\n', first.Problems.Items));
            Assert.All(first.Steps, step => Assert.Equal(RosterAction.Create, step.Action));
            var state = RosterState.Empty.Apply(first);
            Assert.Empty(RosterPlan.Make(roster, state).Steps);

            var changed = RosterPlan.Make(RosterSample.Make(seed + 1), state);
            if (!changed.Refused) Assert.Empty(RosterPlan.Make(RosterSample.Make(seed + 1), state.Apply(changed)).Steps);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_written_again_reads_the_same() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var roster = RosterSample.Make(seed);
            var reading = RosterUpload.Read(CanvasFiles.Write(roster));
            reading.AssertClean();
            Assert.Equal(roster.Items.Select(item => item with { Origin = default }),
                reading.Roster.Items.Select(item => item with { Origin = default }));
            Assert.Equal(CanvasFiles.Write(roster).Length, CanvasFiles.Write(reading.Roster).Length);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_update_tells_the_old_and_the_new()
    {
        var plan = Plan(new RosterState { Users = [Ada] }, Users("U1,Ada Lovelace,ADA@x.example,suspended"));
        var step = Assert.Single(plan.Steps);
        Assert.Equal((RosterAction.Update, 7L), (step.Action, step.TargetId));
        Assert.Equal([new RosterChange("status", "active", "inactive"), new RosterChange("name", "Ada", "Ada Lovelace")], step.Changes);
    }

    [Fact]
    public void An_empty_cell_leaves_what_is_stored() =>
        Assert.True(Plan(new RosterState { Users = [Ada] }, Users("U1,Ada,,active")).ChangesNothing);

    [Fact]
    public void Deleting_is_by_status_only_once_and_can_be_undone()
    {
        var state = new RosterState { Users = [Ada, Person(8, "U2", "Bo")] };
        var plan = Plan(state, Users("U1,,,deleted", "U9,,,deleted"));
        Assert.Equal(new RosterTally(RosterKind.User, 2, 0, 0, 1, 1), plan.Tally(RosterKind.User));
        var after = state.Apply(plan);
        Assert.True(Plan(after, Users("U1,,,deleted")).ChangesNothing);
        Assert.Equal("status", Plan(after, Users("U1,Ada,,active")).Steps.Single().Changes.Single().Field);
    }

    [Fact]
    public void A_person_is_found_by_a_confirmed_address_with_their_seats()
    {
        var state = new RosterState
        {
            Users = [Person(7, null, "Ada", "Ada@X.example")],
            Courses = [new(3, new RosterCourse { CourseId = "C1", Code = "C", Title = "T" })],
            Enrollments = [new(5, new RosterEnrollment { CourseId = "C1", UserId = RosterState.Unnamed(7), Role = RosterRole.Learner })],
        };
        var plan = Plan(state, Users("U1,Ada,ada@x.example,active"), Seats("C1,,U1,student,active"));
        var step = Assert.Single(plan.Steps);
        Assert.Equal((7L, new RosterChange("sis_id", null, "U1")), (step.TargetId, step.Changes.Single()));
    }

    [Fact]
    public void An_address_that_is_unconfirmed_or_somebody_elses_refuses()
    {
        Assert.Equal("email_unverified", Plan(new RosterState { Users = [Person(7, null, "Mallory", "ada@x.example", verified: false)] },
            Users("U1,Ada,ada@x.example,active")).Problems.Items.Single().Code);
        Assert.Equal("email_taken",
            Plan(new RosterState { Users = [Ada] }, Users("U2,Eve,ada@x.example,active")).Problems.Items.Single().Code);
        Assert.Equal("email_repeated",
            Plan(RosterState.Empty, Users("U1,Ada,a@x.example,active", "U2,Eve,A@x.example,active")).Problems.Items.Single().Code);
        Assert.False(Plan(new RosterState { Users = [Ada] }, Users("U1,Ada,new@x.example,active", "U2,Eve,ada@x.example,active")).Refused);
    }

    [Fact]
    public void A_seat_must_name_what_exists_in_the_file_or_here()
    {
        var state = new RosterState { Users = [Ada], Courses = [new(3, new RosterCourse { CourseId = "C1" })] };
        Assert.False(Plan(state, Seats("C1,,U1,student,active")).Refused);
        var plan = Plan(state,
            Seats("C1,,U1,student,active", "C9,,U1,student,active", "C1,S9,U8,student,active", "C9,,U9,student,deleted"));
        Assert.Equal([(3, "course_id"), (4, "user_id"), (4, "section_id")],
            plan.Problems.Items.Select(problem => (problem.Line, problem.Column)));
        Assert.True(plan.Refused);
    }

    [Fact]
    public void A_seat_in_a_deleted_course_falls_with_it_and_an_unknown_department_is_left_away()
    {
        var plan = Plan(RosterState.Empty, Users("U1,Ada,,active"), Courses("C1,A,A,,,deleted", "C2,B,B,X,Y,active"),
            Seats("C1,,U1,student,active"));
        Assert.False(plan.Refused);
        Assert.Equal(["reference_unknown", "reference_unknown", "reference_deleted"], plan.Problems.Items.Select(problem => problem.Code));
        Assert.Null(plan.Steps.Select(step => step.Item).OfType<RosterCourse>().Single().AccountId);
        Assert.DoesNotContain(plan.Steps, step => step.Item is RosterEnrollment);
    }

    [Fact]
    public void A_cross_listed_section_is_named_with_either_of_its_courses_and_no_third()
    {
        (string, string)[] files = [Users("U1,Ada,,active"), Courses("C1,A,A,,,active", "C2,B,B,,,active", "C3,D,D,,,active"),
            ("sections.csv", "section_id,course_id,name,status\nS1,C1,One,active\n"),
            ("xlists.csv", "xlist_course_id,section_id,status\nC2,S1,active\n")];
        var plan = Plan(RosterState.Empty, [.. files, Seats("C1,S1,U1,student,active", "C2,S1,U1,ta,active", ",S1,U1,designer,active")]);
        Assert.All(plan.Steps.Select(step => step.Item).OfType<RosterEnrollment>(), seat => Assert.Equal("C2", seat.CourseId));
        Assert.Equal("section_elsewhere",
            Plan(RosterState.Empty, [.. files, Seats("C3,S1,U1,student,active")]).Problems.Items.Single().Code);
    }

    [Fact]
    public void Accounts_cannot_stand_under_themselves()
    {
        var plan = Plan(RosterState.Empty, ("accounts.csv", "account_id,parent_account_id,name,status\nA,B,A,active\nB,A,B,active\n"));
        Assert.Contains(plan.Problems.Items, problem => problem.Code == "account_cycle");
    }

    [Theory]
    [InlineData("Published", "active", false)]
    [InlineData("Completed", "active", false)]
    [InlineData("Deleted", "active", true)]
    [InlineData("Completed", "published", true)]
    [InlineData("Active", "completed", true)]
    public void Active_neither_reopens_nor_unpublishes_a_course(string stored, string said, bool changes)
    {
        var course = new RosterCourse { CourseId = "C1", Code = "A", Title = "A", Status = Enum.Parse<RosterStatus>(stored) };
        var state = new RosterState { Courses = [new(3, course)] };
        Assert.Equal(changes, !Plan(state, Courses($"C1,A,A,,,{said}")).ChangesNothing);
    }

    [Theory]
    [InlineData(5, 0, false)]
    [InlineData(6, 0, true)]
    [InlineData(0, 20, false)]
    [InlineData(0, 21, true)]
    public void More_than_its_share_is_held_for_approval(int deletes, int changes, bool held)
    {
        var state = new RosterState { Users = [.. Enumerable.Range(0, 100).Select(at => Person(at + 1, $"U{at}", "Ana"))] };
        var plan = Plan(state, Users([.. Enumerable.Range(0, 100)
            .Select(at => at < deletes ? $"U{at},,,deleted" : $"U{at},{(at - deletes < changes ? "Eva" : "Ana")},,active")]));
        Assert.Equal(held, plan.Held);
        Assert.False(plan.Refused);
    }

    [Fact]
    public void Samples_are_few_and_spread()
    {
        var plan = Plan(RosterState.Empty, Users([.. Enumerable.Range(0, 100).Select(at => $"U{at},Ana,,active")]));
        Assert.Equal(["U0", "U20", "U40", "U60", "U80"], plan.Sample(RosterKind.User, RosterAction.Create).Select(step => step.Item.Key));
    }

    [Fact]
    public void A_large_university_is_read_and_planned_in_seconds_and_little_memory()
    {
        using var upload = RosterUpload.Pack(RosterSample.Large(users: 40_000, courses: 6_500, seats: 90_000));
        GC.Collect();
        var before = GC.GetTotalMemory(true);
        var clock = Stopwatch.StartNew();
        var reading = RosterUpload.Read(upload);
        var plan = RosterPlan.Make(reading.Roster, RosterState.Empty);
        var again = RosterPlan.Make(reading.Roster, RosterState.Empty.Apply(plan));
        var seconds = clock.Elapsed.TotalSeconds;
        var megabytes = (GC.GetTotalMemory(true) - before) >> 20;

        reading.AssertClean();
        Assert.Equal(136_500, plan.Steps.Count);
        Assert.True(again.ChangesNothing);
        TestContext.Current.SendDiagnosticMessage($"read and planned twice in {seconds:0.0} s, {megabytes} MB held");
        Assert.True(seconds < 20, $"{seconds:0.0} s");
        Assert.True(megabytes < 300, $"{megabytes} MB");
        GC.KeepAlive(again);
    }
}
