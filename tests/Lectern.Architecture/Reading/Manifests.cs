using System.Collections.Concurrent;
using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace Lectern.Architecture.Reading;

/// <summary>What <c>kubectl kustomize</c> makes of a folder, object by object. Needs kubectl's own copy of Kustomize, no cluster.</summary>
internal static class Manifests
{
    private static readonly ConcurrentDictionary<string, Task<IReadOnlyList<Manifest>>> Built = new();

    public static Task<IReadOnlyList<Manifest>> Build(string folder)
    {
        Assert.SkipWhen(Program() is null, "kubectl is not installed, so the overlays cannot be built");
        return Built.GetOrAdd(folder, Render);
    }

    private static async Task<IReadOnlyList<Manifest>> Render(string folder)
    {
        using var kubectl = Process.Start(new ProcessStartInfo(Program()!, ["kustomize", Path.Combine(House.Root, folder)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = kubectl.StandardError.ReadToEndAsync();
        var yaml = new YamlStream();
        yaml.Load(new StringReader(await kubectl.StandardOutput.ReadToEndAsync()));
        await kubectl.WaitForExitAsync();
        Assert.True(kubectl.ExitCode == 0, $"{folder} does not build: {await errors}");
        return [.. yaml.Documents.Select(document => new Manifest(document.RootNode))];
    }

    private static string? Program() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);
}

/// <summary>A node of a manifest; what is not there has no text, no keys and no items.</summary>
internal class ManifestNode(YamlNode? node)
{
    public ManifestNode this[string key] =>
        new(node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null);

    public string? Text => (node as YamlScalarNode)?.Value;

    public IEnumerable<string> Keys => node is YamlMappingNode map ? map.Children.Keys.Select(key => ((YamlScalarNode)key).Value!) : [];

    public IEnumerable<ManifestNode> Items => node is YamlSequenceNode list ? list.Children.Select(item => new ManifestNode(item)) : [];

    /// <summary>Everything called so, however deep.</summary>
    public IEnumerable<ManifestNode> All(string key) => Keys
        .SelectMany(one => (one == key ? [this[one]] : Enumerable.Empty<ManifestNode>()).Concat(this[one].All(key)))
        .Concat(Items.SelectMany(item => item.All(key)));
}

/// <summary>One object of a cluster.</summary>
internal sealed class Manifest(YamlNode root) : ManifestNode(root)
{
    public string Kind => this["kind"].Text!;

    public string Name => this["metadata"]["name"].Text!;

    /// <summary>Whether this workload's pods carry all these labels.</summary>
    public bool HasPods(ManifestNode labels) =>
        labels.Keys.Any() && labels.Keys.All(key => this["spec"]["template"]["metadata"]["labels"][key].Text == labels[key].Text);
}
