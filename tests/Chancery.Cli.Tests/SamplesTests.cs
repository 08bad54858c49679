using System.Text.Json;
using Chancery.Cli;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.Cli.Tests;

/// <summary>The README's first command, with the real model.</summary>
public class SamplesTests
{
    [Fact]
    public async Task Who_said_what_in_the_samples()
    {
        using var session = new Session { Models = null! };
        Assert.Equal(0, await session.RunAsync("read", Repository.File("samples"), "--format", "jsonl"));
        var statements = new List<(string Document, string? Speaker, string Text)>();
        foreach (var line in session.Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var id = json.RootElement.GetProperty("document").GetProperty("id").GetString()!;
            var text = (await File.ReadAllTextAsync(Repository.File("samples", id + ".txt"), TestContext.Current.CancellationToken)).EnumerateRunes().ToList();
            string Words(JsonElement span) => string.Concat(text[span[0].GetInt32()..span[1].GetInt32()]);
            foreach (var statement in json.RootElement.GetProperty("statements").EnumerateArray())
            {
                var spans = statement.GetProperty("spans");
                Assert.Equal(string.Join(" … ", spans.GetProperty("content").EnumerateArray().Select(Words)), statement.GetProperty("text").GetString());
                statements.Add((id, spans.GetProperty("speaker").EnumerateArray().Select(Words).FirstOrDefault(), statement.GetProperty("text").GetString()!));
            }
        }

        Assert.InRange(statements.Count, 70, 160);
        AssertSays("suez-1956", "Hugh Gaitskell", "he did not believe him");
        AssertSays("locarno-1925", "Briand", "We have spoken European");
        AssertSays("geneva-1935", "Aloisi", "villages had been bombed");
        AssertSays("portsmouth-1905", "Witte", "Russia would pay");
        AssertSays("helsinki-1975", "Ford", "History will judge this conference");

        void AssertSays(string document, string speaker, string words) => Assert.Contains(statements, s =>
            s.Document == document && s.Speaker?.Contains(speaker, StringComparison.Ordinal) == true && s.Text.Contains(words, StringComparison.Ordinal));
    }
}
