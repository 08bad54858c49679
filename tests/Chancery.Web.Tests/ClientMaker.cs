using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace Chancery.Web.Tests;

/// <summary>Makes the typed client of the API from its description.</summary>
internal static class ClientMaker
{
    public static async Task<string> MakeAsync(string description)
    {
        var document = await OpenApiDocument.FromJsonAsync(description).ConfigureAwait(false);
        // All problems have one shape, which the default answer says; to say it for every status would make the client three times as long.
        foreach (var operation in document.Operations)
        {
            foreach (var status in operation.Operation.Responses.Keys.Where(k => k[0] is '3' or '4' or '5').ToList())
                operation.Operation.Responses.Remove(status);
        }
        var code = new CSharpClientGenerator(document, new()
        {
            ClassName = "ChanceryClient",
            ExceptionClass = "ChanceryException",
            UseBaseUrl = false,
            GenerateOptionalParameters = true,
            ResponseArrayType = "System.Collections.Generic.IReadOnlyList",
            CSharpGeneratorSettings =
            {
                Namespace = "Chancery.Web.Tests.Client",
                JsonLibrary = CSharpJsonLibrary.SystemTextJson,
                ClassStyle = CSharpClassStyle.Record,
                GenerateNullableReferenceTypes = true,
                GenerateOptionalPropertiesAsNullable = true,
                GenerateDefaultValues = false,
                ArrayType = "System.Collections.Generic.IReadOnlyList",
                ArrayBaseType = "System.Collections.Generic.List",
            },
        }).GenerateFile();
        return string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()));
    }
}
