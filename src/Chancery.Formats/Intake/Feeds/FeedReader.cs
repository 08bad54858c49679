using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>Reads feeds entry by entry, so that what stands before a fault is not lost.</summary>
internal static class FeedReader
{
    private const int Deepest = 128;

    private static readonly (string Prefix, string Namespace)[] Prefixes =
    [
        ("dc", "http://purl.org/dc/elements/1.1/"), ("content", "http://purl.org/rss/1.0/modules/content/"), ("atom", "http://www.w3.org/2005/Atom"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"), ("dcterms", "http://purl.org/dc/terms/"), ("media", "http://search.yahoo.com/mrss/"),
        ("sy", "http://purl.org/rss/1.0/modules/syndication/"), ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"), ("georss", "http://www.georss.org/georss"),
        ("slash", "http://purl.org/rss/1.0/modules/slash/"), ("wfw", "http://wellformedweb.org/CommentAPI/"), ("feedburner", "http://rssnamespace.org/feedburner/ext/1.0"),
        ("thr", "http://purl.org/syndication/thread/1.0"), ("xhtml", "http://www.w3.org/1999/xhtml"), ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ];

    private static readonly XmlReaderSettings Strict = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false, MaxCharactersInDocument = 4L * Feed.Largest, IgnoreComments = true, IgnoreProcessingInstructions = true,
    };

    public static (Feed?, Problem?) Read(byte[] bytes, Uri address)
    {
        var (xml, problem) = FeedXml.Mended(bytes, address);
        if (xml is null)
            return (null, problem);
        var state = new State(address);
        try
        {
            var names = new XmlNamespaceManager(new NameTable());
            foreach (var (prefix, name) in Prefixes)
                names.AddNamespace(prefix, name);
            using var reader = XmlReader.Create(new StringReader(xml), Strict, new XmlParserContext(names.NameTable, names, null, XmlSpace.None));
            Read(reader, state);
        }
        catch (XmlException e)
        {
            if (state.Items.Count == 0)
                return (null, new("CH0350", $"{address}: not well-formed XML (line {e.LineNumber}); check that the address is a feed's."));
            state.Faults.Add(new("CH0355", $"{address}: broken at line {e.LineNumber}; the {state.Items.Count} entries before were read."));
        }
        return state.Known
            ? (new(state.Title, state.Link, state.Items, state.Faults), null)
            : (null, new("CH0352", $"{address}: XML, but no feed (its root is '{state.Root}'); give the address of an RSS or Atom feed."));
    }

