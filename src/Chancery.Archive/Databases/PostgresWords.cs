using System.Text;
using System.Text.Json;
using Chancery.Archive.Indexing;
using Dapper;

namespace Chancery.Archive.Databases;

/// <summary>Words in PostgreSQL: tsvector with English stems and without stop words, found by GIN. Words are divided as FTS5 divides them.</summary>
internal sealed class PostgresWords : WordIndex
{
    // A tsvector holds a megabyte at most, and texts beyond this might come to more. What stands after it is not found.
    private const int MostCharacters = 400_000;

    // Words from these on are too common to be ranked: to rank, every find must be looked at. The newest are shown.
    private const int MostRanked = 1000;

    // The planner estimates: what it takes for so many is more than MostRanked.
    private const int SurelyCommon = 10 * MostRanked;

    // Rows to one find, so that those of a page are sooner met among the newest rows than all finds are gathered.
    private const int MostPerFind = 300;

    private PostgresWords()
    {
    }

    public static PostgresWords Instance { get; } = new();

    /// <inheritdoc/>
    public override void AddDocument(Commands commands, long id, string? title, string text) =>
        commands.Run("INSERT INTO document_words (id, words) VALUES (@1, to_tsvector('chancery', @2))", id, Plain($"{title}\n{text}"));

    /// <inheritdoc/>
    public override void AddStatements(Commands commands, IEnumerable<(long Id, string Text)> statements) =>
        commands.RunAll("INSERT INTO statement_words (id, words) VALUES (@1, to_tsvector('chancery', @2))", statements.Select(s => new object?[] { s.Id, Plain(s.Text) }));

    /// <inheritdoc/>
    public override void Remove(Commands commands, Worded what, long id) => commands.Run($"DELETE FROM {Table(what)} WHERE id = @1", id);

    /// <inheritdoc/>
    public override List<long> Find(ArchiveConnection connection, Worded what, IReadOnlyList<IReadOnlyList<SoughtWord>> words, int limit, int skip, Func<string, string>? only = null, DynamicParameters? values = null)
    {
        // Of letters, digits and blanks only, so that no sign means anything.
        var query = string.Join(" | ", words.Select(all => $"({string.Join(" & ", all.Select(Phrase))})"));
        var table = Table(what);
        var all = values ?? new();
        all.AddDynamicParams(new { query, MostRanked, limit, skip });
        var (common, walked) = HowCommon(connection, table, all);
        return [.. connection.Query<long>($"SELECT {table}.id FROM {table}, to_tsquery('chancery', @query) query WHERE {(walked && only is null ? "(words @@ query) IS TRUE" : "words @@ query")}{only?.Invoke($"{table}.id")} ORDER BY {(common ? $"{table}.id DESC" : $"ts_rank(words, query, 1) DESC, {table}.id")} LIMIT @limit OFFSET @skip", all)];
    }

    /// <inheritdoc/>
    public override string With(Worded what) => what == Worded.Actors
        ? "SELECT id FROM actor WHERE to_tsvector('simple', name) @@ to_tsquery('simple', @words)"
        : "SELECT id FROM facet_value WHERE kind = 14 AND to_tsvector('chancery', value) @@ to_tsquery('chancery', @words)";

    /// <inheritdoc/>
    public override string Beginnings(string name) => string.Join(" & ", new string([.. name.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => $"'{w}':*"));

    /// <summary>
    /// Whether there are too many finds to rank, and whether a page of them is among so few of the newest rows that these are gone through one by one. To count words that are
    /// everywhere all of them must be gone through; the planner knows without that.
    /// </summary>
    private static (bool IsCommon, bool IsWalked) HowCommon(ArchiveConnection connection, string table, DynamicParameters values)
    {
        var found = $"SELECT id FROM {table} WHERE words @@ to_tsquery('chancery', @query)";
        using var plan = JsonDocument.Parse(connection.ExecuteScalar<string>($"EXPLAIN (FORMAT JSON) {found}", values)!);
        if (plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble() > SurelyCommon)
            return (true, false);
        var (count, among) = connection.Query<(long, long?)>($"SELECT count(*), max(id) FROM ({found} LIMIT @MostRanked) found", values).First();
        return (count == MostRanked, count == MostRanked && among < (long)MostRanked * MostPerFind);
    }

    /// <summary>Small letters without accents, and digits; all else is a blank.</summary>
    internal static string Plain(string text)
    {
        var plain = new StringBuilder(Math.Min(text.Length, MostCharacters));
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MostCharacters)))
            plain.Append(char.IsLetterOrDigit(c) ? Accents.Without(char.ToLowerInvariant(c)) : ' ');
        return plain.ToString();
    }

    private static string Phrase(SoughtWord word)
    {
        var parts = Plain(word.Words).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $"({string.Join(" <-> ", parts.Select((p, i) => $"'{p}'{(word.Begins && i == parts.Length - 1 ? ":*" : "")}"))})";
    }

    private static string Table(Worded what) => what == Worded.Documents ? "document_words" : "statement_words";
}
