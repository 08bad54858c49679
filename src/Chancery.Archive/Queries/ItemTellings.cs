using Chancery.Archive.Databases;
using Chancery.Archive.Indexing;
using Chancery.Records;
using Chancery.Views;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>Every telling of one entry, in the order in which they were published.</summary>
internal sealed class ItemTellings(ArchiveConnection connection)
{
    public IReadOnlyList<ToldIn> Of(long item, int limit, int skip)
    {
        var rows = connection.Query<Row>(
            """
            SELECT m.document_id, d.key, d.title, d.publisher, d.published, d.copies, m.spans, m.entry, m.data FROM mention m JOIN document d ON d.id = m.document_id
            WHERE m.item_id = @item ORDER BY d.day = 0, d.day, d.key, m.id LIMIT @limit OFFSET @skip
            """, new { item, limit, skip }).AsList();
        var texts = connection.Query<(long Id, byte[] Text)>("SELECT document_id, text FROM content WHERE document_id IN @documents", new { documents = rows.Select(r => r.Document_id).Distinct().ToList() })
            .ToDictionary(t => t.Id, t => Packed.Text(t.Text));
        return rows.ConvertAll(r => Told(r, EntryData.Of(r.Data), texts[r.Document_id]));

        static ToldIn Told(Row row, EntryData data, string text) => new(row.Key, row.Title, row.Publisher, row.Published, (int)row.Copies, row.Entry, data.Form ?? data.Status,
            [.. Telling.SpansOf(row.Spans).Where(s => s.End <= text.Length).Select(s => new Evidence(row.Key, s, s.Of(text).ToString(), row.Entry))]);
    }

    private sealed class Row
    {
        public long Document_id { get; init; }
        public required string Key { get; init; }
        public string? Title { get; init; }
        public string? Publisher { get; init; }
        public string? Published { get; init; }
        public long Copies { get; init; }
        public required string Spans { get; init; }
        public string? Entry { get; init; }
        public required string Data { get; init; }
    }
}
