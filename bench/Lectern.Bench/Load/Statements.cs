using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Bench.Harness;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Load;

/// <summary>
/// The statements the product sends for one request, as PostgreSQL heard them, written as a script for pgbench. Parameters stay
/// parameters: their values are pgbench's variables. What the product sends in one go is a pipeline here too, and so one transaction.
/// </summary>
internal sealed partial record Statements(string Script, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Asks once to warm up and once while the server writes down what it hears from the institution's cell.</summary>
    public static async Task<Statements> Of(Scratch scratch, Tenant tenant, Func<Task> ask)
    {
        await ask();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await ask();
            var heard = await HearOnce(scratch, tenant, ask);
            if (heard.Script.Contains("FROM", StringComparison.Ordinal)) return heard;
        }

        throw new InvalidOperationException("PostgreSQL did not write down what it heard.");
    }

    private static async Task<Statements> HearOnce(Scratch scratch, Tenant tenant, Func<Task> ask)
    {
        await Hear(scratch, "'all'");
        var from = await scratch.Value<string>("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')");
        await ask();
        await Hear(scratch, "'none'");
        var file = Path.Combine(
            await scratch.Value<string>("SHOW data_directory"), await scratch.Value<string>("SELECT pg_current_logfile('jsonlog')"));
        return Read(File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(entry => Text(entry, "user") == tenant.Cell.Role
                && string.CompareOrdinal(Text(entry, "timestamp"), from) >= 0));
    }

    private static async Task Hear(Scratch scratch, string what)
    {
        await scratch.Execute("ALTER SYSTEM SET log_destination = 'jsonlog'");
        await scratch.Execute($"ALTER SYSTEM SET log_statement = {what}");
        await scratch.Execute("SELECT pg_reload_conf()");
        // A server that was told to is soon doing it, but does not say when all of its connections are.
        await Task.Delay(500);
    }

    private static Statements Read(IEnumerable<JsonElement> log)
    {
        var script = new List<string>();
        var values = new Dictionary<string, string>();
        foreach (var entry in log)
        {
            if (Heard().Match(Text(entry, "message")) is not { Success: true } heard) continue;
            var given = Given().Matches(Text(entry, "detail")).ToDictionary(one => one.Groups["number"].Value, one => one.Groups["value"]);
            var statement = script.Count;
            script.Add(Parameter().Replace(heard.Groups["sql"].Value, parameter =>
            {
                if (!given.TryGetValue(parameter.Groups["number"].Value, out var value) || !value.Success) return "NULL";
                // A key that the product made cannot be used twice.
                if (heard.Groups["sql"].Value.Contains("INSERT INTO", StringComparison.Ordinal) && Guid.TryParse(value.Value, out _))
                    return "gen_random_uuid()";
                var name = $"p{statement}_{parameter.Groups["number"].Value}";
                values[name] = value.Value.Replace("''", "'", StringComparison.Ordinal);
                // PostgreSQL finds out every other type from where the parameter stands.
                var type = !parameter.Groups["list"].Success ? string.Empty : Numbers().IsMatch(value.Value) ? "::bigint[]" : "::text[]";
                return $"{parameter.Groups["list"].Value}:{name}{type}";
            }).Trim().TrimEnd(';') + ";");
        }

        return new Statements(string.Join('\n', Piped(script)) + "\n", values);
    }

    /// <summary>Naming the institution begins what is sent; without a transaction of its own it holds until that is done.</summary>
    private static IEnumerable<string> Piped(List<string> script)
    {
        var (inside, piped) = (false, false);
        foreach (var statement in script)
        {
            if (statement.StartsWith("BEGIN", StringComparison.OrdinalIgnoreCase)) inside = true;
            if (!inside && statement.Contains("set_config('lectern.tenant'", StringComparison.Ordinal))
            {
                if (piped) yield return @"\endpipeline";
                yield return @"\startpipeline";
                piped = true;
            }

            yield return statement;
            if (statement.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase)) inside = false;
        }

        if (piped) yield return @"\endpipeline";
    }

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? value.GetString()! : string.Empty;

    [GeneratedRegex(@"\A(?:execute [^:]*|statement): (?<sql>.*)\z", RegexOptions.Singleline)]
    private static partial Regex Heard();

    [GeneratedRegex(@"\$(?<number>\d+) = (?:NULL|'(?<value>(?:[^']|'')*)')")]
    private static partial Regex Given();

    [GeneratedRegex(@"(?<list>unnest\()?\$(?<number>\d+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\A\{[\d,]*\}\z")]
    private static partial Regex Numbers();
}
