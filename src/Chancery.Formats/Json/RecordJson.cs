using System.Text.Encodings.Web;
using System.Text.Json;
using Chancery.Records;

namespace Chancery.Formats.Json;

/// <summary>Writes records in the format <c>chancery/record/1</c>: offsets count Unicode code points, absent is null.</summary>
public static class RecordJson
{
    /// <summary>How our JSON is written: readable letters, so that a quote looks like the text it is from.</summary>
    /// <param name="indented">Over many lines, for people.</param>
    public static JsonWriterOptions Options(bool indented) => new() { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one record as one object.</summary>
    /// <param name="to">Where to write.</param>
    /// <param name="record">The record.</param>
    /// <param name="withText">Whether to write the text as well, so that the record can be read back without its document.</param>
    /// <param name="also">Writes further properties of the object; null for none.</param>
    public static void Write(Utf8JsonWriter to, Record record, bool withText = false, Action<Utf8JsonWriter>? also = null)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(record);
        var offsets = new CodePointOffsets(record.Document.Text);
        to.WriteStartObject();
        to.WriteString("schema", "chancery/record/1");
        WriteDocument(to, record.Document, offsets, withText);
        to.WriteStartArray("actors");
        foreach (var actor in record.Actors)
            WriteActor(to, actor, offsets);
        to.WriteEndArray();
        to.WriteStartArray("statements");
        foreach (var statement in record.Statements)
            WriteStatement(to, statement, record.Document.Text, offsets);
        to.WriteEndArray();
        to.WriteStartArray("events");
        foreach (var one in record.Events)
            WriteEvent(to, one, record.Document.Text, offsets);
        to.WriteEndArray();
        to.WriteStartArray("links");
        foreach (var link in record.Links)
        {
            to.WriteStartObject();
            to.WriteString("kind", NameOf(link.Kind));
            to.WriteString("from", link.From);
            to.WriteString("to", link.To);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        also?.Invoke(to);
        to.WriteEndObject();
    }

    /// <summary>The name of a form in the format.</summary>
    public static string NameOf(SpeechForm form) => NameOf((Enum)form);

    /// <summary>The name of a speech act in the format.</summary>
    public static string NameOf(SpeechAct act) => NameOf((Enum)act);

    private static void WriteDocument(Utf8JsonWriter to, Document document, CodePointOffsets offsets, bool withText)
    {
        to.WriteStartObject("document");
        to.WriteString("id", document.Id);
        to.WriteString("title", document.Title);
        to.WriteString("publisher", document.Publisher);
        to.WriteString("published", document.Published);
        to.WriteString("url", document.Url);
        to.WriteString("language", document.Language);
        to.WriteNumber("characters", offsets.At(document.Text.Length));
        to.WriteString("sha256", document.Sha256());
        if (document.Authors.Count > 0)
            WriteStrings(to, "authors", document.Authors);
        if (withText)
            to.WriteString("text", document.Text);
        to.WriteEndObject();
    }

    private static void WriteActor(Utf8JsonWriter to, Actor actor, CodePointOffsets offsets)
    {
        to.WriteStartObject();
        to.WriteString("id", actor.Id);
        to.WriteString("name", actor.Name);
        to.WriteString("kind", NameOf(actor.Kind));
        to.WriteString("country", actor.Country);
        WriteStrings(to, "sectors", actor.Sectors);
        to.WriteString("office", actor.Office);
        to.WriteString("known", actor.Known);
        if (actor.Members.Count > 0)
            WriteStrings(to, "members", actor.Members);
        WriteSpans(to, "mentions", actor.Mentions, offsets);
        to.WriteEndObject();
    }

    private static void WriteStatement(Utf8JsonWriter to, Statement statement, string text, CodePointOffsets offsets)
    {
        to.WriteStartObject();
        to.WriteString("id", statement.Id);
        to.WriteString("speaker", statement.Speaker);
        WriteStrings(to, "addressees", statement.Addressees);
        to.WriteString("via", statement.Via);
        to.WriteString("act", NameOf(statement.Act));
        to.WriteString("form", NameOf(statement.Form));
        WriteDate(to, statement.Date, text, offsets);
        to.WriteStartObject("spans");
        WriteSpans(to, "speaker", statement.Spans.Speaker is { } speaker ? [speaker] : [], offsets);
        WriteSpans(to, "cue", statement.Spans.Cue is { } cue ? [cue] : [], offsets);
        WriteSpans(to, "content", statement.Spans.Content, offsets);
        to.WriteEndObject();
        to.WriteString("text", statement.TextIn(text));
        to.WriteNull("confidence");
        to.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter to, Event one, string text, CodePointOffsets offsets)
    {
        to.WriteStartObject();
        to.WriteString("id", one.Id);
        to.WriteString("type", one.Type);
        WriteStrings(to, "modes", one.Modes);
        to.WriteString("cameo", one.Cameo);
        WriteStrings(to, "source", one.Source);
        WriteStrings(to, "target", one.Target);
        to.WriteString("status", NameOf(one.Status));
        to.WriteString("statement", one.Statement);
        WriteDate(to, one.Date, text, offsets);
        WritePlace(to, one.Place);
        WriteStrings(to, "contexts", one.Contexts);
        if (one.Score is { } score)
            to.WriteNumber("score", score);
        else
            to.WriteNull("score");
        to.WriteStartObject("spans");
        WriteSpans(to, "trigger", one.Spans.Trigger, offsets);
        WriteSpans(to, "source", one.Spans.Source, offsets);
        WriteSpans(to, "target", one.Spans.Target, offsets);
        to.WriteEndObject();
        WriteSpan(to, "sentence", one.Spans.Sentence, offsets);
        to.WriteString("why", one.Why);
        to.WriteNumber("confidence", Math.Round(one.Confidence, 3));
        to.WriteEndObject();
    }

    private static void WriteDate(Utf8JsonWriter to, TextDate? date, string text, CodePointOffsets offsets)
    {
        if (date is null)
        {
            to.WriteNull("date");
            return;
        }
        to.WriteStartObject("date");
        to.WriteString("edtf", date.Edtf);
        to.WriteString("text", date.Words.Of(text));
        WriteSpan(to, "span", date.Words, offsets);
        to.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter to, EventPlace? place)
    {
        if (place is null)
        {
            to.WriteNull("place");
            return;
        }
        to.WriteStartObject("place");
        to.WriteString("name", place.Name);
        to.WriteString("country", place.Country);
        WriteNumber(to, "latitude", place.Latitude);
        WriteNumber(to, "longitude", place.Longitude);
        WriteNumber(to, "geonames", place.GeoNames);
        to.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter to, string name, double? value)
    {
        if (value is { } number)
            to.WriteNumber(name, number);
        else
            to.WriteNull(name);
    }

    private static void WriteStrings(Utf8JsonWriter to, string name, IReadOnlyList<string> values)
    {
        to.WriteStartArray(name);
        foreach (var value in values)
            to.WriteStringValue(value);
        to.WriteEndArray();
    }

    private static void WriteSpan(Utf8JsonWriter to, string name, TextSpan span, CodePointOffsets offsets)
    {
        to.WriteStartArray(name);
        to.WriteNumberValue(offsets.At(span.Start));
        to.WriteNumberValue(offsets.At(span.End));
        to.WriteEndArray();
    }

    private static string NameOf(Enum value) => value.ToString().ToLowerInvariant();

    internal static void WriteSpans(Utf8JsonWriter to, string name, IReadOnlyList<TextSpan> spans, CodePointOffsets offsets)
    {
        to.WriteStartArray(name);
        foreach (var span in spans)
        {
            to.WriteStartArray();
            to.WriteNumberValue(offsets.At(span.Start));
            to.WriteNumberValue(offsets.At(span.End));
            to.WriteEndArray();
        }
        to.WriteEndArray();
    }
}
