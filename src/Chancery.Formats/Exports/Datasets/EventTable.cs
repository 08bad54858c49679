using Chancery.Formats.Tables;
using Chancery.Records;

namespace Chancery.Formats.Exports.Datasets;

internal static class EventTable
{
    public static RecordTable Make() => new(
        new("events", "One row for each event of each document; the same event told by several documents has one event_id.",
        [
            new("document", ColumnType.Text, "The document."),
            new("event", ColumnType.Text, "The event's id within the document."),
            new("event_id", ColumnType.Text, "The event's id across documents."),
            new("reports", ColumnType.Whole, "How many documents tell it, copies included."),
            new("publishers", ColumnType.Whole, "How many publishers tell it, not counting copies."),
            new("publisher", ColumnType.Text, "Who published this document."),
            new("published", ColumnType.Date, "When this document was published."),
            new("copy_of", ColumnType.Text, "The document of which this document is a copy."),
            new("type", ColumnType.Text, "The PLOVER type, such as CONSULT."),
            new("modes", ColumnType.List, "The PLOVER modes, such as visit."),
            new("cameo", ColumnType.Text, "The CAMEO code; a string, since it may begin with 0."),
            new("quad_code", ColumnType.Whole, "1 verbal co-operation, 2 material co-operation, 3 verbal conflict, 4 material conflict."),
            new("score", ColumnType.Number, "How co-operative (to 10) or hostile (to -10) it is, by PLOVER's table."),
            new("status", ColumnType.Text, "actual, planned, possible or negated."),
            new("source_ids", ColumnType.List, "Who does it, by ids across documents."),
            new("source_names", ColumnType.List, "Their usual names, in the same order."),
            new("source_countries", ColumnType.List, "Their countries, in the same order; an empty string for none."),
            new("target_ids", ColumnType.List, "To whom it is done, by ids across documents."),
            new("target_names", ColumnType.List, "Their usual names, in the same order."),
            new("target_countries", ColumnType.List, "Their countries, in the same order; an empty string for none."),
            new("statement", ColumnType.Text, "The statement of this document that claims it; absent where the reporter does."),
            new("claimed_by_ids", ColumnType.List, "On whose word it is, by ids across documents, the outermost source first; empty for the reporter's own."),
            new("claimed_by_names", ColumnType.List, "Their usual names, in the same order."),
            new("disputed", ColumnType.Truth, "Whether the statement that claims it is denied or contradicted in the same document; absent where the reporter claims it."),
            new("date", ColumnType.Date, "When it happened, as far as the text says; never the date of publication in its place."),
            new("date_text", ColumnType.Text, "The words that give the date."),
            new("place", ColumnType.Text, "Where it happened, as far as the text says."),
            new("place_country", ColumnType.Text, "The country of the place (ISO 3166-1 alpha-3)."),
            new("latitude", ColumnType.Number, "Degrees north (WGS 84); absent for a country."),
            new("longitude", ColumnType.Number, "Degrees east (WGS 84); absent for a country."),
            new("geonames", ColumnType.Whole, "The place's number in GeoNames."),
            new("contexts", ColumnType.List, "What it is about, in PLOVER's contexts."),
            new("why", ColumnType.Text, "The frame of the lexicon, or the model, that coded it."),
            new("confidence", ColumnType.Number, "How sure the reading is, from 0 to 1."),
            new("trigger", ColumnType.Text, "The first words that name what is done."),
            new("trigger_start", ColumnType.Whole, "Where they begin."),
            new("trigger_end", ColumnType.Whole, "Where they end."),
            new("quote_start", ColumnType.Whole, "Where the sentence that tells it begins."),
            new("quote_end", ColumnType.Whole, "Where that sentence ends."),
            new("quote", ColumnType.Text, "The sentence."),
            new("corrected", ColumnType.Text, "confirmed or edited, where a person has looked at it; what was rejected is left out."),
        ])
        { Key = ["document", "event"] },
        Rows);

    private static IEnumerable<Cell[]> Rows(ExportRecord record)
    {
        var document = record.Record.Document;
        var words = new Words(document.Text);
        foreach (var one in record.Record.Events)
        {
            var across = record.EventOf(one);
            var (sources, targets, claimants) = (Actors(record, one.Source), Actors(record, one.Target), record.ClaimantsOf(one));
            Cell trigger = default, triggerStart = default, triggerEnd = default;
            if (one.Spans.Trigger is [var first, ..])
                (trigger, triggerStart, triggerEnd) = (words.Of(first), words.At(first.Start), words.At(first.End));
            yield return
            [
                document.Id, one.Id, across.Id, across.Reports, across.Publishers, document.Publisher, document.Published, record.CopyOf,
                one.Type, Cell.Of(one.Modes), one.Cameo, QuadCode.Of(one.Type), one.Score, FormatNames.Of(one.Status),
                Ids(sources), Names(sources), Countries(sources), Ids(targets), Names(targets), Countries(targets),
                one.Statement, Ids(claimants), Names(claimants), one.Statement is null ? default(Cell) : record.DenialsOf(one.Statement).Count > 0,
                one.Date?.Edtf, one.Date is { } date ? words.Of(date.Words) : null,
                one.Place?.Name, one.Place?.Country, one.Place?.Latitude, one.Place?.Longitude, one.Place?.GeoNames,
                Cell.Of(one.Contexts), one.Why, Math.Round(one.Confidence, 3),
                trigger, triggerStart, triggerEnd, words.At(one.Spans.Sentence.Start), words.At(one.Spans.Sentence.End), words.Of(one.Spans.Sentence), record.Corrected.GetValueOrDefault(one.Id),
            ];
        }
    }

    private static List<ExportActor> Actors(ExportRecord record, IReadOnlyList<string> ids) => [.. ids.Select(record.ActorOf).OfType<ExportActor>()];

    private static Cell Ids(IReadOnlyList<ExportActor> actors) => Cell.Of([.. actors.Select(a => a.Id)]);

    private static Cell Names(IReadOnlyList<ExportActor> actors) => Cell.Of([.. actors.Select(a => a.Name)]);

    private static Cell Countries(List<ExportActor> actors) => Cell.Of(actors.ConvertAll(a => a.Country ?? ""));
}
