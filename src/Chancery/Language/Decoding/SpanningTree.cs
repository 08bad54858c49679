namespace Chancery.Language.Decoding;

/// <summary>
/// The best dependency tree under arc scores: the maximum spanning arborescence with exactly one root
/// (Chu and Liu, 1965; Edmonds, 1967; McDonald et al., 2005).
/// </summary>
internal static class SpanningTree
{
    // More than any sum of real scores can make up for, so the best tree never has a second root.
    private const double RootCost = 1e6;

    /// <summary>Chooses a head for each word.</summary>
    /// <param name="scores">Row i, column 0: word i as root; column j + 1: word j as head of word i. Own column ignored.</param>
    /// <param name="stride">The distance between rows in <paramref name="scores"/>.</param>
    /// <param name="heads">Receives for each word the index of its head, or -1 for the root.</param>
    public static void Decode(ReadOnlySpan<float> scores, int stride, Span<int> heads)
    {
        var n = heads.Length;
        for (var i = 0; i < n; i++)
        {
            var row = scores.Slice(i * stride, n + 1);
            var best = -1;
            for (var j = 0; j < n; j++)
            {
                if (j != i && (best < 0 ? row[j + 1] > row[0] : row[j + 1] > row[best + 1]))
                    best = j;
            }
            heads[i] = best;
        }
        if (!IsTree(heads))
            Edmonds(scores, stride, heads);
    }

    /// <summary>Whether there is exactly one root and every word leads to it.</summary>
    public static bool IsTree(ReadOnlySpan<int> heads)
    {
        var roots = 0;
        foreach (var head in heads)
            roots += head < 0 ? 1 : 0;
        if (roots != 1)
            return false;

        // 0: not seen; i + 1: seen on the walk from i; a walk that meets itself is a cycle.
        Span<int> seen = heads.Length <= 256 ? stackalloc int[heads.Length] : new int[heads.Length];
        seen.Clear();
        for (var i = 0; i < heads.Length; i++)
        {
            for (var at = i; at >= 0 && seen[at] != i + 1; at = heads[at])
            {
                if (seen[at] != 0)
                    break;
                seen[at] = i + 1;
                if (heads[at] >= 0 && seen[heads[at]] == i + 1)
                    return false;
            }
        }
        return true;
    }

    // Node 0 is the root; node i + 1 is word i. Contracts cycles on a dense matrix: O(n³) at worst, and rarely reached.
    private static void Edmonds(ReadOnlySpan<float> scores, int stride, Span<int> heads)
    {
        var n = heads.Length + 1;
        var weight = new double[n, n]; // [head, dependent]
        for (var d = 1; d < n; d++)
        {
            for (var h = 0; h < n; h++)
                weight[h, d] = h == d ? double.NegativeInfinity : scores[((d - 1) * stride) + h] - (h == 0 ? RootCost : 0);
        }
        var chosen = Arborescence(weight, n);
        for (var i = 0; i < heads.Length; i++)
            heads[i] = chosen[i + 1] - 1;
    }

    private static int[] Arborescence(double[,] weight, int n)
    {
        var head = new int[n];
        head[0] = -1;
        for (var d = 1; d < n; d++)
        {
            var best = d == 1 && n > 2 ? 2 : d == 1 ? 0 : 1;
            for (var h = 0; h < n; h++)
            {
                if (h != d && weight[h, d] > weight[best, d])
                    best = h;
            }
            head[d] = best;
        }

        var cycle = FindCycle(head);
        if (cycle is null)
            return head;

        var inCycle = new bool[n];
        foreach (var node in cycle)
            inCycle[node] = true;

        // The nodes outside keep their order, and the cycle becomes the last node.
        var outside = Enumerable.Range(0, n).Where(i => !inCycle[i]).ToArray();
        var merged = outside.Length;
        var smaller = new double[merged + 1, merged + 1];
        var enters = new int[merged];  // where in the cycle an arc from outside goes
        var leaves = new int[merged];  // from where in the cycle an arc to outside comes
        for (var a = 0; a < merged; a++)
        {
            for (var b = 0; b < merged; b++)
                smaller[a, b] = weight[outside[a], outside[b]];

            smaller[a, merged] = double.NegativeInfinity;
            smaller[merged, a] = double.NegativeInfinity;
            enters[a] = cycle[0];
            leaves[a] = cycle[0];
            foreach (var c in cycle)
            {
                var gain = weight[outside[a], c] - weight[head[c], c];
                if (gain > smaller[a, merged])
                    (smaller[a, merged], enters[a]) = (gain, c);
                if (outside[a] != 0 && weight[c, outside[a]] > smaller[merged, a])
                    (smaller[merged, a], leaves[a]) = (weight[c, outside[a]], c);
            }
        }
        smaller[merged, merged] = double.NegativeInfinity;

        var solved = Arborescence(smaller, merged + 1);
        for (var b = 1; b < merged; b++)
            head[outside[b]] = solved[b] == merged ? leaves[b] : outside[solved[b]];
        head[enters[solved[merged]]] = outside[solved[merged]];
        return head;
    }

    private static List<int>? FindCycle(int[] head)
    {
        var seen = new int[head.Length];
        for (var i = 1; i < head.Length; i++)
        {
            var at = i;
            while (at > 0 && seen[at] == 0)
            {
                seen[at] = i;
                at = head[at];
            }
            if (at <= 0 || seen[at] != i)
                continue;
            var cycle = new List<int>();
            for (var node = at; cycle.Count == 0 || node != at; node = head[node])
                cycle.Add(node);
            return cycle;
        }
        return null;
    }
}
