using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>
/// Turns a row into a record: each constructor parameter takes the column of the same name in snake_case. A parameter without
/// a column, or a null in a parameter that admits none, is a mistake in the program and says so. A parameter that is itself a record
/// takes its columns from the same row.
/// </summary>
internal static class RowReader<T>
{
    private static readonly ConcurrentDictionary<string, Func<NpgsqlDataReader, T>> Readers = new();

    public static Func<NpgsqlDataReader, T> For(NpgsqlDataReader reader)
    {
        if (RowReader.IsScalar(typeof(T))) return Readers.GetOrAdd(string.Empty, _ => Scalar());
        var columns = new string[reader.FieldCount];
        for (var i = 0; i < columns.Length; i++) columns[i] = reader.GetName(i);
        return Readers.GetOrAdd(string.Join(',', columns), _ => Record(columns));
    }

    private static Func<NpgsqlDataReader, T> Scalar()
    {
        var row = Expression.Parameter(typeof(NpgsqlDataReader));
        return Expression.Lambda<Func<NpgsqlDataReader, T>>(RowReader.Column(row, 0, typeof(T), "value", nullable: true), row).Compile();
    }

    private static Func<NpgsqlDataReader, T> Record(string[] columns)
    {
        var row = Expression.Parameter(typeof(NpgsqlDataReader));
        return Expression.Lambda<Func<NpgsqlDataReader, T>>(RowReader.Construct(row, typeof(T), columns), row).Compile();
    }
}

internal static class RowReader
{
    private static readonly MethodInfo IsNull = typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.IsDBNull))!;
    private static readonly MethodInfo Field = typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.GetFieldValue))!;
    private static readonly MethodInfo Enums = typeof(SqlValue).GetMethod(nameof(SqlValue.ParseEnum))!;
    private static readonly MethodInfo IdArray = typeof(RowReader).GetMethod(
        nameof(ReadIds), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo EnumArray = typeof(RowReader).GetMethod(
        nameof(ReadEnums), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo JsonColumn = typeof(RowReader).GetMethod(
        nameof(ReadJson), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static bool IsScalar(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsPrimitive || bare.IsEnum || bare == typeof(string) || bare == typeof(decimal) || bare == typeof(Guid)
            || bare == typeof(DateTimeOffset) || bare == typeof(DateOnly) || bare.IsArray || IsId(bare) || IsPacked(bare);
    }

    public static Expression Construct(Expression row, Type type, string[] columns)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no constructor to read a row into.");
        var nullability = new NullabilityInfoContext();
        return Expression.New(constructor, constructor.GetParameters().Select(parameter =>
        {
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!);
            var ordinal = Array.IndexOf(columns, name);
            if (ordinal < 0 && !IsScalar(parameter.ParameterType) && IsRecord(parameter.ParameterType))
                return Construct(row, parameter.ParameterType, columns);
            if (ordinal < 0)
                throw new InvalidOperationException(
                    $"{type.Name} wants a column '{name}'; the query gives {string.Join(", ", columns)}.");
            var nullable = nullability.Create(parameter).ReadState != NullabilityState.NotNull;
            return Column(row, ordinal, parameter.ParameterType, name, nullable);
        }));
    }

    public static Expression Column(Expression row, int ordinal, Type type, string name, bool nullable)
    {
        var at = Expression.Constant(ordinal);
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var read = Expression.Convert(Read(row, at, bare), type);
        Expression missing = nullable
            ? Expression.Default(type)
            : Expression.Throw(
                Expression.Constant(new InvalidOperationException($"Column '{name}' is null, which its record does not admit.")), type);
        return Expression.Condition(Expression.Call(row, IsNull, at), missing, read);
    }

    private static Expression Read(Expression row, Expression at, Type type)
    {
        if (type.IsEnum)
            return Expression.Call(Enums.MakeGenericMethod(type), Expression.Call(row, Field.MakeGenericMethod(typeof(string)), at));
        if (IsId(type))
            return Expression.Call(
                type.GetMethod("From", [typeof(long)])!, Expression.Call(row, Field.MakeGenericMethod(typeof(long)), at));
        if (IsPacked(type))
            return Expression.New(
                type.GetConstructor([typeof(byte[])])!, Expression.Call(row, Field.MakeGenericMethod(typeof(byte[])), at));
        if (type.IsArray && IsId(type.GetElementType()!))
            return Expression.Call(IdArray.MakeGenericMethod(type.GetElementType()!), row, at);
        if (type.IsArray && type.GetElementType()!.IsEnum)
            return Expression.Call(EnumArray.MakeGenericMethod(type.GetElementType()!), row, at);
        if (type == typeof(JsonElement) || type.GetCustomAttribute<StoredAsJsonAttribute>() is not null)
            return Expression.Call(JsonColumn.MakeGenericMethod(type), row, at);
        if (type == typeof(Tenancy.TenantId))
            return Expression.New(type.GetConstructor([typeof(int)])!, Expression.Call(row, Field.MakeGenericMethod(typeof(int)), at));
        return Expression.Call(row, Field.MakeGenericMethod(type), at);
    }

    private static bool IsRecord(Type type) =>
        type.IsClass && type.GetCustomAttribute<StoredAsJsonAttribute>() is null && type.GetMethod("<Clone>$") is not null;

    private static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    private static bool IsPacked(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(PackedArray<>);

    private static TId[] ReadIds<TId>(NpgsqlDataReader row, int at) where TId : struct, IId<TId> =>
        Array.ConvertAll(row.GetFieldValue<long[]>(at), TId.From);

    private static TEnum[] ReadEnums<TEnum>(NpgsqlDataReader row, int at) where TEnum : struct, Enum =>
        Array.ConvertAll(row.GetFieldValue<string[]>(at), SqlValue.ParseEnum<TEnum>);

    private static TJson ReadJson<TJson>(NpgsqlDataReader row, int at) =>
        JsonSerializer.Deserialize<TJson>(row.GetFieldValue<string>(at), LecternJson.Options)!;
}

/// <summary>Marks a type whose values live in a <c>jsonb</c> column, whole.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class StoredAsJsonAttribute : Attribute;
