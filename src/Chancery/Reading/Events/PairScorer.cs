using System.Collections.Frozen;
using System.Globalization;
using Chancery.Tables;

namespace Chancery.Reading;

/// <summary>
/// A linear classifier that says what one actor does to another where no frame does. Trained by <c>training/events.py</c>; its
/// table has a weight a line, so that one can see why it says what it says.
/// </summary>
public sealed class PairScorer
{
    private readonly FrozenDictionary<string, (int Type, float Weight)[]> _weights;
    private readonly string[] _types;

    private PairScorer(string[] types, FrozenDictionary<string, (int Type, float Weight)[]> weights) => (_types, _weights) = (types, weights);

    /// <summary>Reads a scorer.</summary>
    /// <param name="table">The contents of <c>events.tsv</c>: a feature, a PLOVER type and a weight a line.</param>
    /// <exception cref="InvalidDataException">A line cannot be read; the message names it.</exception>
    public static PairScorer Parse(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var rows = Table.Read("events.tsv", table, "feature", "type", "weight");
        var types = rows.Select(r => r.Required("type")).Distinct().Order(StringComparer.Ordinal).ToArray();
        var weights = new Dictionary<string, List<(int, float)>>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!float.TryParse(row["weight"], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !float.IsFinite(weight))
                throw row.Broken($"'{row["weight"]}' is no number; the model is damaged, install it again");
            if (!weights.TryGetValue(row.Required("feature"), out var own))
                weights[row["feature"]] = own = [];
            own.Add((Array.IndexOf(types, row["type"]), weight));
        }
        return new(types, weights.ToFrozenDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.Ordinal));
    }

    /// <summary>The likeliest type and how likely it is, from 0 to 1.</summary>
    public (string Type, double Probability) Score(IEnumerable<string> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var scores = new double[_types.Length];
        foreach (var feature in features.Distinct().Append("bias"))
        {
            if (!_weights.TryGetValue(feature, out var own))
                continue;
            foreach (var (type, weight) in own)
                scores[type] += weight;
        }
        var best = Array.IndexOf(scores, scores.Max());
        return (_types[best], 1 / scores.Sum(s => Math.Exp(s - scores[best])));
    }
}
