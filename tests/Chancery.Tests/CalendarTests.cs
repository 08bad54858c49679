using Chancery.Language;
using Chancery.Reading;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.Tests;

public class CalendarTests
{
    [Theory]
    // absolute
    [InlineData("They met on April 8, 2021.", "2024-04-10", "2021-04-08")]
    [InlineData("They met on 8 April 2021.", "2024-04-10", "2021-04-08")]
    [InlineData("The visit of April 8-9 went well.", "2024-04-10", "2024-04-08/2024-04-09")]
    [InlineData("They met on April 8th.", "2024-04-10", "2024-04-08")]
    [InlineData("They met on April 8th.", null, "XXXX-04-08")]
    [InlineData("They met in December.", "2024-01-10", "2023-12")]
    [InlineData("They will meet in January.", "2023-12-10", "2024-01")]
    [InlineData("It was agreed in 1956.", "2024-04-10", "1956")]
    [InlineData("It happened at the end of March.", "2024-04-10", "2024-03")]
    [InlineData("It began in the autumn of 1989.", "2024-04-10", "1989-23")]
    [InlineData("They fought from 2011 to 2014.", "2024-04-10", "2011/2014")]
    [InlineData("In the 1990s they traded.", "2024-04-10", "199X")]
    [InlineData("It ended in late 2019.", "2024-04-10", "2019~")]
    // relative
    [InlineData("They met on Tuesday.", "2024-04-10", "2024-04-09")]
    [InlineData("They met on Wednesday.", "2024-04-10", "2024-04-10")]
    [InlineData("They meet next Friday.", "2024-04-10", "2024-04-12")]
    [InlineData("They met yesterday.", "2024-03-01", "2024-02-29")]
    [InlineData("They met last month.", "2024-01-10", "2023-12")]
    [InlineData("They met last week.", "2024-04-10", "2024-04-01/2024-04-07")]
    [InlineData("They met on Monday. The same day they left.", "2024-04-10", "2024-04-08 2024-04-08")]
    [InlineData("They met on Tuesday.", null, "")]
    [InlineData("Over the past two years they have met.", "2024-04-10", "2022/2024")]
    [InlineData("Prices fell over the last three months.", "2024-04-10", "2024-01/2024-04")]
    [InlineData("They met five days ago.", "2024-04-10", "2024-04-05")]
    [InlineData("They met over the weekend.", "2024-04-10", "2024-04-06/2024-04-07")]
    [InlineData("They met last December.", "2024-04-10", "2023-12")]
    [InlineData("They met on Monday. The next day they left.", "2024-04-10", "2024-04-08 2024-04-09")]
    [InlineData("They met on Monday. Two days later they left.", "2024-04-12", "2024-04-08 2024-04-10")]
    [InlineData("They met on Monday. On the same evening they left.", "2024-04-10", "2024-04-08 2024-04-08")]
    [InlineData("They will meet tomorrow. The same day they left.", "2024-04-10", "2024-04-11")]
    [InlineData("They met last night.", "2024-04-10", "2024-04-09")]
    [InlineData("They will meet in the first quarter of next year.", "2024-04-10", "2025-01/2025-03")]
    [InlineData("It fell in the second half of 2019.", "2024-04-10", "2019-07/2019-12")]
    [InlineData("They will meet next spring.", "2024-08-22", "2025-21")]
    [InlineData("They met last autumn.", "2024-03-06", "2023-23")]
    [InlineData("They have until Thursday to decide.", "2024-04-10", "2024-04-11")]
    // near misses
    [InlineData("The first half of the game was short.", "2024-04-10", "")]
    [InlineData("The last three ministers left.", "2024-04-10", "")]
    [InlineData("They may march on 5 cities.", "2024-04-10", "")]
    [InlineData("The 1956 men asked for 2000 rifles.", "2024-04-10", "")]
    public void Reads_dates_as_precisely_as_they_are_given(string sentence, string? published, string expected)
    {
        DateOnly? day = published is null ? null : DateOnly.ParseExact(published, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, string.Join(' ', new Calendar(Parsed(sentence), day).Read().Select(d => d.Date.Edtf)));
    }

    /// <summary>Words without a tree, which dates do not need.</summary>
    private static ParsedText Parsed(string text)
    {
        var segmenter = Segmenter.Parse(File.ReadAllText(Repository.File("models", "en", "tokens.tsv")), File.ReadAllBytes(Repository.File("models", "en", "sentences.bin")));
        var sentences = segmenter.Segment(text).Select(s => new Sentence(
            [.. s.Words.Select((w, i) => new Word
            {
                Span = w.Span,
                Form = w.Span.Of(text).ToString(),
                ContinuesToken = w.ContinuesToken,
                Lemma = w.Span.Of(text).ToString(),
                Upos = w.Span.Of(text) is "may" or "march" ? "AUX" : "X",
                Xpos = "FW",
                Features = null,
                Head = i - 1,
                Relation = i == 0 ? "root" : "dep",
            })], [], s.StartsParagraph));
        return new(new(text, [.. sentences], []));
    }
}
