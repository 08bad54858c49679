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
    public static void Write(Utf8JsonWriter to, Record record)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(record);
        var offsets = new CodePointCursor(record.Document.Text);
        to.WriteStartObject();
        to.WriteString("schema", "chancery/record/1");
        WriteDocument(to, record.Document, ref offsets);
        to.WriteStartArray("actors");
        to.WriteEndArray();
        to.WriteStartArray("statements");
        foreach (var statement in record.Statements)
            WriteStatement(to, statement, record.Document.Text, ref offsets);
        to.WriteEndArray();
        to.WriteStartArray("events");
        to.WriteEndArray();
        to.WriteStartArray("links");
        to.WriteEndArray();
        to.WriteEndObject();
    }

    /// <summary>The name of a form in the format.</summary>
    public static string NameOf(SpeechForm form) => form switch
    {
        SpeechForm.Direct => "direct",
        SpeechForm.Mixed => "mixed",
        _ => "indirect",
    };

    private static void WriteDocument(Utf8JsonWriter to, Document document, ref CodePointCursor offsets)
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
        to.WriteEndObject();
        offsets = new(document.Text);
    }

    private static void WriteStatement(Utf8JsonWriter to, Statement statement, string text, ref CodePointCursor offsets)
    {
        to.WriteStartObject();
        to.WriteString("id", statement.Id);
        to.WriteNull("speaker");
        to.WriteStartArray("addressees");
        to.WriteEndArray();
        to.WriteNull("via");
        to.WriteString("act", "state");
        to.WriteString("form", NameOf(statement.Form));
        to.WriteNull("date");
        to.WriteStartObject("spans");
        WriteSpans(to, "speaker", statement.Speaker is { } speaker ? [speaker] : [], ref offsets);
        WriteSpans(to, "cue", statement.Cue is { } cue ? [cue] : [], ref offsets);
        WriteSpans(to, "content", statement.Content, ref offsets);
        to.WriteEndObject();
        to.WriteString("text", statement.TextIn(text));
        to.WriteNull("confidence");
        to.WriteEndObject();
    }

    internal static void WriteSpans(Utf8JsonWriter to, string name, IReadOnlyList<TextSpan> spans, ref CodePointCursor offsets)
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
