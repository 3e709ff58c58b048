using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

public class CanvasReaderTests
{
    [Fact]
    public void The_whole_set_is_read_from_a_zip_whatever_its_files_are_called()
    {
        var reading = RosterUpload.Zip(
            ("sis/accounts.csv", "account_id,parent_account_id,name,status\nA1,,Humanities,active\nA2,A1,English,active\n"),
            ("sis/terms.csv", "term_id,name,status,start_date,end_date\nT1,Fall,active,2013-1-03 00:00:00,2013-05-03 00:00:00-06:00\n"),
            ("sis/people-2027.csv", "user_id,login_id,first_name,last_name,email,status\n" +
                "U1,bob,Bob,Smith,bob@school.example,active\nU2,,,,,deleted\n"),
            ("sis/courses.csv", "course_id,short_name,long_name,account_id,term_id,status\n" +
                "C1,ART105,\"Art 105: \"\"Art as a Medium\"\"\",A1,T1,active\nC2,X,X,,,published\n"),
            ("sis/sections.csv", "section_id,course_id,name,status\nS1,C1,Section 1,active\n"),
            ("sis/xlists.csv", "xlist_course_id,section_id,status\nC2,S1,active\n"),
            ("sis/enrollments.csv", "course_id,user_id,role,section_id,status,associated_user_id\n" +
                "C1,U1,teacher,S1,active,\n,U3,ObserverEnrollment,S1,inactive,U1\n"),
            ("sis/group_categories.csv", "group_category_id,course_id,category_name,status\nG,C1,Projects,active\n"),
            ("sis/groups.csv", "group_id,group_category_id,account_id,name,status\nG1,G,,Red,available\n"),
            ("sis/groups_membership.csv", "group_id,user_id,status\nG1,U1,accepted\n"),
            ("sis/user_observers.csv", "observer_id,student_id,status\nU3,U1,active\n"),
            ("sis/admins.csv", "user_id,account_id,role,status\nU1,A1,AccountAdmin,active\n"));

        reading.AssertClean();
        Assert.Equal(RosterFormat.Canvas, reading.Format);
        var roster = reading.Roster;
        Assert.Equal([1, 2], roster.Accounts.Select(account => account.Origin.Line - 1));
        Assert.Equal("A1", roster.Accounts.Find("A2")!.ParentAccountId);
        Assert.Equal(new DateTimeOffset(2013, 5, 3, 6, 0, 0, TimeSpan.Zero), roster.Terms.Single().EndsAt);
        var bob = roster.Users.Find("U1")!;
        Assert.Equal(("Bob Smith", "Smith, Bob", "bob@school.example", "bob"), (bob.Name, bob.SortableName, bob.Email, bob.LoginId));
        Assert.Equal(new RosterOrigin("sis/people-2027.csv", 2), bob.Origin);
        Assert.Equal(RosterStatus.Deleted, roster.Users.Find("U2")!.Status);
        Assert.Equal("Art 105: \"Art as a Medium\"", roster.Courses.Find("C1")!.Title);
        Assert.Equal(RosterStatus.Published, roster.Courses.Find("C2")!.Status);
        Assert.Equal("C2", roster.CrossListings.Find("S1")!.CourseId);
        Assert.Equal([RosterRole.Instructor, RosterRole.Observer], roster.Enrollments.Select(seat => seat.Role));
        Assert.Equal("U1", roster.Enrollments.Last().AssociatedUserId);
        Assert.Equal((1, 1, 1, 1, 1),
            (roster.GroupSets.Count, roster.Groups.Count, roster.GroupMembers.Count, roster.Observers.Count, roster.Admins.Count));
    }

    [Theory]
    [InlineData("student", "Learner")]
    [InlineData("StudentEnrollment", "Learner")]
    [InlineData("Teacher", "Instructor")]
    [InlineData("ta", "TeachingAssistant")]
    [InlineData("observer", "Observer")]
    [InlineData("DESIGNER", "Designer")]
    public void Roles_become_ours(string role, string ours)
    {
        var reading = RosterUpload.Csv("enrollments.csv", $"course_id,user_id,role,status\nC1,U1,{role},active\n");
        reading.AssertClean();
        Assert.Equal(ours, reading.Roster.Enrollments.Single().Role.ToString());
    }

