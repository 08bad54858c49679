using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Chancery.Archive;
using Chancery.Corrections;
using Chancery.Formats.Intake;
using Chancery.Formats.Json;
using Chancery.Language;
using Chancery.Lexicon;
using Chancery.Models;
using Chancery.Reading;
using Chancery.Records;

namespace Chancery.Cli.Archives;

/// <summary>The command <c>chancery add</c>: reads reports of any kind into an archive.</summary>
internal static class AddCommand
{
    public static Command Make(Terminal terminal, CommandLine.ModelSource models)
    {
        var named = new Argument<string[]>("FILE") { Description = "Files, folders, globs (news/**/*.html), addresses of pages, or - for standard input: text, Markdown, HTML, PDF, JSON Lines, CSV, ninjs; records that chancery export wrote.", Arity = ArgumentArity.OneOrMore };
        var options = new ArchiveOptions();
        var published = CommandLine.Published();
        var publisher = CommandLine.Publisher();
        var columns = CommandLine.Columns();
        var model = new Option<string?>("--model") { Description = "A folder with another model; otherwise the English one inside.", HelpName = "PATH" };
        var threads = CommandLine.ThreadsOption();
        var addresses = CommandLine.AllowPrivate();
        var command = new Command("add", "Read reports and keep them: what is there already is passed over, copies of one report count once.") { named, published, publisher, columns, model, threads, addresses };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var lexicon = options.Lexicon(parsed);
            using var archive = Archive.Archive.Open(options.Path(parsed), lexicon.Value);
            var choices = new Intake(parsed.GetValue(published), parsed.GetValue(publisher), parsed.GetValue(columns) is { } map ? ColumnMapping.Parse(map) : ColumnMapping.Default, parsed.GetValue(threads), parsed.GetValue(addresses));
            var reading = new ReadingParts(new(() => models(parsed.GetValue(model), 1)), new(() => EventModel.Load(parsed.GetValue(model))), lexicon);
            return await new Adder(terminal, archive, reading, choices).RunAsync(parsed.GetValue(named)!, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>How reports come in.</summary>
    internal sealed record Intake(string? Published, string? Publisher, ColumnMapping Columns, int Threads, bool AllowPrivate);

    /// <summary>What reading needs, loaded when it is first needed: to pass over what is known needs none of it.</summary>
    internal sealed record ReadingParts(Lazy<ILanguageModel> Model, Lazy<PairScorer> Scorer, Lazy<WorldLexicon> Lexicon)
    {
        public Record Read(Document document, CancellationToken cancellationToken) => new Reader(Model.Value, Lexicon.Value, Scorer.Value).Read(document, cancellationToken);
    }
}

/// <summary>Reads documents on several threads and adds them in the order in which they come, each in one transaction.</summary>
internal sealed class Adder(Terminal terminal, Archive.Archive archive, AddCommand.ReadingParts reading, AddCommand.Intake intake)
{
    private const int MostProblemsShown = 50;

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<Admission, long> _admitted = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Queue<Task<Ready>> _window = new();
    private TimeSpan _shown;
    private long _problems;
    private readonly bool _shows = terminal.ShowsProgress || terminal.IsWatched;
    private (double Done, int All) _files;

    /// <summary>Adds everything named, then brings the views up to date.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> named, CancellationToken cancellationToken)
    {
        var found = IntakeFiles.Find(named.Where(n => n != "-" && !IsAddress(n)));
        var sources = named.Where(n => n == "-" || IsAddress(n)).Concat(found.Files).ToList();
        foreach (var problem in found.Problems)
            Tell(problem);
        _files = (0, sources.Count);
        using var fetcher = sources.Exists(IsAddress) ? new Fetcher(new() { AllowPrivate = intake.AllowPrivate }) : null;
        try
        {
            for (var i = 0; i < sources.Count; i++)
            {
                _files.Done = i;
                await FromAsync(sources[i], fetcher, cancellationToken).ConfigureAwait(false);
            }
            _files.Done = sources.Count;
            await DrainAsync(0).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What was begun is dropped; what is in the archive is whole. The same command goes on from here.
            ClearProgress();
            await terminal.Error.WriteLineAsync($"Stopped. {Summary()} The same command goes on where this one stopped.").ConfigureAwait(false);
            throw;
        }
        Merge(cancellationToken);
        ClearProgress();
        await terminal.Out.WriteLineAsync($"{Summary()} {archive.Path}").ConfigureAwait(false);
        if (_problems > MostProblemsShown)
            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"and {_problems - MostProblemsShown:N0} more that could not be read.")).ConfigureAwait(false);
        return _problems > 0 ? 1 : 0;
    }

    /// <summary>Adds one document that is at hand.</summary>
    public async Task AddAsync(Document document, CancellationToken cancellationToken)
    {
        Begin(document, cancellationToken);
        await DrainAsync(intake.Threads * 4).ConfigureAwait(false);
    }

