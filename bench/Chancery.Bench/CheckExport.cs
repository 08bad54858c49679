using System.Text;
using System.Text.Json;
using Chancery.Language;
using Chancery.Language.Encoding;
using Chancery.Models;

namespace Chancery.Bench;

/// <summary>
/// Compares every answer of the exported model with the answer of the network before export, over all dev sets. The network
/// takes each word's best head, the product the best tree, so heads are compared where the best heads form a tree.
/// </summary>
internal static class CheckExport
{
    public static int Run(string folder, string[] rest)
    {
        // What the network says, before the table of names has its say.
        var files = new ModelFiles(rest is [var path, ..] ? path : null);
        using var network = new OnnxEncoder(ModelDescription.Parse(files.Text("model.json"), files.Text("vocabulary.txt")), files.Bytes("encoder.onnx"), files.Bytes("relations.onnx"));
        var annotator = new Annotator(Segmenter.Parse(files.Text("tokens.tsv"), files.Bytes("sentences.bin")), network, Lexemes.Parse(files.Text("lexemes.tsv")));
        var (words, wrong, sentences, trees) = (0L, 0L, 0, 0);
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            foreach (var line in File.ReadLines(file))
            {
                using var json = JsonDocument.Parse(line);
                var expected = json.RootElement.EnumerateArray().ToList();
                var (text, segmented) = Segmentation(expected);
                var found = annotator.Annotate(text, segmented);
                var tags = AttributionTags(found);
                var at = 0;
                for (var s = 0; s < expected.Count; s++)
                {
                    var (gold, sentence) = (expected[s], found.Sentences[s]);
                    var heads = gold.GetProperty("head").EnumerateArray().Select(h => h.GetInt32()).ToArray();
                    var tree = IsTree(heads);
                    (sentences, trees) = (sentences + 1, trees + (tree ? 1 : 0));
                    var names = NameTags(sentence);
                    for (var i = 0; i < heads.Length; i++, at++)
                    {
                        var word = sentence.Words[i];
                        var same = word.Upos == gold.GetProperty("upos")[i].GetString() && word.Xpos == gold.GetProperty("xpos")[i].GetString()
                            && names[i] == gold.GetProperty("names")[i].GetString()!.Replace("B-", "", StringComparison.Ordinal).Replace("I-", "", StringComparison.Ordinal)
                            && tags[at] == gold.GetProperty("attr")[i].GetString()!.Replace("B-", "", StringComparison.Ordinal).Replace("I-", "", StringComparison.Ordinal)
                            && (!tree || (word.Head == heads[i] && (word.Head < 0 || word.Relation == gold.GetProperty("rel")[i].GetString() || gold.GetProperty("rel")[i].GetString() == "root")));
                        words++;
                        if (same)
                            continue;
                        if (wrong++ < 10)
                            Console.WriteLine($"{Path.GetFileName(file)}: '{word.Form}' {word.Upos} {word.Xpos} {word.Head} {word.Relation} {names[i]} {tags[at]}, not {gold.GetProperty("upos")[i]} {gold.GetProperty("xpos")[i]} {heads[i]} {gold.GetProperty("rel")[i]} {gold.GetProperty("names")[i]} {gold.GetProperty("attr")[i]}");
                    }
                }
            }
        }
        Console.WriteLine($"{words} words in {sentences} sentences ({trees} of them trees as scored): {wrong} differ");
        return wrong > 0 ? 1 : 0;
    }

    internal static (string Text, List<SegmentedSentence> Segmented) Segmentation(List<JsonElement> sentences)
    {
        var (text, segmented) = (new StringBuilder(), new List<SegmentedSentence>());
        foreach (var sentence in sentences)
        {
            var words = new List<SegmentedWord>();
            foreach (var word in sentence.GetProperty("words").EnumerateArray())
            {
                var form = word.GetString()!;
                words.Add(new(new(text.Length, text.Length + form.Length), false));
                text.Append(form).Append(' ');
            }
            segmented.Add(new(words, sentence.GetProperty("par").GetBoolean()));
        }
        return (text.ToString(), segmented);
    }

    private static string[] NameTags(Sentence sentence)
    {
        var tags = Enumerable.Repeat("O", sentence.Words.Count).ToArray();
        foreach (var name in sentence.Names)
            Array.Fill(tags, name.Kind, name.First, name.Count);
        return tags;
    }

    private static string[] AttributionTags(Annotation annotation) =>
        [.. annotation.Sentences.SelectMany(s => s.Words).Select(w => annotation.Attributions.FirstOrDefault(a => a.Span.Contains(w.Span))?.Part.ToString() ?? "O")];

    private static bool IsTree(int[] heads) =>
        heads.Count(h => h < 0) == 1 && Enumerable.Range(0, heads.Length).All(i =>
        {
            var steps = 0;
            for (var at = i; at >= 0 && steps <= heads.Length; at = heads[at])
                steps++;
            return steps <= heads.Length;
        });
}
