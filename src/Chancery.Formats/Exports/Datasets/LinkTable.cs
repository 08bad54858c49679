using Chancery.Formats.Tables;

namespace Chancery.Formats.Exports.Datasets;

internal static class LinkTable
{
    public static RecordTable Make() => new(
        new("links", "One row for each entry of a document that answers or repeats another.",
        [
            new("document", ColumnType.Text, "The document."),
            new("kind", ColumnType.Text, "denies, contradicts, corroborates or same."),
            new("from_id", ColumnType.Text, "The statement or event, within the document, that answers or repeats."),
            new("to_id", ColumnType.Text, "The statement or event, within the document, that is answered or repeated."),
            new("entries", ColumnType.Text, "Whether statements or events are linked: statement or event; absent where the document has no such entry."),
        ])
        { Key = ["document", "kind", "from_id", "to_id"] },
        Rows);

    private static IEnumerable<Cell[]> Rows(ExportRecord record)
    {
        if (record.Record.Links.Count == 0)
            yield break;
        var events = record.Record.Events.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        var statements = record.Record.Statements.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var link in record.Record.Links)
            yield return [record.Record.Document.Id, FormatNames.Of(link.Kind), link.From, link.To, events.Contains(link.From) ? "event" : statements.Contains(link.From) ? "statement" : null];
    }
}
