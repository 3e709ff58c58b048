using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Lectern.Platform.Data;

/// <summary>How values of our own types travel to and from PostgreSQL: ids as <c>bigint</c>, enums as snake_case <c>text</c>.</summary>
internal static class SqlValue
{
    private static readonly ConcurrentDictionary<Type, Func<object, object>?> Converters = new();

    public static NpgsqlParameter ToParameter<T>(T value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        int number => new NpgsqlParameter<int> { TypedValue = number },
        string words => new NpgsqlParameter<string> { TypedValue = words },
        bool flag => new NpgsqlParameter<bool> { TypedValue = flag },
        DateTimeOffset instant => new NpgsqlParameter<DateTime> { TypedValue = instant.UtcDateTime },
        // Left to itself the driver asks the first of them what kind of time this is, and null does not say.
        DateTime?[] instants => new NpgsqlParameter { Value = instants, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
        _ => new NpgsqlParameter { Value = Convert(value) },
    };

    /// <summary>The name an enum member has in SQL and JSON.</summary>
    public static string NameOf(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static TEnum ParseEnum<TEnum>(string name) where TEnum : struct, Enum =>
        EnumNames<TEnum>.ByName.TryGetValue(name, out var value)
            ? value
            : throw new InvalidOperationException($"The database holds '{name}', which no {typeof(TEnum).Name} is called.");

    private static object Convert(object value)
    {
        var converter = Converters.GetOrAdd(value.GetType(), FindConverter);
        return converter is null ? value : converter(value);
    }

    private static Func<object, object>? FindConverter(Type type)
    {
        if (type.IsEnum) return value => NameOf((Enum)value);
        if (IsId(type)) return Compile(type, nameof(IdValue));
        var element = type.IsArray ? type.GetElementType() : ElementOf(type);
        if (element is null) return null;
        if (IsId(element)) return Compile(element, nameof(IdValues));
        if (element.IsEnum) return value => ((System.Collections.IEnumerable)value).Cast<Enum>().Select(NameOf).ToArray();
        return type.IsArray ? null : Compile(element, nameof(ToArray));
    }

    private static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    private static Type? ElementOf(Type type) => type == typeof(string)
        ? null
        : type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];

    private static Func<object, object> Compile(Type argument, string method)
    {
        var value = Expression.Parameter(typeof(object));
        var target = typeof(SqlValue).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(argument);
        return Expression.Lambda<Func<object, object>>(Expression.Call(target, value), value).Compile();
    }

    private static object IdValue<T>(object value) where T : struct, IId<T> => ((T)value).Value;

    private static object IdValues<T>(object value) where T : struct, IId<T> => ((IEnumerable<T>)value).Select(id => id.Value).ToArray();

    private static object ToArray<T>(object value) => ((IEnumerable<T>)value).ToArray();

    private static class EnumNames<TEnum> where TEnum : struct, Enum
    {
        public static readonly Dictionary<string, TEnum> ByName =
            Enum.GetValues<TEnum>().ToDictionary(value => NameOf(value), StringComparer.Ordinal);
    }
}
