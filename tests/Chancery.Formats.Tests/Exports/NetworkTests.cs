using System.Text;
using System.Xml.Linq;
using Chancery.Formats.Exports;
using Chancery.Formats.Exports.Networks;
using Chancery.Records;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.Formats.Tests.Exports;

public class NetworkTests
{
    private static readonly XNamespace Gexf = "http://gexf.net/1.3";
    private static readonly XNamespace GraphMl = "http://graphml.graphdrawing.org/xmlns";

    [Fact]
    public void An_edge_adds_up_what_one_did_to_the_other()
    {
        var network = Network.Of([new(Samples.Record())]);
        Assert.Equal(["d1/a1>d1/a2", "d1/a2>d1/a1", "d1/a3>d1/a5"], network.Edges.Select(e => $"{e.Source}>{e.Target}"));
        var edge = network.Edges.First();
        Assert.Equal((2, 6.5, 3.25, 2), (edge.Events, edge.ScoreSum, edge.ScoreMean, edge.Types["CONSULT"]));
        Assert.Equal((new DateOnly(2024, 4, 8), new DateOnly(2024, 4, 8)), (edge.First, edge.Last));
        Assert.Equal(["d1/e1", "d1/e5"], edge.Evidence);
        Assert.Equal(4, network.Nodes.Count());
        Assert.Contains("d1/a5>d1/a3", Network.Of([new(Samples.Record())], new() { IncludePlanned = true }).Edges.Select(e => $"{e.Source}>{e.Target}"));
    }

    [Fact]
    public void Countries_stand_for_all_their_actors()
    {
        var network = Network.Of(Samples.Many(3), new() { Countries = true, Evidence = 2 });
        Assert.Equal(["CHN China", "FRA France", "ROU Romania"], network.Nodes.Select(n => $"{n.Id} {n.Label}"));
        Assert.Equal(["CHN>FRA 3", "FRA>CHN 6", "ROU>FRA 3"], network.Edges.Select(e => $"{e.Source}>{e.Target} {e.Events}"));
        Assert.All(network.Edges, e => Assert.Equal(2, e.Evidence.Count));
    }

    [Fact]
    public void An_event_told_twice_counts_once_and_a_copy_does_not()
    {
        ExportRecord Telling(string id, string? copyOf = null) => new(Samples.Record("d")) { Events = new Dictionary<string, ExportEvent> { ["e1"] = new("v1") { Reports = 2 }, ["e5"] = new(id) }, CopyOf = copyOf };
        var edge = Network.Of([Telling("x"), Telling("y"), Telling("z", "x")]).Edges.First();
        Assert.Equal(["v1", "x", "y"], edge.Evidence);
    }

    [Fact]
    public void GraphMl_is_the_one_that_was_approved()
    {
        var text = Written(NetworkXml.WriteGraphMl, Network.Of([new(Samples.Record())]));
        Samples.Approve(text, "export-network.graphml");
        var root = XDocument.Parse(text).Root!;
        var keys = root.Elements(GraphMl + "key").Select(k => k.Attribute("id")!.Value).ToHashSet();
        Assert.All(root.Descendants(GraphMl + "data"), d => Assert.Contains(d.Attribute("key")!.Value, keys));
        var nodes = root.Descendants(GraphMl + "node").Select(n => n.Attribute("id")!.Value).ToHashSet();
        Assert.All(root.Descendants(GraphMl + "edge"), e => Assert.True(nodes.Contains(e.Attribute("source")!.Value) && nodes.Contains(e.Attribute("target")!.Value)));
    }

    [Fact]
    public void Gexf_is_the_one_that_was_approved_and_an_edge_is_there_on_the_days_of_its_events()
    {
        var text = Written(NetworkXml.WriteGexf, Network.Of([new(Samples.Record())]));
        Samples.Approve(text, "export-network.gexf");
        var root = XDocument.Parse(text).Root!;
        var edges = root.Descendants(Gexf + "edge").ToList();
        Assert.Equal("2024-04-08", edges[0].Descendants(Gexf + "spell").Single().Attribute("start")!.Value);
        Assert.Empty(edges[2].Descendants(Gexf + "spell"));
        var declared = root.Descendants(Gexf + "attribute").Select(a => a.Attribute("id")!.Value).ToHashSet();
        Assert.All(root.Descendants(Gexf + "attvalue"), v => Assert.Contains(v.Attribute("for")!.Value, declared));
        Assert.Equal(["graph"], root.Elements().Select(e => e.Name.LocalName));
        Assert.Equal(["attributes", "attributes", "nodes", "edges"], root.Element(Gexf + "graph")!.Elements().Select(e => e.Name.LocalName));
    }

    [Fact]
    public void Spells_that_overlap_are_one()
    {
        var record = Samples.Record();
        Event Dated(string id, string edtf) => record.Events[0] with { Id = id, Date = new(edtf, new(0, 1)) };
        record = record with { Events = [Dated("1", "2024-01-03/2024-01-05"), Dated("2", "2024-01-04"), Dated("3", "2024-01-05/2024-01-09"), Dated("4", "2024-02-01"), Dated("5", "2024-03"), Dated("6", "XXXX-01-01")] };
        var edge = Network.Of([new(record)]).Edges.Single();
        Assert.Equal([(new(2024, 1, 3), new(2024, 1, 9)), (new(2024, 2, 1), new(2024, 2, 1))], edge.Spells);
        Assert.Equal((6, new DateOnly(2024, 2, 1)), (edge.Events, edge.Last));
    }

    [Fact]
    public void Names_that_XML_cannot_hold_do_not_stop_it()
    {
        var record = Samples.Record();
        record = record with { Actors = [.. record.Actors.Select(a => a with { Name = "<b>&\u0001\ud800 😀" })] };
        foreach (var write in new Action<Stream, Network>[] { NetworkXml.WriteGexf, NetworkXml.WriteGraphMl })
            Assert.Contains("&lt;b&gt;&amp;\ufffd\ufffd 😀", Written(write, Network.Of([new(record)])), StringComparison.Ordinal);
    }

    private static string Written(Action<Stream, Network> write, Network network)
    {
        using var to = new MemoryStream();
        write(to, network);
        return Encoding.UTF8.GetString(to.ToArray());
    }
}
