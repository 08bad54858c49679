using System.Text.Json;
using Chancery.Lexicon;
using Chancery.Models;
using Chancery.Records;
using Chancery.Reading;

namespace Chancery.Bench;

/// <summary>
/// Writes what the learned scorer would see of each marked pair of a table of sentences (columns sentence, source, target,
/// gold_root; or marked, gold_root): a JSON object a line with the type and the features, for <c>training/events.py</c>.
/// </summary>
internal static class EventPairs
{
    public static int Run(string file)
    {
        using var model = LanguageModel.Load();
        if (Directory.Exists(file))
            return OfNothing(model, file);
        var lines = File.ReadAllLines(file).Where(l => !l.StartsWith('#')).ToArray();
        var columns = lines[0].Split('\t').ToList();
        for (var row = 0; row < lines.Length - 1; row++)
        {
            var line = lines[row + 1];
            var fields = line.Split('\t');
            string Field(string name) => fields[columns.IndexOf(name)];
            // Marked in place, as in training/events-written.tsv, or with the two sides beside the sentence.
            var marked = columns.Contains("marked");
            var (plain, one, other) = marked ? Unmarked(Field("marked")) : (Field("sentence"), default, default);
            var sentence = plain;
            var text = new ParsedText(model.Annotate(sentence));
            if (!marked && !columns.Contains("source"))
            {
                foreach (var (verb, object_) in OfMainVerb(text))
                    Console.WriteLine(JsonSerializer.Serialize(new { row, type = Field("gold_root"), features = PairFeatures.Of(text, verb, object_).Distinct() }));
                continue;
            }
            var (source, target) = marked ? (HeadIn(one), HeadIn(other)) : (HeadOf(Field("source")), HeadOf(Field("target")));
            var predicate = source < 0 || target < 0 ? -1 : PairFeatures.Predicate(text, source, target);
            if (predicate >= 0)
                Console.WriteLine(JsonSerializer.Serialize(new { row, type = Field("gold_root"), features = PairFeatures.Of(text, predicate, target).Distinct() }));

            int HeadOf(string words)
            {
                var at = sentence.IndexOf(words, StringComparison.Ordinal);
                return at < 0 ? -1 : HeadIn(new(at, at + words.Length));
            }

            int HeadIn(TextSpan span)
            {
                var (first, last) = text.Touched(span);
                return first <= last ? text.HeadOf(first, last) : -1;
            }
        }
        return 0;
    }

    /// <summary>
    /// Pairs in running text of which no frame tells, as pairs that do nothing to each other: nearly all of them do not, and the few that do
    /// cannot be told apart without reading them.
    /// </summary>
    private static int OfNothing(LanguageModel model, string folder)
    {
        var lexicon = WorldLexicon.Load();
        var row = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var text = new ParsedText(model.Annotate(File.ReadAllText(file)));
            var cast = new ActorReader(lexicon, text, null, null).Read();
            var mentions = cast.Mentions.Where(m => m.Mention.Form != MentionForm.Nationality).ToLookup(m => text.Sentence(m.Mention.Head));
            foreach (var (subject, actor) in cast.Mentions)
            {
                if (text.Relation(subject.Head) != "nsubj" || text.Head(subject.Head) is not (>= 0 and var verb) || text.Words[verb].Upos != "VERB" || !lexicon.FramesOf(text.Lemma(verb), "VERB").IsEmpty)
                    continue;
                var others = mentions[text.Sentence(verb)].Where(m => m.Actor != actor && text.IsUnder(m.Mention.Head, verb) && !text.IsUnder(m.Mention.Head, subject.Head)).Select(m => m.Mention.Head);
                foreach (var other in others.Concat(new Clause(text, verb).Objects().Where(o => text.Words[o].Upos is "NOUN" or "PROPN")).Distinct())
                    Console.WriteLine(JsonSerializer.Serialize(new { row, type = "NONE", features = PairFeatures.Of(text, verb, other).Distinct() }));
            }
            row++;
        }
        return 0;
    }

    /// <summary>A sentence without its marks, and where they were.</summary>
    private static (string Sentence, TextSpan Source, TextSpan Target) Unmarked(string marked)
    {
        var spans = new Dictionary<char, TextSpan>();
        for (var at = marked.IndexOf('<', StringComparison.Ordinal); at >= 0; at = marked.IndexOf('<', StringComparison.Ordinal))
        {
            var (kind, end) = (marked[at + 1], marked.IndexOf($"</{marked[at + 1]}>", StringComparison.Ordinal));
            spans[kind] = new(at, end - 3);
            marked = marked[..at] + marked[(at + 3)..end] + marked[(end + 4)..];
        }
        return (marked, spans['s'], spans['t']);
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
