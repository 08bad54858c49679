using Chancery.Language;
using Chancery.Language.Encoding;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>An annotation as one row of words, with heads and dependents across the whole text.</summary>
internal sealed class ParsedText
{
    private readonly int[] _heads, _sentences, _firstOfSentence, _left, _right;
    private readonly bool[] _quoted;
    private readonly int[][] _dependents;

    public ParsedText(Annotation annotation)
    {
        Annotation = annotation;
        var count = annotation.Sentences.Sum(s => s.Words.Count);
        Words = new Word[count];
        (_heads, _sentences, _left, _right) = (new int[count], new int[count], new int[count], new int[count]);
        _firstOfSentence = new int[annotation.Sentences.Count + 1];
        _quoted = new bool[count];
        var quotation = new WordFeatures.Quotation();
        var at = 0;
        for (var s = 0; s < annotation.Sentences.Count; s++)
        {
            _firstOfSentence[s] = at;
            if (annotation.Sentences[s].StartsParagraph)
                quotation.StartParagraph();
            foreach (var word in TreeRepair.Of(annotation.Sentences[s].Words))
            {
                Words[at] = word;
                _sentences[at] = s;
                _quoted[at] = quotation.Next(word.Form);
                _heads[at] = word.Head < 0 ? -1 : _firstOfSentence[s] + word.Head;
                (_left[at], _right[at]) = (at, at);
                at++;
            }
        }
        _firstOfSentence[^1] = at;

        var dependents = new List<int>?[count];
        for (var i = 0; i < count; i++)
        {
            if (_heads[i] >= 0)
                (dependents[_heads[i]] ??= []).Add(i);
            // A sentence is a tree, so every walk up ends.
            for (var up = _heads[i]; up >= 0; up = _heads[up])
                (_left[up], _right[up]) = (Math.Min(_left[up], i), Math.Max(_right[up], i));
        }
        _dependents = [.. dependents.Select(d => d?.ToArray() ?? [])];
    }

    /// <summary>What it was made from.</summary>
    public Annotation Annotation { get; }

    /// <summary>All words of the text.</summary>
    public Word[] Words { get; }

    /// <summary>How many sentences there are.</summary>
    public int Sentences => _firstOfSentence.Length - 1;

    /// <summary>The word on which one depends; -1 for the root of its sentence.</summary>
    public int Head(int word) => _heads[word];

    /// <summary>Whether a word stands between quotation marks.</summary>
    public bool IsQuoted(int word) => _quoted[word];

    /// <summary>The sentence of a word.</summary>
    public int Sentence(int word) => _sentences[word];

    /// <summary>The first word of a sentence, or, for the number of sentences, the number of words.</summary>
    public int First(int sentence) => _firstOfSentence[sentence];

    /// <summary>What depends on a word, in order.</summary>
    public ReadOnlySpan<int> Dependents(int word) => _dependents[word];

    /// <summary>The first and the last word of all that depends on a word, itself included.</summary>
    public (int First, int Last) Reach(int word) => (_left[word], _right[word]);

    /// <summary>Whether a word is another or depends on it, directly or not.</summary>
    public bool IsUnder(int word, int above)
    {
        for (var at = word; at >= 0; at = _heads[at])
        {
            if (at == above)
                return true;
        }
        return false;
    }

    /// <summary>The relation without its subtype.</summary>
    public string Relation(int word)
    {
        var relation = Words[word].Relation;
        var colon = relation.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? relation : relation[..colon];
    }

    /// <summary>The dictionary form in lower case.</summary>
    public string Lemma(int word) => Words[word].Lemma.ToLowerInvariant();

    /// <summary>The first dependent with a relation, subtype or none; -1 where there is none.</summary>
    public int Dependent(int word, params ReadOnlySpan<string> relations)
    {
        foreach (var d in _dependents[word])
        {
            foreach (var relation in relations)
            {
                if (Words[d].Relation == relation || Relation(d) == relation)
                    return d;
            }
        }
        return -1;
    }

    /// <summary>Whether one of some words depends on a word with a relation, subtype or none.</summary>
    public bool Has(int word, string relation, params ReadOnlySpan<string> lemmas)
    {
        foreach (var d in _dependents[word])
        {
            if (Relation(d) == relation && lemmas.Contains(Lemma(d)))
                return true;
        }
        return false;
    }

    /// <summary>The preposition or conjunction that marks a word, in lower case with its fixed parts; null where none does.</summary>
    public string? Case(int word)
    {
        var at = Dependent(word, "case", "mark");
        if (at < 0)
            return null;
        var marker = Lemma(at);
        foreach (var part in _dependents[at])
        {
            if (Relation(part) == "fixed")
                marker += " " + Lemma(part);
        }
        return marker;
    }

    /// <summary>The word of a stretch, within its first sentence, that hangs on none of the others.</summary>
    public int HeadOf(int first, int last)
    {
        for (var i = first; i <= last && _sentences[i] == _sentences[first]; i++)
        {
            if (_heads[i] < first || _heads[i] > last)
                return i;
        }
        return first;
    }

    /// <summary>The text from the first word to the last.</summary>
    public TextSpan Span(int first, int last) => new(Words[first].Span.Start, Words[last].Span.End);

    /// <summary>The words that a stretch of text touches; the first lies behind the last where it touches none.</summary>
    public (int First, int Last) Touched(TextSpan span)
    {
        var low = 0;
        for (var high = Words.Length; low < high;)
        {
            var middle = (low + high) / 2;
            if (Words[middle].Span.End <= span.Start)
                low = middle + 1;
            else
                high = middle;
        }
        var last = low - 1;
        while (last + 1 < Words.Length && Words[last + 1].Span.Start < span.End)
            last++;
        return (low, last);
    }
}
