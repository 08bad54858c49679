using Chancery.Records;

namespace Chancery.Language;

/// <summary>A syntactic word as found in the text, before anything is known of it.</summary>
/// <param name="Span">Where it stands. Words never overlap and follow the order of the text.</param>
/// <param name="ContinuesToken">
/// Whether it is the second or a later word of one orthographic token ("n't" in "don't"): the multiword tokens of
/// Universal Dependencies.
/// </param>
public readonly record struct SegmentedWord(TextSpan Span, bool ContinuesToken);

/// <summary>A sentence as found in the text: its words, before they are analysed.</summary>
/// <param name="Words">Its words in order; never empty.</param>
/// <param name="StartsParagraph">Whether a paragraph, heading or list item of the text starts with it.</param>
public sealed record SegmentedSentence(IReadOnlyList<SegmentedWord> Words, bool StartsParagraph)
{
    /// <summary>From the first word's start to the last word's end.</summary>
    public TextSpan Span => new(Words[0].Span.Start, Words[^1].Span.End);
}
