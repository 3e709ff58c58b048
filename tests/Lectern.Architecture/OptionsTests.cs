using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary>Options are checked before the first request (rule 10) and say their default and reason.</summary>
public sealed class OptionsTests
{
    private static IEnumerable<Type> AllOptions => House.Services.Select(service => service.Assembly).Append(House.Platform)
        .SelectMany(assembly => assembly.GetExportedTypes()).Where(
            type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.Name != "JobOptions");

    [Fact]
    public void Options_are_validated_at_start()
    {
        var findings = new Findings("A wrong setting must stop the program at its start, not fail the first request that needs it: "
            + "AddOptions<T>().BindConfiguration(…).ValidateDataAnnotations().ValidateOnStart().");
        foreach (var service in House.Services)
        {
            foreach (var type in AllOptions.Where(type => type.Assembly == service.Assembly))
            {
                var door = House.Get($"{service.Folder}/{service.Name}Service.cs").Parsed.Code;
                var registration = Regex.Match(door, $@"AddOptions<{type.Name}>[^;]*;").Value;
                if (!registration.Contains("ValidateDataAnnotations", StringComparison.Ordinal)
                    || !registration.Contains("ValidateOnStart", StringComparison.Ordinal))
                    findings.Add($"{service.Name}Service.cs: {type.Name}");
            }
        }

        // The platform's own are read before there is a host; the command line validates them by the same annotations.
        if (!House.Get("src/Lectern/Hosting/Settings.cs").Parsed.Code.Contains("Validator.TryValidateObject(", StringComparison.Ordinal))
            findings.Add("Settings.cs no longer validates PlatformOptions");
        findings.AssertNone();
    }

    [Fact]
    public void Options_are_sealed_and_say_what_each_is_for()
    {
        var findings = new Findings(
            "Each option says in its <summary> what it decides, with its default and the reason; numbers have a [Range].");
        foreach (var type in AllOptions)
        {
            if (!type.IsSealed) findings.Add($"{type.FullName} is not sealed");
            var file = House.Product.First(candidate => candidate.Name == type.Name);
            foreach (var property in type.GetProperties())
            {
                var line = Array.FindIndex(file.Lines, text => Regex.IsMatch(text, $@"^    public .*\b{property.Name}\b \{{"));
                if (!IsExplained(file.Lines, line)) findings.Add($"{type.Name}.{property.Name} has no <summary>");
                if (property.PropertyType.IsPrimitive && property.PropertyType != typeof(bool)
                    && property.GetCustomAttribute<RangeAttribute>() is null)
                    findings.Add($"{type.Name}.{property.Name} has no [Range]");
            }
        }

        findings.AssertNone();
    }

    private static bool IsExplained(string[] lines, int at)
    {
        while (at > 0 && lines[at - 1].TrimStart().StartsWith('[')) at--;
        return at > 0 && lines[at - 1].TrimStart().StartsWith("///", StringComparison.Ordinal);
    }
}
