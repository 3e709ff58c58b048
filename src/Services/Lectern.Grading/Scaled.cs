using System.Text.Json;

namespace Lectern.Grading;

/// <summary>Scores and percents as exact integers in units of 1/10000, as gradebook rows keep them.</summary>
internal static class Scaled
{
    /// <summary>Stands for "no number" among integers.</summary>
    public const long None = long.MinValue;

    public const int Places = 4;
    private const long Unit = 10_000;

    public static long Of(decimal? value) =>
        value is { } number ? (long)(decimal.Round(number, Places, MidpointRounding.AwayFromZero) * Unit) : None;

    public static decimal? ToDecimal(long scaled)
    {
        if (scaled == None) return null;
        if (scaled % Unit == 0) return scaled / Unit;
        var places = (byte)Places;
        while (scaled % 10 == 0) (scaled, places) = (scaled / 10, (byte)(places - 1));
        return new decimal((int)Math.Abs(scaled), (int)(Math.Abs(scaled) >> 32), 0, scaled < 0, places);
    }

    public static void Write(Utf8JsonWriter json, long scaled)
    {
        if (scaled == None) json.WriteNullValue();
        else if (scaled % Unit == 0) json.WriteNumberValue(scaled / Unit);
        else json.WriteNumberValue(ToDecimal(scaled)!.Value);
    }
}
