using System.Text;
using System.Text.Json;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>What a person wrote into a notebook (.ipynb): its cells' text and code, without what came out of them.</summary>
internal static class NotebookText
{
    public static string Of(string json)
    {
        try
        {
            using var notebook = JsonDocument.Parse(json);
            if (notebook.RootElement.ValueKind is not JsonValueKind.Object
                || !notebook.RootElement.TryGetProperty("cells", out var cells) || cells.ValueKind is not JsonValueKind.Array)
                throw new UnreadableTextException(UnreadBecause.NotWhatItSays);
            var text = new StringBuilder();
            foreach (var cell in cells.EnumerateArray())
            {
                if (cell.ValueKind is JsonValueKind.Object && cell.TryGetProperty("source", out var source))
                    text.Append(Joined(source)).Append("\n\n");
            }

            return text.ToString().TrimEnd();
        }
        // Half a character in it is not JSON's business, and is found out when it is read.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new UnreadableTextException(UnreadBecause.NotWhatItSays);
        }
    }

    private static string Joined(JsonElement source) => source.ValueKind switch
    {
        JsonValueKind.String => source.GetString()!,
        JsonValueKind.Array => string.Concat(source.EnumerateArray().Where(line => line.ValueKind is JsonValueKind.String)
            .Select(line => line.GetString())),
        _ => string.Empty,
    };
}
