using Chancery.Tests.Servers;
using Xunit;

namespace Chancery.Archive.Tests;

/// <summary>Archives in a database of their own of a real server, a schema each.</summary>
public sealed class PostgresPlace : ArchivePlace
{
    private static int _made;

    private readonly string _database = $"archive{Environment.ProcessId}_{Interlocked.Increment(ref _made)}";
    private readonly HashSet<string> _schemas = [];

    public PostgresPlace()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Missing);
        PostgresServer.Shared.Sql($"CREATE DATABASE {_database}");
    }

    public string AddressOf(string name = "one") => PostgresServer.Shared!.Address(_database, name);

    public void Sql(string sql, string name = "one") => PostgresServer.Shared!.Sql($"SET search_path = {name}; {sql}", _database);

    public override void Dispose()
    {
        base.Dispose();
        PostgresServer.Shared?.Sql($"DROP DATABASE {_database} WITH (FORCE)");
    }

    protected override Archive Open(string name, bool create)
    {
        if (_schemas.Add(name))
            Sql("SELECT 1", $"public; CREATE SCHEMA {name}");
        return Archive.Open(AddressOf(name), Lexicon, create);
    }
}

public sealed class PostgresAddingTests() : AddingTests(new PostgresPlace());

public sealed class PostgresCorrectionTests() : CorrectionTests(new PostgresPlace());

public sealed class PostgresFilterTests() : FilterTests(new PostgresPlace());

public sealed class PostgresMergingTests() : MergingTests(new PostgresPlace());
