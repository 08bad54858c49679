using System.Collections.Frozen;
using System.Text.Json;

namespace Chancery.Language.Encoding;

/// <summary>
/// What an encoder was trained with: its labels in the order of its scores, and how a word becomes numbers. Read from a
/// model's <c>model.json</c> and <c>vocabulary.txt</c>.
/// </summary>
public sealed class ModelDescription
{
    /// <summary>The layout of model files that this version reads.</summary>
    public const int Format = 1;

    private ModelDescription(JsonElement json, string[] vocabulary)
    {
        Window = Number(json, "window", 1, 4096);
        var features = Property(json, "features");
        HashedWords = Number(features, "hashedWords", 1, 1 << 24);
        Prefix3 = Number(features, "prefix3", 1, 1 << 24);
        Suffix4 = Number(features, "suffix4", 1, 1 << 24);
        Suffix3 = Number(features, "suffix3", 1, 1 << 24);
        Suffix2 = Number(features, "suffix2", 1, 1 << 24);
        Shape = Number(features, "shape", 1, 1 << 24);
        Groups = Number(features, "groups", 1, 1 << 24);
        var labels = Property(json, "labels");
        Upos = Labels(labels, "upos");
        Xpos = Labels(labels, "xpos");
        Relations = Labels(labels, "rel");
        Names = Labels(labels, "names");
        Attributions = Labels(labels, "attr");
        if (!Relations.Contains("root"))
            throw new InvalidDataException("model.json: labels.rel has no 'root'; the model is damaged, install it again.");
        CheckTags(Names, "names");
        Follow = Matrix(json, "follow", Names.Count);
        CheckTags(Attributions, "attr");

        var rows = new Dictionary<string, int>(vocabulary.Length, StringComparer.Ordinal);
        for (var i = 0; i < vocabulary.Length; i++)
            rows[vocabulary[i]] = i;
        Vocabulary = rows.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>How many words of whole sentences are read together; a longer sentence is read alone.</summary>
    public int Window { get; }

    /// <summary>Universal parts of speech.</summary>
    public IReadOnlyList<string> Upos { get; }

    /// <summary>Penn Treebank tags.</summary>
    public IReadOnlyList<string> Xpos { get; }

    /// <summary>Relations, with subtypes.</summary>
    public IReadOnlyList<string> Relations { get; }

    /// <summary>Name tags: <c>O</c> first, then <c>B-</c> and <c>I-</c> of each kind.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Attribution tags: <c>O</c> first, then <c>B-</c> and <c>I-</c> of Source, Cue and Content.</summary>
    public IReadOnlyList<string> Attributions { get; }

    /// <summary>How well a name tag (column) follows another (row): names × names, added to the scores of a sequence.</summary>
    internal float[] Follow { get; }

    internal int HashedWords { get; }

    internal int Prefix3 { get; }

    internal int Suffix4 { get; }

    internal int Suffix3 { get; }

    internal int Suffix2 { get; }

    internal int Shape { get; }

    internal int Groups { get; }

    internal FrozenDictionary<string, int> Vocabulary { get; }

    /// <summary>Reads a description.</summary>
    /// <param name="json">The contents of <c>model.json</c>.</param>
    /// <param name="vocabulary">The contents of <c>vocabulary.txt</c>: a folded word form a line.</param>
    /// <exception cref="InvalidDataException">
    /// The description is damaged, or was written for another version of Chancery; the message names what and how to mend it.
    /// </exception>
    public static ModelDescription Parse(string json, string vocabulary)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 8 });
            var format = Number(document.RootElement, "format", 0, int.MaxValue);
            if (format != Format)
                throw new InvalidDataException($"model.json: the model has format {format}, this version of Chancery reads format {Format}; take a model made for it.");
            var words = vocabulary.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var expected = Number(document.RootElement, "vocabulary", 0, 1 << 24);
            if (words.Length != expected)
                throw new InvalidDataException($"vocabulary.txt: {words.Length} words, but model.json says {expected}; the files do not belong together, install the model again.");
            return new(document.RootElement, words);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"model.json: line {e.LineNumber + 1}: not valid JSON; the model is damaged, install it again.", e);
        }
    }

    private static JsonElement Property(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value)
            ? value
            : throw new InvalidDataException($"model.json: '{name}' is missing; the model is damaged, install it again.");

    private static int Number(JsonElement from, string name, int least, int most)
    {
        var value = Property(from, name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new InvalidDataException($"model.json: '{name}' is not a whole number from {least} to {most}; the model is damaged, install it again.");
    }

    private static float[] Matrix(JsonElement from, string name, int size)
    {
        var rows = Property(from, name);
        var square = rows.ValueKind == JsonValueKind.Array && rows.GetArrayLength() == size
            && rows.EnumerateArray().All(r => r.ValueKind == JsonValueKind.Array && r.GetArrayLength() == size && r.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number));
        return square
            ? [.. rows.EnumerateArray().SelectMany(r => r.EnumerateArray()).Select(v => v.GetSingle())]
            : throw new InvalidDataException($"model.json: '{name}' is not {size} rows of {size} numbers; the model is damaged, install it again.");
    }

    private static string[] Labels(JsonElement from, string name)
    {
        var value = Property(from, name);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0 || value.EnumerateArray().Any(l => l.ValueKind != JsonValueKind.String))
            throw new InvalidDataException($"model.json: labels.{name} is not a list of names; the model is damaged, install it again.");
        return [.. value.EnumerateArray().Select(l => l.GetString()!)];
    }

    private static void CheckTags(IReadOnlyList<string> tags, string name)
    {
        if (tags.Count > byte.MaxValue || tags[0] != "O" || tags.Skip(1).Any(t => !t.StartsWith("B-", StringComparison.Ordinal) && !t.StartsWith("I-", StringComparison.Ordinal)))
            throw new InvalidDataException($"model.json: labels.{name} must be 'O' and then tags that begin with B- or I-; the model is damaged, install it again.");
    }
}
