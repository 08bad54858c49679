using Chancery.Archive.Databases;

namespace Chancery.Archive.Merging;

/// <summary>The numbers of facets' values, those met lately at hand.</summary>
internal sealed class FacetValues(Commands commands)
{
    // Values at hand; more are asked for again.
    private const int Most = 500_000;

    private readonly Dictionary<(Facet, string), long> _ids = [];

    public void Clear() => _ids.Clear();

    /// <summary>Has the numbers of many values at hand, in two ways to a server and back.</summary>
    public void Load(IEnumerable<(Facet Kind, string Value)> wanted)
    {
        if (_ids.Count >= Most)
            _ids.Clear();
        // In one order, so that two who load do not wait for each other.
        var missing = wanted.Where(w => !_ids.ContainsKey(w)).Distinct().OrderBy(w => w.Kind).ThenBy(w => w.Value, StringComparer.Ordinal).ToList();
        if (missing.Count == 0)
            return;
        var (kinds, values) = (missing.Select(m => (int)m.Kind).ToArray(), missing.Select(m => PostgresCommands.Storable(m.Value)).ToArray());
        commands.Run("INSERT INTO facet_value (kind, value) SELECT kind, value FROM unnest(@1, @2) w(kind, value) WHERE NOT EXISTS (SELECT 1 FROM facet_value v WHERE v.kind = w.kind AND v.value = w.value) ON CONFLICT DO NOTHING", kinds, values);
        foreach (var (kind, value, id) in commands.Rows("SELECT v.kind, v.value, v.id FROM unnest(@1, @2) w(kind, value) JOIN facet_value v ON v.kind = w.kind AND v.value = w.value", r => ((Facet)r.GetInt32(0), r.GetString(1), r.GetInt64(2)), kinds, values))
            _ids[(kind, value)] = id;
    }

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
