using System.Data;
using System.Data.Common;
using System.Text;
using Npgsql;

namespace Chancery.Archive.Databases;

/// <summary>
/// Commands of one connection to PostgreSQL, where many write at the same moment. Commands of which nothing is to be known wait and go
/// with the next that gives rows, so that a document takes a dozen ways to the server and back, not hundreds.
/// </summary>
internal sealed class PostgresCommands(NpgsqlConnection connection) : Commands
{
    private const int MostWaiting = 1000, MostTries = 20;

    // Rows that go to the server in one command.
    private const int RowsAtOnce = 1000;

    // Groups fall into so many parts, and nobody merges in a part in which another does.
    private const int Parts = 64;

    private const int NumbersAtOnce = 500;

    // An index of a large archive takes long.
    private const int LongestSeconds = 3600;

    private NpgsqlBatch? _waiting;
    private Queue<long> _numbers = [];
    private int _part = Random.Shared.Next(Parts);

    /// <inheritdoc/>
    public override WordIndex Words => PostgresWords.Instance;

    /// <inheritdoc/>
    public override bool IsOpen => connection.State == ConnectionState.Open;

    /// <inheritdoc/>
    public override bool IsFar => true;

    /// <inheritdoc/>
    public override int GroupsAtOnce => 1000;

    /// <inheritdoc/>
    public override long? NewItem()
    {
        if (_numbers.Count == 0)
            _numbers = new(Rows($"SELECT nextval(pg_get_serial_sequence('item', 'id')) FROM generate_series(1, {NumbersAtOnce})", r => r.GetInt64(0)));
        return _numbers.Dequeue();
    }

    /// <inheritdoc/>
    public override void Run(string sql, params ReadOnlySpan<object?> values)
    {
        Add(sql, values);
        if (_waiting!.BatchCommands.Count >= MostWaiting)
            Flush();
    }

