using System.Text.Json;
using Chancery.Records;
using Chancery.Views;

namespace Chancery.Formats.Json;

/// <summary>Writes views as lists of objects: an actor is <c>{"id", "name", "country"}</c>, a piece of evidence <c>{"document", "start", "end", "text"}</c>.</summary>
/// <param name="to">Where to write.</param>
/// <param name="records">The records that the views are over; their texts give the offsets, which count Unicode code points.</param>
public sealed class ViewJson(Utf8JsonWriter to, IEnumerable<Record> records)
{
    private readonly Dictionary<string, Lazy<CodePointOffsets>> _offsets = records
        .GroupBy(r => r.Document.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new Lazy<CodePointOffsets>(() => new(g.First().Document.Text)), StringComparer.Ordinal);

    /// <summary>Writes the diary.</summary>
    public void Write(IEnumerable<DiaryItem> diary) => Each(diary, item =>
    {
        to.WriteString("what", item.What);
        Actors("who", item.Who);
        Actors("with", item.With);
        to.WriteString("date", item.Date);
        to.WriteString("place", item.Place);
        to.WriteString("status", NameOf(item.Status));
        Actors("wordOf", item.WordOf);
        Evidence(item.Evidence);
    });

    /// <summary>Writes the register of measures.</summary>
    public void Write(IEnumerable<Measure> measures) => Each(measures, item =>
    {
        to.WriteString("kind", item.Kind);
        Actors("by", item.By);
        Actors("on", item.On);
        to.WriteString("status", NameOf(item.Status));
        to.WriteString("date", item.Date);
        Evidence(item.Evidence);
    });

    /// <summary>Writes positions.</summary>
    public void Write(IEnumerable<Position> positions) => Each(positions, item =>
    {
        to.WritePropertyName("actor");
        Actor(item.Actor);
        to.WriteString("issue", item.Issue);
        to.WriteString("stance", NameOf(item.Stance));
        to.WriteNumber("times", item.Times);
        Evidence(item.Evidence);
    });

    /// <summary>Writes disputes.</summary>
    public void Write(IEnumerable<Dispute> disputes) => Each(disputes, item =>
    {
        to.WriteString("kind", NameOf(item.Kind));
        to.WriteString("claim", item.Claim);
        Actors("claimant", item.Claimant);
        Actors("against", item.Against);
        to.WriteString("answer", item.Answer);
        Actors("answeredBy", item.AnsweredBy);
        Evidence(item.Evidence);
    });

    /// <summary>The name of a status, stance or kind as the format has it: "in force", "contradicted by deeds".</summary>
    public static string NameOf(Enum value) =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString()));

    private void Each<T>(IEnumerable<T> items, Action<T> write)
    {
        to.WriteStartArray();
        foreach (var item in items)
        {
            to.WriteStartObject();
            write(item);
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    private void Actors(string name, IEnumerable<ViewActor> actors)
    {
        to.WriteStartArray(name);
        foreach (var actor in actors)
            Actor(actor);
        to.WriteEndArray();
    }

    private void Actor(ViewActor actor)
    {
        to.WriteStartObject();
        to.WriteString("id", actor.Id);
        to.WriteString("name", actor.Name);
        to.WriteString("country", actor.Country);
        to.WriteEndObject();
    }

    private void Evidence(IEnumerable<Evidence> evidence)
    {
        to.WriteStartArray("evidence");
        foreach (var one in evidence)
        {
            var offsets = _offsets[one.Document].Value;
            to.WriteStartObject();
            to.WriteString("document", one.Document);
            to.WriteNumber("start", offsets.At(one.Span.Start));
            to.WriteNumber("end", offsets.At(one.Span.End));
            to.WriteString("text", one.Text);
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }
}
