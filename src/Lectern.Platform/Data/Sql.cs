using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Platform.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Lectern.Platform.Data;

/// <summary>
/// SQL written as an interpolated string. Every hole becomes a positional parameter, never text, so a value cannot turn into
/// SQL and the statement's text stays the same for all values (which is what lets the server keep its plan).
/// A hole that holds another <see cref="Sql"/> is spliced in, with its parameters.
/// </summary>
[InterpolatedStringHandler]
public sealed partial class Sql
{
    private readonly StringBuilder text;
    private readonly List<NpgsqlParameter> parameters;
    private bool sent;

    public Sql(int literalLength, int formattedCount)
    {
        text = new StringBuilder(literalLength + (formattedCount * 3));
        parameters = new List<NpgsqlParameter>(formattedCount);
    }

    public static Sql Empty => Raw(string.Empty);

    /// <summary>SQL from a constant. Only for text written in the program; never for anything a person typed.</summary>
    public static Sql Raw(string constant)
    {
        var sql = new Sql(constant.Length, 0);
        sql.text.Append(constant);
        return sql;
    }

    /// <summary>A fragment that is only there when it applies: a filter nobody asked for costs nothing.</summary>
    public static Sql When(bool condition, Sql fragment) => condition ? fragment : Empty;

    /// <summary>A value stored as <c>jsonb</c>.</summary>
    public static JsonValue Json<T>(T value) => new(JsonSerializer.Serialize(value, LecternJson.Options));

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(Sql fragment)
    {
        // The fragment's $1, $2 … are renumbered to follow ours.
        var source = fragment.text.ToString();
        for (var at = 0; at < source.Length;)
        {
            if (source[at] != '$' || at + 1 >= source.Length || !char.IsAsciiDigit(source[at + 1]))
            {
                text.Append(source[at++]);
                continue;
            }

            var end = at + 1;
            while (end < source.Length && char.IsAsciiDigit(source[end])) end++;
            var number = int.Parse(source.AsSpan(at + 1, end - at - 1), CultureInfo.InvariantCulture);
            text.Append('$').Append(parameters.Count + number);
            at = end;
        }

        parameters.AddRange(fragment.parameters);
    }

    public void AppendFormatted(TenantId value) => Add(new NpgsqlParameter<int> { TypedValue = value.Value });

    public void AppendFormatted(JsonValue value) =>
        Add(new NpgsqlParameter<string> { TypedValue = value.Text, NpgsqlDbType = NpgsqlDbType.Jsonb });

    public void AppendFormatted<T>(T value) => Add(SqlValue.ToParameter(value));

    /// <summary>Whether this changes or locks rows, and so belongs inside a unit of work however it is sent.</summary>
    internal bool WritesOrLocks => Writing().IsMatch(text.ToString());

    internal NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(TenantFilterMutation.Apply(text.ToString()));
        // A parameter belongs to one command; a statement that is sent again takes copies.
        foreach (var parameter in parameters) command.Parameters.Add(sent ? parameter.Clone() : parameter);
        sent = true;
        return command;
    }

    public override string ToString() => text.ToString();

    [GeneratedRegex(
        @"^\s*(INSERT|UPDATE|DELETE|MERGE)\b|\bFOR (NO KEY )?(UPDATE|SHARE)\b"
        + @"|\A\s*WITH\b.*\b(INSERT INTO|DELETE FROM|UPDATE \w+( \w+)? SET)\b",
        RegexOptions.Singleline)]
    private static partial Regex Writing();

    private void Add(NpgsqlParameter parameter)
    {
        parameters.Add(parameter);
        text.Append('$').Append(parameters.Count);
    }
}

/// <summary>JSON text bound for a <c>jsonb</c> column.</summary>
public readonly record struct JsonValue(string Text);
