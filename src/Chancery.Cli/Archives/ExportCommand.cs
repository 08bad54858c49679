using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Chancery.Archive;
using Chancery.Corrections;
using Chancery.Formats.Exports;
using Chancery.Formats.Exports.Calendars;
using Chancery.Formats.Exports.Datasets;
using Chancery.Formats.Exports.Entities;
using Chancery.Formats.Exports.Networks;
using Chancery.Formats.Exports.Rows;
using Chancery.Formats.Json;
using Chancery.Formats.Tables;
using Chancery.Lexicon;

namespace Chancery.Cli.Archives;

/// <summary>The command <c>chancery export</c>: the whole archive in the formats of others.</summary>
internal static class ExportCommand
{
    private static readonly string[] Formats = ["jsonl", "csv", "parquet", "ics", "graphml", "gexf", "polecat", "icews", "gdelt", "gdelt-mentions", "ftm", "corrections"];

    public static Command Make(Terminal terminal, TimeProvider clock)
    {
        var options = new ArchiveOptions();
        var format = new Argument<string>("FORMAT") { HelpName = "FORMAT", Description = "jsonl (records with their texts, which chancery add takes back); csv or parquet (five tables and datapackage.json, into a folder); ics (the diary); graphml, gexf (networks); polecat, icews, gdelt, gdelt-mentions (rows as those have them); ftm (FollowTheMoney); corrections (what people decided, as training data)." };
        format.AcceptOnlyFromAmong(Formats);
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file, or folder for csv and parquet, instead of standard output.", HelpName = "PATH" };
        var planned = new Option<bool>("--planned") { Description = "In networks and rows, also what is planned or possible." };
        var countries = new Option<bool>("--countries") { Description = "In networks, countries instead of actors." };
        var command = new Command("export", "Write the whole archive in another format. What each holds is in docs/exports.md.") { format, output, planned, countries };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(format) is "csv" or "parquet" && result.GetValue(output) is null)
                result.AddError($"export {result.GetValue(format)} writes several files: give a folder with --output.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            var (how, to) = (parsed.GetValue(format)!, parsed.GetValue(output));
            if (how is "csv" or "parquet")
                return await TablesAsync(terminal, archive, TableWriter.FormatOf(how)!.Value, to!, clock, cancellation).ConfigureAwait(false);
            var writer = new ListWriter(terminal, how, to);
            await using var stream = writer.OpenStream();
            Write(stream, how, archive, new(parsed.GetValue(planned), parsed.GetValue(countries), clock.GetUtcNow()), terminal, cancellation);
            await stream.FlushAsync(cancellation).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    private sealed record Choices(bool Planned, bool Countries, DateTimeOffset Now);

    private static void Write(Stream to, string format, Archive.Archive archive, Choices choices, Terminal terminal, CancellationToken cancellationToken)
    {
        switch (format)
        {
            case "jsonl":
                Lines(to, archive.Identities(), ExportLines.Write, cancellationToken);
                Lines(to, archive.Records(), ExportLines.Write, cancellationToken);
                break;
            case "corrections":
                Lines(to, archive.Records().Where(r => r.Corrections.Count > 0), Corrections, cancellationToken);
                break;
            case "ics":
                DiaryCalendar.Write(to, All(archive, ArchiveView.Diary).Select(e => e.ToDiaryItem()), choices.Now);
                break;
            case "graphml" or "gexf":
                var network = Network.Of(Records(archive, cancellationToken), new() { Countries = choices.Countries, IncludePlanned = choices.Planned });
                if (format == "gexf")
                    NetworkXml.WriteGexf(to, network);
                else
                    NetworkXml.WriteGraphMl(to, network);
                break;
            case "ftm":
                FollowTheMoney.Write(to, Records(archive, cancellationToken), choices.Planned);
                break;
            default:
                var rows = format switch { "polecat" => EventRowFormat.Polecat, "icews" => EventRowFormat.Icews, "gdelt" => EventRowFormat.Gdelt, _ => EventRowFormat.GdeltMentions };
                using (var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true))
                {
                    var count = EventRows.Write(text, rows, Records(archive, cancellationToken), new() { Added = choices.Now, IncludePlanned = choices.Planned });
                    terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{count.Rows:N0} rows; left out: {count.Negated:N0} negated, {count.NotActual:N0} not actual, {count.WithoutActors:N0} without actors, {count.WithoutDay:N0} without a day, {count.WithoutCode:N0} without a code, {count.Repeated:N0} told again."));
                }
                break;
        }
    }

