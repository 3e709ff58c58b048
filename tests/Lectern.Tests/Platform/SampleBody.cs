using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Http.Metadata;

namespace Lectern.Tests.Platform;

/// <summary>A body that an endpoint can read, so that a test gets past the reading of it.</summary>
internal static class SampleBody
{
    public static HttpContent? For(IAcceptsMetadata? accepted)
    {
        if (accepted is null) return null;
        if (accepted.ContentTypes.Contains("multipart/form-data"))
            return new MultipartFormDataContent { { new ByteArrayContent("text"u8.ToArray()), "file", "file.csv" } };
        return accepted.RequestType is { } type ? JsonContent.Create(Of(type, depth: 0), options: LecternJson.Options) : null;
    }

    private static JsonNode? Of(Type type, int depth)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(string)) return "text";
        if (bare == typeof(bool)) return false;
        if (bare.IsEnum) return JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetNames(bare)[0]);
        if (bare == typeof(DateTimeOffset)) return "2026-09-01T08:00:00Z";
        if (bare == typeof(DateOnly)) return "2026-09-01";
        if (bare == typeof(Guid)) return Guid.AllBitsSet.ToString();
        if (bare.IsPrimitive || bare == typeof(decimal) || bare.Name.EndsWith("Id", StringComparison.Ordinal)) return 1;
        if (bare == typeof(JsonElement) || bare == typeof(JsonNode)) return new JsonObject();
        if (bare.IsAssignableTo(typeof(System.Collections.IDictionary))
            || bare.Name.StartsWith("IReadOnlyDictionary", StringComparison.Ordinal))
            return new JsonObject();
        if (bare.IsAssignableTo(typeof(System.Collections.IEnumerable))) return new JsonArray();
        return depth > 4 ? null : Record(bare, depth);
    }

    private static JsonObject Record(Type type, int depth)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .MaxBy(candidate => candidate.GetParameters().Length);
        var body = new JsonObject();
        foreach (var parameter in constructor?.GetParameters() ?? [])
            body[JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!)] = Of(parameter.ParameterType, depth + 1);
        return body;
    }
}
