using System.Reflection;
using System.Text.RegularExpressions;
using Lectern.Contracts.Courses;
using Lectern.Platform.Events;
using Lectern.Platform.Hosting;

namespace Lectern.Architecture.Reading;

/// <summary>The source tree these tests read, found upwards from where they run.</summary>
internal static class House
{
    private static readonly string[] Unread = ["bin", "obj", "node_modules", "dist", "TestResults", "playwright-report", "coverage"];
    private static readonly Lazy<IReadOnlyList<SourceFile>> AllFiles = new(() => [.. Walk(new DirectoryInfo(Root!))]);

    public static string Root { get; } = FindRoot();

    /// <summary>Every file of the tree that a person may have written.</summary>
    public static IReadOnlyList<SourceFile> Files => AllFiles.Value;

    /// <summary>The services in their order, as <c>Program.cs</c> lists them.</summary>
    public static IReadOnlyList<ServicePart> Services { get; } = ReadServices();

    public static Assembly Platform => typeof(IService).Assembly;

    public static Assembly Contracts => typeof(CourseId).Assembly;

    public static Assembly Executable => typeof(Program).Assembly;

    /// <summary>The product's C# files, without tests and benchmarks.</summary>
    public static IEnumerable<SourceFile> Product => Files.Where(file => file.IsCSharp && file.IsIn("src"));

    /// <summary>All events of all contracts.</summary>
    public static IReadOnlyList<Type> Events { get; } = [.. Contracts.GetTypes().Where(
        type => typeof(IEvent).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false })];

    public static bool IsEvent(string name) => Events.Any(type => type.Name == name);

    public static SourceFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    public static SourceFile Get(string path) => Find(path) ?? throw new FileNotFoundException($"There must be a file {path}.");

    private static ServicePart[] ReadServices()
    {
        // Read from the text, in the order people see there, and joined with the instances the program really uses.
        var program = File.ReadAllText(Path.Combine(Root, "src/Lectern/Program.cs"));
        var listed = Regex.Matches(program, @"new (\w+)Service\(\)").Select(match => match.Groups[1].Value).ToList();
        var running = Program.Services.ToDictionary(service => service.GetType().Name);
        return [.. listed.Select((name, place) => new ServicePart(name, place, running[name + "Service"]))];
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lectern.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("These tests read the source tree and must run inside it.");
    }

    private static IEnumerable<SourceFile> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
            yield return new SourceFile(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'));
        foreach (var inner in folder.EnumerateDirectories())
        {
            if (inner.Name[0] == '.' || Unread.Contains(inner.Name) || inner.LinkTarget is not null) continue;
            foreach (var file in Walk(inner)) yield return file;
        }
    }
}

/// <summary>One service: its word, its place in the order, and its public door.</summary>
internal sealed record ServicePart(string Name, int Place, IService Door)
{
    public string Folder => $"src/Services/Lectern.{Name}";

    public Assembly Assembly => Door.GetType().Assembly;

    public IEnumerable<SourceFile> Files => House.Files.Where(file => file.IsIn(Folder));

    public IEnumerable<SourceFile> Code => Files.Where(file => file.IsCSharp);

    public bool MayKnow(ServicePart other) => other.Place <= Place;
}

/// <summary>A file, by its path below the root.</summary>
internal sealed record SourceFile(string Path)
{
    private readonly Lazy<string> text = new(() => File.ReadAllText(System.IO.Path.Combine(House.Root, Path)));
    private readonly Lazy<string[]> lines = new(() => File.ReadAllLines(System.IO.Path.Combine(House.Root, Path)));
    private readonly Lazy<CSharpText> parsed = new(() => new CSharpText(File.ReadAllText(System.IO.Path.Combine(House.Root, Path))));

    public string Text => text.Value;

    public string[] Lines => lines.Value;

    public CSharpText Parsed => parsed.Value;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsSql => Path.EndsWith(".sql", StringComparison.Ordinal);

    public bool IsIn(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public override string ToString() => Path;
}