    /// <summary>The records with what people decided, and with the actors and events that they are across documents.</summary>
    private static IEnumerable<ExportRecord> Records(Archive.Archive archive, CancellationToken cancellationToken)
    {
        foreach (var one in archive.Records())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (one.Record is null)
                continue;
            var corrected = Corrected.Apply(one.Record, one.Corrections);
            yield return new(corrected.Record)
            {
                Corrected = corrected.Marks,
                Actors = archive.ActorsIn(one.Document.Id).ToDictionary(
                    a => a.Key, a => new ExportActor(a.Value.Key, a.Value.Name, Enum.Parse<ActorKind>(a.Value.Kind, ignoreCase: true)) { Country = a.Value.Country, Sectors = one.Record.Actors.First(x => x.Id == a.Key).Sectors, Office = a.Value.Offices.Count > 0 ? a.Value.Offices[0] : null }, StringComparer.Ordinal),
                Events = archive.EventsIn(one.Document.Id).ToDictionary(e => e.Key, e => new ExportEvent(e.Value.Item.ToString(CultureInfo.InvariantCulture)) { Reports = e.Value.Reports, Publishers = Math.Max(1, e.Value.Publishers) }, StringComparer.Ordinal),
                CopyOf = one.CopyOf,
            };
        }
    }

    private static IEnumerable<ArchiveEntry> All(Archive.Archive archive, ArchiveView view)
    {
        string? after = null;
        do
        {
            var page = archive.Entries(view, new() { Limit = 1000, After = after }, evidence: 5);
            foreach (var entry in page.Entries)
                yield return entry;
            after = page.Next;
        }
        while (after is not null);
    }

    private static void Lines<T>(Stream to, IEnumerable<T> lines, Action<Utf8JsonWriter, T> write, CancellationToken cancellationToken)
    {
        foreach (var one in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using (var json = new Utf8JsonWriter(to, RecordJson.Options(indented: false)))
                write(json, one);
            to.WriteByte((byte)'\n');
        }
    }

    /// <summary>One line a corrected entry: the sentence, what was read, what a person decided.</summary>
    private static void Corrections(Utf8JsonWriter to, ArchivedRecord one)
    {
        to.WriteStartObject();
        to.WriteString("document", one.Document.Id);
        to.WriteString("text", one.Document.Text);
        to.WriteStartArray("corrections");
        foreach (var correction in one.Corrections)
        {
            to.WriteStartObject();
            to.WriteString("entry", correction.Entry);
            to.WriteString("action", correction.Action.ToString().ToLowerInvariant());
            if (one.Record?.Events.FirstOrDefault(e => e.Id == correction.Entry) is { } read)
            {
                to.WriteString("sentence", read.Spans.Sentence.Of(one.Document.Text));
                to.WriteString("type", read.Type);
                to.WriteString("status", read.Status.ToString().ToLowerInvariant());
                to.WriteString("why", read.Why);
            }
            else if (one.Record?.Statements.FirstOrDefault(s => s.Id == correction.Entry) is { } said)
            {
                to.WriteString("act", RecordJson.NameOf(said.Act));
                to.WriteString("content", said.TextIn(one.Document.Text));
            }
            to.WriteStartObject("changes");
            foreach (var (field, value) in correction.Changes)
                to.WriteString(field, value);
            to.WriteEndObject();
            to.WriteString("by", correction.By);
            to.WriteString("at", correction.At);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static async Task<int> TablesAsync(Terminal terminal, Archive.Archive archive, TableFormat format, string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var files = RecordTables.All.Select(t => (Table: t, Path: Path.Combine(folder, t.Schema.Name + TableWriter.ExtensionOf(format)))).ToList();
        if (files.Find(f => File.Exists(f.Path)).Path is { } there)
            throw new ArchiveException("CH0410", $"{there}: there already; give a new folder, so that nothing of yours is lost.");
        var (streams, writers) = (new List<Stream>(), new List<ITableWriter>());
        try
        {
            foreach (var (table, path) in files)
            {
                streams.Add(File.Create(path));
                writers.Add(TableWriter.Open(format, streams[^1], table.Schema));
            }
            var counts = await RecordTables.WriteAsync(Records(archive, cancellationToken), writers, cancellationToken).ConfigureAwait(false);
            foreach (var writer in writers)
                await writer.DisposeAsync().ConfigureAwait(false);
            await terminal.Error.WriteLineAsync(string.Join(", ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value:N0} {c.Key}")))).ConfigureAwait(false);
        }
        finally
        {
            foreach (var stream in streams)
                await stream.DisposeAsync().ConfigureAwait(false);
        }
        await using var package = File.Create(Path.Combine(folder, "datapackage.json"));
        DataPackage.Write(package, new("chancery") { Title = "Records of a Chancery archive", Created = clock.GetUtcNow() }, files.Select(f => new DataPackageFile(Path.GetFileName(f.Path), format, f.Table.Schema)));
        return 0;
    }
}
