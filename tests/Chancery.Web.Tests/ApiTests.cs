using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Chancery.Formats.Intake;
using Chancery.Web.Serving;
using Chancery.Web.Tests.Client;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chancery.Web.Tests;

/// <summary>What the API answers to one who asks it as the manual says.</summary>
public class ApiTests(SampleServer server)
{
    /// <summary>All lists, as their addresses are.</summary>
    public static TheoryData<string> Lists => ["timeline", "statements", "diary", "measures", "positions", "disputes", "relations", "actors", "documents"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ChanceryClient Client => server.Client;

    [Fact]
    public async Task Every_view_has_entries_whose_words_stand_where_they_say()
    {
        var quotes = new List<Quote>();
        quotes.AddRange((await Client.ListTimelineAsync(limit: 500, quotes: 50, cancellationToken: Stop)).Entries.SelectMany(e => e.Evidence));
        quotes.AddRange((await Client.ListStatementsAsync(limit: 500, cancellationToken: Stop)).Entries.SelectMany(e => e.Evidence));
        quotes.AddRange((await Client.ListDiaryAsync(limit: 500, cancellationToken: Stop)).Entries.SelectMany(e => e.Evidence));
        quotes.AddRange((await Client.ListMeasuresAsync(limit: 500, cancellationToken: Stop)).Entries.SelectMany(e => e.Evidence));
        quotes.AddRange((await Client.ListPositionsAsync(limit: 500, cancellationToken: Stop)).Entries.SelectMany(e => e.Evidence));
        quotes.AddRange((await Client.ListDisputesAsync(limit: 500, cancellationToken: Stop)).Entries.SelectMany(e => e.Evidence));
        Assert.True(quotes.Count > 150);
        foreach (var of in quotes.GroupBy(q => q.Document))
        {
            var (document, text) = (await Client.GetDocumentAsync(of.Key, Stop), (await Client.GetTextAsync(of.Key, Stop)).EnumerateRunes().ToArray());
            Assert.Equal(document.Characters, text.Length);
            Assert.All(of, q =>
            {
                Assert.Equal(q.Text, string.Concat(text[q.Start..q.End].Select(r => r.ToString())));
                Assert.Equal((document.Address, document.Title, document.Publisher, document.Published, document.Url), (q.Address, q.Title, q.Publisher, q.Published, q.Url));
            });
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(of.First().Address)).StatusCode);
        }
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Pages_of_a_list_come_to_the_whole_list(string list)
    {
        var whole = (await JsonAsync($"/api/v1/{list}?limit=500")).GetProperty("entries").EnumerateArray().Select(e => e.GetRawText()).ToList();
        Assert.NotEmpty(whole);
        var parts = new List<string>();
        for (string? next = $"/api/v1/{list}?limit=3"; next is not null;)
        {
            using var answer = await GetAsync(next);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            parts.AddRange(page.GetProperty("entries").EnumerateArray().Select(e => e.GetRawText()));
            Assert.True(page.GetProperty("entries").GetArrayLength() <= 3);
            next = page.GetProperty("next").GetString();
            Assert.Equal(next is null ? [] : [$"<{next}>; rel=\"next\""], answer.Headers.TryGetValues("Link", out var links) ? links : []);
        }
        Assert.Equal(whole, parts);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task A_list_comes_as_rows_and_as_lines_with_as_many_entries(string list)
    {
        var count = (await JsonAsync($"/api/v1/{list}?limit=500")).GetProperty("entries").GetArrayLength();
        using var lines = await GetAsync($"/api/v1/{list}", "application/jsonl");
        Assert.Equal(count, (await lines.Content.ReadAsStringAsync(Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(l => JsonDocument.Parse(l).RootElement.ValueKind == JsonValueKind.Object));
        foreach (var (type, read) in new[] { ("text/csv", "read_csv"), ("application/vnd.apache.parquet", "read_parquet") })
        {
            using var answer = await GetAsync($"/api/v1/{list}", type);
            Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
            Assert.StartsWith($"{list}.", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
            var file = Path.GetTempFileName();
            await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync(Stop), Stop);
            using var duck = new DuckDBConnection("DataSource=:memory:");
            duck.Open();
            using var command = duck.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {read}('{file}')";
            Assert.Equal((long)count, command.ExecuteScalar());
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Filters_choose_by_type_status_time_and_person()
    {
        var french = await Client.ListTimelineAsync(actor: "France", from: "1911", to: "1911-12", cancellationToken: Stop);
        Assert.NotEmpty(french.Entries);
        Assert.All(french.Entries, e => Assert.All(e.Evidence, q => Assert.Equal("1911-07-04", q.Published)));
        var planned = await Client.ListTimelineAsync(status: [EventStatus.Planned, EventStatus.Possible], limit: 500, cancellationToken: Stop);
        Assert.NotEmpty(planned.Entries);
        Assert.All(planned.Entries, e => Assert.Contains(e.Status, new[] { "planned", "possible" }));
        var said = await Client.ListStatementsAsync(type: ["warn", "deny"], limit: 500, cancellationToken: Stop);
        Assert.Equal(["deny", "warn"], said.Entries.Select(e => e.Act).Distinct().Order(StringComparer.Ordinal));
        Assert.All((await Client.ListTimelineAsync(voice: Voice.Claimed, cancellationToken: Stop)).Entries, e => Assert.True(e.Claimed));
    }

    [Fact]
    public async Task An_entry_is_there_by_its_number_and_an_actor_by_his_key()
    {
        var entry = (await Client.ListTimelineAsync(limit: 1, cancellationToken: Stop)).Entries[0];
        Assert.Equal(entry.Type, (await Client.GetTimelineEntryAsync(entry.Id, Stop)).Type);
        // An entry of one view is none of another.
        await RefusedAsync(404, "CH0508", () => Client.GetStatementsEntryAsync(entry.Id, Stop));
        var actor = (await Client.ListActorsAsync(actor: "France", limit: 1, cancellationToken: Stop)).Entries[0];
        Assert.Equal("FRA", actor.Key);
        Assert.Equal(actor.Documents, (await Client.GetActorAsync("FRA", Stop)).Documents);
        await RefusedAsync(404, "CH0420", () => Client.GetActorAsync("nobody", Stop));
    }

    [Fact]
    public async Task A_record_is_that_of_the_command()
    {
        var key = (await Client.ListDocumentsAsync(limit: 1, cancellationToken: Stop)).Entries[0].Key;
        var record = await Client.GetRecordAsync(key, Stop);
        Assert.Equal(("chancery/record/1", key), (record.Schema, record.Document.Id));
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Formats.Json.RecordJson.Options(indented: false)))
            Formats.Json.RecordJson.Write(json, server.Archive.Find(key)!.Record!);
        Assert.Equal(Encoding.UTF8.GetString(buffer.ToArray()), await server.Http.GetStringAsync(new Uri($"/api/v1/documents/{key}/record", UriKind.Relative), Stop));
    }

    [Fact]
    public async Task Search_finds_documents_and_statements()
    {
        var found = await Client.SearchAsync("canal", cancellationToken: Stop);
        Assert.Contains(found.Documents, d => d.Key.StartsWith("suez-1956", StringComparison.Ordinal) && d.Passage!.Contains("Canal", StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(found.Statements);
        await RefusedAsync(400, "CH0540", () => Client.SearchAsync(" ", cancellationToken: Stop));
    }

    [Fact]
    public async Task Relations_tell_months_where_asked()
    {
        var plain = (await Client.ListRelationsAsync(actor: "France", limit: 1, cancellationToken: Stop)).Entries[0];
        var full = (await Client.ListRelationsAsync(actor: "France", months: true, limit: 1, cancellationToken: Stop)).Entries[0];
        Assert.Null(plain.Months);
        Assert.Equal(full.Events, full.Months!.Sum(m => m.Events));
    }

    [Fact]
    public async Task The_brief_tells_what_is_new_since_a_day()
    {
        var brief = await Client.GetBriefAsync("1898-01", cancellationToken: Stop);
        Assert.Equal("1898-01-01", brief.Since);
        Assert.True(brief.Happened.Count > 0 && brief.Said.Count > 0 && brief.Measures.Count > 0);
        Assert.Empty((await Client.GetBriefAsync("2000", cancellationToken: Stop)).Happened);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var running = await SampleServer.StartAsync();
        using var first = await running.Http.GetAsync(new Uri("/api/v1/timeline?limit=2", UriKind.Relative), Stop);
        var tag = first.Headers.ETag!;
        async Task<HttpStatusCode> AgainAsync(string path = "/api/v1/timeline?limit=2", string accept = "application/json")
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { tag } } };
            request.Headers.Accept.ParseAdd(accept);
            using var answer = await running.Http.SendAsync(request, Stop);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync());
        Assert.Equal(HttpStatusCode.OK, await AgainAsync("/api/v1/timeline?limit=3"));
        Assert.Equal(HttpStatusCode.OK, await AgainAsync(accept: "text/csv"));
        await FinishedAsync(running.Client, await running.Client.AddDocumentAsync(new("1911-05-04", null, "Paris, 4 May. Germany and France signed a treaty of commerce in Paris on Thursday.", "Treaty signed", null), Stop));
        Assert.Equal(HttpStatusCode.OK, await AgainAsync());
    }

    [Fact]
    public async Task A_text_is_read_behind_the_answer_and_its_steps_can_be_followed()
    {
        await using var running = await SampleServer.StartAsync(records: []);
        const string Text = "Paris, 4 May. Germany and France signed a treaty of commerce in Paris on Thursday. The French foreign minister said that the treaty would last.";
        using var answer = await running.Http.PostAsJsonAsync(new Uri("/api/v1/documents", UriKind.Relative), new { text = Text, title = "Treaty signed", published = "1911-05-04", publisher = "The Example" }, Stop);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        using var events = await running.Http.GetStreamAsync(new Uri(answer.Headers.Location + "/events", UriKind.Relative), Stop);
        var steps = await SseParser.Create(events).EnumerateAsync(Stop).Select(e => (e.EventType, Json: JsonDocument.Parse(e.Data).RootElement)).ToListAsync(Stop);
        Assert.Equal([("step", "new"), ("step", "merged"), ("end", "done")], steps.Select(s => (s.EventType, s.Json.GetProperty("what").GetString()!)));
        var key = steps[0].Json.GetProperty("document").GetString()!;
        var document = await running.Client.GetDocumentAsync(key, Stop);
        Assert.Equal(("Treaty signed", "The Example", "1911-05-04"), (document.Title, document.Publisher, document.Published));
        Assert.Contains((await running.Client.ListTimelineAsync(actor: "France", cancellationToken: Stop)).Entries, e => e.Cameo == "057" && e.Evidence.Any(q => q.Document == key));
        // The same again is known, not doubled.
        var again = await FinishedAsync(running.Client, await running.Client.AddDocumentAsync(new("1911-05-04", "The Example", Text, "Treaty signed", null), Stop));
        Assert.Contains(again.Steps, s => s.What == "known");
        Assert.Equal(1, (await running.Client.GetInfoAsync(Stop)).Documents);
    }

    [Fact]
    public async Task Files_of_several_kinds_come_in_and_what_cannot_be_read_is_told()
    {
        await using var running = await SampleServer.StartAsync(records: []);
        async Task<Job> SendAsync(string name, string content) =>
            await FinishedAsync(running.Client, await running.Client.AddFileAsync(new(new MemoryStream(Encoding.UTF8.GetBytes(content)), name), title: "", published: "", publisher: "The Example", cancellationToken: Stop));
        Assert.Equal("done", (await SendAsync("page.html", "<html><head><title>Talks held</title></head><body><article><h1>Talks held</h1><p>The ministers of France and Italy met in Rome on Monday and spoke of trade, and they agreed to meet again in the autumn.</p><p>Nothing else was made known of the talks, which lasted three hours.</p></article></body></html>")).State);
        var rows = await SendAsync("rows.csv", "title,text\nOne,\"Italy recalled its envoy from Athens on Friday, and Greece protested.\"\nTwo,\n");
        Assert.Equal(["new", "problem", "merged"], rows.Steps.Select(s => s.What));
        Assert.Equal("CH0313", rows.Steps[1].Code);
        var broken = await SendAsync("broken.pdf", "%PDF-1.7 and nothing else");
        Assert.Equal(("failed", "CH0331"), (broken.State, broken.Steps[0].Code));
        Assert.Equal(2, (await running.Client.ListDocumentsAsync(publisher: "The Example", cancellationToken: Stop)).Entries.Count);
    }

    [Fact]
    public async Task Corrections_win_are_kept_with_their_authors_and_told_in_the_trail()
    {
        await using var running = await SampleServer.StartAsync();
        var client = running.Client;
        var entry = (await client.ListTimelineAsync(status: [EventStatus.Actual], limit: 1, cancellationToken: Stop)).Entries[0];
        var quote = entry.Evidence[0];
        var made = await client.CorrectEntryAsync(quote.Document, quote.Entry!, new("edit", "A. Reader", new Dictionary<string, string> { ["status"] = "planned" }, "see the cable"), Stop);
        Assert.Equal(("edit", "A. Reader", "see the cable"), (made.Action, made.By, made.Note));
        Assert.Contains((await client.ListTimelineAsync(status: [EventStatus.Planned], limit: 500, cancellationToken: Stop)).Entries, e => e.Corrected == "edited" && e.Evidence.Any(q => q.Document == quote.Document && q.Entry == quote.Entry));
        await client.CorrectEntryAsync(quote.Document, quote.Entry!, new("reject", "B. Reader", null, null), Stop);
        Assert.DoesNotContain((await client.ListTimelineAsync(limit: 500, cancellationToken: Stop)).Entries.SelectMany(e => e.Evidence), q => q.Document == quote.Document && q.Entry == quote.Entry);
        Assert.Equal(["B. Reader", "A. Reader"], (await client.ListAllCorrectionsAsync(cancellationToken: Stop)).Entries.Select(e => e.Correction.By));
        Assert.Equal(["edit", "reject"], (await client.ListCorrectionsAsync(quote.Document, Stop)).Select(c => c.Action));

        await RefusedAsync(400, "CH0425", () => client.CorrectEntryAsync(quote.Document, quote.Entry!, new("edit", null, new Dictionary<string, string> { ["status"] = "sure" }, null), Stop));
        await RefusedAsync(400, "CH0542", () => client.CorrectEntryAsync(quote.Document, quote.Entry!, new("edit", null, null, null), Stop));
        await RefusedAsync(400, "CH0542", () => client.CorrectEntryAsync(quote.Document, quote.Entry!, new("erase", null, null, null), Stop));
        await RefusedAsync(404, "CH0424", () => client.CorrectEntryAsync(quote.Document, "e999", new("confirm", null, null, null), Stop));
        await RefusedAsync(404, "CH0423", () => client.CorrectEntryAsync("nothing", "e1", new("confirm", null, null, null), Stop));
    }

    [Fact]
    public async Task Two_actors_are_said_to_be_one_and_that_is_taken_back()
    {
        await using var running = await SampleServer.StartAsync();
        var client = running.Client;
        var unknown = (await client.ListActorsAsync(limit: 500, cancellationToken: Stop)).Entries.First(a => a.Kind == "person" && a.Key.StartsWith("person|", StringComparison.Ordinal));
        await client.SetIdentityAsync(unknown.Key, new("A. Reader", "FRA"), Stop);
        await RefusedAsync(404, "CH0420", () => client.GetActorAsync(unknown.Key, Stop));
        Assert.Contains(await client.ListIdentitiesAsync(Stop), i => i.Of == unknown.Key && i.SameAs == "FRA" && i.By == "A. Reader");
        await client.RemoveIdentityAsync(unknown.Key, Stop);
        Assert.Equal(unknown.Name, (await client.GetActorAsync(unknown.Key, Stop)).Name);
        await RefusedAsync(404, "CH0420", () => client.SetIdentityAsync("nobody", new(null, "FRA"), Stop));
        await RefusedAsync(400, "CH0542", () => client.SetIdentityAsync("FRA", new(null, "FRA"), Stop));
    }

    [Fact]
    public async Task What_comes_in_is_told_to_those_who_follow()
    {
        await using var running = await SampleServer.StartAsync();
        var known = await running.Client.ListArrivalsAsync(limit: 500, cancellationToken: Stop);
        Assert.Equal(SampleServer.Records.Count, known.Entries.Count);
        Assert.Null(known.Next);
        using var request = new HttpRequestMessage(HttpMethod.Get, known.Later) { Headers = { Accept = { new("text/event-stream") } } };
        using var answer = await running.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        var news = SseParser.Create(await answer.Content.ReadAsStreamAsync(Stop)).EnumerateAsync(Stop).GetAsyncEnumerator(Stop);
        await FinishedAsync(running.Client, await running.Client.AddDocumentAsync(new("1911-05-04", null, "Germany and France signed a treaty of commerce in Paris on Thursday, officials said.", "Signed", null), Stop));
        while (await news.MoveNextAsync() && news.Current.EventType == "still")
        {
            // Nothing has come yet.
        }
        Assert.Equal("arrival", news.Current.EventType);
        var arrived = JsonDocument.Parse(news.Current.Data).RootElement;
        Assert.Equal("Signed", arrived.GetProperty("document").GetProperty("title").GetString());
        Assert.Equal(arrived.GetProperty("place").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture), news.Current.EventId);
        // One who comes back goes on after what he had.
        var later = (await running.Client.ListArrivalsAsync(after: known.Entries[^1].Place, cancellationToken: Stop)).Entries;
        Assert.Equal("Signed", Assert.Single(later).Document.Title);
    }

    [Theory]
    [InlineData("/api/v1/timeline?colour=red", 400, "CH0540", "colour")]
    [InlineData("/api/v1/timeline?limit=0", 400, "CH0540", "from 1 to 500")]
    [InlineData("/api/v1/timeline?limit=501", 400, "CH0540", "from 1 to 500")]
    [InlineData("/api/v1/timeline?limit=2&limit=3", 400, "CH0540", "given 2 times")]
    [InlineData("/api/v1/timeline?from=yesterday", 400, "CH0540", "2024-04-08")]
    [InlineData("/api/v1/timeline?from=2024-02-30", 400, "CH0540", "2024-04-08")]
    [InlineData("/api/v1/timeline?status=likely", 400, "CH0540", "actual, planned")]
    [InlineData("/api/v1/timeline?after=here", 400, "CH0422", "here")]
    [InlineData("/api/v1/timeline?actor=Nobody%20At%20All", 404, "CH0420", "Nobody At All")]
    [InlineData("/api/v1/timeline?actor=a%00b", 400, "CH0540", "control")]
    [InlineData("/api/v1/timeline/0", 400, "CH0540", "id")]
    [InlineData("/api/v1/timeline/999999999", 404, "CH0508", "999999999")]
    [InlineData("/api/v1/documents/none", 404, "CH0423", "none")]
    [InlineData("/api/v1/jobs/none", 404, "CH0544", "none")]
    [InlineData("/api/v1/search", 400, "CH0540", "missing")]
    [InlineData("/api/v1/nowhere", 404, "CH0505", "nothing at this address")]
    public async Task What_cannot_be_answered_is_a_problem_that_says_what_to_do(string address, int status, string code, string words)
    {
        using var answer = await GetAsync(address);
        await IsProblemAsync(answer, status, code, words);
    }

    [Fact]
    public async Task Requests_of_another_kind_are_refused_with_what_can_be_had()
    {
        using var picture = await GetAsync("/api/v1/timeline", "image/png");
        await IsProblemAsync(picture, 406, "CH0541", "text/csv");
        using var form = await server.Http.PostAsync(new Uri("/api/v1/documents", UriKind.Relative), new StringContent("text=Hello", Encoding.UTF8, "application/x-www-form-urlencoded"), Stop);
        await IsProblemAsync(form, 415, "CH0507", "application/json");
        using var json = await server.Http.PostAsync(new Uri("/api/v1/files", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"), Stop);
        await IsProblemAsync(json, 415, "CH0507", "multipart/form-data");
        using var put = await server.Http.PutAsync(new Uri("/api/v1/timeline", UriKind.Relative), null, Stop);
        await IsProblemAsync(put, 405, "CH0506", "cannot be done");
        using var neither = await server.Http.PostAsJsonAsync(new Uri("/api/v1/documents", UriKind.Relative), new { title = "Nothing" }, Stop);
        await IsProblemAsync(neither, 400, "CH0546", "text or url");
        using var more = await server.Http.PostAsJsonAsync(new Uri("/api/v1/documents", UriKind.Relative), new { text = "Some text.", colour = "red" }, Stop);
        await IsProblemAsync(more, 400, "CH0542", "colour");
    }

    [Fact]
    public async Task Whoever_asks_too_often_must_wait()
    {
        await using var running = await SampleServer.StartAsync(new ServeOptions { RequestsPerMinute = 20 }, records: []);
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 25; i++)
            answers.Add(await running.Http.GetAsync(new Uri("/api/v1/info", UriKind.Relative), Stop));
        Assert.All(answers.Take(20), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        await IsProblemAsync(answers[^1], 429, "CH0543", "Too many requests");
        Assert.InRange(answers[^1].Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        answers.ForEach(a => a.Dispose());
    }

    [Fact]
    public async Task Sites_that_never_answer_keep_nobody_else_from_adding()
    {
        using var over = new CancellationTokenSource();
        await using var running = await SampleServer.StartAsync(records: [], configure: b => b.Services.AddSingleton(new FetchOptions
        {
            Tries = 1,
            Resolve = (_, _) => Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse("93.184.216.34")]),
            Connect = async (_, stop) =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, over.Token);
                await Task.Delay(Timeout.Infinite, either.Token);
                return Stream.Null;
            },
        }));
        for (var i = 0; i < 10; i++)
            await running.Client.AddDocumentAsync(new(null, null, null, null, $"http://news{i}.example/"), Stop);
        using var more = await running.Http.PostAsJsonAsync(new Uri("/api/v1/documents", UriKind.Relative), new { url = "http://news.example/" }, Stop);
        await IsProblemAsync(more, 429, "CH0545", "wait");
        Assert.NotNull(more.Headers.RetryAfter);
        Assert.Equal("done", (await FinishedAsync(running.Client, await running.Client.AddDocumentAsync(new(null, null, "Spain recalled its envoy from Lisbon on Friday, and Portugal protested.", null, null), Stop))).State);
        await over.CancelAsync();
    }

