using System.Collections.Frozen;
using System.Globalization;
using Chancery.Tables;

namespace Chancery.Reading;

/// <summary>
/// A linear classifier that says what one actor does to another where no frame does. Trained by <c>training/events.py</c>; its
/// table has a feature a line, so that one can see why it says what it says.
/// </summary>
public sealed class PairScorer
{
    private readonly FrozenDictionary<string, float[]> _weights;
    private readonly string[] _types;

    private PairScorer(string[] types, FrozenDictionary<string, float[]> weights) => (_types, _weights) = (types, weights);

    /// <summary>Reads a scorer.</summary>
    /// <param name="table">The contents of <c>events.tsv</c>: a feature a line, with a column of weights, in hundredths, for each PLOVER type.</param>
    /// <exception cref="InvalidDataException">A line cannot be read; the message names it.</exception>
    public static PairScorer Parse(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = table.Split('\n').FirstOrDefault(l => l.Length > 0 && l[0] != '#')?.TrimEnd('\r').Split('\t') ?? [];
        if (columns is not ["feature", _, ..])
            throw new InvalidDataException("events.tsv: the first line does not name the columns, feature and a type each; the model is damaged, install it again.");
        var types = columns[1..];
        var weights = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var row in Table.Read("events.tsv", table, columns))
        {
            var own = new float[types.Length];
            for (var t = 0; t < own.Length; t++)
            {
                if (!int.TryParse(row[types[t]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var weight))
                    throw row.Broken($"'{row[types[t]]}' is no whole number; the model is damaged, install it again");
                own[t] = weight / 100f;
            }
            weights[row.Required("feature")] = own;
        }
        return new(types, weights.ToFrozenDictionary(StringComparer.Ordinal));
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
            for (var t = 0; t < own.Length; t++)
                scores[t] += own[t];
        }
        var best = Array.IndexOf(scores, scores.Max());
        return (_types[best], 1 / scores.Sum(s => Math.Exp(s - scores[best])));
    }
}
