using System.Diagnostics;
using System.Text;
using Chancery.Formats.Intake;
using CsCheck;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

public class HtmlTests
{
    private const string First = "The envoys of Ruritania and Freedonia met in Geneva on Monday to speak about the closed border, and agreed to meet again in May.";
    private const string Second = "\"We have begun to listen to each other,\" the Ruritanian envoy said. Her colleague said that much was left to settle before the summer.";
    private const string Third = "Trade between the two neighbours has fallen by half since the border was closed last autumn, according to the chamber of commerce.";

    private static readonly string Article = $"<p>{First}</p><p>{Second}</p><p>{Third}</p>";

    private static readonly string Whole = string.Join("\n\n", First, Second, Third);

    private static string Page(string body, string head = "") => $"<!DOCTYPE html><html lang=\"en-GB\"><head><title>Envoys meet in Geneva | The Courier</title>{head}</head><body>{body}</body></html>";

    [Fact]
    public void A_page_gives_its_headline_its_text_and_nothing_around_it()
    {
        var document = Reading.One(Page($$"""
            <nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
            <div class="cookie-notice"><p>We use cookies to make this site better. Choose which of them you accept.</p></div>
            <article>
              <h1>Envoys meet in Geneva</h1>
              <div class="byline">By <a rel="author" href="/anna">Anna Holm</a> and Jon Reyes</div>
              <time datetime="2024-04-10T23:40:00-04:00">April 10, 2024</time>
              <figure><img src="a.jpg" alt="Two people"><figcaption>The envoys at the door. Photo: a friend</figcaption></figure>
              <p>{{First}}</p>
              <div class="share-buttons"><a href="#">Share</a> <a href="#">Post</a></div>
              <p>{{Second}}</p>
              <p><a href="/other">READ MORE: What the last round of talks came to and why</a></p>
              <script>var x = "no words";</script><style>p { color: red }</style>
              <aside><h2>Related</h2><p>Another story about another border that nobody closed.</p></aside>
              <p>{{Third}}</p>
              <form><label>Sign up for our letter</label><input name=mail></form>
            </article>
            <section id="comments"><p>First comment: I do not believe a word of what they said in Geneva on Monday.</p></section>
            <footer>All rights reserved</footer>
            """, "<meta property=\"og:site_name\" content=\"The Courier\"><link rel=canonical href=\"https://courier.example/geneva\">"), "pages/geneva.html");
        Assert.Equal($"Envoys meet in Geneva\n\n{Whole}", document.Text);
        Assert.Equal("Envoys meet in Geneva", document.Title);
        Assert.Equal("geneva", document.Id);
        Assert.Equal("The Courier", document.Publisher);
        Assert.Equal("2024-04-10", document.Published);
        Assert.Equal("https://courier.example/geneva", document.Url);
        Assert.Equal("en", document.Language);
        Assert.Equal("Anna Holm", Assert.Single(document.Authors));
    }

    public static TheoryData<string, string, string> Walks => new()
    {
        { "inline elements neither glue nor split", "<p>The <b>min</b>ister <i>said</i><span> so</span>.</p>", "The minister said so." },
        { "blocks divide", "<div>One.<div>Two.</div>Three.</div>", "One.\n\nTwo.\n\nThree." },
        { "a line break is a line", "<p>One<br>two</p>", "One\ntwo" },
        { "two line breaks are a paragraph", "One.<br><br/>Two.", "One.\n\nTwo." },
        { "list items are lines", "<p>They want:</p><ul><li>peace</li><li>bread <p>and salt</p></li></ul><p>End.</p>", "They want:\n\npeace\nbread\n\nand salt\n\nEnd." },
        { "rows are lines", "<table><tr><td>Oslo</td><td>3</td></tr><tr><td>Rome</td><td>5</td></tr></table>", "Oslo | 3\nRome | 5" },
        { "entities are letters", "<p>Smith &amp; Sons&nbsp;&mdash; caf&eacute;&#33; &#x201C;no&#x201D;</p>", "Smith & Sons — café! “no”" },
        { "white space is one blank", "<p>  One \n\t two  </p>", "One two" },
        { "hidden letters go", "<p>co&shy;oper\u200Bate</p>", "cooperate" },
        { "hidden elements go", "<p>Seen<span style='display: none'>unseen</span><span hidden>unseen</span>.</p>", "Seen." },
        { "note marks go", "<p>So he said<sup><a href=#n1>[1]</a></sup>.</p>", "So he said." },
        { "superscripts stay", "<p>10 km<sup>2</sup></p>", "10 km2" },
        { "lines of code stay", "<pre>one\n  two</pre>", "one\ntwo" },
        { "no scripts", "<p>One</p><script>two</script><noscript><p>three</p></noscript><template>four</template>", "One" },
        { "unclosed elements", "<p>One<p>Two<b>bold<p>Three", "One\n\nTwobold\n\nThree" },
        { "text and a quotation", "<p>He said:</p><blockquote>No.</blockquote>", "He said:\n\nNo." },
    };

