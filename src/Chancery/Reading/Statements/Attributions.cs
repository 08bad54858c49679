using Chancery.Language;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Who says what: the words of the source, of the cue, and of what is said.</summary>
/// <param name="Source">Null where the text names nobody.</param>
/// <param name="Cue">Null where nothing but quotation marks ties the content to its source.</param>
/// <param name="Content">One stretch or, where the cue stands in the middle, several; never empty.</param>
internal sealed record Attribution(TextSpan? Source, TextSpan? Cue, IReadOnlyList<TextSpan> Content);

/// <summary>Ties sources, cues and contents together by the tree, and by nearness where the tree is silent.</summary>
internal static class Attributions
{
    // A cue further off than this many words has, in practice, a content and a source of its own.
    private const int FarthestCue = 40;

    /// <summary>The attributions of a text, in the order of their contents.</summary>
    public static IReadOnlyList<Attribution> Of(ParsedText text)
    {
        var parts = text.Annotation.Attributions.Select(a => new Part(a, text)).Where(p => p.First <= p.Last).ToList();
        var sources = parts.Where(p => p.Kind == AttributionPart.Source).ToList();
        var cues = parts.Where(p => p.Kind == AttributionPart.Cue).ToList();
        var contents = parts.Where(p => p.Kind == AttributionPart.Content).ToList();

        var sourceOf = cues.ToDictionary(c => c, c => Nearest(c, sources, text, cues));
        var byCue = new Dictionary<Part, List<Part>>();
        var found = new List<(int Order, Attribution Attribution)>();
        foreach (var content in contents)
        {
            if (Nearest(content, cues, text, contents) is { } cue)
            {
                if (!byCue.TryGetValue(cue, out var own))
                    byCue[cue] = own = [];
                own.Add(content);
            }
            else
            {
                var source = Nearest(content, sources, text, contents);
                found.Add((content.First, new(source?.Span, null, [content.Span])));
            }
        }
        foreach (var (cue, own) in byCue)
            found.Add((own[0].First, new(sourceOf[cue]?.Span, cue.Span, [.. own.Select(c => c.Span)])));
        return [.. found.OrderBy(f => f.Order).Select(f => f.Attribution)];
    }

    /// <summary>The candidate that governs the part or depends on it, else the nearest with no rival between.</summary>
    private static Part? Nearest(Part part, List<Part> candidates, ParsedText text, List<Part> rivals)
    {
        Part? best = null;
        var bestCost = int.MaxValue;
        foreach (var candidate in candidates)
        {
            if (candidate.Sentence > part.LastSentence || candidate.LastSentence < part.Sentence)
                continue;
            var distance = part.First > candidate.Last ? part.First - candidate.Last : candidate.First > part.Last ? candidate.First - part.Last : 1;
            if (distance > FarthestCue)
                continue;
            var between = rivals.Count(r => r != part && r != candidate && r.First > Math.Min(part.Last, candidate.Last) && r.Last < Math.Max(part.First, candidate.First));
            var tied = part.Governs(candidate, text) || candidate.Governs(part, text);
            var cost = distance + (30 * between) - (tied ? 25 : 0);
            if (cost < bestCost)
                (best, bestCost) = (candidate, cost);
        }
        return best;
    }

    private sealed class Part
    {
        public Part(AttributionSpan span, ParsedText text)
        {
            (Kind, Span) = (span.Part, span.Span);
            (First, Last) = text.Touched(span.Span);
            if (First > Last)
                return;
            (Sentence, LastSentence) = (text.Sentence(First), text.Sentence(Last));
            Head = text.HeadOf(First, Last);
        }

        public AttributionPart Kind { get; }

        public TextSpan Span { get; }

        public int First { get; }

        public int Last { get; }

        public int Sentence { get; }

        public int LastSentence { get; }

        /// <summary>The word of its first sentence on which the rest of it depends.</summary>
        public int Head { get; }

        /// <summary>Whether the other's head hangs on a word of this.</summary>
        public bool Governs(Part other, ParsedText text) => text.Head(other.Head) >= First && text.Head(other.Head) <= Last;
    }
}
