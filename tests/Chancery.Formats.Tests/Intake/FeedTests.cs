using System.Text;
using Chancery.Formats.Intake;
using CsCheck;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

public class FeedTests
{
    private static readonly Uri Address = new("https://courier.example/feeds/world");

    private static (Feed? Feed, Chancery.Records.Problem? Problem) Parse(string xml) => Parse(Encoding.UTF8.GetBytes(xml));

    private static (Feed? Feed, Chancery.Records.Problem? Problem) Parse(byte[] xml) => Feed.Parse(new MemoryStream(xml), Address);

    public static TheoryData<string, string> Kinds => new()
    {
        { "RSS 2.0", """
            <?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>World &amp; more</title>
            <link>https://courier.example/</link><image><title>Logo</title><url>x.png</url></image>
            <item><title>Envoys meet</title><link>https://courier.example/a</link><guid isPermaLink="false">a-1</guid><pubDate>Wed, 10 Apr 2024 23:30:00 -0400</pubDate><dc:creator>Anna Holm</dc:creator>
            <description>They &lt;b&gt;met&lt;/b&gt;.</description><content:encoded><![CDATA[<p>They met & left.</p>]]></content:encoded></item></channel></rss>
            """ },
        { "RSS 0.91", """
            <?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd"><rss version="0.91"><channel><title>World &amp; more</title><link>https://courier.example/</link>
            <item><title>Envoys meet</title><link>https://courier.example/a</link><guid>a-1</guid><pubDate>10 Apr 2024</pubDate><author>anna@courier.example (Anna Holm)</author><description>They &lt;b&gt;met&lt;/b&gt;.</description><encoded>&lt;p&gt;They met &amp;amp; left.&lt;/p&gt;</encoded></item></channel></rss>
            """ },
        { "RSS 1.0", """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>World &amp; more</title><link>https://courier.example/</link><items><rdf:Seq/></items></channel>
            <item rdf:about="a-1"><title>Envoys meet</title><link>/a</link><dc:date>2024-04-10T12:00Z</dc:date><dc:creator>Anna Holm</dc:creator><description>They &lt;b&gt;met&lt;/b&gt;.</description><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">&lt;p&gt;They met &amp;amp; left.&lt;/p&gt;</content:encoded></item></rdf:RDF>
            """ },
        { "Atom", """
            <feed xmlns="http://www.w3.org/2005/Atom"><title type="text">World &amp; more</title><link rel="self" href="https://courier.example/feeds/world"/><link href="https://courier.example/"/><id>f</id><updated>2024-04-11T00:00:00Z</updated>
            <entry><title type="html">Envoys &lt;i&gt;meet&lt;/i&gt;</title><link rel="enclosure" href="/a.mp3"/><link rel="alternate" href="../a"/><id>a-1</id><published>2024-04-10T23:30:00-04:00</published><updated>2024-04-11T00:00:00Z</updated>
            <author><name>Anna Holm</name></author><summary type="html">They &lt;b&gt;met&lt;/b&gt;.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They met &amp; left.</p></div></content></entry></feed>
            """ },
        { "faults", "\n\n <?xml version='1.0' encoding='utf-16'?><rss><channel><title>World & more</title><link>https://courier.example/</link>\u0001<item><title>Envoys&nbsp;meet</title><link> https://courier.example/a\n</link><guid isPermaLink='false'>a-1</guid><dc:date>Apr 10 2024</dc:date><dc:creator>Anna Holm</dc:creator><description>They &lt;b&gt;met&lt;/b&gt;.</description><content:encoded>&lt;p&gt;They met & left.&lt;/p&gt;</content:encoded></item></channel></rss>" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void All_kinds_of_feeds_say_the_same(string kind, string xml)
    {
        var (feed, problem) = Parse(xml);
        Assert.True(problem is null, $"{kind}: {problem}");
        Assert.Equal(("World & more", "https://courier.example/"), (feed!.Title, feed.Link!.AbsoluteUri));
        var item = Assert.Single(feed.Items);
        Assert.Equal(("a-1", "https://courier.example/a", "Envoys meet", "2024-04-10", "Anna Holm"), (item.Id, item.Link!.AbsoluteUri, item.Title, item.Published, item.Author));
        Assert.Equal("They met.", HtmlPages.Fragment(item.Summary!, kind).Text);
        Assert.Equal("They met & left.", HtmlPages.Fragment(item.Content!, kind).Text);
        Assert.Empty(feed.Faults);
    }

    [Fact]
    public void What_stands_before_a_fault_is_kept()
    {
        var (feed, problem) = Parse("<rss><channel><item><title>One</title><link>/1</link></item><item><title>Two</title></channel></rss>");
        Assert.Null(problem);
        Assert.Equal("One", Assert.Single(feed!.Items).Title);
        Assert.Equal("CH0355", Assert.Single(feed.Faults).Code);
    }

    [Fact]
    public void A_wrong_encoding_is_seen_through()
    {
        const string xml = "<?xml version=\"1.0\" encoding=\"ENCODING\"?><rss><channel><title>Delcassé “no”</title></channel></rss>";
        Assert.Equal("Delcassé “no”", Parse(xml.Replace("ENCODING", "iso-8859-1", StringComparison.Ordinal)).Feed!.Title);
        var western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        Assert.Equal("Delcassé “no”", Parse(western.GetBytes(xml.Replace("ENCODING", "utf-8", StringComparison.Ordinal))).Feed!.Title);
    }

    [Fact]
    public void An_entry_without_anything_to_name_it_has_the_same_id_each_time()
    {
        const string xml = "<rss><channel><item><title>One</title></item><item><title>Two</title></item><item><title>One</title></item></channel></rss>";
        var ids = Parse(xml).Feed!.Items.Select(i => i.Id).ToList();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(ids, Parse(xml).Feed!.Items.Select(i => i.Id));
    }

    [Theory]
    [InlineData("<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='/rss.xml'></head></html>", "CH0351", "https://courier.example/rss.xml")]
    [InlineData("<html><body>Hello</body></html>", "CH0351", "look on the page")]
    [InlineData("{\"a\": 1}", "CH0350", "not XML")]
    [InlineData("", "CH0350", "not XML")]
    [InlineData("<catalogue><book/></catalogue>", "CH0352", "catalogue")]
    [InlineData("<rss><channel><title>", "CH0350", "well-formed")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><rss><channel><title>&c;</title></channel></rss>", "CH0354", "entities")]
    [InlineData("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><title>&x;</title></channel></rss>", "CH0354", "entities")]
    public void What_is_no_feed_is_told(string xml, string code, string says)
    {
        var (feed, problem) = Parse(xml);
        Assert.Null(feed);
        Assert.Equal(code, problem!.Code);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        Assert.Equal("CH0353", Parse(new byte[Feed.Largest + 1]).Problem!.Code);
        var (feed, _) = Parse("<rss><channel>" + string.Concat(Enumerable.Range(0, Feed.MostItems + 5).Select(i => $"<item><guid>{i}</guid></item>")) + "</channel></rss>");
        Assert.Equal((Feed.MostItems, "CH0353"), (feed!.Items.Count, Assert.Single(feed.Faults).Code));
        Assert.NotNull(Parse("<rss><channel><item>" + new StringBuilder().Insert(0, "<a>", 200_000)).Problem);
        Assert.NotNull(Parse("<rss><channel>" + new StringBuilder().Insert(0, "<channel>", 200_000)).Problem);
    }

    [Fact]
    public void Any_markup_is_a_feed_or_a_problem() =>
        Gen.OneOf("<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "&", "&nbsp;", "&#0;", "&#xD800;", "<![CDATA[", "]]>", "<link href='", "'/>", "x", "<!DOCTYPE a>", "<dc:date>", "<a:b>", "\uFFFF", "\"").Array[0, 30]
            .Sample(parts => Parse("<rss>" + string.Concat(parts)) is var (feed, problem) && feed is null != problem is null);
}
