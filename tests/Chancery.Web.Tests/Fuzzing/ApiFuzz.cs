using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chancery.Web.Tests.Fuzzing;

/// <summary>
/// Asks every operation of the API's description with values that fit it, and with values that do not, and holds each answer against the description:
/// a status and a media type that it names, a body of the shape that it gives, and never a failure of the server.
/// </summary>
internal sealed class ApiFuzz
{
    private static readonly string[] Nasty =
    [
        "", " ", "0", "-1", "1e309", "NaN", "null", "true", "%", "%00", "\0", "\t\r\n", "'", "\"", "\\", "' OR 1=1 --", "a* OR b*", "\"unclosed", "NEAR(a b)", "{a}:b", "^", "-", "*", "(", ")", "AND", "NOT NOT", "<script>", "../../etc/passwd",
        "\uFEFF", "\u202E", "\uD83D\uDE00", "é", "ﬀ", "İ", "𝔘𝔫𝔦", "ñ́", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "2147483648", "99999999999999999999", "0x10", "1_000", "١٢٣", "2024-02-30", "0000", "9999-99", "0001-01-01", "9999-12-31", "2024-04-08/..", ",", ",,,", "a,b,,c",
        "constructor", "__proto__", "${7*7}", "{{7*7}}", "%s%n", ";", "|", "&", "=", "#", "?", "//", ".", "..", "CON", new('a', 300), new('a', 301), new('é', 299), new('%', 300), string.Join(',', Enumerable.Repeat("a", 140)),
    ];

    private readonly HttpClient _http;
    private readonly JsonElement _description;
    private readonly Known _known;
    private readonly JsonShapes _shapes;
    private readonly List<Operation> _operations;

