using System.Globalization;
using System.Text;
using Chancery.Language;
using Chancery.Records;

namespace Chancery.Formats.Conllu;

/// <summary>A document read from CoNLL-U: a text put together from its words, and the sentences over it.</summary>
/// <param name="Id">What <c># newdoc id</c> says, or the file's name.</param>
/// <param name="Annotation">The sentences; without attributions unless the file has our <c>Attribution</c> in MISC.</param>
public sealed record ConlluDocument(string Id, Annotation Annotation)
{
    /// <summary>The sentences and words alone, as a segmenter would have found them.</summary>
    public IReadOnlyList<SegmentedSentence> Segmentation =>
        [.. Annotation.Sentences.Select(s => new SegmentedSentence([.. s.Words.Select(w => new SegmentedWord(w.Span, w.ContinuesToken))], s.StartsParagraph))];
}

/// <summary>Reads CoNLL-U (Universal Dependencies, v2), a document at a time. Empty nodes and enhanced graphs are passed over.</summary>
public static class ConlluReader
{
    /// <summary>Reads documents until the end.</summary>
    /// <param name="from">The file.</param>
    /// <param name="name">What to call it in messages, and its document where it names none.</param>
    /// <exception cref="InvalidDataException">A line breaks the format; the message names the file, the line and the mend.</exception>
    public static IEnumerable<ConlluDocument> Read(TextReader from, string name)
    {
        ArgumentNullException.ThrowIfNull(from);
        var document = new Builder(name);
        var rows = new List<string[]>();
        var (number, paragraph) = (0, true);
        while (from.ReadLine() is { } line)
        {
            number++;
            if (line.StartsWith("# newdoc", StringComparison.Ordinal))
            {
                if (!document.IsEmpty)
                    yield return document.Finish();
                document = new(line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? line[(at + 1)..].Trim() : name);
                paragraph = true;
            }
            else if (line.StartsWith("# newpar", StringComparison.Ordinal))
            {
                paragraph = true;
            }
            else if (line.Length == 0)
            {
                document.Add(rows, paragraph, name, number);
                paragraph = rows.Count == 0 && paragraph;
                rows.Clear();
            }
            else if (line[0] != '#')
            {
                var fields = line.Split('\t');
                if (fields.Length != 10)
                    throw Broken(name, number, $"{fields.Length} fields instead of 10; separate them by single tabs");
                if (!fields[0].Contains('.', StringComparison.Ordinal))
                    rows.Add(fields);
            }
        }
        document.Add(rows, paragraph, name, number + 1);
        if (!document.IsEmpty)
            yield return document.Finish();
    }

    private static InvalidDataException Broken(string name, int line, string what) => new($"{name}: line {line}: {what}.");

    private sealed class Builder(string id)
    {
        private readonly StringBuilder _text = new();
        private readonly List<Sentence> _sentences = [];

        public bool IsEmpty => _sentences.Count == 0;

        public ConlluDocument Finish() => new(id, new(_text.ToString(), _sentences, []));

        public void Add(List<string[]> rows, bool paragraph, string name, int after)
        {
            if (rows.Count == 0)
                return;
            if (paragraph && _text.Length > 0)
                _text.Append("\n\n");

            var (words, until, tokenSpace) = (new List<Word>(), 0, true);
            for (var r = 0; r < rows.Count; r++)
            {
                var row = rows[r];
                var line = after - rows.Count + r;
                var space = !row[9].Split('|').Contains("SpaceAfter=No");
                if (row[0].IndexOf('-', StringComparison.Ordinal) is > 0 and var dash)
                {
                    (until, tokenSpace) = (Number(row[0][(dash + 1)..], name, line, "a range of words"), space);
                    continue;
                }
                var number = Number(row[0], name, line, "a word's number");
                if (number != words.Count + 1)
                    throw Broken(name, line, $"word {number} follows word {words.Count}; number the words of a sentence from 1 without a gap");
                if (row[1].Length == 0)
                    throw Broken(name, line, "a word without a form; write _ where there is none");
                var start = _text.Length;
                _text.Append(row[1]);
                words.Add(new()
                {
                    Span = new(start, _text.Length),
                    Form = row[1],
                    ContinuesToken = number <= until && words.Count > 0 && r > 0 && !rows[r - 1][0].Contains('-', StringComparison.Ordinal),
                    Lemma = row[2],
                    Upos = row[3],
                    Xpos = row[4],
                    Features = row[5] == "_" ? null : row[5],
                    Head = Number(row[6], name, line, "a head") - 1,
                    Relation = row[7],
                });
                if (number < until)
                    continue;
                if (number == until ? tokenSpace : space)
                    _text.Append(' ');
            }
            if (words.FindIndex(w => w.Head >= words.Count) is >= 0 and var wrong)
                throw Broken(name, after - rows.Count + wrong, $"the head of '{words[wrong].Form}' is not a word of its sentence");
            if (_text[^1] != ' ')
                _text.Append(' ');
            _sentences.Add(new(words, [], paragraph));
        }

        private static int Number(string text, string name, int line, string what) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Broken(name, line, $"'{text}' is not {what}");
    }
}
