using Chancery.Cli;
using Chancery.Language;
using Chancery.Records;

namespace Chancery.Cli.Tests;

/// <summary>Runs the command as a person would, in a folder of its own, with a model whose reading is plain.</summary>
internal sealed class Session : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("chancery-").FullName;

    public StringWriter Output { get; } = new();

    public StringWriter Error { get; } = new();

    public bool Progress { get; init; }

    public CommandLine.ModelSource Models { get; init; } = (_, _) => new PlainModel();

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public Task<int> RunAsync(params string[] arguments) => RunWithAsync("", default, arguments);

    public Task<int> RunWithAsync(string input, CancellationToken cancellationToken, params string[] arguments) => CommandLine.RunAsync(
        arguments, new(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)), Output, Error) { ShowsProgress = Progress }, Models, cancellationToken: cancellationToken);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A line is a sentence; what stands before "said" is who says it, what stands after is what is said.</summary>
    public sealed class PlainModel : ILanguageModel
    {
        public Action<string>? Reading { get; init; }

        public Annotation Annotate(string text, CancellationToken cancellationToken = default)
        {
            Reading?.Invoke(text);
            cancellationToken.ThrowIfCancellationRequested();
            var (sentences, parts) = (new List<Sentence>(), new List<AttributionSpan>());
            var at = 0;
            foreach (var line in text.Split('\n'))
            {
                var (words, place) = (new List<Word>(), at);
                foreach (var form in line.Split(' '))
                {
                    if (form.Length > 0)
                        words.Add(WordOf(form, place, words.Count));
                    place += form.Length + 1;
                }
                at += line.Length + 1;
                if (words.Count == 0)
                    continue;
                sentences.Add(new(words, words[0].Form == "Eden" ? [new("PER", 0, 1, words[0].Span)] : [], true));
                if (words.FindIndex(w => w.Form == "said") is > 0 and var cue && cue + 1 < words.Count)
                {
                    parts.Add(new(AttributionPart.Source, new(words[0].Span.Start, words[cue - 1].Span.End)));
                    parts.Add(new(AttributionPart.Cue, words[cue].Span));
                    parts.Add(new(AttributionPart.Content, new(words[cue + 1].Span.Start, words[^1].Span.End)));
                }
            }
            return new(text, sentences, parts);
        }

        private static Word WordOf(string form, int start, int index) => new()
        {
            Span = new(start, start + form.Length),
            Form = form,
            ContinuesToken = false,
            Lemma = form.ToLowerInvariant(),
            Upos = char.IsUpper(form[0]) ? "PROPN" : "NOUN",
            Xpos = "NN",
            Features = null,
            Head = index - 1,
            Relation = index == 0 ? "root" : "dep",
        };
    }
}
