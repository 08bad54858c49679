using System.Text;
using Chancery.Language;
using Chancery.TestSupport;
using CsCheck;
using Xunit;

namespace Chancery.Tests;

public class SegmenterTests
{
    private static readonly Segmenter Segmenter = Segmenter.Parse(
        File.ReadAllText(Repository.File("models", "en", "tokens.tsv")), File.ReadAllBytes(Repository.File("models", "en", "sentences.bin")));

    /// <summary>Any string at all, with what text is made of, and what breaks it, more often than chance would have it.</summary>
    private static readonly Gen<string> AnyText = Gen.OneOf<string>(
        Gen.Char.Select(c => c.ToString()),
        Gen.OneOf("The", "U.S.", "didn't", "cannot", "\u201c", "\u201d", "'", "\"", ".", "...", "\r\n", "\n\n", "\u2028", "(", ")", "$5", "3,000.5",
            "http://a.b/c?d=(e)", "x@y.org", "\ud83d", "\ude00", "😀", "é", "e\u0301", "\u200b", "\0", "-", "\u2014", "Mr.", "1990s", "'s", "@who", "中文", "ﷺ"),
        Gen.OneOf(" ", "  ", "\t", "\u00a0")).Array[0, 80].Select(string.Concat);

    [Theory]
    // contractions and clitics
    [InlineData("They didn't sign.", "They|did n't|sign|.")]
    [InlineData("It's Moscow's plan, isn't it?", "It 's|Moscow 's|plan|,|is n't|it|?")]
    [InlineData("We cannot wait; I'd've left.", "We|can not|wait|;|I 'd 've|left|.")]
    [InlineData("The ministers' talks failed.", "The|ministers '|talks|failed|.")]
    [InlineData("He won’t and they’re gone.", "He|wo n’t|and|they ’re|gone|.")]
    // abbreviations, initials, titles
    [InlineData("Mr. Eden met Gen. Gamal A. Nasser.", "Mr.|Eden|met|Gen.|Gamal|A.|Nasser|.")]
    [InlineData("The U.S. envoy and the E.U. team", "The|U.S.|envoy|and|the|E.U.|team")]
    [InlineData("See No. 5, vol. 3.", "See|No.|5|,|vol.|3|.")]
    [InlineData("No. They said no.", "No|.|They|said|no|.")]
    // numbers and currency
    [InlineData("It cost $3,000.50, or 12%.", "It|cost|$|3,000.50|,|or|12|%|.")]
    [InlineData("US$5bn or €20 million", "US$|5|bn|or|€|20|million")]
    [InlineData("At 10:30 on 1/2/1990 it fell 1.5.", "At|10:30|on|1/2/1990|it|fell|1.5|.")]
    [InlineData("the 1990s, the 3rd and '56", "the|1990s|,|the|3rd|and|'56")]
    // hyphens and dashes
    [InlineData("a two-day, pre-war, ex-minister visit", "a|two|-|day|,|pre-war|,|ex-minister|visit")]
    [InlineData("peace—at last—came -- late", "peace|—|at|last|—|came|--|late")]
    [InlineData("the 1914-1918 war", "the|1914|-|1918|war")]
    // quotes and brackets
    [InlineData("\"Never,\" he said (twice).", "\"|Never|,|\"|he|said|(|twice|)|.")]
    [InlineData("the 'hot topics' of 'the day'", "the|'|hot|topics|'|of|'|the|day|'")]
    [InlineData("“Go.” «Non.»", "“|Go|.|”|«|Non|.|»")]
    // addresses
    [InlineData("See http://un.org/a(b)?x=1, or write to a.b@un.org.", "See|http://un.org/a(b)?x=1|,|or|write|to|a.b@un.org|.")]
    [InlineData("on bbc.co.uk/news (via @envoy #talks)", "on|bbc.co.uk/news|(|via|@envoy|#talks|)")]
    // marks
    [InlineData("What?! No... Really?", "What|?!|No|...|Really|?")]
    [InlineData("AT&T and R&D", "AT&T|and|R&D")]
    [InlineData("BEIJING, April 9 (Reuters) - China said", "BEIJING|,|April|9|(|Reuters|)|-|China|said")]
    public void Divides_words_as_English_UD_does(string text, string expected) => Assert.Equal(expected, Words(text));

