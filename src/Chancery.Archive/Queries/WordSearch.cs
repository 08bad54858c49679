using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Chancery.Archive.Queries;

/// <summary>Full-text search over documents and statements (SQLite FTS5, BM25).</summary>
internal sealed class WordSearch(SqliteConnection connection, EntryPages pages, FacetFilter filters)
{
    // To rank, every find must be looked at; of more than these the newest are shown.
    private const int MostRanked = 3000;

    // Characters of a passage around the first word found.
    private const int Around = 120;

    public (IReadOnlyList<ArchiveDocument> Documents, IReadOnlyList<ArchiveEntry> Statements) Find(string words, ArchiveFilter filter, int skip)
    {
        var query = QueryOf(words);
        if (query.Length == 0)
            throw new ArchiveException("CH0426", $"{words}: no word to look for; give one or more words.");
        var (sql, values) = filters.DocumentsOf(filter);
        // What is asked of statements only, documents do not have.
        var documents = filter.On is null && filter.WordOf is null && filter.Kinds.Count == 0 && filter.Claimed is null ? Ranked("document_words", query, sql.Length > 0 ? $" JOIN document d ON d.id = document_words.rowid{sql}" : "", values, filter.Limit, skip) : [];
        var statements = Ranked("statement_words", query, StatementsOf(filter), new(new { view = (int)ArchiveView.Statements, from = filter.From?.DayNumber ?? -1, to = filter.To?.DayNumber ?? int.MaxValue }), filter.Limit, skip);
        var rows = connection.Query<(long Id, byte[] Text)>("SELECT document_id, text FROM content WHERE document_id IN @documents", new { documents }).ToDictionary(r => r.Id, r => Packed.Text(r.Text));
        var about = connection.Query<(long Id, string Key, string? Title, string? Publisher, string? Published, string? Url, string Language, int Statements, int Events, int Copies, string? CopyOf, string? Note)>(
            "SELECT d.id, d.key, d.title, d.publisher, d.published, d.url, d.language, d.statements, d.events, d.copies, (SELECT o.key FROM document o WHERE o.id = d.copy_of), d.note FROM document d WHERE d.id IN @documents", new { documents }).ToDictionary(r => r.Id);
        return (
            [.. documents.Where(about.ContainsKey).Select(id => about[id]).Select(r => new ArchiveDocument(r.Key, r.Title, r.Publisher, r.Published, r.Url, r.Language, r.Statements, r.Events, r.Copies, r.CopyOf, r.Note) { Passage = Passage(rows[r.Id], words) })],
            pages.Load(statements, 1));
    }

    /// <summary>What a person types as FTS5 has it: every word quoted, so that no sign means anything; phrases, beginnings and OR stay.</summary>
    internal static string QueryOf(string words)
    {
        var query = new StringBuilder();
        foreach (var part in Parts(words))
        {
            if (part == "OR" && query.Length > 0)
            {
                query.Append(query.ToString().EndsWith(" OR ", StringComparison.Ordinal) ? "" : " OR ");
                continue;
            }
            var begins = part.EndsWith('*');
            var plain = part.Replace("\0", "", StringComparison.Ordinal).Trim('"', '*');
            if (plain.Any(char.IsLetterOrDigit))
                query.Append(query.Length > 0 && !query.ToString().EndsWith(" OR ", StringComparison.Ordinal) ? " AND " : "").Append('"').Append(plain.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').Append(begins ? "*" : "");
        }
        return query.ToString().EndsWith(" OR ", StringComparison.Ordinal) ? query.ToString()[..^4] : query.ToString();
    }

    /// <summary>Each word of a name as the beginning of one; empty where there is none.</summary>
    internal static string BeginningsOf(string name) => string.Join(' ', name.Replace("\0", "", StringComparison.Ordinal).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
        .Where(w => w.Any(char.IsLetterOrDigit)).Select(w => $"\"{w.Replace("\"", "\"\"", StringComparison.Ordinal)}\"*"));

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

    private string StatementsOf(ArchiveFilter filter)
    {
        var lists = filters.ValuesOf(filter, ArchiveView.Statements);
        return lists.Count == 0 && filter.From is null && filter.To is null ? "" : " JOIN item i ON i.id = statement_words.rowid AND i.first BETWEEN @from AND @to" + string.Concat(
            lists.Select(l => $" AND EXISTS (SELECT 1 FROM facet g WHERE g.value_id IN ({string.Join(',', l)}) AND g.view = @view AND g.first = i.first AND g.item_id = i.id)"));
    }

    private List<long> Ranked(string table, string query, string join, DynamicParameters values, int limit, int skip)
    {
        values.AddDynamicParams(new { query, MostRanked, limit, skip });
        var common = connection.ExecuteScalar<int>($"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH @query LIMIT @MostRanked)", values) == MostRanked;
        return connection.Query<long>($"SELECT {table}.rowid FROM {table}{join} WHERE {table} MATCH @query ORDER BY {(common ? $"{table}.rowid DESC" : "rank")} LIMIT @limit OFFSET @skip", values).AsList();
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
