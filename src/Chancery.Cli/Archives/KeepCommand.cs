using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Chancery.Models;

namespace Chancery.Cli.Archives;

/// <summary>The command <c>chancery archive</c>: what is in an archive, whether it is sound, and keeping it so.</summary>
internal static class KeepCommand
{
    public static Command Make(Terminal terminal, CommandLine.ModelSource models) =>
        new("archive", "The archive itself: what is in it, whether it is sound, backups, reading anew, forgetting, copying to another database.") { Info(terminal), Check(terminal), Backup(terminal), Reread(terminal, models), Forget(terminal), Merge(terminal), Copy(terminal), Compare(terminal) };

    private static Command Info(Terminal terminal)
    {
        var options = new ArchiveOptions();
        var command = new Command("info", "How much is in it.");
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            using var archive = options.Open(parsed);
            var info = archive.Info();
            terminal.Out.Write(FormattableString.Invariant($"{info.Path}\n{info.Documents:N0} documents, of them {info.Copies:N0} copies and {info.Unread:N0} unread\n{info.Actors:N0} actors, {info.Statements:N0} statements\n"));
            terminal.Out.Write(FormattableString.Invariant($"{info.Events:N0} tellings of {info.MergedEvents:N0} events\n{info.Corrections:N0} corrections\n{info.Bytes / 1048576.0:N1} MiB, format {info.Format}\n"));
            if (info.Waiting > 0)
                terminal.Out.Write(FormattableString.Invariant($"{info.Waiting:N0} groups of entries wait to be merged; any chancery add does that\n"));
            return 0;
        });
        return command;
    }

    private static Command Check(Terminal terminal)
    {
        var options = new ArchiveOptions();
        var command = new Command("check", "Look for damage, in the file and in what is derived from the reports.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            var wrong = archive.Check(null, cancellation);
            foreach (var line in wrong)
                terminal.Error.WriteLine($"CH0411 {line}");
            // Someone was stopped, or is still adding: nothing is lost by it.
            if (archive.Waiting is > 0 and var waiting)
                terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{waiting:N0} groups of entries wait to be merged; any chancery add does that."));
            terminal.Out.WriteLine(wrong.Count == 0 ? "Sound." : string.Create(CultureInfo.InvariantCulture, $"{wrong.Count} things are wrong."));
            return Task.FromResult(wrong.Count == 0 ? 0 : 1);
        });
        return command;
    }

    private static Command Backup(Terminal terminal)
    {
        var options = new ArchiveOptions();
        var to = new Argument<string>("FILE") { Description = "A new file." };
        var command = new Command("backup", "Write a copy of the whole archive, also while reports are being added.") { to };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            using var archive = options.Open(parsed);
            archive.Backup(parsed.GetValue(to)!);
            terminal.Out.WriteLine(parsed.GetValue(to));
            return 0;
        });
        return command;
    }

    private static Command Reread(Terminal terminal, CommandLine.ModelSource models)
    {
        var options = new ArchiveOptions();
        var model = new Option<string?>("--model") { Description = "A folder with another model; otherwise the English one inside.", HelpName = "PATH" };
        var threads = CommandLine.ThreadsOption();
        var command = new Command("reread", "Read every report anew, after the lexicon or the program has changed. Corrections stay.") { model, threads };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            var reading = new AddCommand.ReadingParts(new(() => models(parsed.GetValue(model), 1)), new(() => EventModel.Load(parsed.GetValue(model))), options.Lexicon(parsed));
            var (window, done, failed, all, watch) = (new Queue<(string Key, Task<Records.Record> Record)>(), 0, 0, archive.Info().Documents, Stopwatch.StartNew());
            var shown = TimeSpan.Zero;
            foreach (var one in archive.Records().Where(r => r.Document.Language == "en"))
            {
                cancellation.ThrowIfCancellationRequested();
                window.Enqueue((one.Document.Id, Task.Run(() => reading.Read(one.Document, cancellation), cancellation)));
                if (window.Count >= parsed.GetValue(threads) * 4)
                    await TakeAsync().ConfigureAwait(false);
            }
            while (window.Count > 0)
                await TakeAsync().ConfigureAwait(false);
            if (shown > TimeSpan.Zero)
                await terminal.Error.WriteAsync("\r" + new string(' ', 70) + "\r").ConfigureAwait(false);
            archive.Merge(null, cancellation);
            await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{done:N0} reports read anew{(failed > 0 ? $", {failed:N0} could not be and are as they were" : "")}.")).ConfigureAwait(false);
            return failed > 0 ? 1 : 0;

            async Task TakeAsync()
            {
                var (key, record) = window.Dequeue();
                try
                {
                    archive.Replace(key, await record.ConfigureAwait(false));
                    done++;
                }
                catch (Exception e) when (e is not (OperationCanceledException or Archive.ArchiveException or InvalidDataException or OutOfMemoryException))
                {
                    failed++;
                    await terminal.Error.WriteLineAsync($"CH0418 {key}: reading it failed ({e.Message}); it stays as it was. Please report it with the text.").ConfigureAwait(false);
                }
                if ((terminal.ShowsProgress || terminal.IsWatched) && watch.Elapsed - shown > TimeSpan.FromMilliseconds(200))
                {
                    shown = watch.Elapsed;
                    await terminal.Error.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"\r{done:N0} of {all:N0} reports, {shown / Math.Max(1, done) * (all - done):h\\:mm\\:ss} left ")).ConfigureAwait(false);
                }
            }
        });
        return command;
    }

    private static Command Merge(Terminal terminal)
    {
        var options = new ArchiveOptions();
        var command = new Command("merge", "Bring the views up to date; several may do it at once on a server.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            var done = 0L;
            archive.Merge(merged => done += merged, cancellation);
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done:N0} groups of entries merged."));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Command Copy(Terminal terminal)
    {
        var (from, to, lexicon) = (new Argument<string>("FROM") { Description = "A file, or how to reach a PostgreSQL database." }, new Argument<string>("TO") { Description = "Another one that is new or empty." }, LexiconCommand.Overlay());
        var command = new Command("copy", "Copy a whole archive into a new one, as from a file to a PostgreSQL database or back.") { from, to, lexicon };
        command.SetAction((parsed, cancellation) =>
        {
            var known = LexiconCommand.Source(parsed.GetValue(lexicon)).Value;
            using var source = Archive.Archive.Open(parsed.GetValue(from)!, known, create: false);
            var made = !IsThere(parsed.GetValue(to)!);
            try
            {
                using var target = Archive.Archive.Open(parsed.GetValue(to)!, known);
                source.CopyTo(target, (table, rows) =>
                {
                    if (terminal.ShowsProgress)
                        terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}: {rows:N0}"));
                }, cancellation);
                var info = target.Info();
                terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{info.Documents:N0} documents copied to {info.Path}, {info.Bytes / 1048576.0:N1} MiB."));
            }
            catch when (made && File.Exists(parsed.GetValue(to)))
            {
                // Nothing half done is left behind.
                File.Delete(parsed.GetValue(to)!);
                throw;
            }
            return Task.FromResult(0);
        });
        return command;

        static bool IsThere(string path) => File.Exists(path) || path.Contains('=', StringComparison.Ordinal) || path.Contains("://", StringComparison.Ordinal);
    }

    private static Command Compare(Terminal terminal)
    {
        var (one, other, lexicon) = (new Argument<string>("ONE") { Description = "A file, or how to reach a PostgreSQL database." }, new Argument<string>("OTHER") { Description = "Another one." }, LexiconCommand.Overlay());
        var command = new Command("compare", "Whether two archives hold the same reports and show the same entries; what differs is printed.") { one, other, lexicon };
        command.SetAction((parsed, cancellation) =>
        {
            var known = LexiconCommand.Source(parsed.GetValue(lexicon)).Value;
            using var first = Archive.Archive.Open(parsed.GetValue(one)!, known, create: false);
            using var second = Archive.Archive.Open(parsed.GetValue(other)!, known, create: false);
            var (compared, differences) = Archive.ArchiveComparison.Of(first, second, cancellation);
            foreach (var line in differences)
                terminal.Error.WriteLine($"CH0413 {line}");
            terminal.Out.WriteLine(differences.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"The same: {compared:N0} reports, entries, actors and relations.") : "They differ.");
            return Task.FromResult(differences.Count == 0 ? 0 : 1);
        });
        return command;
    }

    private static Command Forget(Terminal terminal)
    {
        var options = new ArchiveOptions();
        var keys = new Argument<string[]>("DOCUMENT") { Description = "The keys of reports, as chancery documents prints them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("forget", "Take reports out, with everything that only they told.") { keys };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            var code = 0;
            foreach (var key in parsed.GetValue(keys)!)
            {
                if (archive.Forget(key))
                {
                    terminal.Out.WriteLine($"{key}: forgotten");
                    continue;
                }
                terminal.Error.WriteLine($"CH0423 {key}: no such document in the archive; list them with: chancery documents");
                code = 1;
            }
            archive.Merge(null, cancellation);
            return Task.FromResult(code);
        });
        return command;
    }
}
