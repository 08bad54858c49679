using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Chancery.Formats.Tables;
using Chancery.Records;

namespace Chancery.Formats.Exports.Rows;

/// <summary>Whose rows.</summary>
public enum EventRowFormat
{
    /// <summary>POLECAT: 40 columns, with a header; what is missing is <c>None</c>.</summary>
    Polecat,

    /// <summary>ICEWS: 20 columns, with a header.</summary>
    Icews,

    /// <summary>GDELT 2.0 events: 61 columns, without a header.</summary>
    Gdelt,

    /// <summary>GDELT 2.0 mentions: 16 columns, without a header.</summary>
    GdeltMentions,
}

/// <summary>Which events become rows.</summary>
public sealed record EventRowOptions
{
    /// <summary>The time that GDELT's rows give as added; in UTC. No default: it comes from outside, so that output is repeatable.</summary>
    public required DateTimeOffset Added { get; init; }

    /// <summary>Whether planned and possible events are rows too, although nothing in the row tells them from what happened. Default: no.</summary>
    public bool IncludePlanned { get; init; }

    /// <summary>Whether the events of copies are rows too. Mentions always have them. Default: no.</summary>
    public bool IncludeCopies { get; init; }

    /// <summary>What POLECAT's column <c>Version</c> says. Default: <c>chancery/record/1</c>.</summary>
    public string Version { get; init; } = "chancery/record/1";
}

/// <summary>How many rows were written, and how many events were not, by reason.</summary>
public sealed record EventRowCount
{
    /// <summary>Rows written.</summary>
    public long Rows { get; internal set; }

    /// <summary>Events left out because they did not happen.</summary>
    public long Negated { get; internal set; }

    /// <summary>Events left out because they are planned or possible.</summary>
    public long NotActual { get; internal set; }

    /// <summary>Events left out because nobody is known to do them or, for ICEWS, because they are done to nobody.</summary>
    public long WithoutActors { get; internal set; }

    /// <summary>Events left out because neither they nor their document have a day.</summary>
    public long WithoutDay { get; internal set; }

    /// <summary>Events left out because their type is none of PLOVER's.</summary>
    public long WithoutCode { get; internal set; }

    /// <summary>Events left out because they were told before, or stand in a copy.</summary>
    public long Repeated { get; internal set; }
}

/// <summary>
/// Events as rows of other coders, for loaders that exist. Lossy: no statement, no status, no quote. Negated events are left out. Where an
/// event has no day, its row has the document's, as those coders do; nowhere else do we. One row for each ordered pair of source and target.
/// </summary>
public static class EventRows
{
    /// <summary>The names of the columns, in order, also of formats that write no header.</summary>
    public static IReadOnlyList<string> ColumnsOf(EventRowFormat format) => Of(format).Columns;

    /// <summary>Whether the first line names the columns.</summary>
    public static bool HasHeader(EventRowFormat format) => format is EventRowFormat.Polecat or EventRowFormat.Icews;

    /// <summary>Writes rows, one line each, fields divided by tabs.</summary>
    /// <param name="to">Where to write; left open. POLECAT's own files are read as ISO-8859-1, ours should be UTF-8.</param>
    /// <param name="format">Whose rows.</param>
    /// <param name="records">The records; walked through once. Only the ids of events that several documents tell are kept.</param>
    /// <param name="options">Which events.</param>
    /// <returns>How many.</returns>
    public static EventRowCount Write(TextWriter to, EventRowFormat format, IEnumerable<ExportRecord> records, EventRowOptions options)
    {
        ArgumentNullException.ThrowIfNull(to);
        var count = new EventRowCount();
        if (HasHeader(format))
            WriteLine(to, ColumnsOf(format));
        foreach (var row in Rows(format, records, options, count))
            WriteLine(to, row);
        return count;
    }

    /// <summary>The rows as fields, none of which has a tab or an end of line; without the header.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(EventRowFormat format, IEnumerable<ExportRecord> records, EventRowOptions options) => Rows(format, records, options, new());

