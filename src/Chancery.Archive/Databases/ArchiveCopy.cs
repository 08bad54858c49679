using System.Data.Common;
using System.Globalization;
using Chancery.Archive.Indexing;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Chancery.Archive.Databases;

/// <summary>Copies an archive from one database to another, row by row under the same numbers, whole or not at all.</summary>
internal static class ArchiveCopy
{
    // Of each table its columns: L a long number, I a number, T a text, B bytes. In an order in which what is pointed to comes first.
    private static readonly Table[] Tables =
    [
        new("document", "id", "id:L key:T title:T publisher:T published:T day:I url:T language:T characters:I sha256:T note:T copy_of:L copies:I statements:I events:I"),
        new("content", "document_id", "document_id:L text:B record:B signature:B"),
        new("band", "band, document_id", "band:L document_id:L"),
        new("correction", "id", "id:L document_key:T entry:T anchor:T action:T changes:T note:T by:T at:T"),
        new("identity", "id", "id:L key:T same_as:T by:T at:T"),
        new("source", "address", "address:T etag:T modified:T due:T failures:I problem:T"),
        new("source_item", "address, item", "address:T item:T"),
        new("actor", "id", "id:L key:T name:T kind:T country:T sectors:T known:T documents:I"),
        new("appearance", "document_id, local", "document_id:L local:T actor_id:L name:T office:T why:T"),
        new("mention", "id", "id:L document_id:L view:S grp:L first:I last:I entry:T spans:T data:T item_id:L"),
        new("item", "id", "id:L view:S grp:L first:I last:I seen:I since:I reports:I sources:I publishers:I data:T"),
        new("facet_value", "id", "id:L kind:S value:T"),
        new("facet", "value_id, view, first, item_id", "value_id:L view:S first:I item_id:L"),
        new("pair", "a, b, month, type", "a:L b:L month:I type:T events:L tenths:L"),
        new("dirty", "grp, view", "grp:L view:S"),
    ];

    private static readonly string[] Numbered = ["document", "correction", "identity", "actor", "mention", "item", "facet_value"];

    /// <param name="from">Read as it is at one moment.</param>
    /// <param name="to">Empty.</param>
    /// <param name="progress">Told the table and how many rows of it are copied.</param>
    /// <param name="cancellationToken">Stops, and leaves nothing behind.</param>
    public static void Run(ArchiveDatabase from, ArchiveDatabase to, Action<string, long>? progress, CancellationToken cancellationToken)
    {
        using var source = from.Connect();
        using var snapshot = source.Connection is NpgsqlConnection server ? server.BeginTransaction(System.Data.IsolationLevel.RepeatableRead) : (DbTransaction)((SqliteConnection)source.Connection).BeginTransaction(deferred: true);
        using var commands = to.Write();
        commands.InTransaction(() =>
        {
            commands.HaveArchive();
            if (commands.Number("SELECT count(*) FROM document") > 0)
                throw new ArchiveException("CH0412", $"{to.Path}: has reports already; name an archive that is new, so that nothing of yours is lost.");
            using var bulk = commands.Bulk();
            foreach (var table in Tables)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var columns = string.Join(", ", table.Columns.Select(c => table.Name == "actor" && c.Name == "documents" ? $"{from.DocumentsOfActor} AS documents" : $"a.{c.Name}"));
                using var command = source.Connection.CreateCommand();
                command.CommandText = $"SELECT {(table.Name == "dirty" ? "DISTINCT " : "")}{columns} FROM {table.Name} a ORDER BY {string.Join(", ", table.Order.Split(", ").Select(o => $"a.{o}"))}";
                (command.Transaction, command.CommandTimeout) = (snapshot, 0);
                using var reader = command.ExecuteReader();
                var rows = bulk.Write(table.Name, table.Columns, Rows(reader, table.Columns, cancellationToken));
                progress?.Invoke(table.Name, rows);
            }
            bulk.Finish(Numbered);
            var words = Words(source, commands, snapshot, cancellationToken);
            progress?.Invoke("words", words);
            return 0;
        });
        to.AfterCopy();
    }

    private static IEnumerable<object?[]> Rows(DbDataReader reader, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = new object?[columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : columns[i].Kind switch
                {
                    'L' => Convert.ToInt64(reader.GetValue(i), CultureInfo.InvariantCulture),
                    'I' => Convert.ToInt32(reader.GetValue(i), CultureInfo.InvariantCulture),
                    'S' => Convert.ToInt16(reader.GetValue(i), CultureInfo.InvariantCulture),
                    'B' => reader.GetFieldValue<byte[]>(i),
                    _ => reader.GetString(i),
                };
            }
            yield return row;
        }
    }

    /// <summary>Words cannot be copied: each database has its own way of keeping them.</summary>
    private static long Words(ArchiveConnection source, Commands commands, DbTransaction snapshot, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var (id, title, text) in source.Connection.Query<(long, string?, byte[])>("SELECT d.id, d.title, c.text FROM document d JOIN content c ON c.document_id = d.id ORDER BY d.id", transaction: snapshot, buffered: false, commandTimeout: 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            commands.Words.AddDocument(commands, id, title, Packed.Text(text));
            count++;
        }
        commands.Words.AddStatements(commands, Statements());
        return count;

        IEnumerable<(long, string)> Statements()
        {
            foreach (var (id, data) in source.Connection.Query<(long, string)>($"SELECT id, data FROM item WHERE view = {(int)ArchiveView.Statements} ORDER BY id", transaction: snapshot, buffered: false, commandTimeout: 0))
            {
                cancellationToken.ThrowIfCancellationRequested();
                count++;
                if (EntryData.Of(data).Text is { } text)
                    yield return (id, text);
            }
        }
    }

    /// <summary>A column of a table.</summary>
    internal sealed record Column(string Name, char Kind);

    private sealed record Table(string Name, string Order, string Shape)
    {
        public IReadOnlyList<Column> Columns { get; } = [.. Shape.Split(' ').Select(c => c.Split(':')).Select(c => new Column(c[0], c[1][0]))];
    }
}

