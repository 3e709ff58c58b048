using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lectern.Platform.Data;

/// <summary>
/// A number that names one thing of one kind. Ids are types, so that a course cannot be asked for with an assignment's number.
/// In JSON and in addresses an id is its plain number; in SQL it is a <c>bigint</c>, unique within its tenant.
/// </summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    long Value { get; }

    static abstract TSelf From(long value);

    /// <summary>Reads an id from an address. Zero, negative and non-numeric text name nothing.</summary>
    static bool TryRead(string? text, out TSelf id)
    {
        var ok = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0;
        id = ok ? TSelf.From(value) : default;
        return ok;
    }
}

/// <summary>Writes any id as its number.</summary>
public sealed class IdJson<T> : JsonConverter<T> where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.From(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(long.Parse(reader.GetString()!, CultureInfo.InvariantCulture));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value.ToString(CultureInfo.InvariantCulture));
}
