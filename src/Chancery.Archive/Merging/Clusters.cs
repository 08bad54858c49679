using Chancery.Archive.Indexing;

namespace Chancery.Archive.Merging;

/// <summary>A telling with the document that tells it, as merging looks at it.</summary>
internal sealed record Told(long Id, long? Item, long Document, string DocumentKey, int Day, int First, int Last, int Order, EntryData Data)
{
    public int Days => Last - First + 1;
}

/// <summary>
/// Which tellings of a group are of one event: their dates overlap and their places can be the same. The answer depends on what is
/// told only, never on the order in which documents came in.
/// </summary>
internal static class Clusters
{
    // In days. What is told of a longer time, such as a month, may be any of the events in it.
    private const int LongestPrecise = 8;

    // In days. However dates overlap, one event does not go on for longer.
    private const int LongestEvent = 14;

    public static List<List<Told>> Of(IEnumerable<Told> tellings)
    {
        var sorted = tellings.OrderBy(t => t.First).ThenBy(t => t.Last).ThenBy(t => t.DocumentKey, StringComparer.Ordinal).ThenBy(t => t.Order).ToList();
        // Without any day nothing says that two are one.
        var undated = sorted.Where(t => t.First == 0).Select(t => new List<Told> { t });
        var precise = new List<Cluster>();
        foreach (var telling in sorted.Where(t => t.First > 0 && t.Days <= LongestPrecise))
        {
            if (LastWith(precise, telling) is { } with)
                with.Add(telling);
            else
                precise.Add(new(telling));
        }
        var vague = new Dictionary<(int, int, string?), List<Told>>();
        foreach (var telling in sorted.Where(t => t.First > 0 && t.Days > LongestPrecise))
        {
            var within = Within(precise, telling).Where(c => c.MayHave(telling)).Take(2).ToList();
            if (within.Count == 1)
                within[0].Add(telling);
            else if (!vague.TryAdd((telling.First, telling.Last, telling.Data.Place), [telling]))
                vague[(telling.First, telling.Last, telling.Data.Place)].Add(telling);
        }
        return [.. undated, .. precise.Select(c => c.Tellings), .. vague.Values];
    }

    /// <summary>The latest cluster that a telling may belong to; those that began too long ago are not looked at, however many there are.</summary>
    private static Cluster? LastWith(List<Cluster> clusters, Told telling)
    {
        for (var i = clusters.Count - 1; i >= 0 && telling.Last - clusters[i].First < LongestEvent; i--)
        {
            if (clusters[i].Last >= telling.First && clusters[i].MayHave(telling))
                return clusters[i];
        }
        return null;
    }

    /// <summary>The clusters, which are in the order of their first days, that begin with what lies wholly within the days of a telling.</summary>
    private static IEnumerable<Cluster> Within(List<Cluster> clusters, Told telling)
    {
        var (low, high) = (0, clusters.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = clusters[middle].First < telling.First ? (middle + 1, high) : (low, middle);
        }
        for (; low < clusters.Count && clusters[low].First <= telling.Last; low++)
        {
            if (clusters[low].Tellings[0].Last <= telling.Last)
                yield return clusters[low];
        }
    }

    /// <summary>Tellings of one event.</summary>
    private sealed class Cluster(Told first)
    {
        // Of hundreds of tellings most agree in place and modes, and are asked once.
        private readonly List<Told> _unlike = [first];

        public List<Told> Tellings { get; } = [first];

        /// <summary>The first day of the first; none that is added begins earlier, but for those of a longer time.</summary>
        public int First { get; } = first.First;

        public int Last { get; private set; } = first.Last;

        public bool MayHave(Told telling) => _unlike.TrueForAll(t => MayBeOne(t, telling));

        public void Add(Told telling)
        {
            Tellings.Add(telling);
            Last = Math.Max(Last, telling.Last);
            if (!_unlike.Exists(t => IsLike(t.Data, telling.Data)))
                _unlike.Add(telling);
        }

        private static bool IsLike(EntryData one, EntryData other) =>
            one.Place == other.Place && one.PlaceCountry == other.PlaceCountry && one.Latitude is null == other.Latitude is null && one.Modes.SequenceEqual(other.Modes, StringComparer.Ordinal);
    }

    private static bool MayBeOne(Told one, Told other) =>
        (one.Data.Place is not { } here || other.Data.Place is not { } there || here == there || (one.Data.PlaceCountry == other.Data.PlaceCountry && (one.Data.Latitude is null || other.Data.Latitude is null)))
        && (one.Data.Modes.Count == 0 || other.Data.Modes.Count == 0 || one.Data.Modes.Intersect(other.Data.Modes, StringComparer.Ordinal).Any());
}
