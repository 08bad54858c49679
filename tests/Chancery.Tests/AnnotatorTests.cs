using Chancery.Language;
using Chancery.Language.Encoding;
using Chancery.TestSupport;
using CsCheck;
using Xunit;

namespace Chancery.Tests;

/// <summary>The stage around the encoder, with an encoder whose answers can be told in advance.</summary>
public class AnnotatorTests
{
    private static readonly Segmenter Segmenter = Segmenter.Parse(
        File.ReadAllText(Repository.File("models", "en", "tokens.tsv")), File.ReadAllBytes(Repository.File("models", "en", "sentences.bin")));

    private static readonly Lexemes Lexemes = Lexemes.Parse(File.ReadAllText(Repository.File("models", "en", "lexemes.tsv")));

    private static readonly Gen<string> Texts =
        Gen.OneOf("Eden", "said", "it", "rained.", "He", "didn't", "“Go!”", "\n\n", "so", "and", "far,", new string('x', 700)).Array[0, 400].Select(w => string.Join(' ', w));

    [Fact]
    public void Every_sentence_is_a_tree_over_words_of_the_text_whatever_the_scores() =>
        Texts.Sample(text =>
        {
            var annotation = new Annotator(Segmenter, new Noise(), Lexemes).Annotate(text);
            foreach (var sentence in annotation.Sentences)
            {
                Assert.Single(sentence.Words, w => w.Head < 0);
                Assert.All(sentence.Words, w => Assert.Equal(w.Head < 0, w.Relation == "root"));
                Assert.All(sentence.Words, w => Assert.Equal(w.Form, w.Span.Of(text).ToString()));
                Assert.True(Chancery.Language.Decoding.SpanningTree.IsTree(sentence.Words.Select(w => w.Head).ToArray()));
                Assert.All(sentence.Names, n => Assert.True(n.First >= 0 && n.Count > 0 && n.First + n.Count <= sentence.Words.Count));
            }
            Assert.All(annotation.Attributions.Zip(annotation.Attributions.Skip(1)), p => Assert.True(p.First.Span.End <= p.Second.Span.Start));
        }, iter: 60);

    [Fact]
    public void The_number_of_threads_changes_nothing() =>
        Texts.Sample(text =>
        {
            var one = new Annotator(Segmenter, new Noise(), Lexemes, 1).Annotate(text);
            var three = new Annotator(Segmenter, new Noise(), Lexemes, 3).Annotate(text);
            Assert.Equal(one.Attributions, three.Attributions);
            Assert.Equal(one.Sentences.SelectMany(s => s.Words), three.Sentences.SelectMany(s => s.Words));
            Assert.Equal(one.Sentences.SelectMany(s => s.Names), three.Sentences.SelectMany(s => s.Names));
        }, iter: 40);

    [Fact]
    public void Stops_when_told_to()
    {
        using var cancellation = new CancellationTokenSource();
        var annotator = new Annotator(Segmenter, new Noise { Called = cancellation.Cancel }, Lexemes);
        Assert.ThrowsAny<OperationCanceledException>(() => annotator.Annotate(string.Concat(Enumerable.Repeat("Eden said it rained. ", 2000)), cancellation.Token));
    }

    /// <summary>Scores that look like chance but depend on nothing but a window's own numbers, as a real encoder's do.</summary>
    private sealed class Noise : IEncoder
    {
        public ModelDescription Description { get; } = ModelDescription.Parse(ModelDescriptionTests.Json(vocabulary: 2), "the\nsaid\n");

        public Action? Called { get; init; }

        public EncoderScores Encode(EncoderBatch batch)
        {
            Called?.Invoke();
            return new Scores(Description, batch);
        }

        private sealed class Scores(ModelDescription model, EncoderBatch batch) : EncoderScores
        {
            public override ReadOnlySpan<float> Upos => Fill(model.Upos.Count, 1);

            public override ReadOnlySpan<float> Xpos => Fill(model.Xpos.Count, 2);

            public override ReadOnlySpan<float> Arcs => Fill(1 + batch.Time, 3);

            public override ReadOnlySpan<float> Names => Fill(model.Names.Count, 4);

            public override ReadOnlySpan<float> Attributions => Fill(model.Attributions.Count, 5);

            public override ReadOnlySpan<float> Relations(int[] heads) => Fill(model.Relations.Count, 6);

            protected override void Dispose(bool disposing)
            {
            }

            private float[] Fill(int width, uint salt)
            {
                var windows = batch.Lengths.Length;
                var features = batch.Ids.Length / (windows * batch.Time);
                var filled = new float[windows * batch.Time * width];
                for (var w = 0; w < windows; w++)
                {
                    for (var t = 0; t < batch.Lengths[w]; t++)
                    {
                        for (var k = 0; k < width; k++)
                        {
                            var seed = (uint)batch.Ids[((t * windows) + w) * features] + (uint)(t * 31) + (uint)(k * 1009) + (salt * 7919);
                            filled[(((w * batch.Time) + t) * width) + k] = (seed * 2654435761u >> 8) / (float)(1 << 24);
                        }
                    }
                }
                return filled;
            }
        }
    }
}
