using System.Text;
using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

public class BadRosterTests
{
    private const string Header = "user_id,full_name,email,status\n";

    [Theory]
    [InlineData("user_id,full_name\nU1,Ana\n", 1, "status", "column_missing")]
    [InlineData("user_id,user_id,full_name,status\nU1,U1,Ana,active\n", 1, "user_id", "column_repeated")]
    [InlineData(Header + ",Ana,,active\n", 2, "user_id", "value_required")]
    [InlineData(Header + "U1,,,active\n", 2, "full_name", "value_required")]
    [InlineData(Header + "U1,Ana,,\n", 2, "status", "value_required")]
    [InlineData(Header + "U1,Ana\n", 2, "status", "value_required")]
    [InlineData(Header + "U1,Ana,ana.example,active\n", 2, "email", "email_invalid")]
    [InlineData(Header + "U1,Ana,a na@x.example,active\n", 2, "email", "email_invalid")]
    [InlineData(Header + "U1,Ana,,gone\n", 2, "status", "status_unknown")]
    [InlineData(Header + "U1,Lee, Ana,,active\n", 2, null, "fields_extra")]
    [InlineData(Header + "U1,Ana,,active,more\n", 2, null, "fields_extra")]
    [InlineData(Header + "U1,\"Ana\"x,,active\n", 2, null, "quote_malformed")]
    [InlineData(Header + "U1,An\"a,,active\n", 2, null, "quote_malformed")]
    [InlineData(Header + "U0,Bo,,active\nU1,\"Ana,,active\nU2,Bo,,active\n", 3, null, "quote_malformed")]
    [InlineData("term_id,name,status,start_date\nT1,Fall,active,31.12.2026\n", 2, "start_date", "date_invalid")]
    [InlineData("term_id,name,status,start_date\nT1,Fall,active,1/05/2023\n", 2, "start_date", "date_invalid")]
    [InlineData("term_id,name,status,start_date,end_date\nT1,Fall,active,2026-09-01,2026-08-01\n", 2, "end_date", "dates_reversed")]
    [InlineData("course_id,user_id,role,status\nC1,U1,janitor,active\n", 2, "role", "role_unknown")]
    [InlineData("course_id,section_id,user_id,role,status\n,,U1,student,active\n", 2, "course_id", "value_required")]
    [InlineData("colour,size\nred,1\n", 1, null, "format_unknown")]
    [InlineData("\n\n", 1, null, "file_empty")]
    [InlineData(Header, 0, null, "roster_empty")]
    public void Each_fault_is_named_with_its_place(string text, int line, string? column, string code)
    {
        var problem = RosterUpload.Csv("export.csv", text).Problems.Items.First(problem => problem.Severity == RosterSeverity.Error);
        Assert.Equal((line, column, code), (problem.Line, problem.Column, problem.Code));
    }

    [Fact]
    public void Ids_and_cells_have_a_length()
    {
        RosterUpload.Csv("users.csv", Header + new string('i', 255) + "," + new string('n', 1000) + ",,active\n").AssertClean();
        Assert.Equal("value_long", RosterUpload.Csv("users.csv", Header + new string('i', 256) + ",Ana,,active\n").Problems.Items[0].Code);
        Assert.Equal("value_long",
            RosterUpload.Csv("users.csv", Header + "U1," + new string('n', 1001) + ",,active\n").Problems.Items[0].Code);
    }

    [Fact]
    public void One_upload_shows_every_fault()
    {
        var reading = RosterUpload.Csv("users.csv", Header + "U1,Ana,x,active\nU2,,,active\nU3,Bo,,gone\nU4,Cy,,active\n");
        Assert.Equal([2, 3, 4], reading.Problems.Items.Select(problem => problem.Line));
        Assert.Equal("U4", reading.Roster.Users.Single().UserId);
    }

    [Fact]
    public void A_thousand_problems_are_kept_and_all_are_counted()
    {
        var text = new StringBuilder(Header);
        for (var row = 0; row < 1500; row++) text.Append(row).Append(",Ana,x,active\n");
        var problems = RosterUpload.Csv("users.csv", text.ToString()).Problems;
        Assert.Equal((1000, 1500, 1500), (problems.Items.Count, problems.Errors, problems.ByCode["email_invalid"]));
    }

    [Fact]
    public void A_quote_left_open_in_a_long_file_is_found_where_it_opens()
    {
        var text = new StringBuilder(Header).Append("U1,Ana,,active\nU2,\"Bo,,active\n");
        for (var row = 0; row < 200_000; row++) text.Append('V').Append(row).Append(",Cy,,active\n");
        var problem = RosterUpload.Csv("users.csv", text.ToString()).Only();
        Assert.Equal(("quote_malformed", 3), (problem.Code, problem.Line));
    }

    [Fact]
    public void Nothing_is_read_of_a_file_over_the_limit()
    {
        var problem = RosterUpload.Read(new Huge(300L << 20)).Only();
        Assert.Equal(("file_too_large", RosterSeverity.Error), (problem.Code, problem.Severity));
        Assert.Contains("300 MB", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_itself_is_allowed_and_one_byte_more_is_not()
    {
        var bytes = Encoding.UTF8.GetBytes(Header + "U1,Ana,,active\n");
        RosterUpload.Csv("users.csv", bytes, new RosterLimits { FileBytes = bytes.Length }).AssertClean();
        Assert.Equal("file_too_large", RosterUpload.Csv("users.csv", bytes, new RosterLimits { FileBytes = bytes.Length - 1 }).Only().Code);
    }

    [Fact]
    public void Rows_have_a_limit()
    {
        var bytes = Encoding.UTF8.GetBytes(Header + "U1,Ana,,active\nU2,Bo,,active\n");
        RosterUpload.Csv("users.csv", bytes, new RosterLimits { Rows = 2 }).AssertClean();
        Assert.Equal("rows_too_many", RosterUpload.Csv("users.csv", bytes, new RosterLimits { Rows = 1 }).Only().Code);
    }

    /// <summary>Has a length and would fail on the first read.</summary>
    private sealed class Huge(long length) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get; set; }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("It must not be read.");
        public override long Seek(long offset, SeekOrigin origin) => throw new InvalidOperationException("It must not be read.");
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