    private sealed class State(Uri address)
    {
        public Uri Address { get; } = address;
        public List<FeedItem> Items { get; } = [];
        public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);
        public List<Problem> Faults { get; } = [];
        public bool Known { get; set; }
        public string? Root { get; set; }
        public string? Title { get; set; }
        public Uri? Link { get; set; }
    }

    private static void Read(XmlReader reader, State state)
    {
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                reader.Read();
                continue;
            }
            if (reader.Depth > Deepest)
                throw new XmlException("nested too deeply");
            var name = reader.LocalName.ToLowerInvariant();
            if (state.Root is null)
            {
                state.Root = reader.Name;
                state.Known = name is "rss" or "feed" or "rdf" or "channel";
                if (!state.Known)
                    return;
                reader.Read();
            }
            else if (name is "item" or "entry")
            {
                var item = Item(Element(reader), state.Address);
                if (state.Items.Count >= Feed.MostItems)
                {
                    state.Faults.Add(new("CH0353", $"{state.Address}: more than {Feed.MostItems} entries; the first were read."));
                    return;
                }
                if (state.Ids.Add(item.Id))
                    state.Items.Add(item);
            }
            else if (name is "title" && state.Title is null)
            {
                state.Title = Plain(Element(reader).Value, state.Address);
            }
            else if (name is "link" && state.Link is null)
            {
                var link = Element(reader);
                if (link.Attribute("rel")?.Value is null or "alternate")
                    state.Link = Web(link.Attribute("href")?.Value ?? link.Value, state.Address);
            }
            else if (name is "channel" or "items")
            {
                reader.Read();
            }
            else
            {
                Element(reader);
            }
        }
    }

    /// <summary>Takes an element with all in it. XElement's own reader grows with the square of the depth, so depth is bounded here.</summary>
    private static XElement Element(XmlReader reader)
    {
        var (root, at, start) = ((XElement?)null, (XElement?)null, reader.Depth);
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth - start > Deepest)
                        throw new XmlException("nested too deeply");
                    var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                    var isEmpty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute())
                        if (reader.Prefix is not "xmlns" && reader.LocalName is not "xmlns")
                            element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
                    at?.Add(element);
                    root ??= element;
                    at = isEmpty ? at : element;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    at?.Add(new XText(reader.Value));
                    break;
                case XmlNodeType.EndElement:
                    at = at == root ? null : at!.Parent;
                    break;
            }
        }
        while (reader.Read() && at is not null);
        return root!;
    }

    private static FeedItem Item(XElement item, Uri address)
    {
        var title = Plain(Value(item, "title"), address);
        var link = item.Elements().Where(e => Is(e, "link")).OrderBy(e => e.Attribute("rel")?.Value is null or "alternate" ? 0 : 1)
            .Where(e => e.Attribute("rel")?.Value is null or "alternate").Select(e => Web(e.Attribute("href")?.Value ?? e.Value, Base(e, address))).FirstOrDefault(u => u is not null);
        var guid = item.Elements().FirstOrDefault(e => Is(e, "guid"));
        link ??= guid is not null && guid.Attribute("isPermaLink")?.Value != "false" && Uri.TryCreate(guid.Value.Trim(), UriKind.Absolute, out var permanent) ? Web(permanent.AbsoluteUri, address) : null;
        var content = Markup(item.Elements().FirstOrDefault(e => Is(e, "encoded")) ?? item.Elements().FirstOrDefault(e => Is(e, "content") && !e.Name.NamespaceName.Contains("mrss", StringComparison.Ordinal)));
        var summary = Markup(item.Elements().FirstOrDefault(e => Is(e, "description")) ?? item.Elements().FirstOrDefault(e => Is(e, "summary")));
        var published = Value(item, "pubdate") ?? Value(item, "published") ?? Value(item, "issued") ?? Value(item, "date");
        var updated = Value(item, "updated") ?? Value(item, "modified");
        var id = Report.Absent(guid?.Value) ?? Value(item, "id") ?? Report.Absent(item.Attributes().FirstOrDefault(a => a.Name.LocalName == "about")?.Value) ?? link?.AbsoluteUri
                 ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\n{content ?? summary}")));
        return new(id.Length > 2000 ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))) : id)
        {
            Link = link, Title = title, Published = PublishedDate.Of(published ?? updated), Updated = PublishedDate.Of(updated), Revision = updated ?? published,
            Author = Author(item), Summary = summary, Content = content,
        };
    }

    private static bool Is(XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string? Value(XElement item, string name) => Report.Absent(item.Elements().FirstOrDefault(e => Is(e, name) && !e.Name.NamespaceName.Contains("mrss", StringComparison.Ordinal))?.Value);

    private static string? Author(XElement item)
    {
        var author = item.Elements().FirstOrDefault(e => Is(e, "author")) is { } person ? Report.Absent(person.Elements().FirstOrDefault(e => Is(e, "name"))?.Value ?? person.Value) : null;
        author = Value(item, "creator") ?? author;
        // RSS 2.0 wants "mail@site (Name)" here.
        return author is not null && author.IndexOf('(', StringComparison.Ordinal) is > 0 and var open && author.IndexOf(')', open) is > 0 and var close && author.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < open
            ? Report.Absent(author[(open + 1)..close]) : author;
    }

    /// <summary>An element's content as HTML: escaped, as elements, or as plain text, whichever way it was given.</summary>
    private static string? Markup(XElement? element)
    {
        if (element is null)
            return null;
        var type = element.Attribute("type")?.Value ?? "";
        if (element.HasElements || type.Contains("xhtml", StringComparison.OrdinalIgnoreCase))
            return Report.Absent(string.Concat(element.Nodes().Select(n => n.ToString(SaveOptions.DisableFormatting))));
        return Report.Absent(type is "text" or "text/plain" ? System.Net.WebUtility.HtmlEncode(element.Value) : element.Value);
    }

    private static string? Plain(string? title, Uri address) =>
        Report.Absent(title) is { } text && (text.Contains('<', StringComparison.Ordinal) || text.Contains('&', StringComparison.Ordinal)) && HtmlPages.Fragment(text, address.ToString()) is ({ } plain, null)
            ? Report.Absent(plain.Replace("\n\n", " ", StringComparison.Ordinal)) : Report.Absent(title) is { } bare ? string.Join(' ', bare.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;

    private static Uri Base(XElement element, Uri address)
    {
        var at = element.AncestorsAndSelf().Select(e => e.Attribute(XNamespace.Xml + "base")?.Value).FirstOrDefault(b => b is not null);
        return at is not null && Uri.TryCreate(address, at, out var found) ? found : address;
    }

    private static Uri? Web(string? href, Uri address) =>
        Report.Absent(href) is { Length: < 4000 } given && Uri.TryCreate(address, given, out var url) && url.Scheme is "http" or "https" ? url : null;
}