    private static IEnumerable<string[]> Rows(EventRowFormat format, IEnumerable<ExportRecord> records, EventRowOptions options, EventRowCount count)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(options);
        var writer = Of(format);
        foreach (var one in Coded(format, records, options, count))
        {
            count.Rows++;
            var row = writer.Row(one, options);
            for (var i = 0; i < row.Length; i++)
                row[i] = TextCleaning.OnOneLine(row[i]);
            yield return row;
        }
    }

    private static void WriteLine(TextWriter to, IReadOnlyList<string> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0)
                to.Write('\t');
            to.Write(fields[i]);
        }
        to.Write('\n');
    }

    private static EventRowWriter Of(EventRowFormat format) => format switch
    {
        EventRowFormat.Polecat => new PolecatRows(),
        EventRowFormat.Icews => new IcewsRows(),
        EventRowFormat.Gdelt => new GdeltRows(),
        EventRowFormat.GdeltMentions => new GdeltMentionRows(),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static IEnumerable<CodedEvent> Coded(EventRowFormat format, IEnumerable<ExportRecord> records, EventRowOptions options, EventRowCount count)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            var document = new CodedDocument(record);
            var here = new HashSet<string>(StringComparer.Ordinal);
            foreach (var one in record.Record.Events)
            {
                if (one.Status == EventStatus.Negated)
                {
                    count.Negated++;
                    continue;
                }
                if (one.Status != EventStatus.Actual && !options.IncludePlanned)
                {
                    count.NotActual++;
                    continue;
                }
                var across = record.EventOf(one);
                var copy = format != EventRowFormat.GdeltMentions && ((record.CopyOf is not null && !options.IncludeCopies) || told.Contains(across.Id));
                if (copy || record.IsRetold(one) || !here.Add(across.Id))
                {
                    count.Repeated++;
                    continue;
                }
                if (CodeLists.CameoOf(one) is not { } cameo)
                {
                    count.WithoutCode++;
                    continue;
                }
                if ((DateRange.DayOf(one.Date?.Edtf) ?? document.Published) is not { } day)
                {
                    count.WithoutDay++;
                    continue;
                }
                var pairs = record.PairsOf(one).Where(p => p.Target is not null || format != EventRowFormat.Icews).ToList();
                if (pairs.Count == 0)
                {
                    count.WithoutActors++;
                    continue;
                }
                // An event that only this document tells cannot come again, so its id need not be kept.
                if (across.Reports > 1)
                    told.Add(across.Id);
                foreach (var (source, target) in pairs)
                    yield return new(document, one, across, source, target, cameo, day);
            }
        }
    }
}

/// <summary>Makes the rows of one format.</summary>
internal abstract class EventRowWriter
{
    public abstract IReadOnlyList<string> Columns { get; }

    public abstract string[] Row(CodedEvent one, EventRowOptions options);
}

/// <summary>A document of which events are coded.</summary>
internal sealed class CodedDocument(ExportRecord record)
{
    private readonly Lazy<(CodePointOffsets Offsets, int Lead)> _text = new(() =>
    {
        var text = record.Record.Document.Text;
        var end = text.TrimStart().IndexOf('\n', StringComparison.Ordinal);
        return (new(text), end < 0 ? text.Length : end + (text.Length - text.TrimStart().Length));
    });

    private readonly Lazy<(string People, string Bodies, string Places)> _named = new(() => (
        Names(record.Record.Actors.Where(a => a.Kind == Lexicon.ActorKind.Person).Select(a => a.Name)),
        Names(record.Record.Actors.Where(a => a.Kind is Lexicon.ActorKind.Organisation or Lexicon.ActorKind.Media).Select(a => a.Name)),
        Names(record.Record.Events.Select(e => e.Place?.Name).OfType<string>())));

    public ExportRecord Record => record;

    public Document Document => record.Record.Document;

    public DateOnly? Published { get; } = DateRange.DayOf(record.Record.Document.Published);

    public string People => _named.Value.People;

    public string Bodies => _named.Value.Bodies;

    public string Places => _named.Value.Places;

    /// <summary>How many code points the text has.</summary>
    public int Length => At(Document.Text.Length);

    /// <summary>Code points before an offset.</summary>
    public int At(int offset) => _text.Value.Offsets.At(Math.Min(offset, Document.Text.Length));

    /// <summary>Whether some words stand in the first paragraph.</summary>
    public bool IsLead(TextSpan span) => span.Start <= _text.Value.Lead;

    private static string Names(IEnumerable<string> names) => string.Join("; ", names.Distinct(StringComparer.Ordinal));
}

/// <summary>An event as other coders see it: a day, a code, one source and at most one target.</summary>
internal sealed record CodedEvent(CodedDocument In, Event Event, ExportEvent Across, string SourceHere, string? TargetHere, string Cameo, DateOnly Day)
{
    public ExportActor Source { get; } = In.Record.ActorOf(SourceHere)!;

    public ExportActor? Target { get; } = In.Record.ActorOf(TargetHere);

    /// <summary>A number that is the same for the same event and pair in every run; below 2^53, so that no reader of numbers rounds it.</summary>
    public long Number
    {
        get
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes($"{Across.Id}\n{Source.Id}\n{Target?.Id}"), hash);
            return (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11);
        }
    }
}
