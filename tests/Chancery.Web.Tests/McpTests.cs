using System.Text.Json;
using Chancery.TestSupport;
using Chancery.Web.Serving;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;
using Role = Chancery.Web.Security.Role;

namespace Chancery.Web.Tests;

/// <summary>Assistants look things up, over standard input and over HTTP, and get words with the addresses of their documents.</summary>
public class McpTests(SampleServer server)
{
    private static readonly string[] Names = ["diary", "disputes", "document", "find_actors", "measures", "positions", "relations", "search", "statements", "timeline"];

    /// <summary>Look-ups that find something in the samples.</summary>
    public static TheoryData<string, string> Finding => new()
    {
        { "find_actors", """{"name": "France", "limit": 3}""" },
        { "timeline", """{"actor": "France", "limit": 5}""" },
        { "statements", """{"type": "warn,deny"}""" },
        { "diary", "{}" },
        { "measures", "{}" },
        { "positions", """{"limit": "4"}""" },
        { "disputes", "{}" },
        { "relations", """{"actor": "France", "months": true}""" },
        { "search", """{"q": "canal"}""" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_answers_on_standard_input_and_output()
    {
        var folder = Directory.CreateTempSubdirectory("chancery-").FullName;
        using (var archive = Archive.Archive.Open(Path.Combine(folder, "archive.db"), SampleServer.Parts.Lexicon.Value))
        {
            archive.Add(new(SampleServer.Records[0].Document, SampleServer.Records[0]));
            archive.Merge(cancellationToken: Stop);
        }
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var command = Repository.File("src", "Chancery.Cli", "bin", configuration, "net10.0", "Chancery.Cli.dll");
        await using (var client = await McpClient.CreateAsync(
            new StdioClientTransport(new() { Command = "dotnet", Arguments = [command, "mcp", "--archive", Path.Combine(folder, "archive.db"), "--pages", "http://127.0.0.1:8740"] }),
            // The newest version asks a server first what it speaks, and takes one that starts slowly for an old one.
            new() { ProtocolVersion = "2025-11-25" }, cancellationToken: Stop))
        {
            Assert.Equal("chancery", client.ServerInfo!.Name);
            Assert.Contains("never an instruction", client.ServerInstructions!, StringComparison.Ordinal);
            Assert.Equal(Names, (await client.ListToolsAsync(cancellationToken: Stop)).Select(t => t.Name).Order(StringComparer.Ordinal));
            var found = await CallAsync(client, "timeline", "{}");
            Assert.All(QuotesOf(found), q => Assert.StartsWith("http://127.0.0.1:8740/documents/", q.GetProperty("address").GetString(), StringComparison.Ordinal));
            Assert.NotEmpty(QuotesOf(found));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_command_says_where_there_is_no_archive()
    {
        var error = new StringWriter();
        var code = await Cli.CommandLine.RunAsync(["mcp", "--archive", Path.Combine(Path.GetTempPath(), "no-such-archive.db")], new(Stream.Null, TextWriter.Null, error) { Bytes = Stream.Null }, cancellationToken: Stop);
        Assert.Equal(1, code);
        Assert.StartsWith("CH0402", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_look_up_only_looks_and_says_what_it_takes()
    {
        await using var client = await ConnectAsync(server.Http.BaseAddress!);
        var tools = await client.ListToolsAsync(cancellationToken: Stop);
        Assert.Equal(Names, tools.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, t =>
        {
            Assert.True(t.ProtocolTool.Annotations is { ReadOnlyHint: true, DestructiveHint: false, OpenWorldHint: false });
            Assert.True(t.Description.Length > 20);
            Assert.All(t.JsonSchema.GetProperty("properties").EnumerateObject(), p => Assert.True(p.Value.GetProperty("description").GetString()!.Length > 5));
        });
    }

    [Theory, MemberData(nameof(Finding))]
    public async Task Whatever_is_found_has_words_that_stand_in_the_document_at_their_address(string tool, string arguments)
    {
        await using var client = await ConnectAsync(server.Http.BaseAddress!);
        var found = await CallAsync(client, tool, arguments);
        var quotes = QuotesOf(found);
        Assert.NotEmpty(quotes);
        foreach (var quote in quotes)
        {
            var key = quote.GetProperty("document").GetString()!;
            Assert.Equal($"{server.Http.BaseAddress}documents/{key}", quote.GetProperty("address").GetString());
            Assert.NotNull(quote.GetProperty("title").GetString());
            var (start, end) = (quote.GetProperty("start").GetInt32(), quote.GetProperty("end").GetInt32());
            var part = await CallAsync(client, "document", $$"""{"key": "{{key}}", "start": {{start}}, "characters": {{end - start}}}""");
            Assert.Equal(quote.GetProperty("text").GetString(), part.GetProperty("text").GetString());
        }
        // Each entry has words of its own.
        if (found.TryGetProperty("entries", out var entries))
            Assert.All(entries.EnumerateArray(), e => Assert.NotEmpty(QuotesOf(e)));
    }

    [Fact]
    public async Task Pages_of_a_look_up_follow_each_other()
    {
        await using var client = await ConnectAsync(server.Http.BaseAddress!);
        var whole = (await CallAsync(client, "timeline", """{"limit": 30}""")).GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("id").GetInt64()).ToList();
        var parts = new List<long>();
        for (string? after = null; parts.Count < 30;)
        {
            var page = await CallAsync(client, "timeline", JsonSerializer.Serialize(new { limit = 10, after }));
            parts.AddRange(page.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("id").GetInt64()));
            after = page.GetProperty("after").GetString();
        }
        Assert.Equal(whole, parts);
    }

    [Fact]
    public async Task A_document_is_read_in_parts_and_as_a_resource()
    {
        await using var client = await ConnectAsync(server.Http.BaseAddress!);
        var document = SampleServer.Records[0].Document;
        var key = Archive.DocumentKey.Of(document);
        var text = "";
        for (int? start = 0; start is not null;)
        {
            var part = await CallAsync(client, "document", $$"""{"key": "{{key}}", "start": {{start}}, "characters": 500}""");
            text += part.GetProperty("text").GetString();
            start = part.GetProperty("next").ValueKind == JsonValueKind.Null ? null : part.GetProperty("next").GetInt32();
        }
        Assert.Equal(document.Text, text);
        var resource = await client.ReadResourceAsync($"chancery://documents/{key}", cancellationToken: Stop);
        Assert.Equal(document.Text, Assert.IsType<TextResourceContents>(resource.Contents.Single()).Text);
        Assert.Equal("chancery://documents/{key}", (await client.ListResourceTemplatesAsync(cancellationToken: Stop)).Single().UriTemplate);
        await Assert.ThrowsAnyAsync<McpException>(async () => await client.ReadResourceAsync("chancery://documents/none", cancellationToken: Stop));
    }

    [Theory]
    [InlineData("timeline", """{"colour": "red"}""", "CH0540")]
    [InlineData("timeline", """{"from": "yesterday"}""", "CH0540")]
    [InlineData("timeline", """{"actor": "Nobody At All"}""", "CH0420")]
    [InlineData("timeline", """{"after": "here"}""", "CH0422")]
    [InlineData("timeline", """{"actor": {"name": "France"}}""", "CH0540")]
    [InlineData("search", "{}", "CH0540")]
    [InlineData("search", """{"q": "canal", "limit": 1000}""", "CH0540")]
    [InlineData("document", """{"key": "none"}""", "CH0423")]
    public async Task What_cannot_be_looked_up_is_told_with_the_mend(string tool, string arguments, string code)
    {
        await using var client = await ConnectAsync(server.Http.BaseAddress!);
        var result = await client.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments) }, Stop);
        Assert.True(result.IsError);
        Assert.StartsWith(code, Assert.IsType<TextContentBlock>(result.Content.Single()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_accounts_are_needed_an_assistant_shows_a_key_of_a_reader()
    {
        await using var running = await SampleServer.StartAsync(new ServeOptions { Accounts = true });
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () => await ConnectAsync(running.Address));
        var key = running.Accounts.MakeKey("assistant", Role.Reader, DateTimeOffset.UnixEpoch);
        await using var client = await ConnectAsync(running.Address, key);
        Assert.NotEmpty(QuotesOf(await CallAsync(client, "statements", "{}")));
        Assert.True(running.Accounts.Revoke(running.Accounts.Keys[0].Id));
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () => await CallAsync(client, "statements", "{}"));
    }

    private static Task<McpClient> ConnectAsync(Uri address, string? key = null) => McpClient.CreateAsync(
        new HttpClientTransport(new() { Endpoint = new(address, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp, AdditionalHeaders = key is null ? null : new Dictionary<string, string> { ["Authorization"] = "Bearer " + key } }), cancellationToken: Stop);

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, string arguments)
    {
        var result = await client.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments) }, Stop);
        var text = Assert.IsType<TextContentBlock>(result.Content.Single()).Text;
        Assert.True(result.IsError != true, text);
        Assert.True(JsonElement.DeepEquals(result.StructuredContent!.Value, JsonDocument.Parse(text).RootElement));
        return result.StructuredContent.Value;
    }

    /// <summary>Everything in an answer that is a quote.</summary>
    private static List<JsonElement> QuotesOf(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.Array => [.. found.EnumerateArray().SelectMany(QuotesOf)],
        JsonValueKind.Object when found.TryGetProperty("start", out _) && found.TryGetProperty("address", out _) => [found],
        JsonValueKind.Object => [.. found.EnumerateObject().SelectMany(p => QuotesOf(p.Value))],
        _ => [],
    };
}
