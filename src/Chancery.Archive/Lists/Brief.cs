namespace Chancery.Archive.Lists;

/// <summary>A part of a brief.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="View">Of which view its entries are.</param>
/// <param name="Entries">Its entries, each with the first of its words.</param>
public sealed record BriefSection(string Title, ArchiveView View, IReadOnlyList<ArchiveEntry> Entries);

/// <summary>What is new since a day: what happened, what was said, what is coming, what is disputed.</summary>
public static class Brief
{
    /// <summary>The parts of a brief, always the same five, some without entries.</summary>
    /// <param name="archive">Of which archive.</param>
    /// <param name="since">From when on it was reported or happened.</param>
    /// <param name="today">From when on it is coming.</param>
    /// <param name="actor">Whose; null for all.</param>
    /// <param name="most">The most entries of each part.</param>
    /// <exception cref="ArchiveException">There is nobody of that name.</exception>
    public static IReadOnlyList<BriefSection> Of(Archive archive, DateOnly since, DateOnly today, string? actor, int most = 20)
    {
        ArgumentNullException.ThrowIfNull(archive);
        // Of one actor not all that is newly reported is wanted, so more is looked at than shown.
        IReadOnlyList<ArchiveEntry> Fresh(ArchiveView view) => actor is null
            ? archive.Reported(view, since, most)
            : [.. archive.Entries(view, new() { Actor = actor, Limit = most * 5 }, 1).Entries.Where(e => e.Since >= since || e.Day >= since).Take(most)];
        return
        [
            new("What happened", ArchiveView.Timeline, [.. Fresh(ArchiveView.Timeline).Where(e => e.Status == "actual")]),
            new("Measures", ArchiveView.Measures, Fresh(ArchiveView.Measures)),
            new("What was said", ArchiveView.Statements, [.. Fresh(ArchiveView.Statements).Where(e => e.Who.Count > 0)]),
            new("What is coming", ArchiveView.Diary, [.. archive.Entries(ArchiveView.Diary, new() { Actor = actor, From = today, Statuses = ["planned", "expected"], Limit = most }, 1).Entries.Reverse()]),
            new("What is disputed", ArchiveView.Disputes, Fresh(ArchiveView.Disputes)),
        ];
    }
}