    /// <summary>Waits for what was begun, and brings the views up to date.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(0).ConfigureAwait(false);
        Merge(cancellationToken);
        ClearProgress();
    }

    /// <summary>What became of the documents, in a sentence.</summary>
    public string Summary()
    {
        long Of(Admission admission) => _admitted.GetValueOrDefault(admission);
        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{Of(Admission.New):N0} added") };
        Add(Of(Admission.Copy), "as copies");
        Add(Of(Admission.Unread), "kept unread");
        Add(Of(Admission.Known), "there already");
        Add(_problems, "could not be read");
        return string.Join(", ", parts) + ".";

        void Add(long count, string what)
        {
            if (count > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}"));
        }
    }

    public void Tell(Problem problem)
    {
        ClearProgress();
        if (++_problems <= MostProblemsShown)
            terminal.Error.WriteLine($"{problem.Code} {problem.Message}");
    }

    private static bool IsAddress(string named) => named.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || named.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private async Task FromAsync(string source, Fetcher? fetcher, CancellationToken cancellationToken)
    {
        var lines = new Queue<string>();
        var before = _files.Done;
        var options = new IntakeOptions { Columns = intake.Columns, Raw = line => { lines.Enqueue(line); return true; }, Progress = (read, all) => _files.Done = before + (all > 0 ? Math.Min(1, (double)read / all) : 0) };
        IEnumerable<(Document?, Problem?)> documents;
        if (source == "-")
        {
            documents = DocumentReader.Read(terminal.In, "stdin", null, options, cancellationToken);
        }
        else if (fetcher is not null && IsAddress(source))
        {
            if (!Uri.TryCreate(source, UriKind.Absolute, out var address))
            {
                Tell(new("CH0427", $"{source}: not an address; write it as https://example.org/news/1.html"));
                return;
            }
            var answer = await fetcher.GetAsync(address, stop: cancellationToken).ConfigureAwait(false);
            if (answer is not FetchResult.Found page)
            {
                Tell((answer as FetchResult.Refused)?.Problem ?? new("CH0427", $"{source}: gave nothing; try again later."));
                return;
            }
            documents = DocumentReader.Read(new MemoryStream(page.Bytes), page.Address.ToString(), page.MediaType, options, cancellationToken);
        }
        else
        {
            documents = DocumentReader.Read(source, options, cancellationToken);
        }
        foreach (var (document, problem) in documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FromLines(source, lines);
            if (problem is not null)
                Tell(problem);
            else if (document is not null)
                Begin(document, cancellationToken);
            await DrainAsync(intake.Threads * 4).ConfigureAwait(false);
        }
        FromLines(source, lines);
    }

    private void Begin(Document document, CancellationToken cancellationToken)
    {
        document = document with { Published = document.Published ?? intake.Published, Publisher = document.Publisher ?? intake.Publisher };
        if (archive.Has(document))
        {
            Count(Admission.Known);
            return;
        }
        var key = DocumentKey.Of(document);
        _window.Enqueue(document.Language == "en"
            ? Task.Run(() => ReadyOf(document, key), cancellationToken)
            : Task.FromResult<Ready>(new(new(document, null, $"in another language ({document.Language}); only English is read"), key, [])));

        Ready ReadyOf(Document one, string name)
        {
            try
            {
                // A report that does not say when it was published may have a dateline, which reading finds.
                var record = reading.Read(one, cancellationToken);
                return new(new(record.Document, record), name, []);
            }
            catch (Exception e) when (e is not (OperationCanceledException or InvalidDataException or OutOfMemoryException))
            {
                // Whatever is wrong with the reader, the other reports are read; this one is tried again with the next add.
                return new(new(one, null), name, []) { Problem = new("CH0418", $"{one.Id}: reading it failed ({e.Message}); the others were read. Please report it with the text.") };
            }
        }
    }

    /// <summary>Records that were exported come back as they were, and are not read anew.</summary>
    private void FromLines(string source, Queue<string> lines)
    {
        while (lines.TryDequeue(out var line))
        {
            try
            {
                var (incoming, corrections, identity) = ExportLines.Read(line);
                if (identity is not null)
                    archive.AddIdentity(identity);
                else if (incoming is not null)
                    _window.Enqueue(Task.FromResult<Ready>(new(incoming, incoming.Document.Id, corrections)));
            }
            catch (InvalidDataException e)
            {
                Tell(new("CH0428", $"{source}: a record that cannot be taken: {e.Message}; export it anew."));
            }
        }
    }

    /// <summary>Adds what has been read, in order, until no more than some are being read.</summary>
    private async Task DrainAsync(int atMost)
    {
        while (_window.Count > atMost)
        {
            var ready = await _window.Dequeue().ConfigureAwait(false);
            var (incoming, key, corrections) = ready;
            if (ready.Problem is { } problem)
            {
                Tell(problem);
                continue;
            }
            Count(archive.Add(incoming, key));
            foreach (var correction in corrections)
                archive.AddCorrection(key, correction);
        }
    }

    private void Count(Admission admission)
    {
        _admitted[admission] = _admitted.GetValueOrDefault(admission) + 1;
        if (!_shows || _watch.Elapsed - _shown < Often)
            return;
        _shown = _watch.Elapsed;
        var (done, seconds) = (_admitted.Values.Sum(), _watch.Elapsed.TotalSeconds);
        // How many documents there are only the end of the files tells; how much of the files was read is known before.
        var left = _files.Done > 0 && _files.All > 0 ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(seconds / _files.Done * (_files.All - _files.Done)):h\\:mm\\:ss} left") : "";
        terminal.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{done:N0} documents, {done / seconds:N0} a second{left} "));
    }

    private void Merge(CancellationToken cancellationToken)
    {
        var (all, done) = (archive.Waiting, 0L);
        archive.Merge(
            merged =>
            {
                done += merged;
                if (!_shows || _watch.Elapsed - _shown < Often)
                    return;
                _shown = _watch.Elapsed;
                terminal.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\rbringing the views up to date: {100 * done / Math.Max(all, done)} % "));
            },
            cancellationToken);
    }

    /// <summary>A document ready to be added; the key and the corrections that it had in another archive.</summary>
    private sealed record Ready(Incoming Incoming, string Key, IReadOnlyList<Correction> Corrections)
    {
        /// <summary>Why it could not be read; null where it was.</summary>
        public Problem? Problem { get; init; }
    }

    private void ClearProgress()
    {
        if (_shown > TimeSpan.Zero)
            terminal.Error.Write("\r" + new string(' ', 70) + "\r");
    }
}

