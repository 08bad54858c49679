using BenchmarkDotNet.Attributes;
using Chancery.Language;
using Chancery.Models;

namespace Chancery.Bench;

/// <summary>The stages over the samples: segmenting alone, and the whole annotation, as a ratio in one run.</summary>
[MemoryDiagnoser]
public class Stages
{
    private string _text = "";
    private LanguageModel _model = null!;
    private IReadOnlyList<SegmentedSentence> _segmented = [];

    [GlobalSetup]
    public void Setup()
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "samples")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("samples: run from a checkout.");
        _text = string.Join("\n\n", Directory.EnumerateFiles(Path.Combine(folder, "samples"), "*.txt").Order(StringComparer.Ordinal).Select(File.ReadAllText));
        _model = LanguageModel.Load();
        _segmented = _model.Annotator.Segmenter.Segment(_text);
    }

    [GlobalCleanup]
    public void Cleanup() => _model.Dispose();

    [Benchmark]
    public int Segment() => _model.Annotator.Segmenter.Segment(_text).Count;

    [Benchmark]
    public int AnnotateGivenWords() => _model.Annotator.Annotate(_text, _segmented).Sentences.Count;

    [Benchmark(Baseline = true)]
    public int Annotate() => _model.Annotate(_text).Sentences.Count;
}