    [Theory]
    [InlineData("The talks ended. The envoys left.", "The talks ended.|The envoys left.")]
    [InlineData("He met Mr. Eden in the U.S. embassy. It was late.", "He met Mr. Eden in the U.S. embassy.|It was late.")]
    [InlineData("“We will not go. We will stay,” he said. Nobody moved.", "“We will not go.|We will stay,” he said.|Nobody moved.")]
    [InlineData("Envoys meet in Geneva\n\nGENEVA, May 3 (Our own) - Envoys met here.", "Envoys meet in Geneva|GENEVA, May 3 (Our own) -|Envoys met here.")]
    [InlineData("He asked: why now? Nobody answered!", "He asked: why now?|Nobody answered!")]
    [InlineData("It rose 3.5 percent. In 1956 it fell.", "It rose 3.5 percent.|In 1956 it fell.")]
    public void Finds_where_sentences_end(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Segmenter.Segment(text).Select(s => s.Span.Of(text).ToString())));

    [Fact]
    public void Lines_of_a_wrapped_paragraph_do_not_end_sentences()
    {
        const string Text = "The delegates of the seven powers met on Thursday in the palace of the\nchancellor to revise the peace that had been made in March. They agreed\n"
            + "on nothing but the hour of the next meeting, which was to be held on\nthe following day.\n";
        Assert.Equal(2, Segmenter.Segment(Text).Count);
    }

    [Fact]
    public void Paragraphs_begin_after_empty_lines()
    {
        var sentences = Segmenter.Segment("One came. Two came.\n\nThree came.");
        Assert.Equal([true, false, true], sentences.Select(s => s.StartsParagraph));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\u200b\ufeff")]
    public void Finds_nothing_in_nothing(string text) => Assert.Empty(Segmenter.Segment(text));

    [Fact]
    public void Covers_every_character_once_and_in_order_whatever_the_text() =>
        AnyText.Sample(text =>
        {
            var at = 0;
            foreach (var word in Segmenter.Segment(text).SelectMany(s => s.Words))
            {
                Assert.True(word.Span.Start >= at && word.Span.Length is > 0 and <= 256);
                Assert.True(text.AsSpan(at, word.Span.Start - at).ToString().All(IsSpace));
                Assert.DoesNotContain(word.Span.Of(text).ToString(), char.IsWhiteSpace);
                at = word.Span.End;
            }
            Assert.True(text[at..].All(IsSpace));
        }, iter: 3000);

    [Fact]
    public void Words_of_one_token_touch_and_stand_in_one_sentence() =>
        AnyText.Sample(text => Segmenter.Segment(text).All(s => s.Words.Index().All(w =>
            !w.Item.ContinuesToken || (w.Index > 0 && s.Words[w.Index - 1].Span.End == w.Item.Span.Start))), iter: 3000);

    [Fact]
    public void Takes_the_same_words_for_any_white_space_between_them() =>
        Gen.OneOf("Mr.", "Eden", "met", "the", "U.S.", "envoy", "didn't", "$5", "\"Go,\"", "3rd").Array[1, 20].Sample(words =>
            Words(string.Join(' ', words)) == Words(string.Join('\t', words)));

    [Theory]
    [InlineData("aaaa")]
    [InlineData("a.")]
    [InlineData("a. ")]
    [InlineData("'")]
    [InlineData("“")]
    [InlineData("a-")]
    [InlineData("1-")]
    [InlineData("a@")]
    [InlineData("a.b.")]
    [InlineData("a   ")]
    [InlineData("word word word. ")]
    [InlineData("http://")]
    [InlineData("((((")]
    [InlineData("a\n")]
    public void Work_grows_in_line_with_the_text(string unit)
    {
        // Counted in words looked at a second, so that a slow machine is no failure: four times the text may not take twelve times as long.
        var (small, large) = (string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length)), string.Concat(Enumerable.Repeat(unit, 400_000 / unit.Length)));
        Segmenter.Segment(small);
        var one = Fastest(small);
        var four = Fastest(large);
        Assert.True(four < (12 * one) + TimeSpan.FromMilliseconds(100), $"{one} for a quarter of what took {four}");
    }

    [Fact]
    public void A_text_of_five_megabytes_is_read_whole()
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < 5_000_000; i++)
            text.Append("The envoy of district ").Append(i).Append(" didn't come. “We waited,” the minister said.").Append(i % 7 == 0 ? "\n\n" : " ");
        var sentences = Segmenter.Segment(text.ToString());
        Assert.True(sentences.Count > 100_000);
        Assert.True(sentences[^1].Span.End >= text.ToString().TrimEnd().Length);
    }

    [Fact]
    public void Stops_when_told_to() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Segmenter.Segment("Some words.", new(canceled: true)));

    [Theory]
    [InlineData("nonsense\tword", "line 1")]
    [InlineData("abbreviation\tMr.\ncontraction\tdon't\tdo nt", "line 2")]
    public void A_damaged_table_of_words_is_named_with_its_line(string table, string expected)
    {
        var e = Assert.Throws<InvalidDataException>(() => Segmenter.Parse(table, File.ReadAllBytes(Repository.File("models", "en", "sentences.bin"))));
        Assert.Contains("tokens.tsv", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_weights_are_named() =>
        Assert.Contains("sentences.bin", Assert.Throws<InvalidDataException>(() => Segmenter.Parse("", [1, 2, 3])).Message, StringComparison.Ordinal);

    /// <summary>Words divided by bars, those of one token by blanks.</summary>
    private static string Words(string text)
    {
        var line = new StringBuilder();
        foreach (var word in Segmenter.Segment(text).SelectMany(s => s.Words))
            line.Append(line.Length == 0 ? "" : word.ContinuesToken ? " " : "|").Append(word.Span.Of(text));
        return line.ToString();
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is '\u200b' or '\ufeff' or '\u2060';

    private static TimeSpan Fastest(string text) => Enumerable.Range(0, 3).Min(_ =>
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Segmenter.Segment(text);
        return watch.Elapsed;
    });
}
