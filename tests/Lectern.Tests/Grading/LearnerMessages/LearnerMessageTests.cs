using Lectern.Grading.LearnerMessages;

namespace Lectern.Tests.Grading.LearnerMessages;

public sealed class LearnerMessageTests
{
    [Fact]
    public void Fields_are_each_learners_own_and_never_looked_through_again()
    {
        var message = new LearnerMessage("{assignment}, {name}", "{name}: {score}, due {due}, {other} and {Name}");
        var read = message.For(new MergeValues("{score}\r\nBcc: x", "Essay", "8 / 10"));

        Assert.Equal("Essay, {score} Bcc: x", read.Subject);
        Assert.Equal("{score}\r\nBcc: x: 8 / 10, due –, {other} and {Name}", read.Body);
    }

    [Theory]
    [InlineData(" ", "x", "subject_required")]
    [InlineData("x", "\n", "body_required")]
    [InlineData("x", "{grade}", "unknown_field")]
    [InlineData("{score}", "x", "score_in_subject")]
    [InlineData("x", "until {due}", "assignment_required")]
    [InlineData("{assignment}", "x", "assignment_required")]
    [InlineData("x", "Dear {name}", null)]
    public void What_cannot_be_sent_is_refused(string subject, string body, string? code) =>
        Assert.Equal(code, new LearnerMessage(subject, body).Refused(aboutAssignment: false)?.Code);

    [Fact]
    public void Lengths_have_bounds()
    {
        Assert.Null(new LearnerMessage(new string('s', 200), new string('b', 5_000)).Refused(false));
        Assert.Equal("too_long", new LearnerMessage(new string('s', 201), "b").Refused(false)?.Code);
        Assert.Equal("too_long", new LearnerMessage("s", new string('b', 5_001)).Refused(false)?.Code);
    }

    [Theory]
    [InlineData(8.5, 10, false, "8.5 / 10")]
    [InlineData(8.5, 10, true, "85 %")]
    [InlineData(3, 0, true, "3 / 0")]
    public void A_score_is_said_in_figures(double score, double points, bool asPercent, string said) =>
        Assert.Equal(said, MergeValues.ScoreOf((decimal)score, (decimal)points, asPercent));

    [Fact]
    public void An_instant_names_its_zone() => Assert.Equal(
        "2026-03-29 03:30 (Europe/Berlin)",
        MergeValues.InstantOf(
            new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));
}
