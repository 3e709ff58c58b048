using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary>What the parts of the program may know of each other (rules 1 to 4).</summary>
public sealed partial class PartsTests
{
    [Fact]
    public void A_service_references_only_Contracts_and_Platform()
    {
        var findings = new Findings("A service's project may reference Lectern.Contracts and Lectern.Platform, which it gets from "
            + "src/Services/Directory.Build.props.");
        foreach (var service in House.Services)
        {
            foreach (var project in service.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)))
            {
                foreach (Match reference in ProjectReference().Matches(project.Text))
                    findings.Add(project, 1, $"references {reference.Groups[1].Value}");
            }

            foreach (var name in service.Assembly.GetReferencedAssemblies().Select(reference => reference.Name!))
            {
                if (name.StartsWith("Lectern", StringComparison.OrdinalIgnoreCase)
                    && name is not ("Lectern.Contracts" or "Lectern.Platform"))
                    findings.Add($"{service.Name} references {name}");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void An_adapter_knows_only_the_platform_and_only_the_program_knows_it()
    {
        var findings = new Findings("An adapter's project references Lectern.Platform and nothing else of ours; src/Lectern registers it.");
        foreach (var project in House.Files.Where(file => file.IsIn("src") && file.Path.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            foreach (var reference in ProjectReference().Matches(project.Text).Select(match => match.Groups[1].Value))
            {
                if (project.IsIn("src/Adapters") && !reference.EndsWith("/Lectern.Platform.csproj", StringComparison.Ordinal))
                    findings.Add(project, 1, $"references {reference}");
                if (!project.IsIn("src/Lectern") && reference.Contains("Adapters/", StringComparison.Ordinal))
                    findings.Add(project, 1, $"references {reference}");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void A_service_shows_only_its_door_and_its_options()
    {
        var findings = new Findings("Outside a service only <Service>Service and <Service>Options may be seen. Make the others internal.");
        foreach (var service in House.Services)
        {
            foreach (var type in service.Assembly.GetExportedTypes())
            {
                if (type.Name != $"{service.Name}Service" && type.Name != $"{service.Name}Options")
                    findings.Add($"{type.FullName} is public");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Contracts_hold_no_logic()
    {
        var findings = new Findings(
            "Lectern.Contracts holds records, ids, enums and interfaces. Logic belongs to the service that owns the thing.");
        foreach (var type in House.Contracts.GetTypes().Where(IsWritten))
        {
            if (type.IsEnum || type.IsInterface || typeof(Attribute).IsAssignableFrom(type)) continue;
            if (!IsRecord(type)) findings.Add($"{type.FullName} is not a record, an id, an enum or an interface");
            foreach (var method in Declared(type)) findings.Add($"{type.FullName}.{method.Name}: a contract only carries values");
        }

        findings.AssertNone();
    }

    [Fact]
    public void A_service_knows_only_those_to_its_left()
    {
        var findings = new Findings("Services stand in this order: "
            + $"{string.Join(" · ", House.Services.Select(service => service.Name))}. One may use its own contracts and those to its "
            + "left; turn the dependency round with an event.");
        foreach (var service in House.Services)
        {
            foreach (var used in ContractsUsedBy(service.Assembly))
                Judge(service, used, $"{service.Folder} uses Lectern.Contracts.{used}", findings);
            foreach (var file in House.Product.Where(file => file.IsIn($"src/Lectern.Contracts/{service.Name}")))
            {
                foreach (Match match in ContractsNamespace().Matches(file.Parsed.Code))
                    Judge(service, match.Groups[1].Value, $"{file.Path} uses Lectern.Contracts.{match.Groups[1].Value}", findings);
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void The_platform_knows_no_service()
    {
        var findings = new Findings("Lectern.Platform is what services stand on; it must not know them or their contracts.");
        foreach (var file in House.Product.Where(file => file.IsIn("src/Lectern.Platform")))
        {
            foreach (var service in House.Services)
            {
                if (Regex.IsMatch(file.Parsed.Code, $@"\bLectern\.(Contracts\b|{service.Name}\b)"))
                    findings.Add($"{file.Path} names {service.Name} or contracts");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void An_adapter_references_only_the_platform()
    {
        var findings = new Findings("An adapter joins the platform to an engine outside. It knows the platform's seam and nothing of the "
            + "product; Product.cs registers it when it is configured.");
        foreach (var project in House.Files.Where(file =>
            file.IsIn("src/Adapters") && file.Path.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            foreach (Match reference in ProjectReference().Matches(project.Text))
            {
                if (!reference.Groups[1].Value.EndsWith("/Lectern.Platform.csproj", StringComparison.Ordinal))
                    findings.Add(project, 1, $"references {reference.Groups[1].Value}");
            }
        }

        findings.AssertNone();
    }

    private static void Judge(ServicePart service, string used, string how, Findings findings)
    {
        var other = House.Services.FirstOrDefault(candidate => candidate.Name == used);
        if (other is null) findings.Add($"{how}, which is no service");
        else if (!service.MayKnow(other)) findings.Add($"{how}, which stands to its right");
    }

    private static IEnumerable<string> ContractsUsedBy(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return metadata.TypeReferences.Select(handle => metadata.GetString(metadata.GetTypeReference(handle).Namespace))
            .Where(name => name.StartsWith("Lectern.Contracts.", StringComparison.Ordinal))
            .Select(name => name["Lectern.Contracts.".Length..].Split('.')[0]).Distinct().ToList();
    }

    private static bool IsWritten(Type type) =>
        type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null
            && !type.FullName!.Contains('<', StringComparison.Ordinal)
        && type.Namespace?.StartsWith("Lectern", StringComparison.Ordinal) == true;

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
            || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null);

    /// <summary>
    /// Methods somebody wrote; ids have the two the framework needs to bind them, and values may say how they read as text.
    /// </summary>
    private static IEnumerable<MethodInfo> Declared(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(method => !method.IsSpecialName && !method.Name.Contains('<', StringComparison.Ordinal)
            && method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null
            && method.Name is not ("From" or "TryParse" or "ToString" or "PrintMembers"));

    [GeneratedRegex("<ProjectReference[^>]*Include=\"([^\"]+)\"")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"\bLectern\.Contracts\.(\w+)")]
    private static partial Regex ContractsNamespace();
}
