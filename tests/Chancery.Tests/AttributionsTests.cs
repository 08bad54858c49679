using System.Text;
using System.Text.RegularExpressions;
using Chancery.Language;
using Chancery.Lexicon;
using Chancery.Reading;
using Chancery.Records;
using Xunit;

namespace Chancery.Tests;

/// <summary>Texts with their tags drawn in: [S source], [C cue], [T what is said]; a bar ends a sentence.</summary>
public partial class AttributionsTests
{
    private static readonly WorldLexicon Lexicon = WorldLexicon.Parse([]);

    [Theory]
    [InlineData("[S The envoy] [C said] [T that talks had failed] .", "The envoy ~ said ~ that talks had failed")]
    [InlineData("[T “ We go ,] ” [S Eden] [C said] .", "Eden ~ said ~ “ We go ,")]
    [InlineData("[T The talks] , [S Eden] [C said] , [T had failed] .", "Eden ~ said ~ The talks … had failed")]
    [InlineData("[C According to] [S Tass] , [T it snowed] .", "Tass ~ According to ~ it snowed")]
    [InlineData("[S Eden] [C said] [T it rained] , but [S Pineau] [C denied] [T it] .", "Eden ~ said ~ it rained / Pineau ~ denied ~ it")]
    [InlineData("[S Eden] [C said] [T it rained . | It also snowed] .", "Eden ~ said ~ it rained . It also snowed")]
    [InlineData("[T “ Peace is near .] ”", "? ~ ? ~ “ Peace is near .")]
    [InlineData("It was [C reported] [T that he left] .", "? ~ reported ~ that he left")]
    [InlineData("[S Eden] [C said] nothing .", "")]
    [InlineData("Nobody spoke .", "")]
    public void Ties_source_cue_and_content_together(string drawn, string expected)
    {
        var annotation = Draw(drawn);
        string Words(TextSpan? span) => span?.Of(annotation.Text).ToString() ?? "?";
        var found = Attributions.Of(new ParsedText(annotation)).Select(a => $"{Words(a.Source)} ~ {Words(a.Cue)} ~ {string.Join(" … ", a.Content.Select(c => Words(c)))}");
        Assert.Equal(expected, string.Join(" / ", found));
    }

    [Theory]
    [InlineData("[S Eden] [C said] [T that it rained] .", SpeechForm.Indirect)]
    [InlineData("[T “ It rains ,] ” [S Eden] [C said] .", SpeechForm.Direct)]
    [InlineData("[T “ It rains ,] ” [S Eden] [C said] . [T “ It pours] ”", SpeechForm.Direct)]
    [InlineData("[S Eden] [C said] [T that it was “ raining hard ” in Suez] .", SpeechForm.Mixed)]
    [InlineData("[S Eden] [C called] [T it a 'sad day' for all] .", SpeechForm.Mixed)]
    [InlineData("[S Eden] [C said] [T the ministers' talks were the Queen's] .", SpeechForm.Indirect)]
    public void Sees_whether_words_are_quoted(string drawn, SpeechForm expected)
    {
        var annotation = Draw(drawn);
        var record = new Reader(new Given(annotation), Lexicon).Read(new("d", annotation.Text));
        Assert.Equal(expected, record.Statements[0].Form);
    }

    [Fact]
    public void Statements_are_numbered_in_the_order_of_the_text()
    {
        var annotation = Draw("[S Eden] [C said] [T it rained] . | [S Pineau] [C said] [T it snowed] .");
        Assert.Equal(["s1", "s2"], new Reader(new Given(annotation), Lexicon).Read(new("d", annotation.Text)).Statements.Select(s => s.Id));
    }

    private static Annotation Draw(string drawn)
    {
        var (text, sentences, spans) = (new StringBuilder(), new List<Sentence>(), new List<AttributionSpan>());
        var words = new List<Word>();
        (AttributionPart Part, int Start)? open = null;
        foreach (var piece in Pieces().Matches(drawn).Select(m => m.Value))
        {
            if (piece == "|")
            {
                sentences.Add(new([.. words], [], sentences.Count == 0));
                words.Clear();
                continue;
            }
            if (piece[0] == '[')
            {
                open = (piece[1] switch { 'S' => AttributionPart.Source, 'C' => AttributionPart.Cue, _ => AttributionPart.Content }, text.Length);
                continue;
            }
            var form = piece.TrimEnd(']');
            words.Add(new()
            {
                Span = new(text.Length, text.Length + form.Length),
                Form = form,
                ContinuesToken = false,
                Lemma = form,
                Upos = "X",
                Xpos = "FW",
                Features = null,
                Head = words.Count - 1,
                Relation = words.Count == 0 ? "root" : "dep",
            });
            text.Append(form);
            if (piece.EndsWith(']') && open is { } part)
            {
                spans.Add(new(part.Part, new(part.Start, text.Length)));
                open = null;
            }
            text.Append(' ');
        }
        sentences.Add(new(words, [], sentences.Count == 0));
        return new(text.ToString(), sentences, spans);
    }

    [GeneratedRegex(@"\[[SCT]|\||[^ |\[]+")]
    private static partial Regex Pieces();

    private sealed class Given(Annotation annotation) : ILanguageModel
    {
        public Annotation Annotate(string text, CancellationToken cancellationToken = default) => annotation;
    }
}
