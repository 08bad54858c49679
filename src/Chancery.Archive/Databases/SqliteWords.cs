using Dapper;

namespace Chancery.Archive.Databases;

/// <summary>Words in SQLite: FTS5 with English stems, ranked by BM25.</summary>
internal sealed class SqliteWords : WordIndex
{
    // Words from these on are too common to be ranked: to rank, every find must be looked at. The newest are shown.
    private const int MostRanked = 3000;

    private SqliteWords()
    {
    }

    public static SqliteWords Instance { get; } = new();

    /// <inheritdoc/>
    public override void AddDocument(Commands commands, long id, string? title, string text) => commands.Run("INSERT INTO document_words (rowid, title, text) VALUES (@1, @2, @3)", id, title, text);

    /// <inheritdoc/>
    public override void AddStatements(Commands commands, IEnumerable<(long Id, string Text)> statements) =>
        commands.RunAll("INSERT INTO statement_words (rowid, text) VALUES (@1, @2)", statements.Select(s => new object?[] { s.Id, s.Text }));

    /// <inheritdoc/>
    public override void Remove(Commands commands, Worded what, long id) => commands.Run($"DELETE FROM {Table(what)} WHERE rowid = @1", id);

    /// <inheritdoc/>
    public override List<long> Find(ArchiveConnection connection, Worded what, IReadOnlyList<IReadOnlyList<SoughtWord>> words, int limit, int skip, Func<string, string>? only = null, DynamicParameters? values = null)
    {
        var query = string.Join(" OR ", words.Select(all => string.Join(" AND ", all.Select(w => Quoted(w.Words) + (w.Begins ? "*" : "")))));
        var table = Table(what);
        var all = values ?? new();
        all.AddDynamicParams(new { query, MostRanked, limit, skip });
        var common = connection.ExecuteScalar<int>($"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH @query LIMIT @MostRanked)", all) == MostRanked;
        return [.. connection.Query<long>($"SELECT rowid FROM {table} WHERE {table} MATCH @query{only?.Invoke($"{table}.rowid")} ORDER BY {(common ? "rowid DESC" : "rank")} LIMIT @limit OFFSET @skip", all)];
    }

    /// <inheritdoc/>
    public override string With(Worded what) => what == Worded.Actors ? "SELECT rowid FROM actor_words WHERE actor_words MATCH @words" : "SELECT rowid FROM issue_words WHERE issue_words MATCH @words";

    /// <inheritdoc/>
    public override string Beginnings(string name) => string.Join(' ', name.Replace("\0", "", StringComparison.Ordinal).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Where(w => w.Any(char.IsLetterOrDigit)).Select(w => $"{Quoted(w)}*"));

    // So that no sign means anything to FTS5.
    private static string Quoted(string words) => $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Table(Worded what) => what == Worded.Documents ? "document_words" : "statement_words";
}