/// <summary>Records as lines that hold everything of a document, so that an archive can be made from them again.</summary>
internal static class ExportLines
{
    private const string IdentitySchema = "chancery/identity/1";

    public static void Write(Utf8JsonWriter to, ArchivedRecord one) => RecordJson.Write(to, one.Record ?? new(one.Document, [], [], []), withText: true, json =>
    {
        if (one.Note is not null)
            json.WriteString("unread", one.Note);
        if (one.CopyOf is not null)
            json.WriteString("copyOf", one.CopyOf);
        if (one.Corrections.Count == 0)
            return;
        json.WriteStartArray("corrections");
        foreach (var correction in one.Corrections)
        {
            json.WriteStartObject();
            json.WriteString("entry", correction.Entry);
            json.WriteString("anchor", correction.Anchor);
            json.WriteString("action", correction.Action.ToString().ToLowerInvariant());
            json.WriteStartObject("changes");
            foreach (var (field, value) in correction.Changes)
                json.WriteString(field, value);
            json.WriteEndObject();
            json.WriteString("note", correction.Note);
            json.WriteString("by", correction.By);
            json.WriteString("at", correction.At);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>That two actors are one, as a line of its own.</summary>
    public static void Write(Utf8JsonWriter to, Identity identity)
    {
        to.WriteStartObject();
        to.WriteString("schema", IdentitySchema);
        to.WriteString("actor", identity.Key);
        to.WriteString("sameAs", identity.SameAs);
        to.WriteString("by", identity.By);
        to.WriteString("at", identity.At);
        to.WriteEndObject();
    }

    /// <exception cref="InvalidDataException">It is no such line.</exception>
    public static (Incoming? Incoming, IReadOnlyList<Correction> Corrections, Identity? Identity) Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new() { MaxDepth = 32 });
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.String && schema.ValueEquals(IdentitySchema))
                return (null, [], new(Words(root, "actor"), Words(root, "sameAs"), Words(root, "by"), Words(root, "at")));
            var record = RecordJsonReader.Read(Encoding.UTF8.GetBytes(line));
            var note = root.TryGetProperty("unread", out var unread) ? unread.GetString() : null;
            var corrections = root.TryGetProperty("corrections", out var list) ? list.EnumerateArray().Select(Correction).ToList() : [];
            return (new(record.Document, note is null ? record : null, note), corrections, null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new InvalidDataException($"what people decided is damaged ({e.Message})", e);
        }
    }

    private static Correction Correction(JsonElement from) => new(
        Words(from, "entry"), Words(from, "anchor"),
        Words(from, "action") switch { "confirm" => CorrectionAction.Confirm, "edit" => CorrectionAction.Edit, "reject" => CorrectionAction.Reject, var other => throw new FormatException($"the action {other} is none of confirm, edit, reject") },
        Words(from, "by"), Words(from, "at"))
    {
        Changes = from.GetProperty("changes").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? throw new FormatException($"{p.Name} is null"), StringComparer.Ordinal),
        Note = from.GetProperty("note").GetString(),
    };

    private static string Words(JsonElement from, string name) => from.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");
}
