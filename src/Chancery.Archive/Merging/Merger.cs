using Chancery.Archive.Indexing;
using Microsoft.Data.Sqlite;

namespace Chancery.Archive.Merging;

/// <summary>
/// Makes entries of views from the tellings of all documents: the same event in six reports is one entry with six reports. Works
/// only on groups in which something has changed, in batches of one transaction; stopped at any moment, it goes on where it was.
/// </summary>
internal sealed class Merger(Commands commands)
{
    private const int GroupsAtOnce = 1000;

    private readonly FacetValues _facets = new(commands);
    private readonly Dictionary<long, string?> _countries = [];

    /// <summary>How many groups wait.</summary>
    public long Waiting => commands.Number("SELECT count(*) FROM dirty") ?? 0;

    /// <summary>Merges one batch.</summary>
    /// <returns>How many groups were merged; 0 when nothing waits.</returns>
    public int MergeBatch()
    {
        using var transaction = commands.Connection.BeginTransaction(deferred: false);
        commands.Transaction = transaction;
        try
        {
            var groups = commands.Rows("SELECT grp, view FROM dirty LIMIT @1", r => (Group: r.GetInt64(0), View: (ArchiveView)r.GetInt32(1)), GroupsAtOnce);
            foreach (var (group, view) in groups)
                Merge(group, view);
            transaction.Commit();
            return groups.Count;
        }
        catch
        {
            // What was cached may have been rolled back.
            _facets.Clear();
            throw;
        }
        finally
        {
            commands.Transaction = null;
        }
    }

    private void Merge(long group, ArchiveView view)
    {
        foreach (var (item, data, first) in commands.Rows("SELECT id, data, first FROM item WHERE grp = @1 AND view = @2", r => (r.GetInt64(0), r.GetString(1), r.GetInt32(2)), group, (int)view))
            Remove(item, view, first, EntryData.Of(data));
        var tellings = commands.Rows(
            "SELECT m.id, m.document_id, d.key, d.day, m.first, m.last, m.data FROM mention m JOIN document d ON d.id = m.document_id WHERE m.grp = @1 AND m.view = @2 ORDER BY m.id",
            Row, group, (int)view);
        var clusters = view is ArchiveView.Timeline or ArchiveView.Diary or ArchiveView.Measures ? Clusters.Of(tellings) : tellings.Count > 0 ? [tellings] : [];
        foreach (var cluster in clusters)
            Add(group, view, cluster);
        commands.Run("DELETE FROM dirty WHERE grp = @1 AND view = @2", group, (int)view);

        static Told Row(SqliteDataReader r) => new(r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), (int)(r.GetInt64(0) & int.MaxValue), EntryData.Of(r.GetString(6)));
    }

    private void Add(long group, ArchiveView view, List<Told> cluster)
    {
        // The first report comes first; within a report the first telling.
        cluster.Sort((a, b) => (a.Day == 0 ? int.MaxValue : a.Day).CompareTo(b.Day == 0 ? int.MaxValue : b.Day) is not 0 and var day ? day
            : string.CompareOrdinal(a.DocumentKey, b.DocumentKey) is not 0 and var key ? key : a.Order.CompareTo(b.Order));
        var (reports, sources, publishers) = Spread(cluster);
        var data = Merged.Of(view, cluster);
        // What is dated says when; else the report does.
        var dated = cluster.Where(t => t.Data.Date is not null && t.First > 0).ToList();
        var first = (dated.Count > 0 ? dated : cluster).Min(t => dated.Count > 0 ? t.First : t.Last);
        var last = (dated.Count > 0 ? dated : cluster).Max(t => t.Last);
        if (view == ArchiveView.Positions)
            (first, last) = (cluster.Max(t => t.Last), cluster.Max(t => t.Last));
        var item = commands.Number(
            "INSERT INTO item (view, grp, first, last, seen, since, reports, sources, publishers, data) VALUES (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10) RETURNING id",
            (int)view, group, first, last, cluster.Max(t => t.Day), cluster.Where(t => t.Day > 0).Select(t => t.Day).DefaultIfEmpty().Min(), reports, sources, publishers.Count, data.ToJson())!.Value;
        foreach (var telling in cluster)
            commands.Run("UPDATE mention SET item_id = @2 WHERE id = @1", telling.Id, item);
        foreach (var facet in FacetsOf(data, publishers))
            commands.Run("INSERT OR IGNORE INTO facet (value_id, view, first, item_id) VALUES (@1, @2, @3, @4)", facet, (int)view, first, item);
        if (view == ArchiveView.Statements && data.Text is { } text)
            commands.Run("INSERT INTO statement_words (rowid, text) VALUES (@1, @2)", item, text);
        if (view == ArchiveView.Timeline)
            Balance(data, first, +1);
    }

    private void Remove(long item, ArchiveView view, int first, EntryData data)
    {
        // The facets are those it was written with, but for the publishers, who may have become others since.
        foreach (var facet in FacetsOf(data, commands.Rows("SELECT value FROM facet_value WHERE kind = @1 AND id IN (SELECT value_id FROM item_publisher WHERE item_id = @2)", r => r.GetString(0), (int)Facet.Publisher, item)))
            commands.Run("DELETE FROM facet WHERE value_id = @1 AND view = @2 AND first = @3 AND item_id = @4", facet, (int)view, first, item);
        if (view == ArchiveView.Statements)
            commands.Run("DELETE FROM statement_words WHERE rowid = @1", item);
        if (view == ArchiveView.Timeline)
            Balance(data, first, -1);
        commands.Run("UPDATE mention SET item_id = NULL WHERE item_id = @1", item);
        commands.Run("DELETE FROM item WHERE id = @1", item);
    }
}