    [Theory]
    [MemberData(nameof(Walks))]
    public void The_walker_reads_as_people_do(string what, string html, string expected)
    {
        var (text, problem) = HtmlPages.Fragment(html, what);
        Assert.Null(problem);
        Assert.Equal(expected, text);
    }

    private static readonly Gen<string> Word = Gen.Char['a', 'z'].Array[1, 8].Select(c => new string(c));

    private static readonly Gen<string> Inline = Gen.Select(Word, Word, Gen.OneOf("b", "i", "a", "span", "em", "strong", "q", "x-tag", "font", "time"), Gen.Int[0, 3])
        .Select((a, b, tag, form) => form switch { 0 => $"{a}<{tag}>{b}</{tag}>", 1 => $"<{tag}>{a} {b}</{tag}>", 2 => $"{a} <{tag}> {b}</{tag}>", _ => $"<{tag}>{a}</{tag}\n>\n{b}" });

    private static readonly Gen<string> Block = Gen.Select(Inline.Array[1, 5], Gen.OneOf("p", "div", "li", "section", "blockquote", "h2", "td", "dd", "main"))
        .Select((inner, tag) => $"<{tag}>{string.Join(' ', inner)}</{tag}>");

    [Fact]
    public void No_words_are_glued_split_or_lost() => Block.Array[1, 8].Sample(blocks =>
    {
        var html = string.Concat(blocks);
        // The words that the source shows: tags of blocks divide, those of inline elements do not.
        var divided = System.Text.RegularExpressions.Regex.Replace(html, "</?(?:p|div|li|section|blockquote|h2|td|dd|main)>", " ");
        var expected = System.Text.RegularExpressions.Regex.Replace(divided, "<[^>]*>", "").Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var (text, _) = HtmlPages.Fragment(html.Replace("<td>", "<table><tr><td>", StringComparison.Ordinal).Replace("</td>", "</td></tr></table>", StringComparison.Ordinal), "d");
        return text!.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).SequenceEqual(expected)
               && !text.Contains("\n\n\n", StringComparison.Ordinal) && !text.Contains("  ", StringComparison.Ordinal) && text == text.Trim();
    });

    [Fact]
    public void Any_markup_is_text_or_a_problem() =>
        Gen.OneOf("<p>", "</p>", "<div", ">", "<table>", "<td>", "a", "&amp;", "&#x", "<!--", "-->", "<script>", "</b>", "<b>", "<svg>", "<a href='", "\"", "\0", "<template>", "é").Array[0, 40]
            .Sample(parts => HtmlPages.Fragment(string.Concat(parts), "d") is var (text, problem) && text is null != problem is null);

    public static TheoryData<string, string> Containers => new()
    {
        { "article", $"<article>{Article}</article>" },
        { "main", $"<main>{Article}</main>" },
        { "itemprop", $"<div><div itemprop=articleBody>{Article}</div><p>Something else that is not the report but long enough to count as one, were it not for the mark.</p></div>" },
        { "divs of divs", $"<div class=a><div class=b><div class=c>{Article}</div></div></div>" },
        { "divs for paragraphs", $"<div id=story><div>{First}</div><div>{Second}</div><div>{Third}</div></div>" },
        { "line breaks for paragraphs", $"<div>{First}<br><br>{Second}<br><br>{Third}</div>" },
        { "a table for layout", $"<table><tr><td><a href=/>Home</a></td></tr><tr><td>{Article}</td></tr></table>" },
        { "teasers of other articles", $"<article>{Article}</article><article><h2>Other</h2><p>A teaser that says a little of something else entirely.</p></article>" },
        { "paragraphs with the site's own names", $"<article><p class=print-body>{First}</p><p class=\"social-text share\">{Second}</p><div class=\"story-bio\"></div><p id=comment-3>{Third}</p><p class=\"newsletter-promo\">Get all of this every morning in a letter that you can read before you get up and go.</p></article>" },
        { "a class that means nothing", $"<div class=\"with-sidebar has-ads\"><div class=\"content\">{Article}</div><div class=sidebar><p>Most read: the weather will be fine on all coasts until the end of the week.</p></div></div>" },
    };

    [Theory]
    [MemberData(nameof(Containers))]
    public void The_text_is_found_however_the_page_is_made(string what, string body) =>
        Assert.Equal($"Envoys meet in Geneva\n\n{Whole}", Reading.One(Page(body), what + ".html").Text);

    [Fact]
    public void What_is_stated_about_the_article_is_taken_first()
    {
        var document = Reading.One(Page($"<div>{Article}</div>", """
            <meta name="author" content="The web team"><meta property="article:published_time" content="2024-04-12T00:00:00Z">
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Courier Online"},
            {"@type":["ReportageNewsArticle"],"headline":"Envoys meet","datePublished":"2024-04-10T23:40:00-04:00","inLanguage":"en","author":[{"@type":"Person","name":"Anna Holm"},{"@id":"#jon"}],
            "publisher":{"@id":"#org"},"mainEntityOfPage":{"@id":"https://courier.example/a"}},{"@id":"#org","@type":"Organization","name":"The Courier"},{"@id":"#jon","name":"Jon Reyes"}]}</script>
            """), "a.html");
        Assert.Equal(("Envoys meet", "2024-04-10", "The Courier", "https://courier.example/a"), (document.Title, document.Published, document.Publisher, document.Url));
        Assert.Equal(["Anna Holm", "Jon Reyes"], document.Authors);
    }

    [Fact]
    public void The_text_in_the_data_settles_what_belongs_to_the_article()
    {
        var data = $"<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"Envoys meet\",\"articleBody\":{System.Text.Json.JsonSerializer.Serialize($"{First} {Second} {Third}")}}}</script>";
        var shown = Reading.One(Page($"<article><p>{First}</p><p>{Second}</p><p>Our app brings you more stories like this one every day.</p><p>{Third}</p></article>", data), "a.html");
        Assert.Equal($"Envoys meet\n\n{Whole}", shown.Text);
        var unseen = Reading.One(Page("<div id=root></div>", data), "a.html");
        Assert.Equal($"Envoys meet\n\n{First} {Second} {Third}", unseen.Text);
        var cut = Reading.One(Page($"<article>{Article}{Article.Replace("Geneva", "Vienna", StringComparison.Ordinal)}</article>", data), "a.html");
        Assert.Contains("Vienna", cut.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<meta charset=windows-1252>", 1252)]
    [InlineData("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>", 28592)]
    [InlineData("<meta charset=windows-1251>", 1251)]
    [InlineData("<meta charset=utf-8>", 1252)]
    [InlineData("<meta charset=iso-8859-1>", 65001)]
    [InlineData("", 65001)]
    [InlineData("", 1200)]
    public void Encodings_are_heard_and_lies_about_them_are_not(string meta, int codePage)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        var name = codePage switch { 1251 => "Лавров", 28592 => "Škoda Łódź", _ => "Delcassé “no”" };
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Page($"<article><p>{name} was there.</p>{Article}</article>", meta))];
        var (document, _) = Assert.Single(Reading.All(codePage == 65001 ? bytes[3..] : bytes, "a.html"));
        Assert.Contains($"{name} was there.", document!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Envoys meet in Geneva | The Courier", "Envoys meet in Geneva")]
    [InlineData("Envoys meet in Geneva - The Courier", "Envoys meet in Geneva")]
    [InlineData("Envoys meet in Geneva – World – The Courier", "Envoys meet in Geneva – World")]
    [InlineData("Talks in Geneva - a new beginning", "Talks in Geneva - a new beginning")]
    [InlineData("Smith &amp;amp; Sons meet in Geneva", "Smith & Sons meet in Geneva")]
    public void A_title_is_without_the_site(string title, string expected) =>
        Assert.Equal(expected, Reading.One($"<html><head><title>{title}</title><meta property=og:site_name content='The Courier'></head><body><article>{Article}</article></body></html>", "a.html").Title);

    [Fact]
    public void A_page_without_an_article_is_a_problem() =>
        Assert.All((string[])["<div id=app></div><script>load()</script>", "<div><p>Please enable JavaScript.</p></div>", "<nav><a href=/>Home</a></nav>"], p => Assert.Equal("CH0321", Reading.Refused(Page(p), "app.html").Code));

    public static TheoryData<string, string> Hostile => new()
    {
        { "nested", new StringBuilder().Insert(0, "<div>", 100_000).ToString() },
        { "nested and closed", new StringBuilder().Insert(0, "<div>", 3_000).Append("hello").Insert(0, "</div>", 0).ToString() },
        { "formatting", string.Concat(Enumerable.Range(0, 3_000).Select(i => $"<p><b id={i}>x")) },
        { "many", new StringBuilder().Insert(0, "<i>x</i>", 120_000).ToString() },
        { "tables", new StringBuilder().Insert(0, "<table><tr><td>", 50_000).ToString() },
        { "comments", new StringBuilder().Insert(0, "<!-- -->", 300_000).ToString() },
        { "attributes", "<div " + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"a{i} ")) + ">" },
        { "entities", "<!DOCTYPE html [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><p>&b;</p>" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_page_is_read_or_refused_in_time(string what, string html)
    {
        var clock = Stopwatch.StartNew();
        var (document, problem) = Assert.Single(Reading.All("<html><body>" + html, what + ".html", new() { LongestTime = TimeSpan.FromSeconds(3) }));
        Assert.True(document is null != problem is null);
        Assert.True(problem is null or { Code: "CH0320" or "CH0321" }, problem?.ToString());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }
}
