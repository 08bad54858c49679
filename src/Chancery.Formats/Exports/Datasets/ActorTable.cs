using Chancery.Formats.Tables;

namespace Chancery.Formats.Exports.Datasets;

internal static class ActorTable
{
    public static RecordTable Make() => new(
        new("actors", "One row for each actor of each document.",
        [
            new("document", ColumnType.Text, "The document."),
            new("actor", ColumnType.Text, "The actor's id within the document."),
            new("actor_id", ColumnType.Text, "The actor's id across documents."),
            new("actor_name", ColumnType.Text, "The usual name across documents."),
            new("name_here", ColumnType.Text, "The fullest name in this document."),
            new("kind", ColumnType.Text, "person, organisation, state, group or media."),
            new("country", ColumnType.Text, "ISO 3166-1 alpha-3 or one of PLOVER's extra codes."),
            new("sectors", ColumnType.List, "PLOVER sectors, the most fitting first."),
            new("office", ColumnType.Text, "The office on the document's date."),
            new("known", ColumnType.Text, "The key in the lexicon."),
            new("members", ColumnType.List, "Of an actor that stands for several (\"both sides\"), their ids within the document."),
            new("mentions", ColumnType.Whole, "How often the document speaks of it, pronouns included."),
            new("quote_start", ColumnType.Whole, "Where the first mention begins."),
            new("quote_end", ColumnType.Whole, "Where the first mention ends."),
            new("quote", ColumnType.Text, "The words of the first mention."),
        ])
        { Key = ["document", "actor"] },
        Rows);

    private static IEnumerable<Cell[]> Rows(ExportRecord record)
    {
        var document = record.Record.Document;
        var words = new Words(document.Text);
        foreach (var actor in record.Record.Actors)
        {
            var across = record.ActorOf(actor.Id)!;
            Cell start = default, end = default, quote = default;
            if (actor.Mentions.Count > 0)
                (start, end, quote) = (words.At(actor.Mentions[0].Start), words.At(actor.Mentions[0].End), words.Of(actor.Mentions[0]));
            yield return
            [
                document.Id, actor.Id, across.Id, across.Name, actor.Name, FormatNames.Of(across.Kind), across.Country, Cell.Of(across.Sectors), across.Office, actor.Known, Cell.Of(actor.Members),
                actor.Mentions.Count, start, end, quote,
            ];
        }
    }
}
