using System.Globalization;
using System.Text.Json;
using Chancery.Records;
using Chancery.Views;

namespace Chancery.Archive.Lists;

/// <summary>Writes entries of views as JSON in the shapes of the record format's views, with what the archive adds.</summary>
/// <param name="view">Of which view the entries are.</param>
/// <param name="archive">Where their texts are, for offsets in code points.</param>
public sealed class EntryJsonWriter(ArchiveView view, Archive archive)
{
    private readonly Dictionary<string, CodePointOffsets> _offsets = new(StringComparer.Ordinal);

    /// <summary>Writes one entry.</summary>
    public void Write(Utf8JsonWriter to, ArchiveEntry entry)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(entry);
        to.WriteStartObject();
        switch (view)
        {
            case ArchiveView.Diary:
                to.WriteString("what", entry.Kind);
                Actors(to, "who", entry.Who);
                Actors(to, "with", entry.With);
                Dated(to, entry);
                Actors(to, "wordOf", entry.WordOf);
                break;
            case ArchiveView.Measures:
                to.WriteString("kind", entry.Kind);
                Actors(to, "by", entry.Who);
                Actors(to, "on", entry.With);
                Dated(to, entry);
                Actors(to, "wordOf", entry.WordOf);
                break;
            case ArchiveView.Positions:
                Actors(to, "actor", entry.Who);
                to.WriteString("issue", entry.Text);
                to.WriteString("stance", entry.Status);
                to.WriteNumber("times", entry.Counts.Values.Sum());
                to.WriteString("since", Iso(entry.Since));
                to.WriteString("latest", Iso(entry.Day));
                to.WriteStartArray("course");
                foreach (var period in entry.Course)
                {
                    to.WriteStartObject();
                    to.WriteString("stance", period.Stance);
                    to.WriteString("since", Iso(period.Since));
                    to.WriteString("until", Iso(period.Until));
                    to.WriteNumber("times", period.Times);
                    to.WriteEndObject();
                }
                to.WriteEndArray();
                break;
            case ArchiveView.Disputes:
                to.WriteString("kind", entry.Kind);
                to.WriteString("claim", entry.Text);
                Actors(to, "claimant", entry.Who);
                Actors(to, "against", entry.With);
                to.WriteString("answer", entry.Answer);
                Actors(to, "answeredBy", entry.WordOf);
                break;
            case ArchiveView.Statements:
                Actors(to, "speaker", entry.Who);
                to.WriteString("act", entry.Kind);
                Actors(to, "addressees", entry.With);
                to.WriteString("text", entry.Text);
                Actors(to, "via", entry.WordOf);
                Dated(to, entry);
                break;
            default:
                to.WriteString("type", entry.Kind);
                Strings(to, "modes", entry.Modes);
                to.WriteString("cameo", entry.Cameo);
                Actors(to, "source", entry.Who);
                Actors(to, "target", entry.With);
                Dated(to, entry);
                Strings(to, "contexts", entry.Contexts);
                if (entry.Score is { } score)
                    to.WriteNumber("score", score);
                Actors(to, "wordOf", entry.WordOf);
                to.WriteBoolean("claimed", entry.Claimed == true);
                break;
        }
        if (entry.Counts.Count > 0)
        {
            to.WriteStartObject("counts");
            foreach (var (what, count) in entry.Counts)
                to.WriteNumber(what, count);
            to.WriteEndObject();
        }
        if (entry.Contradicted)
            to.WriteBoolean("contradicted", true);
        if (entry.Corrected is not null)
            to.WriteString("corrected", entry.Corrected);
        to.WriteNumber("reports", entry.Reports);
        to.WriteNumber("independentSources", entry.Sources);
        Strings(to, "publishers", entry.Publishers);
        to.WriteString("reported", Iso(entry.Since));
        to.WriteStartArray("evidence");
        foreach (var evidence in entry.Evidence)
        {
            var offsets = _offsets.TryGetValue(evidence.Document, out var known) ? known : _offsets[evidence.Document] = new(archive.Find(evidence.Document)!.Document.Text);
            to.WriteStartObject();
            to.WriteString("document", evidence.Document);
            to.WriteNumber("start", offsets.At(evidence.Span.Start));
            to.WriteNumber("end", offsets.At(evidence.Span.End));
            to.WriteString("text", evidence.Text);
            to.WriteString("entry", evidence.Entry);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void Dated(Utf8JsonWriter to, ArchiveEntry entry)
    {
        to.WriteString("date", entry.Date);
        to.WriteString("place", entry.Place);
        to.WriteString("status", entry.Status);
    }

    private static void Actors(Utf8JsonWriter to, string name, IReadOnlyList<ViewActor> actors)
    {
        to.WriteStartArray(name);
        foreach (var actor in actors)
        {
            to.WriteStartObject();
            to.WriteString("id", actor.Id);
            to.WriteString("name", actor.Name);
            to.WriteString("country", actor.Country);
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter to, string name, IReadOnlyList<string> values)
    {
        to.WriteStartArray(name);
        foreach (var value in values)
            to.WriteStringValue(value);
        to.WriteEndArray();
    }

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
