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
        var clusters = new List<List<Told>>();
        // Without any day nothing says that two are one.
        foreach (var undated in sorted.Where(t => t.First == 0))
            clusters.Add([undated]);
        var precise = new List<List<Told>>();
        foreach (var telling in sorted.Where(t => t.First > 0 && t.Days <= LongestPrecise))
        {
            var with = precise.FindLast(c => c.Max(t => t.Last) >= telling.First && telling.Last - c[0].First < LongestEvent && c.TrueForAll(t => MayBeOne(t, telling)));
            if (with is not null)
                with.Add(telling);
            else
                precise.Add([telling]);
        }
        var vague = new Dictionary<(int, int, string?), List<Told>>();
        foreach (var telling in sorted.Where(t => t.First > 0 && t.Days > LongestPrecise))
        {
            var within = precise.Where(c => c[0].First >= telling.First && c[0].Last <= telling.Last && c.TrueForAll(t => MayBeOne(t, telling))).Take(2).ToList();
            if (within.Count == 1)
                within[0].Add(telling);
            else if (!vague.TryAdd((telling.First, telling.Last, telling.Data.Place), [telling]))
                vague[(telling.First, telling.Last, telling.Data.Place)].Add(telling);
        }
        return [.. clusters, .. precise, .. vague.Values];
    }

    private static bool MayBeOne(Told one, Told other) =>
        (one.Data.Place is not { } here || other.Data.Place is not { } there || here == there || (one.Data.PlaceCountry == other.Data.PlaceCountry && (one.Data.Latitude is null || other.Data.Latitude is null)))
        && (one.Data.Modes.Count == 0 || other.Data.Modes.Count == 0 || one.Data.Modes.Intersect(other.Data.Modes, StringComparer.Ordinal).Any());
}
