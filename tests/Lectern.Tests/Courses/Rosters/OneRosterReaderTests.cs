using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

public class OneRosterReaderTests
{
    private const string Manifest = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,bulk\nfile.roles,bulk\n";
    private const string Users = "sourcedId,status,givenName,familyName,email,agentSourcedIds,enabledUser\n";
    private const string Roles = "sourcedId,userSourcedId,role\n";

    [Fact]
    public void A_class_becomes_a_course_with_a_section_of_its_own_and_the_catalogue_lends_its_code()
    {
        var reading = RosterUpload.Zip(
            ("manifest.csv", "propertyName,value\noneroster.version,1.1\n" +
                "file.classes,bulk\nfile.courses,bulk\nfile.academicSessions,bulk\n"),
            ("academicSessions.csv", "sourcedId,title,type,startDate,endDate\n" +
                "p1,Q1,gradingPeriod,2026-09-01,2026-10-01\nt1,Fall,term,2026-09-01,2026-12-20\n"),
            ("courses.csv", "sourcedId,title,courseCode\nk1,Physics,PHY\n"),
            ("classes.csv", "sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\n" +
                "c1,Physics A,k1,o1,\"p1, t1\"\nc2,History,,o1,t1\n"));

        Assert.Equal("session_ignored", reading.Only().Code);
        var physics = reading.Roster.Courses.Find("c1")!;
        Assert.Equal(("PHY", "Physics A", "o1", "t1"), (physics.Code, physics.Title, physics.AccountId, physics.TermId));
        Assert.Equal("c1", reading.Roster.Sections.Find("c1")!.CourseId);
        Assert.Equal("Fall", reading.Roster.Terms.Single().Name);
    }

    [Fact]
    public void Parents_observe_their_children_whichever_side_says_so_and_teachers_do_not()
    {
        var reading = RosterUpload.Zip(("manifest.csv", Manifest),
            ("users.csv", Users
                + "kid,,Kim,Lee,,\"mum,tea\",TRUE\nmum,,May,Lee,,kid,TRUE\ndad,,Dan,Lee,,kid,FALSE\ntea,,Tea,Cher,,,TRUE\n"),
            ("roles.csv", Roles + "1,kid,student\n2,mum,parent\n3,dad,guardian\n4,tea,teacher\n"));

        reading.AssertClean();
        Assert.Equal(RosterFormat.OneRoster12, reading.Format);
        Assert.Equal([("mum", "kid"), ("dad", "kid")], reading.Roster.Observers.Select(pair => (pair.ObserverId, pair.LearnerId)));
        Assert.Equal(RosterStatus.Inactive, reading.Roster.Users.Find("dad")!.Status);
    }

    [Theory]
    [InlineData("student", "Learner")]
    [InlineData("teacher", "Instructor")]
    [InlineData("aide", "TeachingAssistant")]
    [InlineData("proctor", "TeachingAssistant")]
    [InlineData("administrator", "Observer")]
    [InlineData("guardian", "Observer")]
    public void Roles_become_ours(string role, string ours)
    {
        var reading = RosterUpload.Csv("enrollments.csv",
            $"sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\ne1,c1,o1,u1,{role}\n");
        Assert.Equal("file_absent", reading.Only().Code);
        Assert.Equal(ours, reading.Roster.Enrollments.Single().Role.ToString());
    }

    [Fact]
    public void Administrators_are_people_and_gain_nothing_by_a_file()
    {
        var reading = RosterUpload.Zip(("manifest.csv", Manifest), ("users.csv", Users + "a,,Ada,Min,,,TRUE\n"),
            ("roles.csv", Roles + "1,a,siteAdministrator\n2,a,principal\n"));
        Assert.Equal("role_not_granted", reading.Only().Code);
        Assert.Empty(reading.Roster.Admins);
    }

    [Fact]
    public void The_manifest_is_held_against_what_is_there()
    {
        var lacking = RosterUpload.Zip(("manifest.csv", Manifest), ("users.csv", Users + "a,,Ada,Min,,,TRUE\n"));
        Assert.Equal("file_absent", lacking.Only().Code);
        Assert.Contains("roles.csv", lacking.Only().Message, StringComparison.Ordinal);

        var version = RosterUpload.Zip(("manifest.csv", "propertyName,value\noneroster.version,2.0\n"), ("users.csv", Users));
        Assert.Contains(version.Problems.Items, problem => problem.Code == "version_unknown");

        var surplus = RosterUpload.Zip(("manifest.csv", Manifest.Replace("file.roles,bulk", "file.roles,absent", StringComparison.Ordinal)),
            ("users.csv", Users + "a,,Ada,Min,,,TRUE\n"), ("roles.csv", Roles));
        Assert.Equal(("file_ignored", RosterSeverity.Warning), (surplus.Only().Code, surplus.Only().Severity));
    }

    [Fact]
    public void An_unknown_role_or_status_names_what_is_known()
    {
        var reading = RosterUpload.Csv("enrollments.csv", "sourcedId,status,classSourcedId,userSourcedId,role\ne1,gone,c1,u1,janitor\n");
        var errors = reading.Problems.Items.Where(problem => problem.Severity == RosterSeverity.Error).ToList();
        Assert.Equal(["role_unknown", "status_unknown"], errors.Select(problem => problem.Code).Order());
        Assert.Contains("student", errors.Single(problem => problem.Code == "role_unknown").Message, StringComparison.Ordinal);
    }
}
