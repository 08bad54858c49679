using System.Text;
using System.Text.Json;
using Chancery.Formats.Exports;
using Chancery.Formats.Exports.Entities;
using Chancery.Lexicon;
using Chancery.Records;
using Xunit;

namespace Chancery.Formats.Tests.Exports;

public class FollowTheMoneyTests
{
    [Fact]
    public void Entities_are_those_that_were_approved() => Samples.Approve(Written(new(Samples.Record())), "export-ftm.jsonl");

    [Fact]
    public void Every_reference_leads_to_an_entity_and_every_id_is_allowed()
    {
        var entities = Entities(new(Samples.Record()));
        var ids = entities.Select(e => e.GetProperty("id").GetString()!).ToHashSet();
        Assert.Equal(entities.Count, ids.Count);
        Assert.All(ids, i => Assert.Matches("^[0-9a-z][0-9a-z.-]*[0-9a-z]$", i));
        foreach (var property in new[] { "document", "resolved", "involved", "proof", "entity" })
        {
            var references = entities.SelectMany(e => Values(e, property)).ToList();
            Assert.Equal(property != "entity", references.Count > 0);
            Assert.All(references, r => Assert.Contains(r, ids));
        }
    }

    [Fact]
    public void What_did_not_happen_is_left_out_and_what_is_planned_says_so()
    {
        Assert.Equal(3, Entities(new(Samples.Record())).Count(e => Schema(e) == "Event"));
        var planned = Entities(new(Samples.Record()), planned: true).Where(e => Schema(e) == "Event").ToList();
        Assert.Equal(4, planned.Count);
        Assert.Contains("planned", Values(planned[2], "keywords"));
    }

    [Fact]
    public void A_claim_never_reads_like_a_fact()
    {
        var claim = Entities(new(Samples.Record())).Where(e => Schema(e) == "Event").ElementAt(1);
        Assert.Contains("disputed", Values(claim, "keywords"));
        Assert.Equal(["On the word of Ada Marsh, as told by The Courier"], Values(claim, "description"));
        var undisputed = Entities(new(Samples.Record() with { Links = [] })).Where(e => Schema(e) == "Event").ElementAt(1);
        Assert.Contains("claimed", Values(undisputed, "keywords"));
    }

    [Fact]
    public void Sanctions_that_are_imposed_are_sanctions_too()
    {
        var record = Samples.Record();
        record = record with { Events = [record.Events[2] with { Status = EventStatus.Actual, Date = new("2024-04-08/2024-04-09", new(0, 1)) }, record.Events[2] with { Id = "e9", Status = EventStatus.Actual, Cameo = "166" }] };
        var sanction = Assert.Single(Entities(new(record)), e => Schema(e) == "Sanction");
        Assert.Equal(["Freedonia"], Values(sanction, "authority"));
        Assert.Equal(["2024-04-08", "2024-04-09"], Values(sanction, "startDate").Concat(Values(sanction, "endDate")));
        Assert.Equal(["fr"], Values(sanction, "country"));
    }

    [Theory]
    [InlineData(ActorKind.Person, "GOV", "Person")]
    [InlineData(ActorKind.State, null, "PublicBody")]
    [InlineData(ActorKind.Organisation, "MIL", "PublicBody")]
    [InlineData(ActorKind.Organisation, "BUS", "Organization")]
    [InlineData(ActorKind.Group, "CVL", "LegalEntity")]
    public void Kinds_have_their_schema(ActorKind kind, string? sector, string schema)
    {
        var record = Samples.Record();
        record = record with { Actors = [record.Actors[0] with { Kind = kind, Sectors = sector is null ? [] : [sector] }], Events = [] };
        Assert.Equal(schema, Schema(Entities(new(record))[1]));
    }

    private static string Written(ExportRecord record, bool planned = false)
    {
        using var to = new MemoryStream();
        var count = FollowTheMoney.Write(to, [record], planned);
        var text = Encoding.UTF8.GetString(to.ToArray());
        Assert.Equal(count, text.Count(c => c == '\n'));
        return text;
    }

    private static List<JsonElement> Entities(ExportRecord record, bool planned = false) => [.. Written(record, planned).TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement)];

    private static string Schema(JsonElement entity) => entity.GetProperty("schema").GetString()!;

    private static IEnumerable<string> Values(JsonElement entity, string property) =>
        entity.GetProperty("properties").TryGetProperty(property, out var values) ? values.EnumerateArray().Select(v => v.GetString()!) : [];
}
