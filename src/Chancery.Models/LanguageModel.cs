using Chancery.Language;
using Chancery.Language.Encoding;

namespace Chancery.Models;

/// <summary>The trained English model, embedded in this assembly, or another one from a folder.</summary>
/// <remarks>Safe to use from many threads at once; one is enough for a process.</remarks>
public sealed class LanguageModel : ILanguageModel, IDisposable
{
    private readonly OnnxEncoder _encoder;

    private LanguageModel(OnnxEncoder encoder, Annotator annotator) => (_encoder, Annotator) = (encoder, annotator);

    /// <summary>The stage as it was put together, for those who bring their own sentences and words.</summary>
    public Annotator Annotator { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="path">A folder with the files of <c>models/en</c>; null for the model inside.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or the files do not belong together; the message names it.</exception>
    /// <exception cref="IOException">The folder or one of its files cannot be read.</exception>
    public static LanguageModel Load(string? path = null, LanguageModelOptions? options = null)
    {
        options ??= new();
        if (path is not null && !Directory.Exists(path))
            throw new DirectoryNotFoundException($"{path}: no such folder; --model takes a folder with model.json, encoder.onnx and the other files of a model.");
        var files = new ModelFiles(path);
        // The graph takes longest to open and nothing else needs it, so the tables are read meanwhile.
        var segmenter = Task.Run(() => Segmenter.Parse(files.Text("tokens.tsv"), files.Bytes("sentences.bin")));
        var lexemes = Task.Run(() => Lexemes.Parse(files.Text("lexemes.tsv")));
        var names = Task.Run(() => NameTable.Parse(files.Text("names.tsv")));
        var description = ModelDescription.Parse(files.Text("model.json"), files.Text("vocabulary.txt"));
        var encoder = new OnnxEncoder(description, files.Bytes("encoder.onnx"), files.Bytes("relations.onnx"));
        return new(encoder, new(segmenter.GetAwaiter().GetResult(), encoder, lexemes.GetAwaiter().GetResult(), options.Threads, options.WordsInBatch, names.GetAwaiter().GetResult()));
    }

    /// <inheritdoc/>
    public Annotation Annotate(string text, CancellationToken cancellationToken = default) => Annotator.Annotate(text, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();
}

/// <summary>How to run a model.</summary>
public sealed record LanguageModelOptions
{
    /// <summary>On how many threads one text is read. Default: 1, since many texts are better read one a thread.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How many words the network is given at once. Default: 2,048; fewer take less memory and more time.</summary>
    public int WordsInBatch { get; init; } = Annotator.DefaultWordsInBatch;
}
