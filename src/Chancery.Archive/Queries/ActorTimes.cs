using System.Globalization;
using Chancery.Archive.Databases;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>One actor over time.</summary>
internal sealed class ActorTimes(ArchiveConnection connection)
{
    // Of somebody in more reports the newest say enough.
    private const int MostAppearances = 500;

    /// <summary>The offices in which reports show an actor, and from when to when they do.</summary>
    public IReadOnlyList<OfficeSeen> Offices(long actor) => connection.Query<(string Office, int First, int Last, int Reports)>(
        """
        SELECT office, min(day), max(day), count(*) FROM (
          SELECT p.office, d.day FROM appearance p JOIN document d ON d.id = p.document_id WHERE p.actor_id = @actor ORDER BY p.document_id DESC LIMIT @MostAppearances) seen
        WHERE office IS NOT NULL AND day > 0 GROUP BY office ORDER BY min(day), office
        """, new { actor, MostAppearances }).Select(r => new OfficeSeen(r.Office, DateOnly.FromDayNumber(r.First), DateOnly.FromDayNumber(r.Last), r.Reports)).ToList();

    /// <summary>How many events an actor has a part in by month, the first first; months without any are left out.</summary>
    public IReadOnlyList<MonthCount> Events(long actor) => connection.Query<long>("SELECT id FROM facet_value WHERE kind IN (2, 3) AND value = @value", new { value = actor.ToString(CultureInfo.InvariantCulture) })
        // One after the other: each lies in the order in which it is counted.
        .SelectMany(role => connection.Query<(int First, int Events)>("SELECT first, count(*) FROM facet WHERE value_id = @role AND view = 1 AND first > 0 GROUP BY first", new { role }))
        .GroupBy(r => DateOnly.FromDayNumber(r.First) is var day ? new DateOnly(day.Year, day.Month, 1) : default).OrderBy(g => g.Key).Select(g => new MonthCount(g.Key, g.Sum(r => r.Events))).ToList();
}
