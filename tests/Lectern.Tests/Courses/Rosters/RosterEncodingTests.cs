using System.Text;
using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

public class RosterEncodingTests
{
    private const string Text = "user_id,full_name,status\r\nU1,José 李小龍 \U0001F600,active\r\nU2,Ñandú,active\r\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with mark", "utf-16", "utf-16 big"];

    private static Encoding Named(string name) => name switch
    {
        "utf-8" => new UTF8Encoding(false),
        "utf-8 with mark" => new UTF8Encoding(true),
        "utf-16" => new UnicodeEncoding(false, true),
        _ => new UnicodeEncoding(true, true),
    };

    [Theory, MemberData(nameof(Encodings))]
    public void Unicode_is_read(string name)
    {
        var encoding = Named(name);
        var reading = RosterUpload.Csv("users.csv", [.. encoding.Preamble, .. encoding.GetBytes(Text)]);
        reading.AssertClean();
        Assert.Equal(["José 李小龍 \U0001F600", "Ñandú"], reading.Roster.Users.Select(user => user.Name));
    }

    [Theory, MemberData(nameof(Encodings))]
    public void Characters_survive_every_place_at_which_the_stream_may_break(string name)
    {
        var encoding = Named(name);
        byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes(string.Concat(Enumerable.Repeat(Text, 2000)))];
        foreach (var size in new[] { 1, 3, 7, 4096 })
        {
            using var text = new RosterText(new Dripping(bytes, size));
            Assert.Equal(string.Concat(Enumerable.Repeat(Text, 2000)), text.ReadToEnd());
        }
    }

    [Fact]
    public void An_older_encoding_is_refused_with_the_place_of_its_first_letter()
    {
        var bytes = Encoding.Latin1.GetBytes("user_id,full_name,status\nU1,Ana,active\nU2,José,active\n");
        var problem = RosterUpload.Csv("users.csv", bytes).Only();
        Assert.Equal(("encoding_invalid", "users.csv", 3), (problem.Code, problem.File, problem.Line));
        Assert.Contains($"Byte {Array.IndexOf(bytes, (byte)0xE9) + 1} of the file, on line 3, is 0xE9", problem.Message,
            StringComparison.Ordinal);
        Assert.Contains("Windows-1252", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_is_right_far_into_a_file()
    {
        var start = Encoding.UTF8.GetBytes("user_id,full_name,status\r\n"
            + string.Concat(Enumerable.Range(0, 50_000).Select(row => $"U{row},Ünal,active\r\n")));
        var problem = RosterUpload.Csv("users.csv", [.. start, .. "V,"u8, 0xFF]).Only();
        Assert.Equal(50_002, problem.Line);
        Assert.Contains($"Byte {start.Length + 3:#,0} ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0x00 })]
    public void What_is_not_text_is_refused_at_the_end_too(byte[] bad)
    {
        var reading = RosterUpload.Csv("users.csv", [.. "user_id,full_name,status\nU1,"u8, .. bad]);
        Assert.Equal(("encoding_invalid", 2), (reading.Only().Code, reading.Only().Line));
    }

    [Fact]
    public void Utf_16_without_its_mark_or_with_half_a_character_is_refused()
    {
        Assert.Equal("encoding_invalid", RosterUpload.Csv("users.csv", Encoding.Unicode.GetBytes(Text)).Only().Code);
        Assert.Equal("encoding_invalid", RosterUpload.Csv("users.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text), 0x41]).Only().Code);
        Assert.Equal("encoding_invalid",
            RosterUpload.Csv("users.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text), 0x3D, 0xD8, 0x41, 0x00]).Only().Code);
    }

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class Dripping(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(size, buffer.Length)]);
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(size, count));
    }
}
