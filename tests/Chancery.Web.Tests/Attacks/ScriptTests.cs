using System.Net.Http.Headers;
using System.Text;
using Chancery.Formats.Intake;
using Chancery.Lexicon;
using Chancery.Records;
using Xunit;

namespace Chancery.Web.Tests.Attacks;

/// <summary>Scripts in what strangers write, stored and sent back, stay words on every page.</summary>
public class ScriptTests
{
    private static readonly string[] Fields = ["q", "actor", "with", "on", "word-of", "type", "status", "from", "to", "place", "publisher", "voice", "contradicted", "limit", "after", "of", "since", "skip", "to", "name", "issue", "month", "months", "quotes", "key", "id", "url", "title", "text", "view", "period", "sort"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stored_in_titles_names_offices_places_publishers_addresses()
    {
        await using var server = await SampleServer.StartAsync(records: [.. SampleServer.Records.Take(4).Select(Hostile.Of)]);
        await server.Client.CorrectEntryAsync((await server.Client.ListDocumentsAsync(cancellationToken: Stop)).Entries[0].Key, "e1", new("confirm", Hostile.Words, null, Hostile.Words), Stop);
        await EveryPageIsHarmlessAsync(server, atLeast: 20);
        // What is no address of the web is kept from becoming a link anywhere.
        Assert.All((await server.Client.ListDocumentsAsync(cancellationToken: Stop)).Entries, d => Assert.Null(d.Url));
    }

    [Fact]
    public async Task Stored_in_texts_and_files_of_every_kind()
    {
        await using var server = await SampleServer.StartAsync(records: []);
        var report = $"Paris, 4 May 1911. Germany and France signed a treaty {Hostile.Words} in Paris on Thursday. The French foreign minister said that {Hostile.Words} would last. Italy accused Turkey of {Hostile.Words} on Friday.";
        await ApiTests.FinishedAsync(server.Client, await server.Client.AddDocumentAsync(new("1911-05-04", Hostile.Words[..100], report, Hostile.Words, null), Stop));
        var encoded = System.Net.WebUtility.HtmlEncode(Hostile.Words);
        foreach (var (name, content) in new[]
        {
            ("page.html", $"<html><head><title>{encoded}</title><meta property='og:url' content=\"{Hostile.Address}\"><link rel='canonical' href=\"{Hostile.Address}\"><meta name='author' content=\"{encoded}\"><meta property='og:site_name' content=\"{encoded}\"></head><body><article><h1>{encoded}</h1><p>France recalled its ambassador from Berlin on Monday. {encoded}</p><p>{report.Replace("<", "&lt;", StringComparison.Ordinal)}</p></article></body></html>"),
            ("rows.jsonl", $$"""{"text": "Italy recalled its envoy from Athens on Friday, and Greece protested.", "title": {{System.Text.Json.JsonSerializer.Serialize(Hostile.Words)}}, "publisher": {{System.Text.Json.JsonSerializer.Serialize(Hostile.Words)}}, "url": "{{Hostile.Address}}"}"""),
            ("rows.csv", $"title,text,url,source\n\"{Hostile.Words.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"Spain recalled its envoy from Lisbon on Friday, and Portugal protested.\",\"{Hostile.Address}\",\"=HYPERLINK(0)\"\n"),
            ("note.md", $"---\ntitle: '{Hostile.Words.Replace("'", "''", StringComparison.Ordinal)}'\nurl: \"{Hostile.Address}\"\n---\n\nAustria recalled its envoy from Belgrade on Friday. [here]({Hostile.Address}) {Hostile.Words}\n"),
            ($"{Hostile.Words.Replace('/', '-')}.txt", "Russia recalled its envoy from Vienna on Friday, and Austria protested."),
        })
        {
            using var form = new MultipartFormDataContent();
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)) { Headers = { ContentDisposition = new("form-data") { Name = "\"file\"", FileNameStar = name } } });
            using var answer = await server.Http.PostAsync(new Uri("/api/v1/files", UriKind.Relative), form, Stop);
            var job = await ApiTests.FinishedAsync(server.Client, await server.Client.GetJobAsync(answer.Headers.Location!.ToString().Split('/')[^1], Stop));
            Assert.Contains(job.Steps, s => s.What is "new" or "copy");
        }
        await EveryPageIsHarmlessAsync(server, atLeast: 20);
        Assert.All((await server.Client.ListDocumentsAsync(cancellationToken: Stop)).Entries, d => Assert.Null(d.Url));
    }

    [Fact]
    public async Task Stored_in_the_fields_of_feeds()
    {
        var encoded = System.Net.WebUtility.HtmlEncode(System.Net.WebUtility.HtmlEncode(Hostile.Words));
        var xml = $"""
            <?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{encoded}</title><link>{Hostile.Address}</link>
            <item><title>{encoded}</title><link>{Hostile.Address}</link><guid>{encoded}</guid><pubDate>Wed, 10 Apr 2024 10:00:00 GMT</pubDate><dc:creator>{encoded}</dc:creator>
            <content:encoded><![CDATA[<p>France recalled its ambassador from Berlin on Monday. <script>alert('xss-probe')</script><xss-probe onclick=alert(1)>x</xss-probe></p>]]></content:encoded></item></channel></rss>
            """;
        var (feed, _) = Feed.Parse(new MemoryStream(Encoding.UTF8.GetBytes(xml.Trim())), new("https://courier.example/feed"));
        var item = Assert.Single(feed!.Items);
        var document = new Document(item.Id, HtmlPages.Fragment(item.Content!, item.Id).Text!) { Title = item.Title, Publisher = feed.Title, Published = item.Published, Url = item.Link?.ToString(), Authors = [item.Author ?? ""] };
        Assert.Contains("<xss-probe", document.Title, StringComparison.Ordinal);
        await using var server = await SampleServer.StartAsync(records: [SampleServer.Parts.Read(document, Stop)]);
        await EveryPageIsHarmlessAsync(server, atLeast: 15);
    }

    [Fact]
    public async Task Stored_in_tables_of_the_lexicon()
    {
        var lexicon = WorldLexicon.Parse(WorldLexicon.Tables().Append(("organisations.tsv", $"key\tname\tnames\tcountry\tsectors\nXSS\"><XSS-PROBE>\t{Hostile.Words}\tRuritanian Trade League\tFRA\tGOV\n")));
        var parts = SampleServer.Parts with { Lexicon = new(lexicon) };
        var record = parts.Read(new Document("league", "The Ruritanian Trade League signed an agreement with France in Paris on Thursday. The Ruritanian Trade League said that it would keep the agreement.") { Published = "1911-05-04" }, Stop);
        Assert.Contains(record.Actors, a => a.Name == Hostile.Words);
        await using var server = await SampleServer.StartAsync(records: [record], lexicon: lexicon);
        await EveryPageIsHarmlessAsync(server, atLeast: 15);
    }

    [Fact]
    public async Task Sent_back_from_every_part_of_an_address()
    {
        await using var server = await SampleServer.StartAsync();
        var pages = 0;
        foreach (var (_, path) in Endpoints.Of(server).Where(e => e.Method == "GET"))
        {
            foreach (var field in Fields.Prepend(""))
            {
                var address = Endpoints.Fill(path, _ => Hostile.Words.Replace('/', '\\')) + (field.Length > 0 ? $"?{field}={Uri.EscapeDataString(Hostile.Words)}" : "");
                using var answer = await GetAsync(server, address);
                Assert.True((int)answer.StatusCode < 500, $"{address}: {(int)answer.StatusCode}");
                await Hostile.IsHarmlessAsync(answer, address);
                pages += answer.Content.Headers.ContentType?.MediaType == "text/html" ? 1 : 0;
            }
        }
        Assert.True(pages > 300, $"only {pages} pages");
    }

    [Fact]
    public async Task Formulas_in_tables_stay_text()
    {
        await using var server = await SampleServer.StartAsync(records: [SampleServer.Records[0] with { Document = SampleServer.Records[0].Document with { Title = "=HYPERLINK(\"http://evil.example\")", Publisher = "@SUM(1)" } }]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/documents") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/csv") } } };
        using var answer = await server.Http.SendAsync(request, Stop);
        var cells = (await answer.Content.ReadAsStringAsync(Stop)).Split([',', '\n']);
        Assert.DoesNotContain(cells, c => c.TrimStart('"').StartsWith('=') || c.TrimStart('"').StartsWith('@'));
    }

    /// <summary>Looks at every address that there is, with all that is in the archive.</summary>
    private static async Task EveryPageIsHarmlessAsync(Running server, int atLeast)
    {
        var document = (await server.Client.ListDocumentsAsync(limit: 500, cancellationToken: Stop)).Entries.Select(d => d.Key).ToList();
        var actors = (await server.Client.ListActorsAsync(limit: 500, cancellationToken: Stop)).Entries.Select(a => a.Key).ToList();
        var ids = (await server.Client.ListTimelineAsync(limit: 500, cancellationToken: Stop)).Entries.Select(e => e.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Concat((await server.Client.ListStatementsAsync(limit: 500, cancellationToken: Stop)).Entries.Select(e => e.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToList();
        Assert.NotEmpty(document);
        var (pages, shown) = (0, 0);
        foreach (var (_, path) in Endpoints.Of(server).Where(e => e.Method == "GET"))
        {
            var filled = new List<string>();
            for (var i = 0; i < (path.Contains('{', StringComparison.Ordinal) ? 6 : 1); i++)
                filled.Add(Endpoints.Fill(path, part => part switch { "id" when !path.Contains("jobs", StringComparison.Ordinal) => ids[i % ids.Count], "format" => new[] { "json", "csv", "jsonl", "md", "ics", "parquet" }[i % 6], "entry" => $"e{i + 1}", "name" => "chancery.css", _ => document[i % document.Count] }));
            foreach (var address in filled.SelectMany(f => new[] { f, $"{f}?of={Uri.EscapeDataString(actors[0])}&with={Uri.EscapeDataString(actors[^1])}", $"{f}?actor={Uri.EscapeDataString(actors[0])}", $"{f}?q=xss+OR+france+OR+italy", $"{f}?since=1800&from=1800&to=2024" }))
            {
                using var answer = await GetAsync(server, address);
                Assert.True((int)answer.StatusCode < 500, $"{address}: {(int)answer.StatusCode}");
                await Hostile.IsHarmlessAsync(answer, address);
                if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                    continue;
                pages++;
                shown += (await answer.Content.ReadAsStringAsync(Stop)).Contains("xss-probe", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            }
        }
        // It was there to be seen, so what was looked at was not nothing.
        Assert.True(pages >= atLeast && shown >= atLeast / 3, $"{pages} pages, {shown} with the words");
    }

    private static async Task<HttpResponseMessage> GetAsync(Running server, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html, */*;q=0.1");
        var answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        // A stream that stays open has no end to look at.
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
            answer.Content = new StringContent("", Encoding.UTF8, "text/event-stream");
        return answer;
    }
}
