using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Chancery.Archive.Databases;

/// <summary>Commands of one connection to a SQLite file. While one writes, all others wait, so that nothing else need be kept from them.</summary>
internal sealed class SqliteCommands(SqliteConnection connection) : Commands
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;

    /// <inheritdoc/>
    public override WordIndex Words => SqliteWords.Instance;

    /// <inheritdoc/>
    public override bool IsFar => false;

    /// <inheritdoc/>
    public override int GroupsAtOnce => 8000;

    /// <inheritdoc/>
    public override long? NewItem() => null;

    /// <inheritdoc/>
    public override void Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <inheritdoc/>
    public override List<T> Rows<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    /// <inheritdoc/>
    public override T InTransaction<T>(Func<T> work)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        _transaction = transaction;
        try
        {
            var result = work();
            transaction.Commit();
            return result;
        }
        finally
        {
            _transaction = null;
        }
    }

    /// <inheritdoc/>
    public override T Lasting<T>(Func<T> work)
    {
        Run("PRAGMA synchronous = FULL");
        try
        {
            return InTransaction(work);
        }
        finally
        {
            Run("PRAGMA synchronous = NORMAL");
        }
    }

    /// <inheritdoc/>
    public override void ShareArchive()
    {
    }

    /// <inheritdoc/>
    public override void HaveArchive()
    {
    }

    /// <inheritdoc/>
    public override void Have(IEnumerable<long> keys)
    {
    }

    /// <inheritdoc/>
    public override void HaveDocuments(IEnumerable<long> ids)
    {
    }

    /// <inheritdoc/>
    public override void Mark(IEnumerable<(long Group, ArchiveView View)> groups) => RunAll("INSERT INTO dirty (grp, view) VALUES (@1, @2) ON CONFLICT DO NOTHING", groups.Select(g => new object?[] { g.Group, (int)g.View }));

    /// <inheritdoc/>
    public override void MarkAll(long document) => Run("INSERT INTO dirty (grp, view) SELECT DISTINCT grp, view FROM mention WHERE document_id = @1 ON CONFLICT DO NOTHING", document);

    /// <inheritdoc/>
    public override void CountActors(long document, int more) =>
        Run("UPDATE actor SET documents = documents + @2 WHERE id IN (SELECT DISTINCT actor_id FROM appearance WHERE document_id = @1)", document, more);

    /// <inheritdoc/>
    public override List<(long Group, ArchiveView View)> TakeMarked(int most)
    {
        var taken = Rows("SELECT grp, view FROM dirty LIMIT @1", r => (r.GetInt64(0), (ArchiveView)r.GetInt32(1)), most);
        foreach (var (group, view) in taken)
            Run("DELETE FROM dirty WHERE grp = @1 AND view = @2", group, (int)view);
        return taken;
    }

    /// <inheritdoc/>
    public override BulkRows Bulk() => new SqliteBulk(this);

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = SqliteSql.Own(sql);
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new() { ParameterName = $"@{i + 1}" });
            _prepared[sql] = command;
        }
        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                var value => SqliteSql.Listed(value) ?? value,
            };
        }
        return command;
    }
}
