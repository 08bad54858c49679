using Chancery.Records;

namespace Chancery.Language;

/// <summary>What the words of a text are: its sentences with their trees, names and who-said-what tags.</summary>
/// <param name="Text">The text as it came; all spans point into it.</param>
/// <param name="Sentences">In the order of the text.</param>
/// <param name="Attributions">
/// Sources, cues and contents in the order of the text. A content may run over several sentences.
/// </param>
public sealed record Annotation(string Text, IReadOnlyList<Sentence> Sentences, IReadOnlyList<AttributionSpan> Attributions);

/// <summary>A sentence with its words and names.</summary>
/// <param name="Words">Its words in order; never empty.</param>
/// <param name="Names">The names in it, in order, not overlapping.</param>
/// <param name="StartsParagraph">Whether a paragraph, heading or list item of the text starts with it.</param>
public sealed record Sentence(IReadOnlyList<Word> Words, IReadOnlyList<Name> Names, bool StartsParagraph)
{
    /// <summary>From the first word's start to the last word's end.</summary>
    public TextSpan Span => new(Words[0].Span.Start, Words[^1].Span.End);
}

/// <summary>A syntactic word of Universal Dependencies (v2).</summary>
public sealed record Word
{
    /// <summary>Where it stands in the text.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The word as written.</summary>
    public required string Form { get; init; }

    /// <summary>Whether it is the second or a later word of one orthographic token ("n't" in "don't").</summary>
    public required bool ContinuesToken { get; init; }

    /// <summary>The dictionary form.</summary>
    public required string Lemma { get; init; }

    /// <summary>The universal part of speech, such as <c>NOUN</c>.</summary>
    public required string Upos { get; init; }

    /// <summary>The Penn Treebank tag as English UD extends it, such as <c>NNS</c>.</summary>
    public required string Xpos { get; init; }

    /// <summary>The features as CoNLL-U writes them, such as <c>Number=Plur</c>; null where there are none.</summary>
    public required string? Features { get; init; }

    /// <summary>The index in the sentence of the word on which this one depends; -1 for the root.</summary>
    public required int Head { get; init; }

    /// <summary>The relation to the head with its subtype, such as <c>nsubj:pass</c>; <c>root</c> for the root.</summary>
    public required string Relation { get; init; }
}

/// <summary>A name in a sentence.</summary>
/// <param name="Kind">
/// <c>PER</c>, <c>ORG</c>, <c>LOC</c> or <c>MISC</c>, or a numeric kind such as <c>DATE</c> or <c>MONEY</c>.
/// </param>
/// <param name="First">The index of its first word.</param>
/// <param name="Count">How many words it has.</param>
/// <param name="Span">Where it stands in the text.</param>
public sealed record Name(string Kind, int First, int Count, TextSpan Span);

/// <summary>The part of an attribution that a stretch of text plays, as in PolNeAR (Newell et al., LREC 2018).</summary>
public enum AttributionPart
{
    /// <summary>Who says or thinks it.</summary>
    Source,

    /// <summary>The words that tie content to source: "said", "according to".</summary>
    Cue,

    /// <summary>What is said or thought.</summary>
    Content,
}

/// <summary>A source, cue or content.</summary>
/// <param name="Part">Which of the three.</param>
/// <param name="Span">Where it stands in the text.</param>
public sealed record AttributionSpan(AttributionPart Part, TextSpan Span);
