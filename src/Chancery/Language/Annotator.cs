using Chancery.Language.Decoding;
using Chancery.Language.Encoding;
using Chancery.Records;

namespace Chancery.Language;

/// <summary>
/// The language stage: cuts a text into sentences and words, has the encoder score them in windows, and reads trees, names
/// and who-said-what tags out of the scores.
/// </summary>
public sealed class Annotator : ILanguageModel
{
    /// <summary>
    /// How many words the encoder is given at once unless told otherwise: enough to fill vector units, few enough that the
    /// scores of all threads' batches stay in the cache and in bounds.
    /// </summary>
    public const int DefaultWordsInBatch = 2048;

    private readonly IEncoder _encoder;
    private readonly Lexemes _lexemes;
    private readonly NameTable _names;
    private readonly int _threads, _wordsInBatch;
    private readonly WordFeatures _features;
    private readonly Decoder _decoder;

    /// <summary>Puts the stage together.</summary>
    /// <param name="segmenter">Finds sentences and words.</param>
    /// <param name="encoder">Scores them.</param>
    /// <param name="lexemes">Knows dictionary forms and features.</param>
    /// <param name="threads">On how many threads one text may be read. The annotation is the same for any number.</param>
    /// <param name="wordsInBatch">How many words, padding included, the encoder is given at once. Likewise.</param>
    /// <param name="names">Knows the kinds of names; null for the encoder's word alone.</param>
    public Annotator(Segmenter segmenter, IEncoder encoder, Lexemes lexemes, int threads = 1, int wordsInBatch = DefaultWordsInBatch, NameTable? names = null)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(lexemes);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(wordsInBatch, 1);
        (Segmenter, _encoder, _lexemes, _threads, _wordsInBatch) = (segmenter, encoder, lexemes, threads, wordsInBatch);
        _names = names ?? NameTable.Empty;
        _features = new(encoder.Description);
        _decoder = new(encoder.Description);
    }

    /// <summary>What finds sentences and words.</summary>
    public Segmenter Segmenter { get; }

    /// <inheritdoc/>
    public Annotation Annotate(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Annotate(text, Segmenter.Segment(text, cancellationToken), cancellationToken);
    }

    /// <summary>Annotates a text whose sentences and words are given, as in a treebank.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the end.</exception>
    public Annotation Annotate(string text, IReadOnlyList<SegmentedSentence> segmented, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(segmented);
        var forms = Forms(text, segmented);
        var quoted = Quoted(forms, segmented);
        var layers = new Decoder.LayersOfSentence[segmented.Count];
        var batches = Batches(segmented);
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.ForEach(batches, options, batch => Read(batch, forms, quoted, segmented, layers));
        cancellationToken.ThrowIfCancellationRequested();
        return Compose(text, segmented, forms, layers);
    }

    private static string[][] Forms(string text, IReadOnlyList<SegmentedSentence> segmented)
    {
        // The same few thousand forms make up most of any text; one string each.
        var pool = new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var forms = new string[segmented.Count][];
        for (var s = 0; s < forms.Length; s++)
        {
            var words = segmented[s].Words;
            forms[s] = new string[words.Count];
            for (var i = 0; i < words.Count; i++)
            {
                var form = words[i].Span.Of(text);
                if (!pool.TryGetValue(form, out var known))
                    pool[form] = known = form.ToString();
                forms[s][i] = known;
            }
        }
        return forms;
    }

    private static bool[][] Quoted(string[][] forms, IReadOnlyList<SegmentedSentence> segmented)
    {
        var quotation = new WordFeatures.Quotation();
        var quoted = new bool[forms.Length][];
        for (var s = 0; s < forms.Length; s++)
        {
            if (segmented[s].StartsParagraph)
                quotation.StartParagraph();
            quoted[s] = new bool[forms[s].Length];
            for (var i = 0; i < forms[s].Length; i++)
                quoted[s][i] = quotation.Next(forms[s][i]);
        }
        return quoted;
    }

    /// <summary>Windows of whole consecutive sentences, then batches of windows of like length.</summary>
    private List<Window[]> Batches(IReadOnlyList<SegmentedSentence> segmented)
    {
        var windows = new List<Window>();
        var (first, total) = (0, 0);
        for (var s = 0; s < segmented.Count; s++)
        {
            var length = segmented[s].Words.Count;
            if (total > 0 && total + length > _encoder.Description.Window)
            {
                windows.Add(new(first, s, total));
                (first, total) = (s, 0);
            }
            total += length;
        }
        if (total > 0)
            windows.Add(new(first, segmented.Count, total));

        windows.Sort((a, b) => a.Words != b.Words ? a.Words.CompareTo(b.Words) : a.First.CompareTo(b.First));
        var batches = new List<Window[]>();
        var batch = new List<Window>();
        foreach (var window in windows)
        {
            if (batch.Count > 0 && window.Words * (batch.Count + 1) > _wordsInBatch)
            {
                batches.Add([.. batch]);
                batch.Clear();
            }
            batch.Add(window);
        }
        if (batch.Count > 0)
            batches.Add([.. batch]);
        return batches;
    }

    private void Read(Window[] batch, string[][] forms, bool[][] quoted, IReadOnlyList<SegmentedSentence> segmented, Decoder.LayersOfSentence[] layers)
    {
        var time = batch.Max(w => w.Words);
        var ids = new int[time * batch.Length * WordFeatures.Count];
        var lengths = new int[batch.Length];
        var sentences = new int[batch.Length][];
        for (var b = 0; b < batch.Length; b++)
        {
            var (first, end, words) = batch[b];
            lengths[b] = words;
            sentences[b] = new int[end - first];
            var t = 0;
            for (var s = first; s < end; s++)
            {
                sentences[b][s - first] = forms[s].Length;
                for (var i = 0; i < forms[s].Length; i++, t++)
                {
                    var at = ids.AsSpan(((t * batch.Length) + b) * WordFeatures.Count, WordFeatures.Count);
                    _features.Write(forms[s][i], WordFeatures.Place(quoted[s][i], i == 0, segmented[s].StartsParagraph), at);
                }
            }
        }

        using var scores = _encoder.Encode(new(ids, lengths, time));
        var decoded = _decoder.Decode(scores, sentences, time);
        for (var b = 0; b < batch.Length; b++)
            decoded[b].CopyTo(layers, batch[b].First);
    }

    private Annotation Compose(string text, IReadOnlyList<SegmentedSentence> segmented, string[][] forms, Decoder.LayersOfSentence[] layers)
    {
        var sentences = new Sentence[segmented.Count];
        var attributions = new List<AttributionSpan>();
        var open = new TagRuns();
        for (var s = 0; s < sentences.Length; s++)
        {
            var (spans, known) = (segmented[s].Words, layers[s]);
            var words = new Word[spans.Count];
            for (var i = 0; i < words.Length; i++)
            {
                words[i] = new()
                {
                    Span = spans[i].Span,
                    Form = forms[s][i],
                    ContinuesToken = spans[i].ContinuesToken,
                    Lemma = _lexemes.Lemma(forms[s][i], known.Upos[i], known.Xpos[i]),
                    Upos = known.Upos[i],
                    Xpos = known.Xpos[i],
                    Features = _lexemes.Features(forms[s][i], known.Upos[i], known.Xpos[i]),
                    Head = known.Heads[i],
                    Relation = known.Relations[i],
                };
                // Not closed at the end of a sentence: what is said often runs on over several.
                if (open.Next(known.Attributions[i], words[i].Span) is { } run)
                    attributions.Add(Attribution(run));
            }
            sentences[s] = new(words, Names(known.Names, words, forms[s]), segmented[s].StartsParagraph);
        }
        if (open.End() is { } last)
            attributions.Add(Attribution(last));
        return new(text, sentences, attributions);
    }

    private static AttributionSpan Attribution((string Kind, TextSpan Span) run) => new(Enum.Parse<AttributionPart>(run.Kind), run.Span);

    private List<Name> Names(Decoder.Tag[] tags, Word[] words, string[] forms)
    {
        var names = new List<Name>();
        for (var i = 0; i < tags.Length;)
        {
            var first = i++;
            if (tags[first].Kind is not { } kind)
                continue;
            while (i < tags.Length && tags[i].Kind == kind && !tags[i].Begins)
                i++;
            names.Add(new(_names.KindOf(kind, forms.AsSpan(first, i - first)), first, i - first, new(words[first].Span.Start, words[i - 1].Span.End)));
        }
        return names;
    }

    private readonly record struct Window(int First, int End, int Words);

    /// <summary>Joins tags into stretches, across sentences.</summary>
    private struct TagRuns
    {
        private string? _kind;
        private int _start, _end;

        public (string Kind, TextSpan Span)? Next(Decoder.Tag tag, TextSpan word)
        {
            if (tag.Kind == _kind && !tag.Begins)
            {
                _end = word.End;
                return null;
            }
            var finished = End();
            (_kind, _start, _end) = (tag.Kind, word.Start, word.End);
            return finished;
        }

        public (string Kind, TextSpan Span)? End()
        {
            var finished = _kind is { } kind ? ((string, TextSpan)?)(kind, new(_start, _end)) : null;
            _kind = null;
            return finished;
        }
    }
}
