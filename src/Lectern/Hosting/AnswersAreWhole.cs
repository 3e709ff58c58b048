using Microsoft.OpenApi;

namespace Lectern.Hosting;

/// <summary>
/// What the product only answers holds every field every time, null where there is nothing; only what it is told may leave fields out.
/// The describer cannot know, because it reads one type at a time.
/// </summary>
internal static class AnswersAreWhole
{
    public static void Say(OpenApiDocument document)
    {
        if (document.Components?.Schemas is not { } schemas) return;
        var told = new HashSet<string>();
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values.ToList() ?? []))
        {
            foreach (var content in operation.RequestBody?.Content?.Values.ToList() ?? []) Follow(content.Schema, schemas, told);
        }

        foreach (var (name, schema) in schemas)
        {
            if (!told.Contains(name) && schema is OpenApiSchema { Properties: { } properties } answered)
                answered.Required = properties.Keys.ToHashSet();
        }
    }

    private static void Follow(IOpenApiSchema? schema, IDictionary<string, IOpenApiSchema> schemas, HashSet<string> told)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            if (told.Add(id)) Follow(schemas[id], schemas, told);
            return;
        }

        if (schema is null) return;
        Follow(schema.Items, schemas, told);
        foreach (var inner in (schema.Properties?.Values.ToList() ?? []).Concat(schema.OneOf ?? []).Concat(schema.AllOf ?? []))
            Follow(inner, schemas, told);
    }
}
