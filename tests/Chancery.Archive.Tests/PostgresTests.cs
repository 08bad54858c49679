using Chancery.Tests.Servers;
using Xunit;

namespace Chancery.Archive.Tests;

/// <summary>Archives in schemas of their own on a real server.</summary>
public sealed class PostgresPlace : ArchivePlace
{
    private static int _made;

    private readonly string _own = $"t{Interlocked.Increment(ref _made)}";
    private readonly HashSet<string> _schemas = [];

    public PostgresPlace() => Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Missing);

    public string AddressOf(string name = "one") => PostgresServer.Shared!.Address(schema: $"{_own}_{name}");

    public void Sql(string sql, string name = "one") => PostgresServer.Shared!.Sql($"SET search_path = {_own}_{name}; {sql}");

    protected override Archive Open(string name, bool create)
    {
        if (_schemas.Add(name))
            PostgresServer.Shared!.Sql($"CREATE SCHEMA {_own}_{name}");
        return Archive.Open(AddressOf(name), Lexicon, create);
    }
}

public sealed class PostgresAddingTests() : AddingTests(new PostgresPlace());

public sealed class PostgresCorrectionTests() : CorrectionTests(new PostgresPlace());

public sealed class PostgresFilterTests() : FilterTests(new PostgresPlace());

public sealed class PostgresMergingTests() : MergingTests(new PostgresPlace());
