using Chancery.Archive.Databases;
using System.Text;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>Full-text search over documents and statements.</summary>
internal sealed class WordSearch(ArchiveConnection connection, WordIndex index, EntryPages pages, FacetFilter filters)
{
    // Characters of a passage around the first word found.
    private const int Around = 120;

    public (IReadOnlyList<ArchiveDocument> Documents, IReadOnlyList<ArchiveEntry> Statements) Find(string words, ArchiveFilter filter, int skip)
    {
        var sought = Sought(words);
        if (sought.Count == 0)
            throw new ArchiveException("CH0426", $"{words}: no word to look for; give one or more words.");
        var (sql, values) = filters.DocumentsOf(filter);
        // What is asked of statements only, documents do not have.
        var documents = filter.On is null && filter.WordOf is null && filter.Kinds.Count == 0 && filter.Claimed is null
            ? index.Find(connection, Worded.Documents, sought, filter.Limit, skip, sql.Length > 0 ? id => $" AND EXISTS (SELECT 1 FROM document d WHERE d.id = {id}{sql})" : null, values) : [];
        var own = new DynamicParameters(new { from = filter.From?.DayNumber ?? -1, to = filter.To?.DayNumber ?? int.MaxValue });
        var statements = index.Find(connection, Worded.Statements, sought, filter.Limit, skip, StatementsOf(filter, own), own);
        var rows = connection.Query<(long Id, byte[] Text)>("SELECT document_id, text FROM content WHERE document_id IN @documents", new { documents }).ToDictionary(r => r.Id, r => Packed.Text(r.Text));
        var about = connection.Query<(long Id, string Key, string? Title, string? Publisher, string? Published, string? Url, string Language, int Statements, int Events, int Copies, string? CopyOf, string? Note)>(
            "SELECT d.id, d.key, d.title, d.publisher, d.published, d.url, d.language, d.statements, d.events, d.copies, (SELECT o.key FROM document o WHERE o.id = d.copy_of), d.note FROM document d WHERE d.id IN @documents", new { documents }).ToDictionary(r => r.Id);
        return (
            [.. documents.Where(about.ContainsKey).Select(id => about[id]).Select(r => new ArchiveDocument(r.Key, r.Title, r.Publisher, r.Published, r.Url, r.Language, r.Statements, r.Events, r.Copies, r.CopyOf, r.Note) { Passage = Passage(rows[r.Id], words) })],
            pages.Load(statements, 1));
    }

    /// <summary>What a person types: words that must all be there, phrases in quotation marks, beginnings, and OR between alternatives.</summary>
    private static List<List<SoughtWord>> Sought(string words)
    {
        var alternatives = new List<List<SoughtWord>> { new() };
        foreach (var part in Parts(words))
        {
            if (part == "OR" && alternatives[0].Count > 0)
            {
                if (alternatives[^1].Count > 0)
                    alternatives.Add([]);
                continue;
            }
            var plain = part.Replace("\0", "", StringComparison.Ordinal).Trim('"', '*');
            if (plain.Any(char.IsLetterOrDigit))
                alternatives[^1].Add(new(plain, part.EndsWith('*')));
        }
        alternatives.RemoveAll(a => a.Count == 0);
        return alternatives;
    }

    private static IEnumerable<string> Parts(string words)
    {
        var pieces = words.Split('"');
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i % 2 == 1)
                yield return $"\"{pieces[i]}\"";
            else
                foreach (var word in pieces[i].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))
                    yield return word;
        }
    }

    private Func<string, string>? StatementsOf(ArchiveFilter filter, DynamicParameters values)
    {
        var lists = filters.ValuesOf(filter, ArchiveView.Statements);
        var also = FacetFilter.Also(lists, "i", values);
        return lists.Count == 0 && filter.From is null && filter.To is null ? null : id => $" AND EXISTS (SELECT 1 FROM (SELECT view, first, id AS item_id FROM item WHERE id = {id} AND first BETWEEN @from AND @to) i WHERE true{also})";
    }

    private static string Passage(string text, string words)
    {
        var first = Parts(words).Select(p => text.IndexOf(p.Trim('"', '*'), StringComparison.OrdinalIgnoreCase)).Where(at => at >= 0).DefaultIfEmpty(0).Min();
        var (start, end) = (Math.Max(0, first - Around), Math.Min(text.Length, first + Around));
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            start--;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        return $"{(start > 0 ? "… " : "")}{string.Join(' ', text[start..end].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))}{(end < text.Length ? " …" : "")}";
    }
}
