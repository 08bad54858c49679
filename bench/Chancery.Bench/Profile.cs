using System.Diagnostics;
using System.Globalization;
using Chancery.Language;
using Chancery.Language.Encoding;
using Chancery.Models;

namespace Chancery.Bench;

/// <summary>Where the time of a whole annotation goes, on one thread.</summary>
internal static class Profile
{
    public static int Run(string folder)
    {
        var texts = Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var files = new ModelFiles(null);
        var description = ModelDescription.Parse(files.Text("model.json"), files.Text("vocabulary.txt"));
        using var network = new OnnxEncoder(description, files.Bytes("encoder.onnx"), files.Bytes("relations.onnx"));
        var encoder = new Timed(network);
        var segmenter = Segmenter.Parse(files.Text("tokens.tsv"), files.Bytes("sentences.bin"));
        var annotator = new Annotator(segmenter, encoder, Lexemes.Parse(files.Text("lexemes.tsv")));
        var (segmenting, annotating) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var round = 0; round < 3; round++)
        {
            // Only the last round counts: the first ones are compiled on the way.
            (segmenting, annotating) = (TimeSpan.Zero, TimeSpan.Zero);
            encoder.Reset();
            foreach (var text in texts)
            {
                var start = Stopwatch.GetTimestamp();
                var segmented = segmenter.Segment(text);
                segmenting += Stopwatch.GetElapsedTime(start);
                start = Stopwatch.GetTimestamp();
                annotator.Annotate(text, segmented);
                annotating += Stopwatch.GetElapsedTime(start);
            }
        }
        var total = segmenting + annotating;
        Tell("words and sentences", segmenting, total);
        Tell("the network", encoder.Words, total);
        Tell("relations of the chosen arcs", encoder.Arcs, total);
        Tell("features, trees, tags, lemmas", annotating - encoder.Words - encoder.Arcs, total);
        return 0;
    }

    private static void Tell(string what, TimeSpan time, TimeSpan total) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-32}{time.TotalSeconds,8:F2} s {100 * time / total,6:F1} %"));

    private sealed class Timed(IEncoder inner) : IEncoder
    {
        public TimeSpan Words { get; private set; }

        public TimeSpan Arcs { get; private set; }

        public ModelDescription Description => inner.Description;

        public void Reset() => (Words, Arcs) = (TimeSpan.Zero, TimeSpan.Zero);

        public EncoderScores Encode(EncoderBatch batch)
        {
            var start = Stopwatch.GetTimestamp();
            var scores = inner.Encode(batch);
            Words += Stopwatch.GetElapsedTime(start);
            return new Scores(this, scores);
        }

        private sealed class Scores(Timed timed, EncoderScores inner) : EncoderScores
        {
            public override ReadOnlySpan<float> Upos => inner.Upos;

            public override ReadOnlySpan<float> Xpos => inner.Xpos;

            public override ReadOnlySpan<float> Arcs => inner.Arcs;

            public override ReadOnlySpan<float> Names => inner.Names;

            public override ReadOnlySpan<float> Attributions => inner.Attributions;

            public override ReadOnlySpan<float> Relations(int[] heads)
            {
                var start = Stopwatch.GetTimestamp();
                var scores = inner.Relations(heads);
                timed.Arcs += Stopwatch.GetElapsedTime(start);
                return scores;
            }

            protected override void Dispose(bool disposing) => inner.Dispose();
        }
    }
}
