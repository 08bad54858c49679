using System.Text.Json;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Formats.Json;

/// <summary>Reads records in the format <c>chancery/record/1</c>, as <see cref="RecordJson"/> writes them.</summary>
public static class RecordJsonReader
{
    // Keys of documents are the longest ids.
    private const int LongestId = 1000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    /// <summary>Reads one record.</summary>
    /// <param name="json">One JSON object.</param>
    /// <param name="text">The document's text, into which every offset points; null where the object has it as <c>document.text</c>.</param>
    /// <exception cref="InvalidDataException">It is no such record, or points outside its text; the message says where.</exception>
    public static Record Read(ReadOnlyMemory<byte> json, string? text = null)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, Strict);
            return Read(parsed.RootElement, text);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"not a record: {e.Message}", e);
        }
    }

    private static Record Read(JsonElement root, string? text)
    {
        try
        {
            if (root.GetProperty("schema").GetString() is not "chancery/record/1" and var schema)
                throw new InvalidDataException($"its schema is {schema}, not chancery/record/1");
            var about = root.GetProperty("document");
            text ??= about.TryGetProperty("text", out var inside) ? inside.GetString() : null;
            if (text is null)
                throw new InvalidDataException("it has no document.text, without which its words cannot be shown");
            var document = new Document(Id(about), text)
            {
                Title = Words(about, "title"),
                Publisher = Words(about, "publisher"),
                Published = Words(about, "published"),
                Url = Words(about, "url"),
                Language = Needed(about, "language"),
                Authors = about.TryGetProperty("authors", out _) ? List(about, "authors") : [],
            };
            var at = new Utf16Offsets(text);
            var record = new Record(
                document,
                [.. root.GetProperty("actors").EnumerateArray().Select(a => ActorOf(a, at))],
                [.. root.GetProperty("statements").EnumerateArray().Select(s => StatementOf(s, at))],
                [.. root.GetProperty("events").EnumerateArray().Select(e => EventOf(e, at))])
            {
                Links = [.. root.GetProperty("links").EnumerateArray().Select(l => new Link(Name<LinkKind>(l, "kind"), Needed(l, "from"), Needed(l, "to")))],
            };
            Unique(record.Actors.Select(a => a.Id));
            Unique(record.Statements.Select(s => s.Id).Concat(record.Events.Select(e => e.Id)));
            return record;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"not a whole record: {e.Message}", e);
        }
    }

    private static void Unique(IEnumerable<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (ids.FirstOrDefault(id => !seen.Add(id)) is { } twice)
            throw new FormatException($"two entries have the id {twice}");
    }

    private static Actor ActorOf(JsonElement from, Utf16Offsets at) => new(Id(from), Needed(from, "name"), Name<ActorKind>(from, "kind"))
    {
        Country = Words(from, "country"),
        Sectors = List(from, "sectors"),
        Office = Words(from, "office"),
        Known = Words(from, "known"),
        Members = from.TryGetProperty("members", out _) ? List(from, "members") : [],
        Mentions = Spans(from, "mentions", at),
    };

    private static Statement StatementOf(JsonElement from, Utf16Offsets at)
    {
        var spans = from.GetProperty("spans");
        return new(
            Id(from), Name<SpeechAct>(from, "act"), Name<SpeechForm>(from, "form"),
            new(First(Spans(spans, "speaker", at)), First(Spans(spans, "cue", at)), Some(spans, "content", at)))
        {
            Speaker = Words(from, "speaker"),
            Addressees = List(from, "addressees"),
            Via = Words(from, "via"),
            Date = DateOf(from.GetProperty("date"), at),
        };

        static TextSpan? First(IReadOnlyList<TextSpan> spans) => spans.Count > 0 ? spans[0] : null;
    }

    private static Event EventOf(JsonElement from, Utf16Offsets at)
    {
        var spans = from.GetProperty("spans");
        return new(
            Id(from), Needed(from, "type"), Name<EventStatus>(from, "status"),
            new(Some(spans, "trigger", at), Spans(spans, "source", at), Spans(spans, "target", at), at.Span(from.GetProperty("sentence"))))
        {
            Modes = List(from, "modes"),
            Cameo = Words(from, "cameo"),
            Source = List(from, "source"),
            Target = List(from, "target"),
            Statement = Words(from, "statement"),
            Date = DateOf(from.GetProperty("date"), at),
            Place = PlaceOf(from.GetProperty("place")),
            Contexts = List(from, "contexts"),
            Score = Number(from, "score"),
            Why = Words(from, "why"),
            Confidence = Number(from, "confidence") ?? throw new FormatException("\"confidence\" is missing"),
        };
    }

    private static TextDate? DateOf(JsonElement from, Utf16Offsets at) =>
        from.ValueKind == JsonValueKind.Null ? null : new(Needed(from, "edtf"), at.Span(from.GetProperty("span")));

    private static EventPlace? PlaceOf(JsonElement from) => from.ValueKind == JsonValueKind.Null ? null : new(Needed(from, "name"), Needed(from, "country"))
    {
        Latitude = Number(from, "latitude"),
        Longitude = Number(from, "longitude"),
        GeoNames = Number(from, "geonames") is { } number ? (int)number : null,
    };

    private static string? Words(JsonElement from, string name) => from.GetProperty(name).GetString();

    private static string Needed(JsonElement from, string name) => Words(from, name) ?? throw new FormatException($"\"{name}\" is null");

    private static string Id(JsonElement from) => Needed(from, "id") is { Length: > 0 and <= LongestId } id ? id : throw new FormatException($"\"id\" is empty or longer than {LongestId} characters");

    /// <summary>A number; of those too large for one the parser makes infinity, which nothing here is.</summary>
    private static double? Number(JsonElement from, string name) =>
        from.GetProperty(name) is not { ValueKind: not JsonValueKind.Null } number ? null
        : Math.Abs(number.GetDouble()) <= int.MaxValue ? number.GetDouble()
        : throw new FormatException($"\"{name}\" is too large");

    private static T Name<T>(JsonElement from, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(Words(from, name), ignoreCase: true, out var value) && Enum.GetName(value) is { } named && named.Equals(Words(from, name), StringComparison.OrdinalIgnoreCase)
            ? value
            : throw new FormatException($"\"{name}\" is {Words(from, name)}, which is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");

    private static string[] List(JsonElement from, string name) => [.. from.GetProperty(name).EnumerateArray().Select(e => e.GetString() ?? throw new FormatException($"\"{name}\" has a null"))];

    private static TextSpan[] Some(JsonElement from, string name, Utf16Offsets at) => Spans(from, name, at) is { Length: > 0 } spans ? spans : throw new FormatException($"\"{name}\" has no words");

    private static TextSpan[] Spans(JsonElement from, string name, Utf16Offsets at) => [.. from.GetProperty(name).EnumerateArray().Select(at.Span)];

    /// <summary>From code points back to UTF-16 units.</summary>
    private sealed class Utf16Offsets
    {
        private readonly int _length;
        private readonly int[]? _at;

        public Utf16Offsets(string text)
        {
            _length = text.Length;
            if (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0)
                return;
            var at = new List<int>(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                at.Add(i);
                if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                    i++;
            }
            at.Add(text.Length);
            _at = [.. at];
        }

        public TextSpan Span(JsonElement pair)
        {
            var (start, end) = (At(pair[0].GetInt32()), At(pair[1].GetInt32()));
            return new(start, end);
        }

        private int At(int codePoint) => codePoint >= 0 && codePoint <= (_at?.Length - 1 ?? _length)
            ? _at?[codePoint] ?? codePoint
            : throw new FormatException($"offset {codePoint} lies outside the text");
    }
}