    [Fact]
    public async Task Heads_of_answers_can_be_asked_for_alone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/timeline");
        using var answer = await server.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(answer.Headers.ETag);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task Health_says_that_the_archive_answers()
    {
        using var answer = await GetAsync("/health");
        Assert.Equal("ok", (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("status").GetString());
    }

    internal static async Task<Job> FinishedAsync(ChanceryClient client, Job job)
    {
        for (; job.State is "waiting" or "reading"; job = await client.GetJobAsync(job.Id, Stop))
            await Task.Delay(50, Stop);
        return job;
    }

    internal static async Task IsProblemAsync(HttpResponseMessage answer, int status, string code, string words)
    {
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal((status, code), (problem.RootElement.GetProperty("status").GetInt32(), problem.RootElement.GetProperty("code").GetString()));
        Assert.Contains(words, problem.RootElement.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Null(answer.Headers.ETag);
    }

    private static async Task RefusedAsync(int status, string code, Func<Task> ask)
    {
        var refused = await Assert.ThrowsAnyAsync<ChanceryException>(ask);
        var problem = Assert.IsType<ChanceryException<Problem>>(refused).Result;
        Assert.Equal((status, status, code), (refused.StatusCode, problem.Status, problem.Code));
    }

    private async Task<HttpResponseMessage> GetAsync(string address, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        return await server.Http.SendAsync(request, Stop);
    }

    private async Task<JsonElement> JsonAsync(string address) => await server.Http.GetFromJsonAsync<JsonElement>(new Uri(address, UriKind.Relative), Stop);
}
