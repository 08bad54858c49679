using Chancery.Language;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Who says what: the words of the source, of the cue, and of what is said.</summary>
/// <param name="Source">Null where the text names nobody.</param>
/// <param name="Cue">Null where nothing but quotation marks ties the content to its source.</param>
/// <param name="Content">One stretch or, where the cue stands in the middle, several; never empty.</param>
public sealed record Attribution(TextSpan? Source, TextSpan? Cue, IReadOnlyList<TextSpan> Content);

/// <summary>Ties sources, cues and contents together by the tree, and by nearness where the tree is silent.</summary>
public static class Attributions
{
    // A cue further off than this many words has, in practice, a content and a source of its own.
    private const int FarthestCue = 40;

    /// <summary>The attributions of a text, in the order of their contents.</summary>
    public static IReadOnlyList<Attribution> Of(Annotation annotation)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        var words = new WordIndex(annotation);
        var parts = annotation.Attributions.Select(a => new Part(a, words)).Where(p => p.First <= p.Last).ToList();
        var sources = parts.Where(p => p.Kind == AttributionPart.Source).ToList();
        var cues = parts.Where(p => p.Kind == AttributionPart.Cue).ToList();
        var contents = parts.Where(p => p.Kind == AttributionPart.Content).ToList();

        var sourceOf = cues.ToDictionary(c => c, c => Nearest(c, sources, words, cues));
        var byCue = new Dictionary<Part, List<Part>>();
        var found = new List<(int Order, Attribution Attribution)>();
        foreach (var content in contents)
        {
            if (Nearest(content, cues, words, contents) is { } cue)
            {
                if (!byCue.TryGetValue(cue, out var own))
                    byCue[cue] = own = [];
                own.Add(content);
            }
            else
            {
                var source = Nearest(content, sources, words, contents);
                found.Add((content.First, new(source?.Span, null, [content.Span])));
            }
        }
        foreach (var (cue, own) in byCue)
            found.Add((own[0].First, new(sourceOf[cue]?.Span, cue.Span, [.. own.Select(c => c.Span)])));
        return [.. found.OrderBy(f => f.Order).Select(f => f.Attribution)];
    }

    /// <summary>The candidate that governs the part or depends on it, else the nearest with no rival between.</summary>
    private static Part? Nearest(Part part, List<Part> candidates, WordIndex words, List<Part> rivals)
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
            var tied = words.Governs(part, candidate) || words.Governs(candidate, part);
            var cost = distance + (30 * between) - (tied ? 25 : 0);
            if (cost < bestCost)
                (best, bestCost) = (candidate, cost);
        }
        return best;
    }

    private sealed class Part
    {
        public Part(AttributionSpan span, WordIndex words)
        {
            (Kind, Span) = (span.Part, span.Span);
            (First, Last) = words.Of(span.Span);
            if (First > Last)
                return;
            (Sentence, LastSentence) = (words.Sentence(First), words.Sentence(Last));
            Head = words.Head(First, Last);
        }

        public AttributionPart Kind { get; }

        public TextSpan Span { get; }

        public int First { get; }

        public int Last { get; }

        public int Sentence { get; }

        public int LastSentence { get; }

        /// <summary>The word of its first sentence on which the rest of it depends.</summary>
        public int Head { get; }
    }

    /// <summary>All words of a text in one row, with heads across it.</summary>
    private sealed class WordIndex
    {
        private readonly int[] _starts, _ends, _heads, _sentences;

        public WordIndex(Annotation annotation)
        {
            var count = annotation.Sentences.Sum(s => s.Words.Count);
            (_starts, _ends, _heads, _sentences) = (new int[count], new int[count], new int[count], new int[count]);
            var at = 0;
            for (var s = 0; s < annotation.Sentences.Count; s++)
            {
                var first = at;
                foreach (var word in annotation.Sentences[s].Words)
                {
                    (_starts[at], _ends[at], _sentences[at]) = (word.Span.Start, word.Span.End, s);
                    _heads[at++] = word.Head < 0 ? -1 : first + word.Head;
                }
            }
        }

        public (int First, int Last) Of(TextSpan span)
        {
            var first = Array.BinarySearch(_ends, span.Start + 1);
            var last = Array.BinarySearch(_starts, span.End - 1);
            return (first < 0 ? ~first : first, last < 0 ? ~last - 1 : last);
        }

        public int Sentence(int word) => _sentences[word];

        public int Head(int first, int last)
        {
            for (var i = first; i <= last && _sentences[i] == _sentences[first]; i++)
            {
                if (_heads[i] < first || _heads[i] > last)
                    return i;
            }
            return first;
        }

        /// <summary>Whether the head of the second part hangs on a word of the first.</summary>
        public bool Governs(Part part, Part other) => _heads[other.Head] >= part.First && _heads[other.Head] <= part.Last;
    }
}
