using System.Text.Json;
using Chancery.Models;
using Chancery.Reading;

namespace Chancery.Bench;

/// <summary>
/// Writes what the learned scorer would see of each marked pair of a table of sentences (columns sentence, source, target,
/// gold_root): a JSON object a line with the type and the features, for <c>training/events.py</c>.
/// </summary>
internal static class EventPairs
{
    public static int Run(string file)
    {
        using var model = LanguageModel.Load();
        var lines = File.ReadAllLines(file);
        var columns = lines[0].Split('\t').ToList();
        for (var row = 0; row < lines.Length - 1; row++)
        {
            var line = lines[row + 1];
            var fields = line.Split('\t');
            string Field(string name) => fields[columns.IndexOf(name)];
            var sentence = Field("sentence");
            var text = new ParsedText(model.Annotate(sentence));
            if (!columns.Contains("source"))
            {
                foreach (var (verb, other) in OfMainVerb(text))
                    Console.WriteLine(JsonSerializer.Serialize(new { row, type = Field("gold_root"), features = PairFeatures.Of(text, verb, other).Distinct() }));
                continue;
            }
            var (source, target) = (HeadOf(Field("source")), HeadOf(Field("target")));
            var predicate = source < 0 || target < 0 ? -1 : PairFeatures.Predicate(text, source, target);
            if (predicate >= 0)
                Console.WriteLine(JsonSerializer.Serialize(new { row, type = Field("gold_root"), features = PairFeatures.Of(text, predicate, target).Distinct() }));

            int HeadOf(string words)
            {
                var at = sentence.IndexOf(words, StringComparison.Ordinal);
                if (at < 0)
                    return -1;
                var (first, last) = text.Touched(new(at, at + words.Length));
                return first <= last ? text.HeadOf(first, last) : -1;
            }
        }
        return 0;
    }

    /// <summary>What the main verb of the first sentence, or what its subject says of somebody, is done to.</summary>
    private static IEnumerable<(int Verb, int Other)> OfMainVerb(ParsedText text)
    {
        var verb = Enumerable.Range(0, text.Sentences == 0 ? 0 : text.First(1)).FirstOrDefault(i => text.Head(i) < 0, -1);
        if (verb >= 0 && text.Lemma(verb) is "say" or "report" or "tell" && text.Dependent(verb, "ccomp") is >= 0 and var said)
            verb = said;
        if (verb < 0 || text.Words[verb].Upos != "VERB" || text.Dependent(verb, "nsubj", "nsubj:pass") < 0)
            yield break;
        foreach (var d in text.Dependents(verb).ToArray())
        {
            if (text.Relation(d) is "obj" or "obl" && text.Words[d].Upos is "NOUN" or "PROPN" && text.Words[d].Relation != "obl:tmod")
                yield return (verb, d);
        }
    }
}
