using System.Text;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.RosterImports;

public class CreateRosterImportTests(LecternApp app)
{
    [Theory]
    [InlineData("users.csv", "user_id,full_name,email,status\nU1,\"Ann,ann@a.example,active\n", "quote_malformed")]
    [InlineData("users.csv", "full_name,email,status\nAnn,ann@a.example,active\n", null)]
    [InlineData("users.csv", "user_id,full_name,status\nU1,Ann,active\nU1,Bob,active\n", "id_repeated")]
    [InlineData("roster.csv", "colour,size\nred,1\n", "format_unknown")]
    [InlineData("roster.csv", "", "file_empty")]
    public async Task A_bad_file_is_answered_with_its_lines_and_changes_nothing(string name, string text, string? code)
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var import = (await admin.Upload(name, text)).Expect(201);

        Assert.Equal("refused", import.At("state").GetString());
        var row = (await admin.Get($"/roster-imports/{import.Id("roster_import_id")}/rows?kind=error")).Expect(200).At("items.0");
        if (code is not null) Assert.Equal(code, row.GetProperty("code").GetString());
        Assert.False(string.IsNullOrWhiteSpace(row.GetProperty("reason").GetString()));
        (await admin.Post($"/roster-imports/{import.Id("roster_import_id")}/application", new { confirm_holds = true }))
            .Refused(422, "roster_import_state");
    }

    [Fact]
    public async Task Bytes_in_an_unknown_encoding_are_refused_by_line()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        byte[] bytes = [.. "user_id,full_name,status\nU1,Ann,active\nU2,"u8, 0x81, 0x8D, 0xFE, 0xFF, .. ",active\n"u8];
        var import = (await admin.Upload("users.csv", new MemoryStream(bytes))).Expect(201);

        Assert.Equal("refused", import.At("state").GetString());
    }

    [Fact]
    public async Task Three_hundred_megabytes_are_refused_in_words()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var import = (await admin.Upload("huge.csv", new Endless(300L << 20))).Expect(201);

        Assert.Equal("refused", import.At("state").GetString());
        Assert.Equal("file_too_large", (await admin.Get($"/roster-imports/{import.Id("roster_import_id")}/rows")).At("items.0.code")
            .GetString());
    }

    [Fact]
    public async Task A_large_file_is_previewed_by_a_job()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var text = new StringBuilder("user_id,full_name,email,status\n");
        for (var number = 0; number < 30_000; number++) text.Append(
            $"U{number},Person number {number} of many,p{number}@school.example,active\n");
        var import = (await admin.Upload("users.csv", text.ToString())).Expect(202);
        Assert.Equal("planning", import.At("state").GetString());

        var settled = await admin.Settled(import.Id("roster_import_id"));

        Assert.Equal("planned", settled.At("state").GetString());
        Assert.Equal((30_000, 0, 0), settled.Counts());
        var page = (await admin.Get($"/roster-imports/{import.Id("roster_import_id")}/rows?kind=create&limit=500")).Expect(200);
        Assert.Equal(500, page.At("items").GetArrayLength());
        Assert.NotNull(page.At("next").GetString());
    }

    [Fact]
    public async Task Only_administrators_import_and_see_imports()
    {
        var course = await app.NewCourse();
        var teacher = await course.NewMember(Role.Instructor);
        var import = (await course.Admin.Upload("users.csv", "user_id,full_name,status\nU1,Ann,active\n")).Expect(201)
            .Id("roster_import_id");
        var foreign = await (await app.NewTenant()).NewAdministrator();

        (await teacher.Upload("users.csv", "user_id\n")).Expect(404);
        (await teacher.Get($"/roster-imports/{import}")).Expect(404);
        (await foreign.Get($"/roster-imports/{import + 1_000_000}")).Expect(404);
        (await course.Admin.Post("/roster-imports")).Refused(422, "file_required");
        Assert.Equal(import, (await course.Admin.Get("/roster-imports")).At("items.0.roster_import_id").GetInt64());
    }

    /// <summary>So many bytes of one letter, made as they are read.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(left, count);
            Array.Fill(buffer, (byte)'a', offset, read);
            left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