    /// <param name="http">Asks the server.</param>
    /// <param name="description">The description.</param>
    /// <param name="known">What is in the archive.</param>
    public ApiFuzz(HttpClient http, JsonElement description, Known known)
    {
        (_http, _description, _known, _shapes) = (http, description, known, new(description));
        _operations = [.. description.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => new Operation(o.Name.ToUpperInvariant(), p.Name, o.Value)))];
    }

    /// <summary>Names of operations.</summary>
    public IEnumerable<string> Operations => _operations.Select(o => o.Name);

    /// <summary>Asks so many times; the same seed asks the same.</summary>
    /// <param name="seed">Where chance begins.</param>
    /// <param name="count">How many requests.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<Outcome> RunAsync(int seed, int count, CancellationToken stop)
    {
        var (random, outcome) = (new Random(seed), new Outcome());
        for (var i = 0; i < count; i++)
        {
            var operation = _operations[i % _operations.Count];
            var (request, wrote) = Make(operation, random);
            using (request)
            {
                try
                {
                    using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
                    var body = await BodyAsync(answer, stop).ConfigureAwait(false);
                    outcome.Count(operation.Name, (int)answer.StatusCode);
                    if (Fault(operation, request, answer, body) is { } fault)
                        outcome.Faults.Add($"{operation.Name} {request.Method} {request.RequestUri} {wrote} -> {(int)answer.StatusCode}: {fault}");
                }
                catch (Exception e) when (e is HttpRequestException or IOException)
                {
                    outcome.Faults.Add($"{operation.Name} {request.Method} {request.RequestUri} {wrote} -> {e.Message}");
                }
            }
        }
        return outcome;
    }

    /// <summary>What is read of an answer; a stream that stays open is left after its first words.</summary>
    private static async Task<byte[]?> BodyAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
            return await answer.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(stop);
        soon.CancelAfter(50);
        try
        {
            using var stream = await answer.Content.ReadAsStreamAsync(soon.Token).ConfigureAwait(false);
            await stream.ReadExactlyAsync(new byte[1], soon.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Nothing was told yet, or all of it.
        }
        return null;
    }

    private string? Fault(Operation operation, HttpRequestMessage request, HttpResponseMessage answer, byte[]? body)
    {
        var status = (int)answer.StatusCode;
        if (status >= 500)
            return $"the server failed: {Encoding.UTF8.GetString(body ?? [])}";
        // What is no longer an address or a method of the description is answered as such.
        var known = request.Method.Method == operation.Method && !operation.Strayed;
        var responses = operation.Description.GetProperty("responses");
        if (!responses.TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var response) && (known && status < 400 || !responses.TryGetProperty("default", out response)))
            return known ? "a status that is not described" : null;
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (status >= 400)
        {
            if (request.Method == HttpMethod.Head || status == 400 && body is { Length: 0 })
                return null;
            return type != "application/problem+json" ? $"a problem as {type}" : _shapes.Fault(JsonDocument.Parse(body!).RootElement, _shapes.Named("Problem"), "problem");
        }
        if (!known || status == 304 || body is null)
            return null;
        if (!response.TryGetProperty("content", out var contents) || type is null || !contents.TryGetProperty(type, out var content))
            return $"a media type that is not described: {type}";
        if (type == "application/json")
            return _shapes.Fault(JsonDocument.Parse(body).RootElement, content.GetProperty("schema"), "body");
        return type == "application/jsonl" && Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(l => !l.StartsWith('{')) is { } line ? $"a line that is no object: {line}" : null;
    }

    private (HttpRequestMessage Request, string Wrote) Make(Operation operation, Random random)
    {
        operation.Strayed = false;
        var path = operation.Path;
        var query = new List<string>();
        if (operation.Description.TryGetProperty("parameters", out var parameters))
        {
            foreach (var parameter in parameters.EnumerateArray())
            {
                var (name, required) = (parameter.GetProperty("name").GetString()!, parameter.TryGetProperty("required", out var needed) && needed.GetBoolean());
                if (parameter.GetProperty("in").GetString() == "path")
                {
                    var value = Value(name, operation, parameter, random);
                    // A part that is empty, or only dots, is another address.
                    operation.Strayed |= value.Length == 0 || value.All(c => c is '.' or '/' or '\\') || value.Any(char.IsSurrogate);
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
                }
                else if (random.Next(100) < (required ? 95 : 30))
                {
                    query.Add($"{Uri.EscapeDataString(name)}={(random.Next(40) == 0 ? "%ff%fe%C0%80" : Uri.EscapeDataString(Value(name, operation, parameter, random)))}");
                    if (random.Next(60) == 0)
                        query.Add($"{name}={random.Next(9)}");
                }
            }
        }
        if (random.Next(30) == 0)
            query.Add($"{Uri.EscapeDataString(Pick(Nasty, random))}={Uri.EscapeDataString(Pick(Nasty, random))}");
        var method = random.Next(40) == 0 ? Pick(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"], random) : operation.Method;
        var request = new HttpRequestMessage(new(method), query.Count == 0 ? path : $"{path}?{string.Join('&', query)}");
        if (random.Next(3) == 0)
            request.Headers.TryAddWithoutValidation("Accept", Pick(["application/json", "text/csv", "application/vnd.apache.parquet", "application/jsonl", "*/*", "text/*;q=0.5, application/json;q=0.1", "text/html", "image/png", ";;;", "application/json;q=2", "text/event-stream", "text/plain", "application/*", "a/b;c=\"d"], random));
        if (random.Next(5) == 0)
            request.Headers.TryAddWithoutValidation("If-None-Match", Pick(["*", "W/\"0123456789abcdef0123\"", "\"\"", "abc", "W/", "\"a\", \"b\""], random));
        if (random.Next(20) == 0)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", Pick(["5", "-1", "abc", "99999999999999999999"], random));
        return (request, operation.Description.TryGetProperty("requestBody", out var body) ? WithBody(request, body.GetProperty("content"), random) : "");
    }

    private string WithBody(HttpRequestMessage request, JsonElement contents, Random random)
    {
        if (contents.TryGetProperty("multipart/form-data", out _))
        {
            var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(Pick([.. Nasty, "Spain recalled its envoy.", "%PDF-1.7", "<html><body><p>Words", "{\"text\":1}\n", "title,text\na,b\n"], random))), random.Next(10) == 0 ? "other" : "file", Pick(["a.txt", "a.html", "a.pdf", "a.csv", "a.jsonl", "a.gz", "../a", ".", "é.md"], random) } };
            if (random.Next(3) == 0)
                form.Add(new StringContent(Pick([.. Nasty, "1911-05-04"], random)), Pick(["title", "published", "publisher", "more"], random));
            request.Content = form;
            return "a form";
        }
        var json = contents.GetProperty("application/json");
        var value = _shapes.Make(json.GetProperty("schema"), random, json.TryGetProperty("example", out var example) ? example : null, name => name switch { "sameAs" => Pick(_known.Actors, random), "url" => Pick(["http://news.example/1.html", "http://127.0.0.1/", "ftp://x", "http://[::1"], random), _ => Pick(Nasty, random) });
        var text = value?.ToJsonString() ?? "null";
        text = random.Next(12) switch { 0 => text[..random.Next(text.Length + 1)], 1 => text + "}", 2 => text.Replace("\"", "'", StringComparison.Ordinal), _ => text };
        request.Content = random.Next(30) == 0 ? new ByteArrayContent([0xff, 0xfe, .. Encoding.UTF8.GetBytes(text)]) : new StringContent(text, Encoding.UTF8);
        request.Content.Headers.ContentType = random.Next(15) == 0 ? null : MediaTypeHeaderValue.Parse(random.Next(15) == 0 ? Pick(["text/plain", "application/xml", "application/json; charset=utf-16", "application/json; charset=x"], random) : "application/json");
        return text;
    }

    private string Value(string name, Operation operation, JsonElement parameter, Random random)
    {
        if (random.Next(3) == 0)
            return Pick(Nasty, random);
        var schema = _shapes.Resolve(parameter.GetProperty("schema"));
        if (schema.TryGetProperty("enum", out var choices))
            return Pick([.. choices.EnumerateArray().Select(c => c.GetString()!)], random);
        if (schema.TryGetProperty("items", out var items))
            return _shapes.Resolve(items).TryGetProperty("enum", out var several) ? string.Join(',', several.EnumerateArray().Where(_ => random.Next(2) == 0).Select(c => c.GetString())) : Pick(["CONSULT", "accuse,deny", "visit", "denied"], random);
        switch (schema.GetProperty("type").GetString())
        {
            case "boolean":
                return random.Next(2) == 0 ? "true" : "false";
            case "integer" when name == "id":
                return Pick(_known.Entries, random);
            case "integer":
                var (least, most) = (schema.GetProperty("minimum").GetInt64(), schema.GetProperty("maximum").GetInt64());
                return (random.Next(4) switch { 0 => least, 1 => most, 2 => least - 1, _ => least + random.NextInt64(Math.Min(most - least, 20) + 1) }).ToString(CultureInfo.InvariantCulture);
        }
        return name switch
        {
            "key" => Pick(_known.Documents, random),
            "entry" => $"{Pick(["e", "s"], random)}{random.Next(12)}",
            "id" => Pick(_known.Jobs, random),
            "actor" or "with" or "on" or "of" or "word-of" => Pick(_known.Actors, random),
            "from" or "to" or "since" => Pick(["1898", "1911-07", "1956-10-30", "2024"], random),
            "after" when operation.Path.Split('/').Length == 4 => Pick(_known.Cursors, random),
            "q" => Pick(["treaty", "\"the canal\"", "sanction* OR france", "minister"], random),
            "place" => Pick(["Paris", "FRA", "Berlin"], random),
            _ => parameter.TryGetProperty("example", out var example) ? example.ToString() : "France",
        };
    }

    private static T Pick<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];

    /// <summary>What is in the archive, so that questions also find something.</summary>
    internal sealed record Known(IReadOnlyList<string> Documents, IReadOnlyList<string> Actors, IReadOnlyList<string> Entries, IReadOnlyList<string> Cursors, IReadOnlyList<string> Jobs)
    {
        /// <summary>Asks the server.</summary>
        public static async Task<Known> OfAsync(HttpClient http, CancellationToken stop)
        {
            async Task<JsonElement> GetAsync(string address) => JsonDocument.Parse(await http.GetStringAsync(new Uri(address, UriKind.Relative), stop).ConfigureAwait(false)).RootElement;
            async Task<List<string>> FieldsAsync(string list, string field) => [.. (await GetAsync($"/api/v1/{list}?limit=100").ConfigureAwait(false)).GetProperty("entries").EnumerateArray().Select(e => e.GetProperty(field).ToString())];
            var entries = new List<string>();
            var cursors = new List<string> { "3" };
            foreach (var view in new[] { "timeline", "statements", "diary", "measures", "positions", "disputes" })
            {
                entries.AddRange(await FieldsAsync(view, "id").ConfigureAwait(false));
                if ((await GetAsync($"/api/v1/{view}?limit=1").ConfigureAwait(false)).GetProperty("next").GetString() is { } next)
                    cursors.Add(Uri.UnescapeDataString(next.Split("after=")[1]));
            }
            using var added = await http.PostAsync(new Uri("/api/v1/documents", UriKind.Relative), new StringContent("""{"text": "Spain recalled its envoy from Lisbon on Friday, and Portugal protested."}""", Encoding.UTF8, "application/json"), stop).ConfigureAwait(false);
            return new(await FieldsAsync("documents", "key").ConfigureAwait(false), await FieldsAsync("actors", "key").ConfigureAwait(false), entries, cursors, [added.Headers.Location!.ToString().Split('/')[^1]]);
        }
    }

    /// <summary>An operation of the description.</summary>
    private sealed record Operation(string Method, string Path, JsonElement Description)
    {
        public string Name => Description.GetProperty("operationId").GetString()!;

        /// <summary>Whether the address that was made of it may be that of another.</summary>
        public bool Strayed { get; set; }
    }
}

/// <summary>What came of it.</summary>
internal sealed class Outcome
{
    private readonly SortedDictionary<string, SortedDictionary<int, int>> _answers = new(StringComparer.Ordinal);

    /// <summary>What was not as described.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many answers of each status each operation gave.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<int, int>> Answers => _answers;

    public void Count(string operation, int status)
    {
        if (!_answers.TryGetValue(operation, out var statuses))
            _answers[operation] = statuses = [];
        statuses[status] = statuses.GetValueOrDefault(status) + 1;
    }
}
