using System.IO.Compression;
using System.Text;
using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

public class RosterArchiveTests
{
    private const string Users = "user_id,full_name,status\nU1,Ana,active\n";

    [Theory]
    [InlineData("../users.csv")]
    [InlineData("a/../../users.csv")]
    [InlineData("/users.csv")]
    [InlineData("C:/users.csv")]
    [InlineData("a\\users.csv")]
    [InlineData("./users.csv")]
    [InlineData("a\tb.csv")]
    public void Names_that_lead_out_are_refused(string name) => Assert.Equal("zip_name", RosterUpload.Zip((name, Users)).Only().Code);

    [Theory]
    [InlineData("users.csv", "users.csv")]
    [InlineData("users.csv", "Users.CSV")]
    [InlineData("é.csv", "e\u0301.csv")]
    public void Two_of_a_name_are_refused(string one, string other) =>
        Assert.Equal("zip_duplicate", RosterUpload.Zip((one, Users), (other, Users)).Only().Code);

    [Fact]
    public void Links_are_refused()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("users.csv").ExternalAttributes = unchecked((int)0xA1FF0000);
        Assert.Equal("zip_link", RosterUpload.Read(stream).Only().Code);
    }

    [Fact]
    public void Bombs_are_refused_by_ratio_by_size_and_by_count()
    {
        var bomb = RosterUpload.Pack(("users.csv", "user_id,full_name,status\n" + new string(' ', 4 << 20)));
        Assert.Equal("zip_bomb", RosterUpload.Read(bomb).Only().Code);
        Assert.Equal("zip_bomb",
            RosterUpload.Read(RosterUpload.Pack(("users.csv", Users)), new RosterLimits { UnpackedBytes = Users.Length - 1 }).Only().Code);
        Assert.Equal("file_too_large", RosterUpload.Read(RosterUpload.Pack(("users.csv", string.Concat(Enumerable.Repeat(Users, 100)))),
            new RosterLimits { FileBytes = 1000 }).Only().Code);

        (string, string)[] Files(int count) =>
            [.. Enumerable.Range(0, count).Select(index => ($"users{index}.csv", $"user_id,full_name,status\nU{index},Ana,active\n"))];
        RosterUpload.Zip(Files(1000)).AssertClean();
        Assert.Equal("zip_too_many", RosterUpload.Zip(Files(1001)).Only().Code);
    }

    [Fact]
    public void A_directory_that_lies_about_its_length_is_damaged()
    {
        var zip = RosterUpload.Pack(("users.csv", Users), ("more.csv", Users)).ToArray();
        zip[^12] = zip[^14] = 1;
        Assert.Equal("zip_damaged", RosterUpload.Read(new MemoryStream(zip)).Only().Code);
    }

    [Fact]
    public void A_cut_or_altered_file_is_damaged_and_never_half_read()
    {
        var zip = RosterUpload.Pack(
            ("users.csv", string.Concat(Enumerable.Range(0, 5000).Select(row => row == 0 ? Users : $"V{row},Ana,active\n")))).ToArray();
        Assert.Equal("zip_damaged", RosterUpload.Read(new MemoryStream(zip[..(zip.Length / 2)])).Only().Code);
        for (var at = 60; at < zip.Length - 200; at += 997)
        {
            var altered = zip.ToArray();
            altered[at] ^= 0x10;
            Assert.True(RosterUpload.Read(new MemoryStream(altered)).Problems.Refuses, $"byte {at}");
        }
    }

    [Fact]
    public void Entries_that_are_no_roster_are_left_out_and_litter_is_not_worth_a_word()
    {
        var reading = RosterUpload.Zip(("__MACOSX/._users.csv", "x"), ("sis/.DS_Store", "x"), ("sis/readme.txt", "x"),
            ("sis/users.csv", Users));
        Assert.Equal(("file_ignored", "sis/readme.txt"), (reading.Only().Code, reading.Only().File));
        Assert.Single(reading.Roster.Users);
    }

    [Fact]
    public void A_workbook_is_called_by_its_name() =>
        Assert.Equal("file_spreadsheet", RosterUpload.Zip(("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")).Only().Code);

    [Fact]
    public void An_empty_upload_or_zip_is_empty()
    {
        Assert.Equal("file_empty", RosterUpload.Csv("users.csv", "").Only().Code);
        Assert.Equal("file_empty", RosterUpload.Zip().Only().Code);
    }

    [Fact]
    public void Any_bytes_are_refused_in_words()
    {
        var random = new Random(7);
        for (var turn = 0; turn < 300; turn++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            if (turn % 3 == 0) "PK\u0003\u0004"u8.CopyTo(bytes.Length < 4 ? bytes = new byte[4] : bytes);
            if (turn % 3 == 1) bytes = Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(bytes));
            Assert.True(RosterUpload.Csv("users.csv", bytes).Problems.Refuses);
        }
    }
}
