using System.Text.Json;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>JSON that holds reports: an object, a list of them, or one a line; objects of IPTC's ninjs or with fields that a mapping names.</summary>
internal static class JsonFiles
{
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 64, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads one object a line; a bad line is a problem, and the rest goes on.</summary>
    public static IEnumerable<(Document?, Problem?)> Lines(TextReader from, string name, IntakeOptions options, CancellationToken stop)
    {
        var lines = new BoundedLines(from, options.LongestRow);
        while (lines.Next(out var line, stop))
        {
            if (line is null)
                yield return (null, new("CH0311", $"{name}: line {lines.Number}: longer than {options.LongestRow / (1 << 20)} Mi characters, which no report is; divide it."));
            else if (!string.IsNullOrWhiteSpace(line))
                if (Line(line, name, lines.Number, options) is { } one)
                    yield return one;
        }
    }

    /// <summary>Reads an object or a list of objects.</summary>
    public static IEnumerable<(Document?, Problem?)> Whole(string text, string name, IntakeOptions options)
    {
        var (json, problem) = Parse(text, name);
        if (json is null)
        {
            yield return (null, problem);
            yield break;
        }
        using (json)
        {
            var root = json.RootElement;
            // Services wrap their lists: {"items": [...]}, {"articles": [...]}.
            if (root.ValueKind == JsonValueKind.Object && !IsReport(root, options) && Wrapped(root) is { } list)
                root = list;
            if (root.ValueKind == JsonValueKind.Array)
            {
                var number = 0;
                foreach (var item in root.EnumerateArray())
                    if (Item(item, null, name, ++number, $"{name}: item {number}", options) is { } one)
                        yield return one;
            }
            else if (Item(root, text, name, null, name, options) is { } one)
            {
                yield return one;
            }
        }
    }

    private static bool IsReport(JsonElement root, IntakeOptions options) =>
        Ninjs.Is(root) || options.Columns.NamesOf("text").Any(n => Field(root, n) is { ValueKind: JsonValueKind.String });

    private static JsonElement? Wrapped(JsonElement root)
    {
        foreach (var field in root.EnumerateObject())
            if (field.Name is "items" or "articles" or "results" or "documents" or "docs" or "data" && field.Value.ValueKind == JsonValueKind.Array)
                return field.Value;
        return null;
    }

    private static (Document?, Problem?)? Line(string line, string name, long number, IntakeOptions options)
    {
        var (json, problem) = Parse(line, $"{name}: line {number}");
        if (json is null)
            return (null, problem);
        using (json)
            return Item(json.RootElement, line, name, number, $"{name}: line {number}", options);
    }

    private static (JsonDocument?, Problem?) Parse(string text, string place)
    {
        try
        {
            return (JsonDocument.Parse(text.AsMemory().TrimStart('\uFEFF'), Bounded), null);
        }
        catch (JsonException e)
        {
            var why = e.Message.Contains("depth", StringComparison.OrdinalIgnoreCase) ? "nested deeper than 64 levels" : "not JSON";
            return (null, new("CH0312", $"{place}: {why} (at character {e.BytePositionInLine ?? 0}); mend or remove it."));
        }
    }

    private static (Document?, Problem?)? Item(JsonElement item, string? raw, string name, long? number, string place, IntakeOptions options)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return (null, new("CH0312", $"{place}: not a JSON object; give each report as an object with a field for its text."));
        if (Field(item, "schema") is { ValueKind: JsonValueKind.String } schema && Text(schema) is { } ours && (ours.StartsWith("chancery/record/", StringComparison.Ordinal) || ours.StartsWith("chancery/identity/", StringComparison.Ordinal)))
        {
            return options.Raw?.Invoke(raw ?? item.GetRawText()) == true
                ? null
                : (null, new("CH0315", $"{place}: this is a record that was read already, and no report; import it into an archive."));
        }
        if (Ninjs.Is(item))
            return Ninjs.Read(item, name, number, place, options);

        string? Part(string part) => options.Columns.NamesOf(part).Select(n => Text(Field(item, n))).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
        var authors = options.Columns.NamesOf("author").Select(n => Field(item, n)).FirstOrDefault(f => f is { ValueKind: JsonValueKind.Array });
        return Row.Read(Part, authors is { } list ? [.. list.EnumerateArray().Select(a => Text(a)).OfType<string>().Where(a => a.Length > 0)] : null, name, number, options);
    }

    /// <summary>A field by its name or its path, capitals aside; null where there is none.</summary>
    internal static JsonElement? Field(JsonElement item, string path)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return null;
        if (item.TryGetProperty(path, out var exact))
            return exact;
        foreach (var field in item.EnumerateObject())
            if (field.Name.Equals(path, StringComparison.OrdinalIgnoreCase))
                return field.Value;
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Field(item, path[..dot]) is { } inner ? Field(inner, path[(dot + 1)..]) : null;
    }

    /// <summary>A value as text: a string or number, the name of an object, the strings of a list on lines of their own.</summary>
    internal static string? Text(JsonElement? value)
    {
        try
        {
            return value is not { } v ? null : v.ValueKind switch
            {
                JsonValueKind.String => v.GetString(),
                JsonValueKind.Number => v.GetRawText(),
                JsonValueKind.Object => Text(Field(v, "name") ?? Field(v, "title") ?? Field(v, "uri")),
                JsonValueKind.Array => string.Join("\n\n", v.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString())),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can spell and text cannot.
            return null;
        }
    }
}
