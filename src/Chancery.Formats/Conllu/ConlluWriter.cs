using System.Buffers;
using System.Globalization;
using System.Text;
using Chancery.Language;
using Chancery.Records;

namespace Chancery.Formats.Conllu;

/// <summary>
/// Writes annotations as CoNLL-U (Universal Dependencies, v2): a sentence at a time, so that memory does not grow with the
/// text. Names and attribution are in MISC as <c>NE</c> and <c>Attribution</c>, in the BIO scheme; <c>start_char</c> and
/// <c>end_char</c> count Unicode code points of the text.
/// </summary>
public sealed class ConlluWriter(TextWriter to)
{
    private static readonly SearchValues<char> LineBreaking = SearchValues.Create("\t\n\r\u000b\f\u0085\u2028\u2029");

    /// <summary>Writes one document.</summary>
    /// <param name="id">The document's name; sentences are numbered after it.</param>
    /// <param name="annotation">Its sentences.</param>
    /// <param name="cancellationToken">Stops between sentences.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the end.</exception>
    public void Write(string id, Annotation annotation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        to.Write($"# newdoc id = {OneLine(id)}\n");
        var offsets = new CodePointOffsets(annotation.Text);
        var part = 0;
        for (var s = 0; s < annotation.Sentences.Count; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sentence = annotation.Sentences[s];
            if (sentence.StartsParagraph)
                to.Write("# newpar\n");
            to.Write(string.Create(CultureInfo.InvariantCulture, $"# sent_id = {OneLine(id)}-{s + 1}\n"));
            to.Write($"# text = {TextOf(annotation.Text, sentence)}\n");
            Write(annotation, sentence, offsets, ref part);
            to.Write('\n');
        }
    }

    private static string OneLine(string text) =>
        text.AsSpan().IndexOfAny(LineBreaking) < 0 ? text : string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The words with one blank wherever the text has any space, as the format wants it.</summary>
    private static string TextOf(string text, Sentence sentence)
    {
        var line = new StringBuilder(sentence.Span.Length);
        for (var i = 0; i < sentence.Words.Count; i++)
        {
            if (i > 0 && sentence.Words[i].Span.Start > sentence.Words[i - 1].Span.End)
                line.Append(' ');
            line.Append(sentence.Words[i].Span.Of(text));
        }
        return line.ToString();
    }

    private void Write(Annotation annotation, Sentence sentence, CodePointOffsets offsets, ref int part)
    {
        var words = sentence.Words;
        var names = new string?[words.Count];
        foreach (var name in sentence.Names)
        {
            for (var i = 0; i < name.Count; i++)
                names[name.First + i] = (i == 0 ? "B-" : "I-") + name.Kind;
        }
        for (var i = 0; i < words.Count; i++)
        {
            var last = i;
            while (last + 1 < words.Count && words[last + 1].ContinuesToken)
                last++;
            var inToken = words[i].ContinuesToken;
            var tokenEnds = i + 1 >= words.Count || !words[i + 1].ContinuesToken;
            if (!inToken && last > i)
            {
                var form = annotation.Text.AsSpan(words[i].Span.Start, words[last].Span.End - words[i].Span.Start);
                to.Write(string.Create(CultureInfo.InvariantCulture, $"{i + 1}-{last + 1}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{(SpaceAfter(annotation, words[last]) ? "_" : "SpaceAfter=No")}\n"));
            }

            var word = words[i];
            to.Write(string.Create(CultureInfo.InvariantCulture, $"{i + 1}\t{word.Form}\t{word.Lemma}\t{word.Upos}\t{word.Xpos}\t{word.Features ?? "_"}\t{word.Head + 1}\t{word.Relation}\t_\t"));
            var start = offsets.At(word.Span.Start);
            var end = offsets.At(word.Span.End);
            to.Write(string.Create(CultureInfo.InvariantCulture, $"start_char={start}|end_char={end}"));
            if (names[i] is { } tag)
                to.Write("|NE=" + tag);
            while (part < annotation.Attributions.Count && annotation.Attributions[part].Span.End <= word.Span.Start)
                part++;
            if (part < annotation.Attributions.Count && annotation.Attributions[part].Span.Contains(word.Span))
                to.Write($"|Attribution={(annotation.Attributions[part].Span.Start == word.Span.Start ? "B" : "I")}-{annotation.Attributions[part].Part}");
            if (tokenEnds && !inToken && !SpaceAfter(annotation, word))
                to.Write("|SpaceAfter=No");
            to.Write('\n');
        }
    }

    private static bool SpaceAfter(Annotation annotation, Word word) =>
        word.Span.End >= annotation.Text.Length || char.IsWhiteSpace(annotation.Text[word.Span.End]);
}
