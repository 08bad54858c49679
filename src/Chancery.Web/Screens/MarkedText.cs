using Chancery.Records;

namespace Chancery.Web.Screens;

/// <summary>A stretch of a text in which the same entries and actors stand from beginning to end.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Ids">The statements, events and actors that it belongs to.</param>
/// <param name="Said">Whether it is what somebody says.</param>
/// <param name="Done">Whether it names what is done.</param>
/// <param name="Cue">Whether it says that something is said.</param>
/// <param name="Named">Whether it names an actor.</param>
/// <param name="Anchor">The entry to which it leads: the first words that show it; null for none.</param>
public sealed record MarkedPiece(string Text, IReadOnlyList<string> Ids, bool Said, bool Done, bool Cue, bool Named, string? Anchor)
{
    /// <summary>Its classes in the style sheet.</summary>
    public string Class => string.Join(' ', new[] { Said ? "s" : null, Done ? "e" : null, Cue ? "cue" : null, Named ? "a" : null }.OfType<string>());
}

/// <summary>A text in paragraphs of pieces, each with what was found in it. Spans may overlap as they like.</summary>
public static class MarkedText
{
    private enum Role
    {
        Content,
        Trigger,
        Cue,
        Name,
    }

    /// <summary>Cuts a text where a paragraph, statement, event or name begins or ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="record">What was found in it; null for nothing.</param>
    public static IReadOnlyList<IReadOnlyList<MarkedPiece>> Of(string text, Record? record)
    {
        ArgumentNullException.ThrowIfNull(text);
        var marks = (record is null ? [] : MarksOf(record)).Where(m => m.Span.End <= text.Length && m.Span.Length > 0).OrderBy(m => m.Span.Start).ToList();
        var cuts = marks.SelectMany(m => new[] { m.Span.Start, m.Span.End }).Distinct().Order().ToList();
        var anchored = new HashSet<string>(StringComparer.Ordinal);
        var paragraphs = new List<IReadOnlyList<MarkedPiece>>();
        foreach (var paragraph in Paragraphs(text))
        {
            var pieces = new List<MarkedPiece>();
            var inside = marks.Where(m => m.Span.Overlaps(paragraph)).ToList();
            var at = paragraph.Start;
            foreach (var cut in cuts.Where(c => c > paragraph.Start && c < paragraph.End).Append(paragraph.End))
            {
                pieces.Add(Piece(text, new(at, cut), inside, anchored));
                at = cut;
            }
            paragraphs.Add(pieces);
        }
        return paragraphs;
    }

    private static MarkedPiece Piece(string text, TextSpan span, List<(TextSpan Span, string Id, Role Role, bool First)> marks, HashSet<string> anchored)
    {
        var here = marks.Where(m => m.Span.Contains(span)).ToList();
        var anchor = here.Where(m => m.First && !anchored.Contains(m.Id)).OrderByDescending(m => m.Role == Role.Trigger).Select(m => m.Id).FirstOrDefault();
        if (anchor is not null)
            anchored.Add(anchor);
        return new(
            span.Of(text).ToString(), [.. here.Select(m => m.Id).Distinct(StringComparer.Ordinal)],
            here.Exists(m => m.Role == Role.Content), here.Exists(m => m.Role == Role.Trigger), here.Exists(m => m.Role == Role.Cue), here.Exists(m => m.Role == Role.Name), anchor);
    }

    private static IEnumerable<(TextSpan Span, string Id, Role Role, bool First)> MarksOf(Record record)
    {
        foreach (var statement in record.Statements)
        {
            if (statement.Spans.Cue is { } cue)
                yield return (cue, statement.Id, Role.Cue, true);
            for (var i = 0; i < statement.Spans.Content.Count; i++)
                yield return (statement.Spans.Content[i], statement.Id, Role.Content, i == 0 && statement.Spans.Cue is null);
        }
        foreach (var one in record.Events)
            for (var i = 0; i < one.Spans.Trigger.Count; i++)
                yield return (one.Spans.Trigger[i], one.Id, Role.Trigger, i == 0);
        foreach (var actor in record.Actors)
            foreach (var mention in actor.Mentions)
                yield return (mention, actor.Id, Role.Name, false);
    }

    private static IEnumerable<TextSpan> Paragraphs(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            var end = text.IndexOf("\n\n", at, StringComparison.Ordinal) is >= 0 and var found ? found : text.Length;
            if (end > at)
                yield return new(at, end);
            at = end;
        }
    }
}
