using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chancery.Archive;
using Chancery.Cli.Archives;
using Chancery.Cli.Output;
using Chancery.Cli.Queues;
using Chancery.Formats.Conllu;
using Chancery.Formats.Intake;
using Chancery.Formats.Json;
using Chancery.Language;
using Chancery.Lexicon;
using Chancery.Models;
using Chancery.Reading;
using Chancery.Records;
using Chancery.Workers;

namespace Chancery.Cli;

/// <summary>The command <c>chancery</c>: binds what was typed, calls the library, prints.</summary>
public static partial class CommandLine
{
    private const int Cancelled = 130;

    /// <summary>Opens a model: the one inside, or the one at a path.</summary>
    public delegate ILanguageModel ModelSource(string? path, int threads);

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">What was typed after the name.</param>
    /// <param name="terminal">Where to read and write.</param>
    /// <param name="models">Where models come from; null for the trained ones.</param>
    /// <param name="clock">What time it is; null for the clock of the machine.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl-C.</param>
    /// <returns>0; 1 where a document or the model failed; 2 where the command was mistyped; 130 where it was cancelled.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, ModelSource? models = null, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        clock ??= TimeProvider.System;
        models ??= static (path, threads) => LanguageModel.Load(path, new() { Threads = threads });
        var parsed = Root(terminal, models, clock).Parse(arguments);
        try
        {
            var code = await parsed.InvokeAsync(
                new() { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellationToken).ConfigureAwait(false);
            return parsed.Errors.Count > 0 ? 2 : code;
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }
        catch (ArchiveException e)
        {
            return await FailAsync(terminal, e.Code, e.Message).ConfigureAwait(false);
        }
        catch (QueueException e)
        {
            return await FailAsync(terminal, e.Code, e.Message).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            return await FailAsync(terminal, "CH0201", e.Message).ConfigureAwait(false);
        }
        catch (DirectoryNotFoundException e)
        {
            return await FailAsync(terminal, "CH0202", e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A reader that has seen enough, such as head, closes the pipe; that is no failure.
            return IsClosedPipe(e) ? 0 : await FailAsync(terminal, "CH0203", $"the output cannot be written ({e.Message}); check the disk and the permissions.").ConfigureAwait(false);
        }
    }

    /// <summary>All that may be typed.</summary>
    internal static RootCommand Root(Terminal terminal, ModelSource models, TimeProvider clock)
    {
        var root = new RootCommand("Chancery reads news reports and keeps who did what to whom and who said what, on whose word, with the words that say so.\n\n"
            + "Examples:\n  chancery read samples\n  chancery read report.txt --published 2024-04-10 --format json\n  chancery parse report.txt --format conllu > report.conllu\n  chancery add reports && chancery diary --actor France")
        {
            Read(terminal, models),
            View(terminal, models),
            Parse(terminal, models),
            LexiconCommand.Make(terminal),
            AddCommand.Make(terminal, models),
            WatchCommand.Make(terminal, models, clock),
            ExportCommand.Make(terminal, clock),
            CorrectCommand.Make(terminal, clock),
            BriefCommand.Make(terminal, clock),
            KeepCommand.Make(terminal, models),
            EnqueueCommand.Make(terminal, clock),
            WorkerCommand.Make(terminal, models, clock),
            QueueCommand.Make(terminal, clock),
            ServeCommand.Make(terminal, models, clock),
            AccountCommand.Make(terminal, clock),
            McpCommand.Make(terminal),
        };
        foreach (var list in ListCommands.Make(terminal, clock))
            root.Add(list);
        return root;
    }

    private static Command Read(Terminal terminal, ModelSource models)
    {
        var common = new CommonOptions();
        var format = new Option<string>("--format") { Description = "How to print: text for people, jsonl with a record a line, json with one record or a list of them.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "jsonl");
        var published = Published();
        var tables = LexiconCommand.Overlay();
        var explain = new Option<bool>("--explain") { Description = "Show for each entry what made it: the frame or rule, and the words of the sentence it rests on. With the format text only." };
        var command = new Command("read", "Read reports: who is in them, who did what to whom, who said what, each entry with its words.") { format, published, tables, explain };
        command.Validators.Add(result =>
        {
            if (result.GetValue(explain) && result.GetValue(format) is "json" or "jsonl")
                result.AddError("--explain goes with --format text; json and jsonl have the rule of each event in \"why\".");
        });
        common.AddTo(command);
        command.SetAction((parsed, cancellation) => ReadAsync(
            common.Bind(parsed, terminal), models, LexiconCommand.Source(parsed.GetValue(tables)), parsed.GetValue(format)!, parsed.GetValue(published), parsed.GetValue(explain), cancellation));
        return command;
    }

    private static Command View(Terminal terminal, ModelSource models)
    {
        var common = new CommonOptions();
        var which = ViewCommand.Which();
        var format = new Option<string>("--format") { Description = "How to print: table for people, json.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        var evidence = new Option<bool>("--evidence") { Description = "Show the words of each entry in the table; json always has them." };
        var published = Published();
        var tables = LexiconCommand.Overlay();
        var command = new Command("view", "Read reports and show what they come to together: diary, measures, positions, disputes.") { which };
        common.AddTo(command);
        command.Add(format);
        command.Add(evidence);
        command.Add(published);
        command.Add(tables);
        command.SetAction((parsed, cancellation) => ViewAsync(
            common.Bind(parsed, terminal), models, LexiconCommand.Source(parsed.GetValue(tables)), parsed.GetValue(which)!, parsed.GetValue(format)!, parsed.GetValue(evidence), parsed.GetValue(published), cancellation));
        return command;
    }

    internal static Option<string?> Published()
    {
        var published = new Option<string?>("--published") { Description = "The day the reports were published, as YYYY-MM-DD (or YYYY-MM, YYYY).", HelpName = "DATE" };
        published.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } day && !IsDate(day))
                result.AddError($"--published {day}: not a date; write it as 2024-04-10, 2024-04 or 2024.");
        });
        return published;
    }

    internal static Option<string?> Publisher() => new("--publisher") { Description = "Who published the reports, where they do not say.", HelpName = "NAME" };

    internal static Option<string?> Columns()
    {
        var columns = new Option<string?>("--columns") { Description = "Which columns of CSV or JSON Lines are what: text=body,title=headline,published=date,publisher=source,url=link,id=guid.", HelpName = "MAP" };
        columns.Validators.Add(result =>
        {
            try
            {
                _ = result.GetValueOrDefault<string?>() is { } map ? ColumnMapping.Parse(map) : null;
            }
            catch (FormatException e)
            {
                result.AddError($"--columns: {e.Message}");
            }
        });
        return columns;
    }

    internal static Option<bool> AllowPrivate() => new("--allow-private") { Description = "Fetch from addresses of your own network too." };

    internal static Option<int> ThreadsOption()
    {
        var threads = new Option<int>("--threads") { Description = "How many documents to read at once; otherwise one for each core.", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "N" };
        threads.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n is < 1 or > 256))
                result.AddError($"--threads {result.Tokens[0].Value}: give a whole number from 1 to 256.");
        });
        return threads;
    }

    private static Command Parse(Terminal terminal, ModelSource models)
    {
        var common = new CommonOptions();
        var format = new Option<string>("--format") { Description = "How to print: conllu (Universal Dependencies), json with a document a line, text for people.", DefaultValueFactory = _ => "conllu" };
        format.AcceptOnlyFromAmong("conllu", "json", "text");
        var command = new Command("parse", "Show the language of reports: sentences, words, trees, names and who-said-what tags.") { format };
        common.AddTo(command);
        command.SetAction((parsed, cancellation) => ParseAsync(common.Bind(parsed, terminal), models, parsed.GetValue(format)!, cancellation));
        return command;
    }

    private static async Task<int> ReadAsync(Choices choices, ModelSource models, Lazy<WorldLexicon> lexicon, string format, string? published, bool explain, CancellationToken cancellationToken)
    {
        await using var output = choices.OpenOutput();
        var model = new Lazy<ILanguageModel>(() => models(choices.Model, choices.ThreadsInDocument));
        var scorer = new Lazy<PairScorer>(() => EventModel.Load(choices.Model));
        var list = format == "json" && choices.Inputs.Files.Count > 1;
        var printed = 0;
        if (list)
            await output.WriteAsync("[\n").ConfigureAwait(false);
        using var run = new Run(choices.Terminal, choices.Inputs, choices.Threads);
        var code = await run.EachAsync(
            (document, token) =>
            {
                var reader = new Reader(model.Value, lexicon.Value, scorer.Value);
                var (record, why) = explain ? reader.Explain(document with { Published = published }, token) : (reader.Read(document with { Published = published }, token), []);
                return format == "text" ? Print(to => RecordText.Write(to, record, why, choices.Terminal)) : Json(format == "json", to => RecordJson.Write(to, record));
            },
            (_, text) =>
            {
                if (list && printed++ > 0)
                    output.Write(",\n");
                output.Write(text);
            },
            cancellationToken).ConfigureAwait(false);
        if (list)
            await output.WriteAsync("]\n").ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return code;
    }

    private static async Task<int> ViewAsync(Choices choices, ModelSource models, Lazy<WorldLexicon> lexicon, string which, string format, bool evidence, string? published, CancellationToken cancellationToken)
    {
        await using var output = choices.OpenOutput();
        var model = new Lazy<ILanguageModel>(() => models(choices.Model, choices.ThreadsInDocument));
        var scorer = new Lazy<PairScorer>(() => EventModel.Load(choices.Model));
        var records = new List<Record>();
        using var run = new Run(choices.Terminal, choices.Inputs, choices.Threads);
        var code = await run.EachAsync(
            (document, token) => new Reader(model.Value, lexicon.Value, scorer.Value).Read(document with { Published = published }, token),
            (_, record) => records.Add(record),
            cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(format == "table"
            ? Print(to => ViewCommand.WriteText(to, which, records, lexicon.Value, evidence, choices.Terminal))
            : Json(true, to => ViewCommand.WriteJson(to, which, records, lexicon.Value))).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return code;
    }

    private static async Task<int> ParseAsync(Choices choices, ModelSource models, string format, CancellationToken cancellationToken)
    {
        await using var output = choices.OpenOutput();
        var model = new Lazy<ILanguageModel>(() => models(choices.Model, choices.ThreadsInDocument));
        using var run = new Run(choices.Terminal, choices.Inputs, choices.Threads);
        var code = await run.EachAsync(
            (document, token) =>
            {
                var annotation = model.Value.Annotate(document.Text, token);
                return format switch
                {
                    "conllu" => Print(to => new ConlluWriter(to).Write(document.Id, annotation, token)),
                    "json" => Json(false, to => AnnotationJson.Write(to, document, annotation)),
                    _ => Print(to => AnnotationText.Write(to, annotation)),
                };
            },
            (_, text) => output.Write(text),
            cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return code;
    }

    private static string Print(Action<TextWriter> write)
    {
        using var to = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        write(to);
        return to.ToString();
    }

    private static string Json(bool indented, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var to = new Utf8JsonWriter(buffer, RecordJson.Options(indented)))
            write(to);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private static async Task<int> FailAsync(Terminal terminal, string code, string message)
    {
        await terminal.Error.WriteLineAsync($"{code} {message}").ConfigureAwait(false);
        return 1;
    }

    private static bool IsClosedPipe(Exception e) => e.HResult is 32 or unchecked((int)0x8007006D) || e.Message.Contains("Broken pipe", StringComparison.Ordinal);

    private static bool IsDate(string text) =>
        DateShape().IsMatch(text)
        && DateOnly.TryParseExact(text + "-01-01"[..(10 - text.Length)], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^\d{4}(-\d{2}(-\d{2})?)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DateShape();

    /// <summary>What every command that reads documents takes.</summary>
    private sealed class CommonOptions
    {
        private readonly Argument<string[]> _files = new("FILE") { Description = "Text files, folders of them (.txt, .md), or - for standard input.", Arity = ArgumentArity.OneOrMore };
        private readonly Option<string?> _model = new("--model") { Description = "A folder with another model; otherwise the English one inside.", HelpName = "PATH" };
        private readonly Option<int> _threads = ThreadsOption();
        private readonly Option<string?> _output = new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };

        public void AddTo(Command command)
        {
            command.Add(_files);
            command.Add(_model);
            command.Add(_threads);
            command.Add(_output);
        }

        public Choices Bind(ParseResult parsed, Terminal terminal) => new(
            terminal, Inputs.Find(parsed.GetValue(_files)!, terminal), parsed.GetValue(_model), parsed.GetValue(_threads), parsed.GetValue(_output));
    }

    private sealed record Choices(Terminal Terminal, Inputs Inputs, string? Model, int Threads, string? Output)
    {
        /// <summary>Many documents are read one a thread; a single one is divided.</summary>
        public int ThreadsInDocument => Inputs.Files.Count == 1 ? Threads : 1;

        public TextWriter OpenOutput() => Output is null
            ? new Unclosed(Terminal.Out)
            : new StreamWriter(Output, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>Standard output outlives a command.</summary>
    private sealed class Unclosed(TextWriter to) : TextWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => to.Encoding;

        public override void Write(char value) => to.Write(value);

        public override void Write(string? value) => to.Write(value);

        public override void Flush() => to.Flush();
    }
}
