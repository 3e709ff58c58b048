using System.Globalization;
using System.Numerics;

namespace Lectern.Grading.Calculation.Proof;

/// <summary>A fraction written for the proof alone, so that the calculator's own cannot vouch for itself.</summary>
internal readonly record struct Ratio(BigInteger Over, BigInteger Under)
{
    internal static readonly Ratio Zero = new(0, 1);

    public static implicit operator Ratio(decimal value)
    {
        var digits = value.ToString(CultureInfo.InvariantCulture).Split('.');
        var fraction = digits.Length > 1 ? digits[1] : "";
        return Reduced(BigInteger.Parse(digits[0] + fraction, CultureInfo.InvariantCulture), BigInteger.Pow(10, fraction.Length));
    }

    public static Ratio operator +(Ratio a, Ratio b) => Reduced(a.Over * b.Under + b.Over * a.Under, a.Under * b.Under);
    public static Ratio operator -(Ratio a, Ratio b) => Reduced(a.Over * b.Under - b.Over * a.Under, a.Under * b.Under);
    public static Ratio operator *(Ratio a, Ratio b) => Reduced(a.Over * b.Over, a.Under * b.Under);
    public static Ratio operator /(Ratio a, Ratio b) => Reduced(a.Over * b.Under, a.Under * b.Over);
    public static bool operator <(Ratio a, Ratio b) => a.Over * b.Under < b.Over * a.Under;
    public static bool operator >(Ratio a, Ratio b) => b < a;

    /// <summary>Half away from zero to two decimals, digit by digit.</summary>
    internal decimal Rounded()
    {
        var hundredths = BigInteger.Abs(Over) * 100 / Under;
        var rest = BigInteger.Abs(Over) * 100 - hundredths * Under;
        if (rest * 2 >= Under) hundredths++;
        return Over.Sign * (decimal)hundredths / 100;
    }

    private static Ratio Reduced(BigInteger over, BigInteger under)
    {
        var common = BigInteger.GreatestCommonDivisor(over, under) * under.Sign;
        return new(over / common, under / common);
    }
}
