using System.Text;
using System.Text.Json;
using Chancery.Formats.Exports;
using Chancery.Formats.Exports.Datasets;
using Chancery.Formats.Exports.Networks;
using Chancery.Formats.Exports.Rows;
using Chancery.Formats.Tables;
using Chancery.Lexicon;
using Chancery.Records;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.Formats.Tests.Exports;

public class DatasetTests
{
    private static readonly string Manual = File.ReadAllText(Repository.File("docs", "exports.md"));

    [Theory]
    [InlineData("documents")]
    [InlineData("actors")]
    [InlineData("statements")]
    [InlineData("events")]
    [InlineData("links")]
    public async Task A_record_gives_the_rows_that_were_approved(string name)
    {
        using var to = new MemoryStream();
        var table = RecordTables.All.Single(t => t.Schema.Name == name);
        await TableWriter.WriteAsync(TableFormat.Csv, to, table.Schema, table.Rows([new(Samples.Record())]));
        Samples.Approve(Encoding.UTF8.GetString(to.ToArray()).ReplaceLineEndings("\n"), $"export-{name}.csv");
    }

    [Theory]
    [InlineData("actors")]
    [InlineData("statements")]
    [InlineData("events")]
    public void Every_quote_is_found_by_its_offsets(string name)
    {
        var table = RecordTables.All.Single(t => t.Schema.Name == name);
        var runes = Samples.Text.EnumerateRunes().ToList();
        int Of(string column) => table.Schema.Columns.Index().Single(c => c.Item.Name == column).Index;
        var rows = table.Rows([new(Samples.Record())]).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.Equal(string.Concat(runes[(int)r[Of("quote_start")].Whole!..(int)r[Of("quote_end")].Whole!]), r[Of("quote")].Text));
    }

    [Fact]
    public void Ids_that_hold_across_documents_stand_in_every_table()
    {
        var record = new ExportRecord(Samples.Record())
        {
            Actors = new Dictionary<string, ExportActor> { ["a1"] = new("Q1", "Ada B. Marsh", ActorKind.Person) { Country = "FRA", Office = "foreign minister" } },
            Events = new Dictionary<string, ExportEvent> { ["e1"] = new("v1") { Reports = 4, Publishers = 2 } },
            CopyOf = "d0",
        };
        Assert.Equal(["Q1", "d1/a2"], Column(RecordTables.Actors, record, "actor_id").Take(2));
        Assert.Equal(["v1", "d1/e2"], Column(RecordTables.Events, record, "event_id").Take(2));
        Assert.Equal(["4", "1"], Column(RecordTables.Events, record, "reports").Take(2));
        Assert.Equal("Ada B. Marsh", Column(RecordTables.Events, record, "source_names")[0]);
        Assert.Equal("Ada B. Marsh", Column(RecordTables.Statements, record, "speaker_name")[1]);
        Assert.Equal(["d0"], Column(RecordTables.Documents, record, "copy_of"));
    }

    [Fact]
    public void On_whose_word_an_event_is_goes_from_the_outermost_source_in() =>
        Assert.Equal("The Courier|Ada Marsh", Column(RecordTables.Events, new(Samples.Record()), "claimed_by_names")[1]);

    [Fact]
    public void What_is_denied_in_the_same_document_is_disputed()
    {
        Assert.Equal(["", "true", "", "false", ""], Column(RecordTables.Events, new(Samples.Record()), "disputed"));
        Assert.Equal(["", "s2", ""], Column(RecordTables.Statements, new(Samples.Record()), "denied_by"));
    }

    [Fact]
    public void A_record_that_does_not_hold_together_still_goes_out()
    {
        var broken = Samples.Record() with
        {
            Actors = [],
            Statements = [new("s1", SpeechAct.State, SpeechForm.Direct, new(null, null, [new(0, 99_999)])) { Speaker = "gone", Via = "s1" }],
            Events = [new("e1", "NONE", EventStatus.Actual, new([], [], [], new(0, 5))) { Source = ["gone"], Target = ["gone"], Statement = "s1" }],
        };
        Assert.Equal([""], Column(RecordTables.Events, new(broken), "source_ids"));
        Assert.Equal([""], Column(RecordTables.Events, new(broken), "claimed_by_ids"));
        Assert.Empty(EventRows.Rows(EventRowFormat.Polecat, [new(broken)], new() { Added = DateTimeOffset.UnixEpoch }));
        Assert.Empty(Network.Of([new(broken)]).Edges);
    }

    [Fact]
    public async Task Five_Parquet_files_are_made_in_one_walk_and_join_in_DuckDB()
    {
        var folder = Directory.CreateTempSubdirectory("chancery-");
        try
        {
            var files = RecordTables.All.ToDictionary(t => t.Schema.Name, t => Path.Combine(folder.FullName, t.Schema.Name + ".parquet"));
            var streams = files.ToDictionary(f => f.Key, f => File.Create(f.Value));
            var writers = RecordTables.All.Select(t => TableWriter.Open(TableFormat.Parquet, streams[t.Schema.Name], t.Schema)).ToList();
            var walks = 0;
            IEnumerable<ExportRecord> Walked()
            {
                walks++;
                foreach (var record in Samples.Many(3))
                    yield return record;
            }
            var counts = await RecordTables.WriteAsync(Walked(), writers);
            foreach (var writer in writers)
                await writer.DisposeAsync();
            foreach (var stream in streams.Values)
                await stream.DisposeAsync();

            Assert.Equal(1, walks);
            Assert.Equal((3, 18, 9, 15, 3), (counts["documents"], counts["actors"], counts["statements"], counts["events"], counts["links"]));
            Assert.Equal(["3"], TableWriterTests.Query($"SELECT count(*) FROM '{files["events"]}' e JOIN '{files["actors"]}' a ON list_contains(e.source_ids, a.actor_id) JOIN '{files["documents"]}' d ON d.document = e.document WHERE a.actor_name = 'Ada Marsh' AND e.type = 'CONSULT'"));
            // The recipes of the manual, over these files.
            var recipes = Section("### Recipes").Split("```sql")[1].Split("```")[0].Replace(".parquet'", ".parquet')", StringComparison.Ordinal).Replace("FROM '", $"FROM read_parquet('{folder.FullName}/", StringComparison.Ordinal).Replace("JOIN '", $"JOIN read_parquet('{folder.FullName}/", StringComparison.Ordinal).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(2, recipes.Length);
            Assert.Empty(TableWriterTests.Query(recipes[0]));
            Assert.Equal(["Ada Marsh", "Ada Marsh", "Ada Marsh"], TableWriterTests.Query(recipes[1]));
            Assert.Equal(["diplomatic,military"], TableWriterTests.Query($"SELECT DISTINCT array_to_string(contexts, ',') FROM '{files["events"]}' WHERE event = 'e1'"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_data_package_describes_its_files()
    {
        using var to = new MemoryStream();
        DataPackage.Write(to, new("chancery-test") { Title = "Test" },
        [
            .. RecordTables.All.Select(t => new DataPackageFile(t.Schema.Name + ".csv", TableFormat.Csv, t.Schema) { Bytes = 5, Sha256 = "ab" }),
            new("events.parquet", TableFormat.Parquet, RecordTables.Events.Schema with { Name = "events-parquet" }),
        ]);
        using var json = JsonDocument.Parse(to.ToArray());
        var resources = json.RootElement.GetProperty("resources").EnumerateArray().ToList();
        Assert.Equal("https://datapackage.org/profiles/2.0/datapackage.json", json.RootElement.GetProperty("$schema").GetString());
        Assert.Equal(6, resources.Count);
        Assert.False(json.RootElement.TryGetProperty("created", out _));
        var events = resources[3].GetProperty("schema");
        Assert.Equal(RecordTables.Events.Schema.Columns.Select(c => c.Name), events.GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
        Assert.Equal("list|", events.GetProperty("fields").EnumerateArray().Where(f => f.GetProperty("name").GetString() == "modes").Select(f => f.GetProperty("type").GetString() + f.GetProperty("delimiter").GetString()).Single());
        Assert.Equal("documents", events.GetProperty("foreignKeys")[0].GetProperty("reference").GetProperty("resource").GetString());
        Assert.Equal("sha256:ab", resources[3].GetProperty("hash").GetString());
        Assert.Equal("array", resources[5].GetProperty("schema").GetProperty("fields").EnumerateArray().Where(f => f.GetProperty("name").GetString() == "modes").Select(f => f.GetProperty("type").GetString()).Single());
        Assert.Throws<ArgumentException>(() => DataPackage.Write(Stream.Null, new("My data"), []));
    }

    [Fact]
    public void Every_column_is_explained()
    {
        foreach (var table in RecordTables.All)
        {
            var section = Section($"### {table.Schema.Name}");
            Assert.All(table.Schema.Columns, c => Assert.Contains($"| `{c.Name}` | {TypeOf(c)} | {c.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n", section, StringComparison.Ordinal));
            Assert.Equal(table.Schema.Columns.Count, section.Split('\n').Count(l => l.StartsWith("| `", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Every_attribute_of_a_network_is_explained() =>
        Assert.All(NetworkXml.AttributeNames.Except(QuadCode.Types), a => Assert.Contains($"| `{a}` |", Section("## Networks"), StringComparison.Ordinal));

    [Theory]
    [InlineData(EventRowFormat.Polecat, "### POLECAT")]
    [InlineData(EventRowFormat.Icews, "### ICEWS")]
    [InlineData(EventRowFormat.Gdelt, "### GDELT events")]
    [InlineData(EventRowFormat.GdeltMentions, "### GDELT mentions")]
    public void Every_column_that_is_always_empty_is_named_with_the_reason(EventRowFormat format, string heading)
    {
        var record = new ExportRecord(Samples.Record()) { Actors = Samples.Record().Actors.ToDictionary(a => a.Id, a => ExportActor.Of(Samples.Record().Document, a) with { Wikipedia = "X", Country = a.Id == "a1" ? "UNO" : "CHN" }) };
        var rows = EventRows.Rows(format, [record], new() { Added = DateTimeOffset.UnixEpoch }).ToList();
        var filled = EventRows.ColumnsOf(format).Index().Where(c => rows.Exists(r => r[c.Index] is not ("" or "None" or "0"))).Select(c => c.Item).ToHashSet();
        var section = Section(heading);
        Assert.NotEmpty(rows);
        Assert.All(EventRows.ColumnsOf(format).Where(c => !filled.Contains(c)), c => Assert.Contains($"`{c}`", section, StringComparison.Ordinal));
    }

    private static string TypeOf(Column column) => column.Type switch { ColumnType.Whole => "whole number", ColumnType.Truth => "true or false", var t => t.ToString().ToLowerInvariant() };

    private static string Section(string heading)
    {
        var start = Manual.IndexOf(heading + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/exports.md has no '{heading}'");
        var end = Manual.IndexOf("\n#", start + heading.Length, StringComparison.Ordinal);
        return Manual[start..(end < 0 ? Manual.Length : end)];
    }

    private static List<string> Column(RecordTable table, ExportRecord record, string column)
    {
        var index = table.Schema.Columns.Index().Single(c => c.Item.Name == column).Index;
        return [.. table.Rows([record]).Select(r => r[index].ToString())];
    }
}
