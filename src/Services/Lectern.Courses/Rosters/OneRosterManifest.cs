namespace Lectern.Courses.Rosters;

/// <summary>The list of contents a OneRoster ZIP carries, held against what is really there.</summary>
internal sealed class OneRosterManifest(RosterReader reader)
{
    private readonly Dictionary<string, string> properties = new(StringComparer.OrdinalIgnoreCase);

    internal RosterFormat Format { get; private set; } = RosterFormat.OneRoster11;

    /// <summary>The files to read, by lower-case name.</summary>
    internal Dictionary<string, RosterHeader> Read(IReadOnlyList<RosterHeader> headers)
    {
        var files = new Dictionary<string, RosterHeader>(StringComparer.Ordinal);
        foreach (var header in headers)
            if (!files.TryAdd(header.Has("propertyName", "value") ? "manifest" : header.File.Stem, header))
                Error(header, "file_repeated", "A file of this name is there twice, in different folders.");
        if (files.TryGetValue("manifest", out var manifest)) Check(manifest, files);
        else Guess(headers, files);
        return files;
    }

    private void Check(RosterHeader manifest, Dictionary<string, RosterHeader> files)
    {
        using (var table = reader.Open(manifest, "propertyName", "value"))
            while (table is not null && reader.Next(table))
                if (table.Text("propertyName") is { } name) properties[name] = table.Text("value") ?? "absent";

        var version = properties.GetValueOrDefault("oneroster.version");
        if (version == "1.2") Format = RosterFormat.OneRoster12;
        else if (version != "1.1") Error(manifest, "version_unknown",
            $"The manifest says OneRoster {version ?? "without a version"}; 1.1 and 1.2 are known.");

        foreach (var (property, mode) in properties.Where(property => property.Key.StartsWith("file.", StringComparison.OrdinalIgnoreCase)))
        {
            var name = property["file.".Length..].ToLowerInvariant();
            var absent = mode.Equals("absent", StringComparison.OrdinalIgnoreCase);
            if (!absent && !files.ContainsKey(name))
                Error(manifest, "file_absent", $"The manifest announces {property["file.".Length..]}.csv as {mode}, and it is not there.");
            if (absent && files.Remove(name, out var surplus))
                reader.Ignored(surplus, "The manifest says that this file is absent, so it was left out.");
        }
    }

    private void Guess(IReadOnlyList<RosterHeader> headers, Dictionary<string, RosterHeader> files)
    {
        if (files.ContainsKey("roles") || headers.Any(header => header.Has("primaryOrgSourcedId"))) Format = RosterFormat.OneRoster12;
        if (headers.Count == 1 && KindOf(headers[0]) is { } kind)
        {
            files.Clear();
            files[kind] = headers[0];
        }
        reader.Problems.Warn(new RosterOrigin("manifest.csv", 0), null, "file_absent",
            "There is no manifest.csv, so every file was read and the version taken from the columns.");
    }

    private static string? KindOf(RosterHeader header) => header switch
    {
        _ when header.Has("classSourcedId", "userSourcedId") => "enrollments",
        _ when header.Has("userSourcedId", "role") => "roles",
        _ when header.Has("givenName", "familyName") => "users",
        _ when header.Has("title", "termSourcedIds") => "classes",
        _ when header.Has("name", "type") => "orgs",
        _ when header.Has("title", "startDate") => "academicsessions",
        _ => null,
    };

    private void Error(RosterHeader header, string code, string message) =>
        reader.Problems.Error(new RosterOrigin(header.File.Name, 0), null, code, message);
}
