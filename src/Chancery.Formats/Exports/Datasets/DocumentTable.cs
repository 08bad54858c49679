using Chancery.Formats.Tables;

namespace Chancery.Formats.Exports.Datasets;

internal static class DocumentTable
{
    public static RecordTable Make() => new(
        new("documents", "One row a document.",
        [
            new("document", ColumnType.Text, "The document's id."),
            new("title", ColumnType.Text, "The headline."),
            new("publisher", ColumnType.Text, "Who published it."),
            new("published", ColumnType.Date, "When it was published."),
            new("url", ColumnType.Text, "Where it can be read."),
            new("language", ColumnType.Text, "Its language (ISO 639-1)."),
            new("characters", ColumnType.Whole, "How many Unicode code points its text has."),
            new("sha256", ColumnType.Text, "The SHA-256 of its text in UTF-8; tells whether offsets still fit."),
            new("copy_of", ColumnType.Text, "The document of which it is a copy."),
            new("actors", ColumnType.Whole, "How many actors it speaks of."),
            new("statements", ColumnType.Whole, "How many statements it reports."),
            new("events", ColumnType.Whole, "How many events it tells."),
        ])
        { Key = ["document"] },
        Rows);

    private static IEnumerable<Cell[]> Rows(ExportRecord record)
    {
        var document = record.Record.Document;
        yield return
        [
            document.Id, document.Title, document.Publisher, document.Published, document.Url, document.Language, new Words(document.Text).Length, document.Sha256(), record.CopyOf,
            record.Record.Actors.Count, record.Record.Statements.Count, record.Record.Events.Count,
        ];
    }
}
