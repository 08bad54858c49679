using System.Globalization;
using System.Text;
using System.Xml;
using Chancery.Formats.Tables;

namespace Chancery.Formats.Exports.Networks;

/// <summary>Writes networks as GraphML and GEXF 1.3, with evidence on each edge.</summary>
public static class NetworkXml
{
    private const string GraphMl = "http://graphml.graphdrawing.org/xmlns";
    private const string Gexf = "http://gexf.net/1.3";
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly Attribute<NetworkNode>[] NodeAttributes =
    [
        new("kind", "string", n => n.Kind),
        new("country", "string", n => n.Country),
        new("sectors", "string", n => n.Sectors.Count > 0 ? string.Join('|', n.Sectors) : null),
    ];

    private static readonly Attribute<NetworkEdge>[] EdgeAttributes =
    [
        new("events", "long", e => Whole(e.Events)),
        new("score_sum", "double", e => e.Scored > 0 ? Number(e.ScoreSum) : null),
        new("score_mean", "double", e => e.ScoreMean is { } mean ? Number(mean) : null),
        .. QuadCode.Types.Select(t => new Attribute<NetworkEdge>(t, "long", e => Whole(e.Types.GetValueOrDefault(t)))),
        new("first_date", "string", e => Day(e.First)),
        new("last_date", "string", e => Day(e.Last)),
        new("event_ids", "string", e => e.Evidence.Count > 0 ? string.Join('|', e.Evidence) : null),
    ];

    /// <summary>The attributes of nodes and edges, which <c>docs/exports.md</c> explains.</summary>
    public static IEnumerable<string> AttributeNames => NodeAttributes.Select(a => a.Name).Prepend("label").Concat(EdgeAttributes.Select(a => a.Name));

    /// <summary>Writes GraphML.</summary>
    public static void WriteGraphMl(Stream to, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var xml = Open(to);
        xml.WriteStartElement("graphml", GraphMl);
        xml.WriteAttributeString("xsi", "schemaLocation", SchemaInstance, $"{GraphMl} {GraphMl}/1.0/graphml.xsd");
        Key("label", "node", "string");
        foreach (var attribute in NodeAttributes)
            Key(attribute.Name, "node", attribute.Type);
        foreach (var attribute in EdgeAttributes)
            Key(attribute.Name, "edge", attribute.Type);
        xml.WriteStartElement("graph", GraphMl);
        xml.WriteAttributeString("edgedefault", "directed");
        foreach (var node in network.Nodes)
        {
            xml.WriteStartElement("node", GraphMl);
            Put(xml, "id", node.Id);
            Data("node_label", node.Label);
            foreach (var attribute in NodeAttributes)
                Data($"node_{attribute.Name}", attribute.Of(node));
            xml.WriteEndElement();
        }
        foreach (var edge in network.Edges)
        {
            xml.WriteStartElement("edge", GraphMl);
            Put(xml, "source", edge.Source);
            Put(xml, "target", edge.Target);
            foreach (var attribute in EdgeAttributes)
                Data($"edge_{attribute.Name}", attribute.Of(edge));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();

        void Key(string name, string of, string type)
        {
            xml.WriteStartElement("key", GraphMl);
            xml.WriteAttributeString("id", $"{of}_{name}");
            xml.WriteAttributeString("for", of);
            xml.WriteAttributeString("attr.name", name);
            xml.WriteAttributeString("attr.type", type);
            xml.WriteEndElement();
        }

        void Data(string key, string? value)
        {
            if (value is null)
                return;
            xml.WriteStartElement("data", GraphMl);
            xml.WriteAttributeString("key", key);
            xml.WriteString(TextCleaning.ForXml(value));
            xml.WriteEndElement();
        }
    }

    /// <summary>Writes GEXF 1.3. An edge is there on the days of its events; one without a day is there always.</summary>
    public static void WriteGexf(Stream to, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var xml = Open(to);
        xml.WriteStartElement("gexf", Gexf);
        xml.WriteAttributeString("version", "1.3");
        xml.WriteAttributeString("xsi", "schemaLocation", SchemaInstance, $"{Gexf} {Gexf}/gexf.xsd");
        xml.WriteStartElement("graph", Gexf);
        xml.WriteAttributeString("mode", "dynamic");
        xml.WriteAttributeString("defaultedgetype", "directed");
        xml.WriteAttributeString("timeformat", "date");
        Declare("node", NodeAttributes.Select(a => (a.Name, a.Type)));
        Declare("edge", EdgeAttributes.Select(a => (a.Name, a.Type)));
        xml.WriteStartElement("nodes", Gexf);
        foreach (var node in network.Nodes)
        {
            xml.WriteStartElement("node", Gexf);
            Put(xml, "id", node.Id);
            Put(xml, "label", node.Label);
            Values(NodeAttributes, node);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteStartElement("edges", Gexf);
        var number = 0;
        foreach (var edge in network.Edges)
        {
            xml.WriteStartElement("edge", Gexf);
            Put(xml, "id", Whole(number++));
            Put(xml, "source", edge.Source);
            Put(xml, "target", edge.Target);
            Put(xml, "weight", Whole(edge.Events));
            Values(EdgeAttributes, edge);
            if (edge.First is not null)
            {
                xml.WriteStartElement("spells", Gexf);
                foreach (var (first, last) in edge.Spells)
                {
                    xml.WriteStartElement("spell", Gexf);
                    xml.WriteAttributeString("start", Day(first));
                    xml.WriteAttributeString("end", Day(last));
                    xml.WriteEndElement();
                }
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();

        void Declare(string of, IEnumerable<(string Name, string Type)> attributes)
        {
            xml.WriteStartElement("attributes", Gexf);
            xml.WriteAttributeString("class", of);
            foreach (var (name, type) in attributes)
            {
                xml.WriteStartElement("attribute", Gexf);
                xml.WriteAttributeString("id", name);
                xml.WriteAttributeString("title", name);
                xml.WriteAttributeString("type", type);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }

        void Values<T>(Attribute<T>[] attributes, T of)
        {
            xml.WriteStartElement("attvalues", Gexf);
            foreach (var attribute in attributes)
            {
                if (attribute.Of(of) is not { } value)
                    continue;
                xml.WriteStartElement("attvalue", Gexf);
                xml.WriteAttributeString("for", attribute.Name);
                Put(xml, "value", value);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
    }

    private static XmlWriter Open(Stream to)
    {
        ArgumentNullException.ThrowIfNull(to);
        return XmlWriter.Create(to, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " ", NewLineChars = "\n" });
    }

    private static void Put(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, TextCleaning.ForXml(value));

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    // Sums of tenths leave dust in the last digits.
    private static string Number(double value) => Math.Round(value, 6).ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Attribute<T>(string Name, string Type, Func<T, string?> Of);
}
