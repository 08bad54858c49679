using System.Globalization;
using Chancery.Language;

namespace Chancery.Cli.Output;

/// <summary>An annotation for a person: each sentence, then its words with what is known of them.</summary>
internal static class AnnotationText
{
    private static readonly string[] Titles = ["", "word", "lemma", "class", "relation", "of", "name", "attribution"];

    public static void Write(TextWriter to, Annotation annotation)
    {
        var part = 0;
        for (var s = 0; s < annotation.Sentences.Count; s++)
        {
            var sentence = annotation.Sentences[s];
            to.Write(string.Create(CultureInfo.InvariantCulture, $"{s + 1}. {string.Join(' ', sentence.Span.Of(annotation.Text).ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))}\n"));
            var rows = new List<string[]>(sentence.Words.Count + 1) { Titles };
            for (var i = 0; i < sentence.Words.Count; i++)
            {
                var word = sentence.Words[i];
                while (part < annotation.Attributions.Count && annotation.Attributions[part].Span.End <= word.Span.Start)
                    part++;
                var said = part < annotation.Attributions.Count && annotation.Attributions[part].Span.Contains(word.Span) ? annotation.Attributions[part] : null;
                rows.Add([
                    string.Create(CultureInfo.InvariantCulture, $"{i + 1}"), word.Form, word.Lemma, word.Upos, word.Relation,
                    word.Head < 0 ? "-" : sentence.Words[word.Head].Form,
                    sentence.Names.FirstOrDefault(n => i >= n.First && i < n.First + n.Count)?.Kind ?? "",
                    said is null ? "" : NameOf(said.Part),
                ]);
            }
            WriteTable(to, rows);
            to.Write('\n');
        }
    }

    private static string NameOf(AttributionPart part) => part switch
    {
        AttributionPart.Source => "source",
        AttributionPart.Cue => "cue",
        _ => "content",
    };

    private static void WriteTable(TextWriter to, List<string[]> rows)
    {
        var widths = Enumerable.Range(0, Titles.Length).Select(c => rows.Max(r => r[c].Length)).ToArray();
        foreach (var row in rows)
            to.Write($"   {string.Join("  ", row.Select((cell, c) => c == 0 ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c])))}".TrimEnd() + "\n");
    }
}
