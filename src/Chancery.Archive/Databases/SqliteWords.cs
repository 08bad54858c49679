namespace Chancery.Archive.Databases;

/// <summary>Words in SQLite: FTS5 with English stems, ranked by BM25.</summary>
internal sealed class SqliteWords : WordIndex
{
    private SqliteWords()
    {
    }

    public static SqliteWords Instance { get; } = new();

    /// <inheritdoc/>
    public override void AddDocument(Commands commands, long id, string? title, string text) => commands.Run("INSERT INTO document_words (rowid, title, text) VALUES (@1, @2, @3)", id, title, text);

    /// <inheritdoc/>
    public override void AddStatement(Commands commands, long id, string text) => commands.Run("INSERT INTO statement_words (rowid, text) VALUES (@1, @2)", id, text);

    /// <inheritdoc/>
    public override void Remove(Commands commands, Worded what, long id) => commands.Run($"DELETE FROM {Table(what)} WHERE rowid = @1", id);

    /// <inheritdoc/>
    public override List<long> Find(ArchiveConnection connection, Worded what, IReadOnlyList<IReadOnlyList<SoughtWord>> words, int limit, int skip)
    {
        // Every word quoted, so that no sign means anything to FTS5.
        var query = string.Join(" OR ", words.Select(all => string.Join(" AND ", all.Select(w => $"\"{w.Words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(w.Begins ? "*" : "")}"))));
        var table = Table(what);
        var common = connection.ExecuteScalar<int>($"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH @query LIMIT @MostRanked)", new { query, MostRanked }) == MostRanked;
        return [.. connection.Query<long>($"SELECT rowid FROM {table} WHERE {table} MATCH @query ORDER BY {(common ? "rowid DESC" : "rank")} LIMIT @limit OFFSET @skip", new { query, limit, skip })];
    }

    private static string Table(Worded what) => what == Worded.Documents ? "document_words" : "statement_words";
}
