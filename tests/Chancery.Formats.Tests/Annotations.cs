using System.Text;
using Chancery.Language;
using Chancery.Records;
using CsCheck;

namespace Chancery.Formats.Tests;

/// <summary>Annotations made up for tests.</summary>
internal static class Annotations
{
    /// <summary>Up to four sentences of up to six words; some words stick to the last, and some are a part of its token.</summary>
    public static Gen<Annotation> Any { get; } =
        Gen.Select(Gen.OneOf("Eden", "né", "😀", "didn", "#", "1-2", "a.b"), Gen.Int[0, 3], Gen.Bool).Array[1, 6].Array[1, 4].Select(Build);

    /// <summary>One sentence of words with their name tags and parts of attributions.</summary>
    public static Annotation Draw(params (string Form, string Name, string? Part)[] words)
    {
        var plain = Build([[.. words.Select(w => (w.Form, 0, false))]]);
        var sentence = plain.Sentences[0];
        var names = words.Index().Where(w => w.Item.Name != "O").Select(w => new Name(w.Item.Name[2..], w.Index, 1, sentence.Words[w.Index].Span));
        var parts = new List<AttributionSpan>();
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].Part is not { } part)
                continue;
            var first = i;
            while (i + 1 < words.Length && words[i + 1].Part == part)
                i++;
            parts.Add(new(Enum.Parse<AttributionPart>(part), new(sentence.Words[first].Span.Start, sentence.Words[i].Span.End)));
        }
        return new(plain.Text, [sentence with { Names = [.. names] }], parts);
    }

    private static Annotation Build((string Form, int Joint, bool Paragraph)[][] sentences)
    {
        var (text, built) = (new StringBuilder(), new List<Sentence>());
        foreach (var sentence in sentences)
        {
            var paragraph = built.Count == 0 || sentence[0].Paragraph;
            if (built.Count > 0)
                text.Append(paragraph ? "\n\n" : " ");
            var words = new List<Word>();
            foreach (var (form, joint, _) in sentence)
            {
                // 3: part of the last word's token; 2: sticks to it; else a blank between.
                if (words.Count > 0 && joint < 2)
                    text.Append(' ');
                words.Add(new()
                {
                    Span = new(text.Length, text.Length + form.Length),
                    Form = form,
                    ContinuesToken = words.Count > 0 && joint == 3,
                    Lemma = form.ToLowerInvariant(),
                    Upos = "NOUN",
                    Xpos = "NN",
                    Features = joint == 1 ? "Number=Sing" : null,
                    Head = words.Count - 1,
                    Relation = words.Count == 0 ? "root" : "nmod:poss",
                });
                text.Append(form);
            }
            built.Add(new(words, [], paragraph));
        }
        return new(text.ToString(), built, []);
    }
}
