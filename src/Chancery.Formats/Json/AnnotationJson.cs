using System.Text.Json;
using Chancery.Language;
using Chancery.Records;

namespace Chancery.Formats.Json;

/// <summary>Writes annotations as JSON: one object a document; offsets count Unicode code points, heads are indices from 0.</summary>
public static class AnnotationJson
{
    /// <summary>Writes one annotation as one object.</summary>
    public static void Write(Utf8JsonWriter to, Document document, Annotation annotation)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(annotation);
        var offsets = new CodePointOffsets(annotation.Text);
        to.WriteStartObject();
        to.WriteString("schema", "chancery/annotation/1");
        to.WriteString("document", document.Id);
        to.WriteString("sha256", document.Sha256());
        to.WriteStartArray("sentences");
        foreach (var sentence in annotation.Sentences)
            WriteSentence(to, sentence, offsets);
        to.WriteEndArray();
        to.WriteStartArray("attributions");
        offsets = new(annotation.Text);
        foreach (var part in annotation.Attributions)
        {
            to.WriteStartObject();
            to.WriteString("part", part.Part switch { AttributionPart.Source => "source", AttributionPart.Cue => "cue", _ => "content" });
            WriteSpan(to, part.Span, offsets);
            to.WriteString("text", part.Span.Of(annotation.Text));
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void WriteSentence(Utf8JsonWriter to, Sentence sentence, CodePointOffsets offsets)
    {
        to.WriteStartObject();
        to.WriteBoolean("startsParagraph", sentence.StartsParagraph);
        WriteSpan(to, sentence.Span, offsets);
        to.WriteStartArray("words");
        foreach (var word in sentence.Words)
        {
            to.WriteStartObject();
            to.WriteString("form", word.Form);
            to.WriteString("lemma", word.Lemma);
            to.WriteString("upos", word.Upos);
            to.WriteString("xpos", word.Xpos);
            to.WriteString("features", word.Features);
            to.WriteNumber("head", word.Head);
            to.WriteString("relation", word.Relation);
            to.WriteBoolean("continuesToken", word.ContinuesToken);
            WriteSpan(to, word.Span, offsets);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteStartArray("names");
        foreach (var name in sentence.Names)
        {
            to.WriteStartObject();
            to.WriteString("kind", name.Kind);
            to.WriteNumber("first", name.First);
            to.WriteNumber("count", name.Count);
            WriteSpan(to, name.Span, offsets);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter to, TextSpan span, CodePointOffsets offsets)
    {
        to.WriteNumber("start", offsets.At(span.Start));
        to.WriteNumber("end", offsets.At(span.End));
    }
}
