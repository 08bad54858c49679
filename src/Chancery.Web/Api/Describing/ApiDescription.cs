using System.Text.Json.Nodes;
using Chancery.Web.Api.Answers;
using Chancery.Web.Api.Asking;
using Chancery.Web.Screens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Chancery.Web.Api.Describing;

/// <summary>The description of the API as OpenAPI 3.1, and as a page for people.</summary>
internal static class ApiDescription
{
    private const string Document = "v1";

    private static readonly (string Name, string About)[] Tags =
    [
        ("Views", "What all documents come to: events, statements, diary, measures, positions, disputes; each entry told once however many documents tell it."),
        ("Lists", "Actors, documents, relations, and search."),
        ("Documents", "One document: its text, and what reading found in it."),
        ("Following", "What is new: documents as they come, and what they come to since a day."),
        ("Adding", "New reports. They are read behind the answer; a job tells how far that is."),
        ("Corrections", "What people decide of entries and actors. It always wins over what is read."),
        ("Archive", "The archive as a whole."),
    ];

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.ShouldInclude = d => d.HttpMethod != HttpMethods.Head && d.ActionDescriptor.EndpointMetadata.OfType<ApiAddress>().Any();
        options.CreateSchemaReferenceId = type => ReferenceOf(OpenApiOptions.CreateDefaultSchemaReferenceId(type));
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Chancery",
                Version = "1.0",
                Description = "Who did what to whom, who said what, and on whose word, in an archive of news reports; every entry with the words that say so. Dates are EDTF (ISO 8601-2), offsets count Unicode code points, "
                    + "absent is null. Problems are RFC 9457 with a code. Lists answer as JSON, JSON Lines, CSV or Parquet by Accept; answers have an ETag, and If-None-Match is heard.",
            };
            document.Info.License = new() { Name = "MIT", Identifier = "MIT" };
            document.Servers = [new() { Url = "/" }];
            document.AddComponent("key", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key that chancery account key makes. A server that only this machine can ask needs none." });
            document.Security = [[], new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            document.Tags = new HashSet<OpenApiTag>(Tags.Select(t => new OpenApiTag { Name = t.Name, Description = t.About }));
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, cancellation) => DescribeAsync(operation, context, cancellation));
    });

    public static void MapApiDescription(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi($"{ApiV1.Prefix}/openapi.json").RequireRateLimiting(RequestRates.Policy);
        app.MapGet("/api", async (HttpContext context, [FromKeyedServices(Document)] IOpenApiDocumentProvider documents) =>
            Screen.Page<ReferencePage>(new() { ["Document"] = await documents.GetOpenApiDocumentAsync(context.RequestAborted).ConfigureAwait(false) }));
    }

    // EntryPageOfTimelineEntry says twice what TimelinePage says once.
    private static string? ReferenceOf(string? name) => name?.StartsWith("EntryPageOf", StringComparison.Ordinal) == true ? name["EntryPageOf".Length..^"Entry".Length] + "Page" : name switch
    {
        not null when name.EndsWith("Shape", StringComparison.Ordinal) => name[..^"Shape".Length],
        _ => name,
    };

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var address = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiAddress>().First();
        operation.Parameters = address.Parameters.Count == 0 ? null : [.. address.Parameters.Select(p => Describe(p, context.Document!))];
        if (address.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new OpenApiMediaType { Schema = await ReferenceAsync(body).ConfigureAwait(false), Example = address.Example is null ? null : JsonNode.Parse(address.Example) },
                },
            };
        }
        else if (address.TakesFile)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { ["multipart/form-data"] = new OpenApiMediaType { Schema = FormWithFile() } } };
        }
        foreach (var (status, response) in operation.Responses ?? [])
            Describe((OpenApiResponse)response, status, address);
        if ((address.Forms.Contains(AnswerForm.Json) || address.Forms.Contains(AnswerForm.Text)) && operation.Responses?.ContainsKey("200") == true && context.Description.HttpMethod == HttpMethods.Get && !address.Parameters.Contains(Parameters.Job))
            operation.Responses["304"] = new OpenApiResponse { Description = "Nothing has changed since the answer with the tag that If-None-Match names." };
        operation.Responses!["default"] = new OpenApiResponse
        {
            Description = "Whatever else went wrong (CH0500, CH0501, CH0502, CH0503).",
            Content = new Dictionary<string, OpenApiMediaType> { [Serving.Problems.MediaType] = new OpenApiMediaType { Schema = await ReferenceAsync(typeof(Shapes.ProblemShape)).ConfigureAwait(false) } },
        };
        var ordered = operation.Responses.OrderBy(r => r.Key, StringComparer.Ordinal).ToList();
        operation.Responses.Clear();
        foreach (var (status, response) in ordered)
            operation.Responses[status] = response;

        async Task<IOpenApiSchema> ReferenceAsync(Type type)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, null, cancellation).ConfigureAwait(false);
            var name = ReferenceOf(type.Name)!;
            context.Document!.AddComponent(name, schema);
            return new OpenApiSchemaReference(name, context.Document);
        }
    }

    private static OpenApiParameter Describe(Parameter parameter, OpenApiDocument document) => new()
    {
        Name = parameter.Name,
        In = parameter.InPath ? ParameterLocation.Path : ParameterLocation.Query,
        Required = parameter.Required,
        Description = parameter.About,
        Example = parameter.Example is null ? null : parameter.Kind == ParameterKind.Whole ? long.Parse(parameter.Example, System.Globalization.CultureInfo.InvariantCulture) : parameter.Kind == ParameterKind.Truth ? parameter.Example == "true" : parameter.Example,
        Style = parameter.Kind is ParameterKind.Choices or ParameterKind.Several ? ParameterStyle.Form : null,
        Explode = parameter.Kind is not (ParameterKind.Choices or ParameterKind.Several),
        Schema = parameter.Kind switch
        {
            ParameterKind.Whole => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = parameter.Most > int.MaxValue ? "int64" : "int32", Minimum = Number(parameter.Least), Maximum = Number(parameter.Most), Default = parameter.Usual is { } usual ? JsonValue.Create(usual) : null },
            ParameterKind.Day => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" },
            ParameterKind.Truth => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            ParameterKind.Choice => OneOf(parameter, document),
            ParameterKind.Choices when parameter.Choices.Count > 0 => new OpenApiSchema { Type = JsonSchemaType.Array, Items = OneOf(parameter, document) },
            ParameterKind.Choices or ParameterKind.Several => new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            _ => new OpenApiSchema { Type = JsonSchemaType.String, MinLength = parameter.Required ? 1 : null, MaxLength = Serving.Limits.LongestField },
        },
    };

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Choices have a name of their own, so that clients have a type for them.</summary>
    private static OpenApiSchemaReference OneOf(Parameter parameter, OpenApiDocument document)
    {
        document.AddComponent(parameter.ChoicesName!, new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. parameter.Choices.Select(c => (JsonNode)JsonValue.Create(c))] });
        return new(parameter.ChoicesName!, document);
    }

    private static OpenApiSchema FormWithFile() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "file" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "Text, Markdown, HTML, PDF, JSON Lines, CSV or ninjs." },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Serving.Limits.LongestField, Description = "The headline, where it does not say." },
            ["published"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", Description = "When it was published, where it does not say." },
            ["publisher"] = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Serving.Limits.LongestField, Description = "Who published it, where it does not say." },
        },
    };

    private static void Describe(OpenApiResponse response, string status, ApiAddress address)
    {
        response.Description = status switch
        {
            "200" => "The answer.",
            "201" => "It is written down, and the lists show it.",
            "202" => "It will be read; the header Location has the address of the job.",
            "400" => "A parameter or the body is not what it must be (CH0540, CH0542, CH0422, CH0425, CH0426, CH0427, CH0546).",
            "401" => "The key is missing or revoked (CH0551).",
            "403" => "The role does not allow it, or another site asks (CH0502, CH0552, CH0553).",
            "404" => "There is no such thing in the archive (CH0420, CH0421, CH0423, CH0424, CH0508, CH0544, CH0548).",
            "406" => "It is not given in the form that Accept asks for (CH0541).",
            "413" => "The body is too large (CH0503).",
            "415" => "A body of this type is not taken (CH0507).",
            "429" => "Too many requests, or too much waits to be read; Retry-After says when to ask again (CH0543, CH0545).",
            _ => response.Description,
        };
        if (status != "200" || address.Forms.Count < 2)
            return;
        response.Headers = new Dictionary<string, IOpenApiHeader>
        {
            ["Link"] = new OpenApiHeader { Description = "The address of the next page, as rel=\"next\"; missing on the last one.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            ["ETag"] = new OpenApiHeader { Description = "A weak tag, another one when the archive has changed.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        if (address.Forms.Contains(AnswerForm.Events))
            response.Content![AnswerForm.Events.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Events called arrival, each an entry, with its place as id; events called still, with null, when nothing comes." } };
        if (!address.Forms.Contains(AnswerForm.Csv))
            return;
        response.Content![AnswerForm.JsonLines.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "An entry a line, each as in the list of JSON." } };
        response.Content[AnswerForm.Csv.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A row an entry, with a heading; docs/exports.md has the columns." } };
        response.Content[AnswerForm.Parquet.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
    }
}
