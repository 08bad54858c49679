using Chancery.Formats.Tables;
using Chancery.Records;

namespace Chancery.Formats.Exports.Datasets;

internal static class StatementTable
{
    public static RecordTable Make() => new(
        new("statements", "One row for each statement of each document.",
        [
            new("document", ColumnType.Text, "The document."),
            new("statement", ColumnType.Text, "The statement's id within the document."),
            new("publisher", ColumnType.Text, "Who published the document."),
            new("published", ColumnType.Date, "When the document was published."),
            new("speaker_id", ColumnType.Text, "Who says it, by the id across documents; absent where nobody is named."),
            new("speaker_name", ColumnType.Text, "The speaker's usual name."),
            new("speaker_country", ColumnType.Text, "The speaker's country."),
            new("speaker_office", ColumnType.Text, "The speaker's office on the document's date."),
            new("addressee_ids", ColumnType.List, "To whom it is said, by ids across documents."),
            new("addressee_names", ColumnType.List, "Their usual names, in the same order."),
            new("via", ColumnType.Text, "The statement of the same document that reports this one; absent where the reporter does."),
            new("via_name", ColumnType.Text, "Who speaks in the statement that reports this one."),
            new("act", ColumnType.Text, "What is done by saying it: state, report, accuse, deny, criticise, praise, support, warn, threaten, promise, demand, propose, agree, reject, predict, confirm or ask."),
            new("form", ColumnType.Text, "direct (in quotation marks), indirect or mixed."),
            new("denied_by", ColumnType.List, "The statements of the same document that deny or contradict it."),
            new("date", ColumnType.Date, "When it was said, as far as the text says."),
            new("date_text", ColumnType.Text, "The words that give the date."),
            new("text", ColumnType.Text, "What is said, its parts joined by \" … \"."),
            new("quote_start", ColumnType.Whole, "Where the first part of what is said begins."),
            new("quote_end", ColumnType.Whole, "Where the last part of what is said ends."),
            new("quote", ColumnType.Text, "The document's words from quote_start to quote_end, what stands between the parts included."),
            new("speaker_text", ColumnType.Text, "The words that name the speaker."),
            new("cue", ColumnType.Text, "The words that say that it is said."),
            new("cue_start", ColumnType.Whole, "Where the cue begins."),
            new("cue_end", ColumnType.Whole, "Where the cue ends."),
            new("corrected", ColumnType.Text, "confirmed or edited, where a person has looked at it; what was rejected is left out."),
        ])
        { Key = ["document", "statement"] },
        Rows);

    private static IEnumerable<Cell[]> Rows(ExportRecord record)
    {
        var document = record.Record.Document;
        var words = new Words(document.Text);
        foreach (var statement in record.Record.Statements)
        {
            var speaker = record.ActorOf(statement.Speaker);
            var addressees = statement.Addressees.Select(record.ActorOf).OfType<ExportActor>().ToList();
            var via = record.StatementHere(statement.Via);
            var content = new TextSpan(statement.Spans.Content[0].Start, Math.Max(statement.Spans.Content[0].Start, statement.Spans.Content[^1].End));
            Cell cue = default, cueStart = default, cueEnd = default;
            if (statement.Spans.Cue is { } said)
                (cue, cueStart, cueEnd) = (words.Of(said), words.At(said.Start), words.At(said.End));
            yield return
            [
                document.Id, statement.Id, document.Publisher, document.Published, speaker?.Id, speaker?.Name, speaker?.Country, speaker?.Office,
                Cell.Of([.. addressees.Select(a => a.Id)]), Cell.Of([.. addressees.Select(a => a.Name)]),
                statement.Via, record.ActorOf(via?.Speaker)?.Name, FormatNames.Of(statement.Act), FormatNames.Of(statement.Form), Cell.Of(record.DenialsOf(statement.Id)),
                statement.Date?.Edtf, statement.Date is { } date ? words.Of(date.Words) : null,
                statement.TextIn(document.Text), words.At(content.Start), words.At(content.End), words.Of(content),
                statement.Spans.Speaker is { } named ? words.Of(named) : null, cue, cueStart, cueEnd, record.Corrected.GetValueOrDefault(statement.Id),
            ];
        }
    }
}
