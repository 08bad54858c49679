using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chancery.Web.Tests.Fuzzing;

/// <summary>Schemas of the API's description: values held against them, and values made of them. As much of JSON Schema as the description uses.</summary>
internal sealed class JsonShapes(JsonElement description)
{
    public JsonElement Named(string name) => description.GetProperty("components").GetProperty("schemas").GetProperty(name);

    public JsonElement Resolve(JsonElement schema) => schema.TryGetProperty("$ref", out var reference) ? Named(reference.GetString()!.Split('/')[^1]) : schema;

    /// <summary>What of a value is not as its schema has it; null where all is.</summary>
    public string? Fault(JsonElement value, JsonElement schema, string where)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("oneOf", out var either))
            return either.EnumerateArray().Any(s => Fault(value, s, where) is null) ? null : $"{where} is none of what it may be";
        if (schema.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(c => JsonElement.DeepEquals(c, value)))
            return $"{where} is not one of its choices";
        if (schema.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!]).Any(t => Is(value, t)))
            return $"{where} is {value.ValueKind} and not {type}";
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            return value.EnumerateArray().Select((v, i) => Fault(v, items, $"{where}[{i}]")).FirstOrDefault(f => f is not null);
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        if (schema.TryGetProperty("required", out var required) && required.EnumerateArray().FirstOrDefault(r => !value.TryGetProperty(r.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing)
            return $"{where} has no {missing.GetString()}";
        schema.TryGetProperty("properties", out var properties);
        foreach (var property in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(property.Name, out var of))
            {
                if (Fault(property.Value, of, $"{where}.{property.Name}") is { } fault)
                    return fault;
            }
            else if (schema.TryGetProperty("additionalProperties", out var more))
            {
                if (more.ValueKind == JsonValueKind.False)
                    return $"{where} has {property.Name}, which is not described";
                if (more.ValueKind == JsonValueKind.Object && Fault(property.Value, more, $"{where}.{property.Name}") is { } fault)
                    return fault;
            }
        }
        return null;
    }

    /// <summary>A value that fits a schema, or one that nearly does.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="random">Chance.</param>
    /// <param name="example">A value that makes sense.</param>
    /// <param name="words">Words for a field.</param>
    public JsonNode? Make(JsonElement schema, Random random, JsonElement? example, Func<string, string> words)
    {
        if (example is { } given && random.Next(3) == 0)
            return JsonNode.Parse(given.GetRawText());
        if (random.Next(25) == 0)
            return random.Next(4) switch { 0 => null, 1 => new JsonArray(), 2 => JsonValue.Create(1e300), _ => JsonValue.Create("words") };
        var made = new JsonObject();
        schema = Resolve(schema);
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            if (random.Next(3) == 0)
                continue;
            made[property.Name] = random.Next(12) == 0 ? random.Next(5) switch { 0 => JsonValue.Create(-1), 1 => JsonValue.Create(true), 2 => new JsonArray(new JsonArray(1)), 3 => new JsonObject { ["a"] = null }, _ => null }
                : property.Value.TryGetProperty("additionalProperties", out _) ? new JsonObject { [random.Next(2) == 0 ? "status" : words("field")] = random.Next(2) == 0 ? "planned" : words("value") }
                : property.Name == "action" && random.Next(4) > 0 ? new[] { "confirm", "edit", "reject" }[random.Next(3)] : words(property.Name);
        }
        if (random.Next(12) == 0)
            made["more"] = 1;
        return made;
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };
}
