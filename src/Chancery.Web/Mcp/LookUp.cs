using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chancery.Archive;
using Chancery.Web.Api;
using Chancery.Web.Api.Asking;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chancery.Web.Mcp;

/// <summary>A look-up that an assistant may make. It takes the parameters of the API, checked and described in the same way, and changes nothing.</summary>
internal sealed partial class LookUp : McpServerTool
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Func<Asked, object> _find;
    private readonly ILogger _log;

    /// <param name="name">Its name.</param>
    /// <param name="title">What people see.</param>
    /// <param name="about">What it finds, as assistants are told.</param>
    /// <param name="parameters">What it takes.</param>
    /// <param name="find">Finds it.</param>
    /// <param name="log">Told what should never happen.</param>
    public LookUp(string name, string title, string about, IReadOnlyList<Parameter> parameters, Func<Asked, object> find, ILogger log)
    {
        (_parameters, _find, _log) = (parameters, find, log);
        ProtocolTool = new()
        {
            Name = name,
            Title = title,
            Description = about,
            InputSchema = JsonSerializer.SerializeToElement(SchemaOf(parameters)),
            Annotations = new() { Title = title, ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
        };
    }

    public override Tool ProtocolTool { get; }

    public override IReadOnlyList<object> Metadata => [];

    public override ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var found = JsonSerializer.SerializeToElement(_find(Asked.Of(Given(request.Params?.Arguments), _parameters)), ApiJson.Options);
            return new(new CallToolResult { Content = [new TextContentBlock { Text = found.GetRawText() }], StructuredContent = found });
        }
        catch (Refusal e)
        {
            return new(Refused(e.Code, e.Message));
        }
        catch (ArchiveException e)
        {
            return new(Refused(e.Code, e.Message));
        }
#pragma warning disable CA1031 // What an assistant asks must not end the conversation.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailure(_log, ProtocolTool.Name, e);
            return new(Refused("CH0500", "Something went wrong here; the log says more."));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Look-up {Name} failed")]
    private static partial void LogFailure(ILogger log, string name, Exception error);

    private static CallToolResult Refused(string code, string message) => new() { IsError = true, Content = [new TextContentBlock { Text = $"{code} {message}" }] };

    /// <summary>Assistants write numbers and lists as JSON has them, or as words; both are taken.</summary>
    private static Dictionary<string, string> Given(IDictionary<string, JsonElement>? arguments) =>
        (arguments ?? new Dictionary<string, JsonElement>()).ToDictionary(a => a.Key, a => Words(a.Key, a.Value), StringComparer.Ordinal);

    private static string Words(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "",
        JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) => string.Join(',', value.EnumerateArray().Select(v => v.GetString())),
        _ => throw Refusal.Parameter($"{Asked.Shown(name)}: give a string, a number, true or false."),
    };

    private static JsonObject SchemaOf(IReadOnlyList<Parameter> parameters)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(parameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)SchemaOf(p)))) };
        if (parameters.Any(p => p.Required))
            schema["required"] = new JsonArray([.. parameters.Where(p => p.Required).Select(p => (JsonNode)p.Name)]);
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject SchemaOf(Parameter parameter)
    {
        var schema = new JsonObject
        {
            ["type"] = parameter.Kind switch { ParameterKind.Whole => "integer", ParameterKind.Truth => "boolean", _ => "string" },
            ["description"] = parameter.Kind == ParameterKind.Choices && parameter.Choices.Count > 0 ? $"{parameter.About} {string.Join(", ", parameter.Choices)}." : parameter.About,
        };
        if (parameter.Kind == ParameterKind.Choice)
            schema["enum"] = new JsonArray([.. parameter.Choices.Select(c => (JsonNode)c)]);
        if (parameter.Kind == ParameterKind.Whole)
            (schema["minimum"], schema["maximum"]) = (parameter.Least, parameter.Most);
        if (parameter.Usual is { } usual)
            schema["default"] = usual;
        return schema;
    }
}