/// <summary>Writes many rows at once.</summary>
internal abstract class BulkRows : IDisposable
{
    /// <summary>Writes the rows of a table.</summary>
    /// <returns>How many there were.</returns>
    public abstract long Write(string table, IReadOnlyList<ArchiveCopy.Column> columns, IEnumerable<object?[]> rows);

    /// <summary>Makes ready for rows that come later.</summary>
    /// <param name="numbered">The tables whose rows the database numbers.</param>
    public abstract void Finish(IEnumerable<string> numbered);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}

/// <summary>Into SQLite: one insert, prepared once.</summary>
internal sealed class SqliteBulk(SqliteCommands commands) : BulkRows
{
    /// <inheritdoc/>
    public override long Write(string table, IReadOnlyList<ArchiveCopy.Column> columns, IEnumerable<object?[]> rows)
    {
        // A copy may come before what it is a copy of.
        commands.Run("PRAGMA defer_foreign_keys = ON");
        var sql = $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@{i + 1}"))})";
        var count = 0L;
        foreach (var row in rows)
        {
            commands.Run(sql, row);
            count++;
        }
        return count;
    }

    /// <inheritdoc/>
    public override void Finish(IEnumerable<string> numbered)
    {
    }
}

/// <summary>Into PostgreSQL: COPY, with indexes made when all rows are there.</summary>
internal sealed class PostgresBulk(NpgsqlConnection connection, PostgresCommands commands) : BulkRows
{
    private readonly List<string> _indexes = [];

    /// <inheritdoc/>
    public override long Write(string table, IReadOnlyList<ArchiveCopy.Column> columns, IEnumerable<object?[]> rows)
    {
        foreach (var (name, made) in commands.Rows(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i WHERE i.indrelid = to_regclass(@1) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)", r => (r.GetString(0), r.GetString(1)), table))
        {
            commands.Run($"DROP INDEX {name}");
            _indexes.Add(made);
        }
        commands.Flush();
        var count = 0L;
        using var copy = connection.BeginBinaryImport($"COPY {table} ({string.Join(", ", columns.Select(c => c.Name))}) FROM STDIN (FORMAT BINARY)");
        copy.Timeout = TimeSpan.Zero;
        foreach (var row in rows)
        {
            copy.StartRow();
            for (var i = 0; i < row.Length; i++)
            {
                switch (row[i])
                {
                    case null:
                        copy.WriteNull();
                        break;
                    case long number:
                        copy.Write(number, NpgsqlDbType.Bigint);
                        break;
                    case int number:
                        copy.Write(number, NpgsqlDbType.Integer);
                        break;
                    case short number:
                        copy.Write(number, NpgsqlDbType.Smallint);
                        break;
                    case byte[] bytes:
                        copy.Write(bytes, NpgsqlDbType.Bytea);
                        break;
                    case var text:
                        copy.Write(PostgresCommands.Storable((string)text), NpgsqlDbType.Text);
                        break;
                }
            }
            count++;
        }
        copy.Complete();
        return count;
    }

    /// <inheritdoc/>
    public override void Finish(IEnumerable<string> numbered)
    {
        foreach (var index in _indexes)
            commands.Run(index);
        foreach (var table in numbered)
            commands.Rows($"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)", _ => 0);
    }
}
