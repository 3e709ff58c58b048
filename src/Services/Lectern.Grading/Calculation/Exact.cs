using System.Globalization;
using System.Numerics;

namespace Lectern.Grading.Calculation;

/// <summary>An exact fraction of decimals.</summary>
/// <remarks>
/// A total over several groups is a sum of quotients. In 28-digit decimals a third and two thirds may fall a hair short of one, and a total
/// that is exactly 79.135 would then show as 79.13. Sums stay decimal, which is exact; everything that divides goes through here.
/// </remarks>
internal readonly struct Exact : IEquatable<Exact>, IComparable<Exact>
{
    private const int ShownPlaces = 20;
    private const int LargestScale = 28;
    private static readonly BigInteger LargestMantissa = (BigInteger)decimal.MaxValue;
    private static readonly BigInteger[] Powers = [.. Enumerable.Range(0, LargestScale + 1).Select(scale => BigInteger.Pow(10, scale))];
    private readonly BigInteger numerator;
    private readonly BigInteger denominator;

    private Exact(BigInteger numerator, BigInteger denominator)
    {
        this.numerator = denominator.Sign < 0 ? -numerator : numerator;
        this.denominator = BigInteger.Abs(denominator);
    }

    private BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    internal bool IsZero => numerator.IsZero;

    public static implicit operator Exact(decimal value) => new(Mantissa(value), PowerOfTen(value.Scale));

    public static Exact operator +(Exact a, Exact b) =>
        new(a.numerator * b.Denominator + b.numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Exact operator -(Exact a, Exact b) =>
        new(a.numerator * b.Denominator - b.numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Exact operator *(Exact a, Exact b) => new(a.numerator * b.numerator, a.Denominator * b.Denominator);

    public static Exact operator /(Exact a, Exact b) => b.IsZero
        ? throw new DivideByZeroException("A grade was divided by no points.")
        : new(a.numerator * b.Denominator, a.Denominator * b.numerator);

    public static bool operator >=(Exact a, Exact b) => a.CompareTo(b) >= 0;
    public static bool operator <=(Exact a, Exact b) => a.CompareTo(b) <= 0;
    public static bool operator >(Exact a, Exact b) => a.CompareTo(b) > 0;
    public static bool operator <(Exact a, Exact b) => a.CompareTo(b) < 0;
    public static bool operator ==(Exact a, Exact b) => a.CompareTo(b) == 0;
    public static bool operator !=(Exact a, Exact b) => a.CompareTo(b) != 0;

    public int CompareTo(Exact other) => (numerator * other.Denominator).CompareTo(other.numerator * Denominator);
    public bool Equals(Exact other) => CompareTo(other) == 0;
    public override bool Equals(object? obj) => obj is Exact other && Equals(other);
    public override int GetHashCode() => ToDecimal().GetHashCode();
    public override string ToString() => ToDecimal().ToString(CultureInfo.InvariantCulture);

    /// <summary>The smallest whole number that is not less.</summary>
    internal Exact Ceiling()
    {
        var whole = BigInteger.DivRem(numerator, Denominator, out var rest);
        return new(rest.Sign > 0 ? whole + 1 : whole, BigInteger.One);
    }

    /// <summary>Rounds half up (away from zero, as gradebooks do for the rare negative total).</summary>
    internal decimal Round(int places) => Unscale(RoundedMantissa(places), places);

    /// <summary>The nearest decimal; with 20 places where the whole part leaves room for them.</summary>
    internal decimal ToDecimal()
    {
        var places = ShownPlaces;
        var mantissa = RoundedMantissa(places);
        while (BigInteger.Abs(mantissa) > LargestMantissa && places > 0) mantissa = RoundedMantissa(--places);
        return Unscale(mantissa, places);
    }

    /// <summary>The digits of a decimal as a whole number: value × 10^scale.</summary>
    internal static BigInteger Mantissa(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return (BigInteger)new decimal(bits[0], bits[1], bits[2], value < 0, 0);
    }

    internal static BigInteger PowerOfTen(int scale) => Powers[scale];

    private BigInteger RoundedMantissa(int places)
    {
        var twice = 2 * BigInteger.Abs(numerator) * Powers[places];
        var rounded = (twice + Denominator) / (2 * Denominator);
        return numerator.Sign < 0 ? -rounded : rounded;
    }

    // Dividing also drops trailing zeros, so 50 is shown as 50 and not as 50.00000000000000000000.
    private static decimal Unscale(BigInteger mantissa, int places) => (decimal)mantissa / (decimal)Powers[places];
}
