namespace Chancery.Language;

/// <summary>Divides text into sentences and words by the conventions of English Universal Dependencies (v2).</summary>
/// <remarks>
/// Takes any string. Every character that is not white space belongs to exactly one word; time and memory grow in line
/// with the length of the text. Immutable, so safe for any number of threads.
/// </remarks>
public sealed class Segmenter
{
    private readonly Tokenizer _tokenizer;
    private readonly SentenceBoundaries _boundaries;

    private Segmenter(TokenRules rules, SentenceBoundaries boundaries) => (_tokenizer, _boundaries) = (new(rules), boundaries);

    /// <summary>Reads what a segmenter knows.</summary>
    /// <param name="tokens">The contents of <c>tokens.tsv</c>: abbreviations, contractions and the like.</param>
    /// <param name="sentences">The contents of <c>sentences.bin</c>: the weights that decide where a sentence ends.</param>
    /// <exception cref="InvalidDataException">One of the two is damaged; the message names the file and the place.</exception>
    public static Segmenter Parse(string tokens, ReadOnlySpan<byte> sentences)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new(TokenRules.Parse(tokens), SentenceBoundaries.Parse(sentences));
    }

    /// <summary>Divides a text.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the end.</exception>
    public IReadOnlyList<SegmentedSentence> Segment(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _boundaries.Divide(text, _tokenizer.Tokenize(text, cancellationToken), cancellationToken);
    }
}
