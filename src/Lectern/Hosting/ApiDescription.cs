using System.Reflection;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Lectern.Hosting;

/// <summary>
/// The API's own description, OpenAPI 3.1, made from the routes themselves: the summary of an endpoint's class, its permission,
/// and ids as the numbers they are. The page's client is generated from it.
/// </summary>
internal static class ApiDescription
{
    public const string Document = "v1";

    public static void Add(IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId =
            type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } known ? NameOf(type.Type, known) : null;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Lectern", Version = "1",
                Description = "The API of a learning management system. Errors are problem documents (RFC 9457)." };
            // The document is committed; where it happened to be made is not part of it.
            document.Servers = [];
            AnswersAreWhole.Say(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context.Description.ActionDescriptor.EndpointMetadata);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            ShowIdAsNumber(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    /// <summary>Describes the API without serving it.</summary>
    public static async Task<string> Write(WebApplication app, CancellationToken ct)
    {
        // Routes are told to the describer when the program starts; this one will not.
#pragma warning disable ASP0014
        app.UseEndpoints(_ => { });
#pragma warning restore ASP0014
        var provider = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document);
        var document = await provider.GetOpenApiDocumentAsync(ct);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, ct) + "\n";
    }

    private static void Describe(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<MethodInfo>().FirstOrDefault() is { DeclaringType: { } type } handler)
        {
            // Two services may call an endpoint alike, and the description's readers want no two of one name.
            operation.OperationId = TagOf(type) + "_" + (handler.Name == "Handle" ? type.Name : type.Name + handler.Name);
            operation.Summary = Summaries.Of(handler) ?? Summaries.Of(type);
            operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(type)) };
            if (handler.GetParameters().Any(parameter => parameter.ParameterType == typeof(PageRequest))) AddPaging(operation);
        }

        if (metadata.OfType<RouteAccess>().FirstOrDefault() is not { } access) return;
        operation.Description = access.Permission is { } permission ? $"Permission: `{permission.Name}`." : $"Open: {access.OpenBecause}.";
    }

    private static void AddPaging(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "limit", In = ParameterLocation.Query, Description = $"How many, at most {PageRequest.Largest}. Default 50.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        });
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "after", In = ParameterLocation.Query, Description = "The cursor `next` of the page before.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    private static string TagOf(Type type) => type.Namespace?.Split('.').ElementAtOrDefault(1) ?? "Platform";

    /// <summary>
    /// Every endpoint has a Request and a Response; outside its file they are called by the endpoint's name, and so are pages of them.
    /// </summary>
    private static string NameOf(Type type, string known)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>))
            return "PageOf" + NameOf(type.GenericTypeArguments[0], type.GenericTypeArguments[0].Name);
        return type is { IsNested: true, DeclaringType: { } outer } ? outer.Name + type.Name : known;
    }

    // A named schema is used where a value may be missing and where it may not; only the place says which.
    private static void ShowIdAsNumber(OpenApiSchema schema, Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsEnum) schema.Enum = schema.Enum?.Where(word => !JsonNullSentinel.IsJsonNullSentinel(word)).ToList();
        if (IsId(bare))
        {
            schema.Type = JsonSchemaType.Integer;
            schema.Format = "int64";
            schema.Properties = null;
            schema.Required = null;
        }
        else if (bare.IsArray && IsId(bare.GetElementType()!))
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" };
    }

    private static bool IsId(Type type) => type.IsValueType
        && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));
}
