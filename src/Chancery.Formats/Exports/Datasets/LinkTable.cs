using Chancery.Formats.Tables;

namespace Chancery.Formats.Exports.Datasets;

internal static class LinkTable
{
    public static RecordTable Make() => new(
        new("links", "One row for each entry of a document that answers or repeats another.",
        [
            new("document", ColumnType.Text, "The document."),
            new("kind", ColumnType.Text, "denies, contradicts, corroborates or same."),
            new("from", ColumnType.Text, "The statement or event, within the document, that answers or repeats."),
            new("to", ColumnType.Text, "The statement or event, within the document, that is answered or repeated."),
            new("of", ColumnType.Text, "Whether statements or events are linked: statement or event; absent where the document has no such entry."),
        ])
        { Key = ["document", "kind", "from", "to"] },
        Rows);

    private static IEnumerable<Cell[]> Rows(ExportRecord record) => record.Record.Links.Select(link => (Cell[])
    [
        record.Record.Document.Id, FormatNames.Of(link.Kind), link.From, link.To,
        record.Record.Events.Any(e => e.Id == link.From) ? "event" : record.Record.Statements.Any(s => s.Id == link.From) ? "statement" : null,
    ]);
}