    /// <inheritdoc/>
    public override void RunAll(string sql, IEnumerable<object?[]> rows)
    {
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            Run(PostgresSql.OfMany(sql, some[0].Length), Columns(some));
            // What waits is held in memory.
            if (some.Length == RowsAtOnce)
                Flush();
        }
    }

    /// <inheritdoc/>
    public override List<T> RowsOfAll<T>(string sql, Func<DbDataReader, T> row, IEnumerable<object?[]> rows) =>
        [.. rows.Chunk(RowsAtOnce).SelectMany(some => Rows(PostgresSql.OfMany(sql, some[0].Length), row, Columns(some)))];

    /// <inheritdoc/>
    public override List<T> Rows<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        Add(sql, values);
        using var batch = _waiting!;
        _waiting = null;
        using var reader = batch.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    /// <inheritdoc/>
    public override T InTransaction<T>(Func<T> work)
    {
        for (var tries = 1; ; tries++)
        {
            Stands();
            using var transaction = connection.BeginTransaction();
            try
            {
                var result = work();
                Flush();
                transaction.Commit();
                return result;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && tries < MostTries)
            {
                // Two waited for each other; the server let one of them go on. This one begins anew.
                Forget();
                transaction.Rollback();
                Thread.Sleep(Random.Shared.Next(10 * tries));
            }
            catch
            {
                Forget();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public override void ShareArchive() => Rows($"SELECT 1 FROM pg_advisory_xact_lock_shared({PostgresDatabase.LockClass}, {Key(PostgresDatabase.Writing)})", _ => 0);

    /// <inheritdoc/>
    public override void HaveArchive() => Rows($"SELECT 1 FROM pg_advisory_xact_lock({PostgresDatabase.LockClass}, {Key(PostgresDatabase.Writing)})", _ => 0);

    /// <inheritdoc/>
    public override void Have(IEnumerable<long> keys) =>
        Rows("SELECT count(l.*) FROM (SELECT pg_advisory_xact_lock(k) FROM (SELECT k FROM unnest(@1) k ORDER BY k) sorted OFFSET 0) l", _ => 0, keys.ToArray());

    /// <inheritdoc/>
    public override void HaveDocuments(IEnumerable<long> ids) => Rows("SELECT id FROM document WHERE id IN @1 ORDER BY id FOR NO KEY UPDATE", _ => 0, ids.ToArray());

    /// <inheritdoc/>
    public override void Mark(IEnumerable<(long Group, ArchiveView View)> groups) => RunAll("INSERT INTO dirty (grp, view) VALUES (@1, @2)", groups.Select(g => new object?[] { g.Group, (int)g.View }));

    /// <inheritdoc/>
    public override void MarkAll(long document) => Run("INSERT INTO dirty (grp, view) SELECT DISTINCT grp, view FROM mention WHERE document_id = @1", document);

    /// <inheritdoc/>
    public override void CountActors(long document, int more) =>
        // Everybody writes of the same few states: counts are written down, and added up by one when views are merged.
        Run("INSERT INTO actor_count (actor_id, more) SELECT DISTINCT actor_id, @2 FROM appearance WHERE document_id = @1", document, more);

    /// <inheritdoc/>
    public override void BeforeMerging()
    {
        if (Rows("SELECT 1 FROM actor_count LIMIT 1", _ => 0).Count == 0)
            return;
        InTransaction(() =>
        {
            Rows($"SELECT 1 FROM pg_advisory_xact_lock({PostgresDatabase.LockClass}, {Key(PostgresDatabase.Counting)})", _ => 0);
            Run("WITH gone AS (DELETE FROM actor_count RETURNING actor_id, more), counted AS (SELECT actor_id, sum(more) AS more FROM gone GROUP BY actor_id) UPDATE actor SET documents = documents + counted.more FROM counted WHERE actor.id = counted.actor_id AND counted.more <> 0");
            return 0;
        });
    }

    /// <inheritdoc/>
    public override List<(long Group, ArchiveView View)> TakeMarked(int most)
    {
        var marked = new Queue<(int Part, int Groups)>(Rows(
            $"SELECT p, n FROM (SELECT p, (SELECT count(*) FROM (SELECT 1 FROM dirty WHERE part = p LIMIT @2) few) n FROM generate_series(0, {Parts - 1}) p) parts WHERE n > 0 ORDER BY (p - @1 + {Parts}) % {Parts}",
            r => (r.GetInt32(0), (int)r.GetInt64(1)), _part, most));
        while (marked.Count > 0)
        {
            // As many parts as make a batch; few groups of a part would each be a transaction of its own.
            var parts = new List<int>();
            for (var groups = 0; groups < most && marked.TryDequeue(out var next); groups += next.Groups)
                parts.Add(next.Part);
            var had = Rows($"SELECT p FROM unnest(@1) p WHERE pg_try_advisory_xact_lock({PostgresDatabase.LockClass}, {Key(PostgresDatabase.FirstPart)} + p)", r => r.GetInt32(0), parts.ToArray()).ToArray();
            if (had.Length == 0)
                continue;
            // Taken before its tellings are looked at: what is marked from now on is merged again.
            var taken = Rows(
                "DELETE FROM dirty d USING (SELECT DISTINCT grp, view FROM (SELECT grp, view FROM dirty WHERE part IN @1 LIMIT @2) first_marked) g WHERE d.part IN @1 AND d.grp = g.grp AND d.view = g.view RETURNING d.grp, d.view",
                r => (r.GetInt64(0), (ArchiveView)r.GetInt32(1)), had, most).Distinct().ToList();
            if (taken.Count == 0)
                continue;
            _part = (parts[^1] + 1) % Parts;
            return taken;
        }
        return [];
    }

    /// <inheritdoc/>
    public override BulkRows Bulk() => new PostgresBulk(connection, this);

    /// <inheritdoc/>
    public override void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    // Archives in several schemas of one database do not wait for each other.
    private static string Key(int what) => $"{what} + (hashtext(current_schema()) & -256)";

    /// <summary>Sends what waits.</summary>
    internal void Flush()
    {
        if (_waiting is not { } batch)
            return;
        _waiting = null;
        using (batch)
        {
            batch.Timeout = LongestSeconds;
            batch.ExecuteNonQuery();
        }
    }

    private void Forget()
    {
        _waiting?.Dispose();
        _waiting = null;
    }

    // One that was lost while nothing was asked of it is no fault of the program, as Npgsql would have it.
    private void Stands()
    {
        if (!IsOpen)
            throw new NpgsqlException("the connection was lost");
    }

    private void Add(string sql, ReadOnlySpan<object?> values)
    {
        Stands();
        var command = new NpgsqlBatchCommand(PostgresSql.Numbered(sql));
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value switch { null => DBNull.Value, string text => Storable(text), _ => value } });
        (_waiting ??= new(connection)).BatchCommands.Add(command);
    }

    private static object?[] Columns(object?[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(i => Column(rows, i))];

    // A column of which all is null is taken for text.
    private static Array Column(object?[][] rows, int at) => Array.Find(rows, r => r[at] is not null)?[at] switch
    {
        long => Array.ConvertAll(rows, r => (long?)r[at]),
        int => Array.ConvertAll(rows, r => (int?)r[at]),
        _ => Array.ConvertAll(rows, r => r[at] is string text ? Storable(text) : null),
    };

    /// <summary>A text without what PostgreSQL cannot hold: a zero, and halves of characters.</summary>
    internal static string Storable(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return text;
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal);
    }
}
