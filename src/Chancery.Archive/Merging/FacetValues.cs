using Chancery.Archive.Databases;

namespace Chancery.Archive.Merging;

/// <summary>The numbers of facets' values, those met lately at hand.</summary>
internal sealed class FacetValues(Commands commands)
{
    // Values at hand; more are asked for again.
    private const int Most = 500_000;

    private readonly Dictionary<(Facet, string), long> _ids = [];

    public void Clear() => _ids.Clear();

    public long IdOf(Facet kind, string value)
    {
        if (_ids.TryGetValue((kind, value), out var id))
            return id;
        id = commands.Number("SELECT id FROM facet_value WHERE kind = @1 AND value = @2", (int)kind, value)
            ?? commands.Number("INSERT INTO facet_value (kind, value) VALUES (@1, @2) ON CONFLICT DO NOTHING RETURNING id", (int)kind, value)
            // Another was faster.
            ?? commands.Number("SELECT id FROM facet_value WHERE kind = @1 AND value = @2", (int)kind, value)!.Value;
        if (_ids.Count >= Most)
            _ids.Clear();
        return _ids[(kind, value)] = id;
    }
}
