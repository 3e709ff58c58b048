namespace Lectern.Architecture.Reading;

/// <summary>What a rule found. A rule that finds something fails with every place and the reason the rule exists.</summary>
internal sealed class Findings(string rule)
{
    private readonly List<string> found = [];

    public void Add(string what) => found.Add(what);

    public void Add(SourceFile file, int line, string what) => found.Add($"{file.Path}:{line}: {what}");

    public void AssertNone() =>
        Assert.True(found.Count == 0, $"{rule}\n\n{string.Join('\n', found.Distinct().Order(StringComparer.Ordinal))}\n");
}