    [Theory]
    [InlineData("active", "Active")]
    [InlineData("inactive", "Inactive")]
    [InlineData("completed", "Completed")]
    [InlineData("deleted_last_completed", "Completed")]
    [InlineData("deleted", "Deleted")]
    public void Seats_have_a_status(string status, string ours)
    {
        var reading = RosterUpload.Csv("enrollments.csv", $"course_id,user_id,role,status\nC1,U1,student,{status}\n");
        Assert.Equal(ours, reading.Roster.Enrollments.Single().Status.ToString());
    }

    [Fact]
    public void Semicolons_and_tabs_and_excels_hint_separate_too()
    {
        foreach (var (separator, hint) in new[] { (";", ""), ("\t", ""), (";", "sep=;\r\n") })
        {
            var text = hint + string.Join(separator, "user_id", "full_name", "status") + "\r\n"
                + string.Join(separator, "U1", "Bo, the Kid", "active");
            var reading = RosterUpload.Csv("users.csv", text);
            reading.AssertClean();
            Assert.Equal("Bo, the Kid", reading.Roster.Users.Single().Name);
        }
    }

    [Fact]
    public void Lines_are_counted_as_an_editor_does_across_line_breaks_in_quotes_and_empty_lines()
    {
        var reading = RosterUpload.Csv("users.csv",
            "user_id,full_name,status\r\nU1,\"Two\r\nlines\",active\r\n\r\n,,\r\nU2,Ana,active\r\nU3,Bo,gone\r\n");
        Assert.Equal([2, 6], reading.Roster.Users.Select(user => user.Origin.Line));
        Assert.Equal(("status", 7, "status_unknown"), (reading.Only().Column, reading.Only().Line, reading.Only().Code));
    }

    [Fact]
    public void A_seat_that_is_both_deleted_and_present_is_present_in_either_order()
    {
        foreach (var (first, second) in new[] { ("deleted", "active"), ("active", "deleted") })
        {
            var reading = RosterUpload.Csv("enrollments.csv",
                $"section_id,user_id,role,status\nS1,U1,student,{first}\nS1,U1,student,{second}\n");
            Assert.Equal(RosterStatus.Active, reading.Roster.Enrollments.Single().Status);
            Assert.Equal(("seat_repeated", RosterSeverity.Warning), (reading.Only().Code, reading.Only().Severity));
        }
    }

    [Fact]
    public void Saying_the_same_twice_warns_and_saying_otherwise_refuses()
    {
        var same = RosterUpload.Csv("users.csv", "user_id,full_name,status\nU1,Ana,active\nU1,Ana,active\n");
        Assert.Equal("row_repeated", same.Only().Code);
        Assert.False(same.Problems.Refuses);

        var other = RosterUpload.Csv("users.csv", "user_id,full_name,status\nU1,Ana,active\nU1,Eva,active\n");
        Assert.Equal(("id_repeated", 3), (other.Only().Code, other.Only().Line));
        Assert.Contains("line 2 of users.csv", other.Only().Message, StringComparison.Ordinal);
        Assert.True(other.Problems.Refuses);
    }

    [Fact]
    public void Further_logins_are_left_out_and_changes_of_ids_refuse()
    {
        var logins = RosterUpload.Zip(("logins.csv", "user_id,login_id,existing_user_id,status\nU9,x,U1,active\n"),
            ("users.csv", "user_id,full_name,status\nU1,Ana,active\n"));
        Assert.Equal("file_ignored", logins.Only().Code);
        Assert.False(logins.Problems.Refuses);
        Assert.Contains(RosterUpload.Csv("ids.csv", "old_id,new_id,type\nU1,U2,user\n").Problems.Items,
            problem => problem.Code == "file_unsupported");
    }
}
