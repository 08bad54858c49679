using System.Data.Common;
using Dapper;

namespace Chancery.Archive.Databases;

/// <summary>A connection for reading.</summary>
/// <param name="connection">Open; closed with this.</param>
/// <param name="sql">From the SQL that both databases have in common to the database's own.</param>
/// <param name="own">From the values of a command to those that the database takes; null where it takes all.</param>
internal sealed class ArchiveConnection(DbConnection connection, Func<string, string> sql, Func<object?, object?>? own = null) : IDisposable
{
    public DbConnection Connection => connection;

    public IEnumerable<T> Query<T>(string text, object? values = null, bool buffered = true) => connection.Query<T>(sql(text), Own(values), buffered: buffered);

    public T QuerySingle<T>(string text, object? values = null) => connection.QuerySingle<T>(sql(text), Own(values));

    public T? ExecuteScalar<T>(string text, object? values = null) => connection.ExecuteScalar<T>(sql(text), Own(values));

    public int Execute(string text, object? values = null) => connection.Execute(sql(text), Own(values));

    public void Dispose() => connection.Dispose();

    private object? Own(object? values) => own is null ? values : own(values);
}
