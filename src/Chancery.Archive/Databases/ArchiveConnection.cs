using System.Data.Common;
using Dapper;

namespace Chancery.Archive.Databases;

/// <summary>A connection for reading.</summary>
/// <param name="connection">Open; closed with this.</param>
/// <param name="sql">From the SQL that both databases have in common to the database's own.</param>
/// <param name="own">From the values of a command to those that the database takes; null where it takes all.</param>
/// <param name="joinsLists">Whether it is faster to go through two long lists than to look up what is in the one in the other.</param>
internal sealed class ArchiveConnection(DbConnection connection, Func<string, string> sql, Func<object?, object?>? own = null, bool joinsLists = false) : IDisposable
{
    /// <summary>Whether it is faster to go through two long lists than to look up what is in the one in the other.</summary>
    public bool JoinsLists => joinsLists;

    public DbConnection Connection => connection;

    public IEnumerable<T> Query<T>(string text, object? values = null, bool buffered = true) => connection.Query<T>(sql(text), Own(values), buffered: buffered);

    public T QuerySingle<T>(string text, object? values = null) => connection.QuerySingle<T>(sql(text), Own(values));

    public T? ExecuteScalar<T>(string text, object? values = null) => connection.ExecuteScalar<T>(sql(text), Own(values));

    public int Execute(string text, object? values = null) => connection.Execute(sql(text), Own(values));

    public void Dispose() => connection.Dispose();

    private object? Own(object? values) => own is null ? values : own(values);
}
