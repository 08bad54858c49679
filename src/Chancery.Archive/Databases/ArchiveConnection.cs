using System.Data.Common;
using Dapper;

namespace Chancery.Archive.Databases;

/// <summary>A connection for reading.</summary>
/// <param name="connection">Open; closed with this.</param>
/// <param name="sql">From the SQL that both databases have in common to the database's own.</param>
internal sealed class ArchiveConnection(DbConnection connection, Func<string, string>? sql = null) : IDisposable
{
    public DbConnection Connection => connection;

    public IEnumerable<T> Query<T>(string text, object? values = null, bool buffered = true) => connection.Query<T>(Own(text), values, buffered: buffered);

    public T QuerySingle<T>(string text, object? values = null) => connection.QuerySingle<T>(Own(text), values);

    public T? ExecuteScalar<T>(string text, object? values = null) => connection.ExecuteScalar<T>(Own(text), values);

    public int Execute(string text, object? values = null) => connection.Execute(Own(text), values);

    public void Dispose() => connection.Dispose();

    private string Own(string text) => sql is null ? text : sql(text);
}
