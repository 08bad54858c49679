using Chancery.Archive.Indexing;

namespace Chancery.Archive.Merging;

/// <summary>An entry as its row has it.</summary>
internal sealed record Shown(int First, int Last, int Seen, int Since, int Reports, int Sources, int Publishers, string Json);

/// <summary>What several tellings of one entry come to.</summary>
internal static class Merged
{
    // What has happened outweighs what was planned; what was planned, what was thought possible.
    private static readonly string[] Weights = ["held", "actual", "in force", "cancelled", "planned", "announced", "expected", "possible", "threatened", "considered", "negated"];

    // Times that a person reads; a position over ten years is told by year.
    private const int LongestCourse = 12;

    /// <param name="view">Of which view.</param>
    /// <param name="cluster">The tellings, the first report first; never empty.</param>
    public static EntryData Of(ArchiveView view, List<Told> cluster)
    {
        var first = cluster[0].Data;
        if (view == ArchiveView.Positions)
            return Position(cluster);
        if (first.Form is EntryData.Word or EntryData.Deed)
            return WordsAgainstDeeds(cluster);
        if (cluster.Count == 1)
            return first;
        var status = cluster.Select(t => t.Data.Status).OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(Weight).ToList();
        // The first to tell it as it now stands speaks for it.
        var speaks = cluster.Find(t => t.Data.Status == status.FirstOrDefault())?.Data ?? first;
        var (said, unsaid) = (status.Any(s => s is "actual" or "held"), status.Any(s => s is "negated" or "cancelled"));
        return speaks with
        {
            Date = speaks.Date ?? cluster.Select(t => t.Data.Date).FirstOrDefault(d => d is not null),
            Place = speaks.Place ?? cluster.Select(t => t.Data.Place).FirstOrDefault(p => p is not null),
            PlaceCountry = speaks.Place is not null ? speaks.PlaceCountry : cluster.Where(t => t.Data.Place is not null).Select(t => t.Data.PlaceCountry).FirstOrDefault(),
            Modes = [.. cluster.SelectMany(t => t.Data.Modes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Counts = status.Count > 1 ? cluster.Where(t => t.Data.Status is not null).CountBy(t => t.Data.Status!).OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal) : null,
            // What the reporter of one says in his own voice is no mere claim any more.
            Claimed = first.Claimed is null ? null : cluster.TrueForAll(t => t.Data.Claimed == true),
            Corrected = cluster.Select(t => t.Data.Corrected).FirstOrDefault(c => c is not null),
            Contradicted = said && unsaid ? true : null,
        };
    }

    /// <summary>How often an actor was for an issue and against it, and how it stands by the latest.</summary>
    private static EntryData Position(List<Told> cluster)
    {
        var counts = cluster.SelectMany(t => t.Data.Counts ?? new Dictionary<string, int>()).GroupBy(c => c.Key, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => c.Value), StringComparer.Ordinal);
        var stance = counts.ContainsKey("ambivalent") || (counts.ContainsKey("supports") && counts.ContainsKey("opposes")) ? "ambivalent"
            : counts.Keys.FirstOrDefault(k => k != "neutral") ?? "neutral";
        return cluster[^1].Data with { Kind = stance, Status = stance, Counts = counts, Course = CourseOf(cluster), Corrected = cluster.Select(t => t.Data.Corrected).FirstOrDefault(c => c is not null) };
    }

    /// <summary>How the stance changed: a time for as long as it was the same; year by year where it changed more often than anyone would read.</summary>
    private static List<StanceData>? CourseOf(List<Told> cluster)
    {
        var told = cluster.SelectMany(t => (t.Data.Counts ?? new Dictionary<string, int>()).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new StanceData(c.Key, t.Day, t.Day, c.Value))).ToList();
        var course = Joined(told);
        if (course.Count > LongestCourse)
        {
            course = Joined(told.GroupBy(t => t.First > 0 ? DateOnly.FromDayNumber(t.First).Year : 0).Select(year =>
            {
                var stances = year.Select(t => t.Stance).Where(s => s != "neutral").Distinct(StringComparer.Ordinal).ToList();
                return new StanceData(stances.Count == 0 ? "neutral" : stances.Count > 1 ? "ambivalent" : stances[0], year.First().First, year.Last().Last, year.Sum(t => t.Times));
            }));
        }
        return course.Count > 1 ? course : null;

        static List<StanceData> Joined(IEnumerable<StanceData> told)
        {
            var course = new List<StanceData>();
            foreach (var next in told)
            {
                if (course.Count > 0 && course[^1].Stance == next.Stance)
                    course[^1] = course[^1] with { Last = next.Last, Times = course[^1].Times + next.Times };
                else
                    course.Add(next);
            }
            return course;
        }
    }

    /// <summary>The first words and the first deed, with all who said and did such.</summary>
    private static EntryData WordsAgainstDeeds(List<Told> cluster)
    {
        var (word, deed) = (cluster.Find(t => t.Data.Form == EntryData.Word)!.Data, cluster.Find(t => t.Data.Form == EntryData.Deed)!.Data);
        return word with
        {
            Form = null,
            Who = [.. cluster.SelectMany(t => t.Data.Who).Distinct()],
            WordOf = [.. cluster.SelectMany(t => t.Data.WordOf).Distinct()],
            Answer = deed.Answer,
            Counts = cluster.CountBy(t => t.Data.Form!).OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),
            Corrected = cluster.Select(t => t.Data.Corrected).FirstOrDefault(c => c is not null),
        };
    }

    private static int Weight(string status) => Array.IndexOf(Weights, status) is >= 0 and var at ? at : Weights.Length;
}
