using Lectern.Grading.Answers;

namespace Lectern.Tests.Grading.Answers;

public sealed class AnswerGraderTests
{
    [Theory]
    [InlineData("Paris", true)]
    [InlineData("  pARIS ", true)]
    [InlineData("city of\n light", true)]
    [InlineData("Pariss", false)]
    [InlineData("Pâris", false)]
    public void An_exact_answer_heeds_only_what_it_is_told_to(string answer, bool right) =>
        Assert.Equal(right, Says(new ExactKey(["Paris", "City of Light"]), answer) is AnswerOutcome.Right);

    [Fact]
    public void Case_space_and_accents_matter_or_not_as_the_key_says()
    {
        Assert.Equal(AnswerOutcome.Wrong, Says(new ExactKey(["NaCl"], IgnoreCase: false), "nacl"));
        Assert.Equal(AnswerOutcome.Wrong, Says(new ExactKey(["a b"], IgnoreSpace: false), "a  b"));
        Assert.Equal(AnswerOutcome.Right, Says(new ExactKey(["élève"], IgnoreAccents: true), "eleve"));
        Assert.Equal(AnswerOutcome.Right, Says(new ExactKey(["كِتَاب"], IgnoreAccents: true), "كتاب"));
        // The same letter, composed and in two signs.
        Assert.Equal(AnswerOutcome.Right, Says(new ExactKey(["caf\u00e9"]), "cafe\u0301"));
        Assert.Equal(AnswerOutcome.NoAnswer, Says(new ExactKey(["a"]), "  "));
    }

    [Theory]
    [InlineData("9.81", "Right")]
    [InlineData("9,81", "Right")]
    [InlineData("٩٫٨١", "Right")]
    [InlineData("9.80", "Right")]
    [InlineData("9.82", "Right")]
    [InlineData("9.8200000000000000000001", "Wrong")]
    [InlineData("+9.81e0", "Right")]
    [InlineData("0.981 × 10¹", "Right")]
    [InlineData("98.1*10^-1", "Right")]
    [InlineData("981x10⁻²", "Right")]
    [InlineData("−9.81", "Wrong")]
    [InlineData("9.81 m/s²", "Right")]
    [InlineData("9.81 m/s^2", "Right")]
    [InlineData("9.81 km", "UnitDiffers")]
    [InlineData("about ten", "NotANumber")]
    [InlineData("9.81.2,3", "NotANumber")]
    [InlineData("1e99999", "NotANumber")]
    public void A_number_is_near_enough_exactly_up_to_its_tolerance(string answer, string outcome) =>
        Assert.Equal(outcome, Says(new NumericKey("9.81", "0.01", Units: ["m/s^2"]), answer).ToString());

    [Fact]
    public void Numbers_have_percent_units_figures_and_sizes_that_no_binary_fraction_has()
    {
        Assert.Equal(AnswerOutcome.Right, Says(new NumericKey("6.022e23", "1", TolerancePercent: true), "6.08e23"));
        Assert.Equal(AnswerOutcome.Wrong, Says(new NumericKey("6.022e23", "1", TolerancePercent: true), "6.1e23"));
        Assert.Equal(AnswerOutcome.Right, Says(new NumericKey("-6.62607015e-34", "1", TolerancePercent: true), "-6.6e-34"));
        Assert.Equal(AnswerOutcome.UnitMissing, Says(new NumericKey("5", Units: ["mW"], UnitRequired: true), "5"));
        Assert.Equal(AnswerOutcome.UnitDiffers, Says(new NumericKey("5", Units: ["mW"]), "5 MW"));
        Assert.Equal(AnswerOutcome.FiguresDiffer, Says(new NumericKey("1.2", SignificantFigures: 3), "1.2"));
        Assert.Equal(AnswerOutcome.Right, Says(new NumericKey("1.2", SignificantFigures: 3), "1.20"));
        Assert.Equal(AnswerOutcome.Right, Says(new NumericKey("1200", SignificantFigures: 3), "1200"));
        // A comma before three digits may part thousands or decimals; whoever meant the right one is right.
        Assert.Equal(AnswerOutcome.Right, Says(new NumericKey("12500"), "12,500"));
        Assert.Equal(AnswerOutcome.Right, Says(new NumericKey("12.5"), "12,500"));
        Assert.Equal(AnswerOutcome.Right, Says(new NumericKey("1234567.5"), "1.234.567,5"));
        Assert.Equal(AnswerOutcome.Right, Says(new NumericKey("1234567"), "1 234 567"));
        Assert.Equal(AnswerOutcome.UnitDiffers, Says(new NumericKey("3"), "3 4"));
    }

    [Fact]
    public void A_pattern_matches_the_whole_answer_and_one_that_takes_too_long_leaves_it_to_a_person()
    {
        Assert.Equal(AnswerOutcome.Right, Says(new PatternKey("[a-c]+x|y"), " abcx "));
        Assert.Equal(AnswerOutcome.Wrong, Says(new PatternKey("a|b"), "ab"));
        Assert.Equal(AnswerOutcome.Right, Says(new PatternKey("abc", IgnoreCase: true), "ABC"));
        // Without backtracking what is feared of these is over at once.
        Assert.Equal(AnswerOutcome.Wrong, Says(new PatternKey("(a+)+b"), new string('a', 4000)));
        // A reference back cannot be matched so, and has the limit.
        var slow = AnswerGrader.Judge(Key(new PatternKey(@"(a+)+\1b")), new string('a', 4000));
        Assert.Equal((null, AnswerOutcome.TimedOut), (slow.Share, slow.Outcome));
        Assert.NotNull(new PatternKey("(").Fault());
        Assert.NotNull(new PatternKey("a)|(b").Fault());
        Assert.Null(new PatternKey(@"(a)\1").Fault());
    }

    [Fact]
    public void Free_text_is_a_persons()
    {
        var verdict = AnswerGrader.Judge(new AnswerKey(AnswerKind.FreeText, FreeText: new("Look for reasons.")), "Because.");
        Assert.Equal((null, AnswerOutcome.ForAPerson), (verdict.Share, verdict.Outcome));
    }

    private static AnswerOutcome Says(object part, string answer) => AnswerGrader.Judge(Key(part), answer).Outcome;

    private static AnswerKey Key(object part) => part switch
    {
        ExactKey exact => new(AnswerKind.Exact, Exact: exact),
        NumericKey numeric => new(AnswerKind.Numeric, Numeric: numeric),
        _ => new(AnswerKind.Pattern, Pattern: (PatternKey)part),
    };
}
