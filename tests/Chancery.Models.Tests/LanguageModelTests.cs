using Chancery.Language;
using Chancery.TestSupport;
using CsCheck;
using Xunit;

namespace Chancery.Models.Tests;

public sealed class LanguageModelTests(LanguageModelTests.Loaded loaded) : IClassFixture<LanguageModelTests.Loaded>
{
    private static readonly string Samples = string.Join("\n\n",
        Directory.EnumerateFiles(Repository.File("samples"), "*.txt").Order(StringComparer.Ordinal).Select(File.ReadAllText));

    [Fact]
    public void Reads_a_sentence_as_a_reader_does()
    {
        const string Text = "Prince Gorchakov told the British envoy on Monday that Russia had not asked for money.";
        var annotation = loaded.Model.Annotate(Text);
        var words = Assert.Single(annotation.Sentences).Words;

        string Head(string form) => words.Single(w => w.Form == form).Head is >= 0 and var head ? words[head].Form : "-";
        Assert.Equal("-", Head("told"));
        Assert.Equal("told", Head("Gorchakov") == "Prince" ? Head("Prince") : Head("Gorchakov"));
        Assert.Equal("told", Head("asked"));
        Assert.Equal("asked", Head("Russia"));
        Assert.Equal("PROPN", words.Single(w => w.Form == "Russia").Upos);
        Assert.Equal("tell", words.Single(w => w.Form == "told").Lemma);
        Assert.Contains(annotation.Sentences[0].Names, n => n.Kind == "LOC" && n.Span.Of(Text).ToString() == "Russia");
        Assert.Contains(annotation.Attributions, a => a.Part == AttributionPart.Source && a.Span.Of(Text).ToString().EndsWith("Gorchakov", StringComparison.Ordinal));
        Assert.Contains(annotation.Attributions, a => a.Part == AttributionPart.Content && a.Span.Of(Text).ToString().Contains("Russia had not asked", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(1, 100_000)]
    [InlineData(4, 700)]
    public void Threads_and_batches_change_nothing(int threads, int wordsInBatch)
    {
        using var other = LanguageModel.Load(options: new() { Threads = threads, WordsInBatch = wordsInBatch });
        AssertSame(loaded.Model.Annotate(Samples), other.Annotate(Samples));
    }

    [Fact]
    public void One_model_serves_many_threads_at_once()
    {
        var texts = Samples.Split("\n\n");
        var alone = texts.Select(t => loaded.Model.Annotate(t)).ToList();
        Parallel.For(0, texts.Length * 4, i => AssertSame(alone[i % texts.Length], loaded.Model.Annotate(texts[i % texts.Length])));
    }

    [Fact]
    public void A_model_in_a_folder_reads_as_the_one_inside()
    {
        using var other = LanguageModel.Load(Repository.File("models", "en"));
        AssertSame(loaded.Model.Annotate(Samples), other.Annotate(Samples));
    }

    [Fact]
    public void Takes_any_text() =>
        Gen.OneOf<string>(Gen.Char.Select(c => c.ToString()), Gen.OneOf("Eden", " ", "said", "“", "\n\n", "😀", "\ud83d", ".", new string('x', 400))).Array[0, 60].Select(string.Concat)
            .Sample(text =>
            {
                foreach (var sentence in loaded.Model.Annotate(text).Sentences)
                {
                    Assert.Single(sentence.Words, w => w.Head < 0);
                    Assert.All(sentence.Words, w => Assert.Equal(w.Form, w.Span.Of(text).ToString()));
                }
            }, iter: 200);

    [Fact]
    public void Stops_when_told_to() =>
        Assert.ThrowsAny<OperationCanceledException>(() => loaded.Model.Annotate(Samples, new(canceled: true)));

    [Theory]
    [InlineData("encoder.onnx")]
    [InlineData("relations.onnx")]
    [InlineData("model.json")]
    [InlineData("vocabulary.txt")]
    [InlineData("sentences.bin")]
    [InlineData("lexemes.tsv")]
    [InlineData("tokens.tsv")]
    [InlineData("names.tsv")]
    public void A_damaged_file_is_named(string name)
    {
        using var folder = new Copy();
        var path = Path.Combine(folder.Path, name);
        var bytes = File.ReadAllBytes(path);
        // Half of it, with nonsense at the end: what a broken download leaves.
        File.WriteAllBytes(path, [.. bytes[..(bytes.Length / 2)], .. "\n\u0001nonsense\n"u8]);
        var e = Assert.Throws<InvalidDataException>(() => LanguageModel.Load(folder.Path));
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_scorer_is_named()
    {
        using var folder = new Copy();
        File.WriteAllText(Path.Combine(folder.Path, "events.tsv"), "feature\ttype\tweight\nnonsense");
        Assert.Contains("events.tsv: line 2", Assert.Throws<InvalidDataException>(() => EventModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new Copy();
        File.Delete(Path.Combine(folder.Path, "relations.onnx"));
        Assert.Contains("relations.onnx", Assert.Throws<InvalidDataException>(() => LanguageModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_another_model_are_refused()
    {
        using var folder = new Copy();
        var path = Path.Combine(folder.Path, "model.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"ADJ\",", "", StringComparison.Ordinal));
        Assert.Contains("do not belong together", Assert.Throws<InvalidDataException>(() => LanguageModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.Contains("no/such/model", Assert.Throws<DirectoryNotFoundException>(() => LanguageModel.Load("no/such/model")).Message, StringComparison.Ordinal);

    private static void AssertSame(Annotation a, Annotation b)
    {
        Assert.Equal(a.Sentences.SelectMany(s => s.Words), b.Sentences.SelectMany(s => s.Words));
        Assert.Equal(a.Sentences.SelectMany(s => s.Names), b.Sentences.SelectMany(s => s.Names));
        Assert.Equal(a.Attributions, b.Attributions);
    }

    public sealed class Loaded : IDisposable
    {
        public LanguageModel Model { get; } = LanguageModel.Load();

        public void Dispose() => Model.Dispose();
    }

    /// <summary>A copy of the model that a test may break.</summary>
    private sealed class Copy : IDisposable
    {
        public Copy()
        {
            foreach (var file in Directory.EnumerateFiles(Repository.File("models", "en")))
                File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)));
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("chancery-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
