using System.Numerics.Tensors;
using Chancery.Language.Encoding;

namespace Chancery.Language.Decoding;

/// <summary>From an encoder's scores to the layers of a sentence.</summary>
internal sealed class Decoder
{
    private readonly ModelDescription _model;
    private readonly int _root;
    private readonly Tag[] _names, _attributions;
    private readonly float[] _follow;

    public Decoder(ModelDescription model)
    {
        _model = model;
        _root = model.Relations.ToList().IndexOf("root");
        _names = [.. model.Names.Select(Tag.Parse)];
        _follow = model.Follow;
        _attributions = [.. model.Attributions.Select(Tag.Parse)];
    }

    /// <summary>Reads the layers of one batch of windows.</summary>
    /// <param name="scores">What the encoder says of the batch.</param>
    /// <param name="windows">For each window the lengths of its sentences.</param>
    /// <param name="time">The padded length of a window.</param>
    public LayersOfSentence[][] Decode(EncoderScores scores, IReadOnlyList<int[]> windows, int time)
    {
        var arcs = scores.Arcs;
        var heads = new int[windows.Count * time];
        Span<int> tree = new int[time];
        for (var w = 0; w < windows.Count; w++)
        {
            var start = 0;
            foreach (var length in windows[w])
            {
                // Within a window only the words of the same sentence may be heads: column 0, then the sentence's columns.
                var stride = time + 1;
                var square = new float[length * (length + 1)];
                for (var i = 0; i < length; i++)
                {
                    var row = arcs.Slice(((w * time) + start + i) * stride, stride);
                    square[i * (length + 1)] = row[0];
                    row.Slice(1 + start, length).CopyTo(square.AsSpan((i * (length + 1)) + 1));
                }
                SpanningTree.Decode(square, length + 1, tree[..length]);
                for (var i = 0; i < length; i++)
                    heads[(w * time) + start + i] = tree[i] < 0 ? heads.Length : (w * time) + start + tree[i];
                start += length;
            }
        }

        var relations = scores.Relations(heads);
        var result = new LayersOfSentence[windows.Count][];
        for (var w = 0; w < windows.Count; w++)
        {
            result[w] = new LayersOfSentence[windows[w].Length];
            var start = w * time;
            for (var s = 0; s < windows[w].Length; s++)
            {
                var length = windows[w][s];
                result[w][s] = new()
                {
                    Upos = Best(scores.Upos, _model.Upos, start, length),
                    Xpos = Best(scores.Xpos, _model.Xpos, start, length),
                    Heads = Heads(heads, start, length),
                    Relations = Relations(relations, heads, start, length),
                    Names = Sequence(scores.Names, start, length),
                    Attributions = Tags(scores.Attributions, _attributions, start, length),
                };
                start += length;
            }
        }
        return result;
    }

    private static string[] Best(ReadOnlySpan<float> scores, IReadOnlyList<string> labels, int start, int length)
    {
        var best = new string[length];
        for (var i = 0; i < length; i++)
            best[i] = labels[TensorPrimitives.IndexOfMax(scores.Slice((start + i) * labels.Count, labels.Count))];
        return best;
    }

    private static int[] Heads(int[] rows, int start, int length)
    {
        var heads = new int[length];
        for (var i = 0; i < length; i++)
            heads[i] = rows[start + i] == rows.Length ? -1 : rows[start + i] - start;
        return heads;
    }

    private string[] Relations(ReadOnlySpan<float> scores, int[] rows, int start, int length)
    {
        var count = _model.Relations.Count;
        var best = new string[length];
        Span<float> own = stackalloc float[count];
        for (var i = 0; i < length; i++)
        {
            scores.Slice((start + i) * count, count).CopyTo(own);
            if (rows[start + i] == rows.Length)
            {
                best[i] = _model.Relations[_root];
                continue;
            }
            own[_root] = float.NegativeInfinity;
            best[i] = _model.Relations[TensorPrimitives.IndexOfMax(own)];
        }
        return best;
    }

    /// <summary>The best sequence of name tags in a sentence (Viterbi, 1967).</summary>
    private Tag[] Sequence(ReadOnlySpan<float> scores, int start, int length)
    {
        var count = _names.Length;
        var back = new byte[length * count];
        Span<float> best = stackalloc float[count];
        Span<float> next = stackalloc float[count];
        scores.Slice(start * count, count).CopyTo(best);
        for (var i = 1; i < length; i++)
        {
            var own = scores.Slice((start + i) * count, count);
            for (var tag = 0; tag < count; tag++)
            {
                var from = 0;
                var most = best[0] + _follow[tag];
                for (var before = 1; before < count; before++)
                {
                    var through = best[before] + _follow[(before * count) + tag];
                    if (through > most)
                        (most, from) = (through, before);
                }
                next[tag] = most + own[tag];
                back[(i * count) + tag] = (byte)from;
            }
            next.CopyTo(best);
        }

        var path = new Tag[length];
        var at = TensorPrimitives.IndexOfMax<float>(best);
        for (var i = length - 1; i >= 0; i--)
        {
            path[i] = _names[at];
            at = back[(i * count) + at];
        }
        return path;
    }

    private static Tag[] Tags(ReadOnlySpan<float> scores, Tag[] labels, int start, int length)
    {
        var best = new Tag[length];
        for (var i = 0; i < length; i++)
            best[i] = labels[TensorPrimitives.IndexOfMax(scores.Slice((start + i) * labels.Length, labels.Length))];
        return best;
    }

    /// <summary>A tag of the BIO scheme; O has no kind.</summary>
    internal readonly record struct Tag(string? Kind, bool Begins)
    {
        public static Tag Parse(string tag) => tag == "O" ? default : new(tag[2..], tag[0] == 'B');
    }

    /// <summary>The decoded layers of a sentence, an entry a word.</summary>
    internal sealed class LayersOfSentence
    {
        public required string[] Upos { get; init; }

        public required string[] Xpos { get; init; }

        public required int[] Heads { get; init; }

        public required string[] Relations { get; init; }

        public required Tag[] Names { get; init; }

        public required Tag[] Attributions { get; init; }
    }
}
