using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Lectern.Grading.Answers;

/// <summary>A decimal number as somebody wrote it: its value exactly, and how many figures it was given to.</summary>
internal sealed partial record SpelledNumber(BigInteger Digits, int Exponent, int FiguresLeast, int FiguresMost)
{
    private const int LongestNumber = 80;
    private const int LargestExponent = 1000;

    public static SpelledNumber Zero { get; } = new(0, 0, 1, 1);

    /// <summary>
    /// The number a text begins with, and what follows it. There are two readings where a single comma or point may part thousands as
    /// well as decimals, as in 1,234. Arabic and other digits, × 10³ and signs of a typesetter are understood.
    /// </summary>
    public static (IReadOnlyList<SpelledNumber> Readings, string Tail) Read(string text)
    {
        var match = Shape().Match(Ascii(text).Trim());
        if (!match.Success || match.Groups["body"].Length > LongestNumber) return ([], string.Empty);
        var raised = match.Groups["exp"].Value + match.Groups["pow"].Value;
        var power = int.Parse(raised.Length == 0 ? "0" : raised, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (Math.Abs(power) > LargestExponent) return ([], string.Empty);
        var negative = match.Groups["sign"].Value == "-";
        return ([.. Decimals(match.Groups["body"].Value).Select(body => Of(body, power, negative))], match.Groups["rest"].Value.Trim());
    }

    /// <summary>The one number a text is; null when it is none, or when it can be read in two ways.</summary>
    public static SpelledNumber? ReadOne(string text) =>
        !text.Contains(',', StringComparison.Ordinal) && Read(text) is { Readings: [var first, ..], Tail: "" } ? first : null;

    public bool IsWithin(SpelledNumber value, SpelledNumber tolerance)
    {
        var common = Math.Min(Exponent, Math.Min(value.Exponent, tolerance.Exponent));
        return BigInteger.Abs(At(common) - value.At(common)) <= tolerance.At(common);
    }

    public bool IsWithinPercent(SpelledNumber value, SpelledNumber percent)
    {
        var common = Math.Min(Exponent, value.Exponent);
        var off = new SpelledNumber(BigInteger.Abs(At(common) - value.At(common)) * 100, common, 1, 1);
        var allowed = new SpelledNumber(BigInteger.Abs(value.Digits) * percent.Digits, value.Exponent + percent.Exponent, 1, 1);
        return off.IsWithin(Zero, allowed);
    }

    /// <summary>Zeros at the end of a whole number may count or not: 1200 has two, three or four figures.</summary>
    public bool HasFigures(int figures) => figures >= FiguresLeast && figures <= FiguresMost;

    private BigInteger At(int exponent) => Digits * BigInteger.Pow(10, Exponent - exponent);

    private static SpelledNumber Of(string body, int power, bool negative)
    {
        var point = body.IndexOf('.', StringComparison.Ordinal);
        var digits = body.Replace(".", string.Empty, StringComparison.Ordinal);
        var shown = digits.TrimStart('0');
        var most = Math.Max(1, shown.Length);
        var least = point >= 0 ? most : Math.Max(1, shown.TrimEnd('0').Length);
        var number = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return new(negative ? -number : number, power - (point < 0 ? 0 : body.Length - point - 1), least, most);
    }

    // Every way to read it, with a point for decimals and nothing between thousands.
    private static IEnumerable<string> Decimals(string written)
    {
        var body = Groups().Replace(written, string.Empty);
        var last = body.LastIndexOfAny(['.', ',']);
        if (last < 0)
        {
            yield return body;
            yield break;
        }

        var marks = body.Count(sign => sign == body[last]);
        var both = body.Any(sign => sign is '.' or ',' && sign != body[last]);
        if (both && !Thousands().IsMatch(body[..last])) yield break;
        var before = Marks().Replace(body[..last], string.Empty);
        var after = body[(last + 1)..];
        if (marks == 1) yield return $"{(before.Length == 0 ? "0" : before)}.{after}".TrimEnd('.');
        if (marks > 1 && !both && Thousands().IsMatch(body)) yield return before + after;
        if (marks == 1 && !both && after.Length == 3 && before.Length is >= 1 and <= 3 && before[0] != '0') yield return before + after;
    }

    private static string Ascii(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var sign in text) plain.Append(sign switch
        {
            '−' or '–' or '⁻' => '-',
            '⁺' => '+',
            '٫' => '.',
            '٬' => '\'',
            _ when char.IsDigit(sign) => (char)('0' + (int)char.GetNumericValue(sign)),
            _ => sign,
        });
        return Raised().Replace(plain.ToString(), match => "^" + match.Value.Normalize(NormalizationForm.FormKC));
    }

    [GeneratedRegex("""
        ^(?<sign>[+-]?)\s*
        (?<body>[0-9](?:[0-9]|[.,](?=[0-9])|['’_\u00A0\u202F\ ](?=[0-9]{3}(?![0-9])))*[.,]?|[.,][0-9]+)
        (?:[eE](?<exp>[+-]?[0-9]{1,9})|\s*[x×·⋅*]\s*10\s*\^\s*\(?(?<pow>[+-]?[0-9]{1,9})\)?)?
        (?![0-9.,])(?<rest>.*)$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex(@"['’_\u00A0\u202F ]")]
    private static partial Regex Groups();

    [GeneratedRegex("[.,]")]
    private static partial Regex Marks();

    [GeneratedRegex("^[0-9]{1,3}(?:[.,][0-9]{2,3})+$")]
    private static partial Regex Thousands();

    // A minus before them has become one of ASCII already.
    [GeneratedRegex("(?<=10)-?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")]
    private static partial Regex Raised();
}
