using System.CommandLine;
using System.Globalization;
using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Formats.Exports.Calendars;
using Chancery.Formats.Tables;
using Chancery.Views;

namespace Chancery.Cli.Archives;

/// <summary>The commands that list what an archive holds.</summary>
internal static class ListCommands
{
    // Rows of the plot of a relation, to each side of nothing.
    private const int Half = 24;

    // With --evidence, pieces of an entry that a table shows.
    private const int MostWords = 5;

    private static readonly (string Name, ArchiveView View, string About)[] Views =
    [
        ("timeline", ArchiveView.Timeline, "Events in order: who did what to whom, over all reports."),
        ("statements", ArchiveView.Statements, "Who said what, on whose word."),
        ("diary", ArchiveView.Diary, "Visits, meetings, calls, negotiations, summits, speeches: held, planned, expected, cancelled."),
        ("measures", ArchiveView.Measures, "Sanctions, restrictions, tariffs and the like, and their lifting."),
        ("positions", ArchiveView.Positions, "Who is for or against what, how often, since when."),
        ("disputes", ArchiveView.Disputes, "Accusations with their answers, and words against deeds."),
    ];

    public static IEnumerable<Command> Make(Terminal terminal, TimeProvider clock)
    {
        foreach (var (name, view, about) in Views)
            yield return Entries(terminal, clock, name, view, about);
        yield return Actors(terminal);
        yield return Documents(terminal);
        yield return Relations(terminal);
        yield return Search(terminal);
    }

    private static Option<string?> OutputOption() => new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };

    private static Command Entries(Terminal terminal, TimeProvider clock, string name, ArchiveView view, string about)
    {
        var (options, filter, format, output) = (new ArchiveOptions(), new FilterOptions(), ListWriter.FormatOption(), OutputOption());
        var evidence = new Option<bool>("--evidence") { Description = "Show the words of each entry." };
        var command = new Command(name, about);
        filter.AddTo(command);
        command.Add(format);
        command.Add(evidence);
        command.Add(output);
        options.AddTo(command);
        if (view == ArchiveView.Diary)
        {
            format.AcceptOnlyFromAmong("table", "json", "jsonl", "csv", "tsv", "parquet", "md", "ics");
            format.Description += " ics for calendars.";
        }
        command.SetAction(async (parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            var (how, chosen, words) = (parsed.GetValue(format)!, filter.Bind(parsed), parsed.GetValue(evidence));
            var page = archive.Entries(view, chosen, words || how is "json" or "jsonl" or "ics" ? MostWords : 0);
            var writer = new ListWriter(terminal, how, parsed.GetValue(output));
            if (how == "ics")
            {
                await using var stream = writer.OpenStream();
                DiaryCalendar.Write(stream, page.Entries.Select(e => e.ToDiaryItem()), clock.GetUtcNow());
            }
            else
            {
                var json = new EntryJsonWriter(view, archive);
                await writer.WriteAsync(name, page.Entries, EntryColumns.Of(view), Empty(archive, chosen), words ? e => e.Evidence.Select(w => $"{w.Document} {w.Entry}: “{w.Text}”") : null, json.Write, cancellation).ConfigureAwait(false);
            }
            if (page.Next is not null)
                await terminal.Error.WriteLineAsync($"more: --after {page.Next}").ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    private static string Empty(Archive.Archive archive, ArchiveFilter filter) => archive.IsEmpty
        ? "The archive is empty. Add reports to it with: chancery add FILE…"
        : filter == new ArchiveFilter { Kinds = filter.Kinds, Statuses = filter.Statuses, Limit = filter.Limit } && filter.Kinds.Count + filter.Statuses.Count == 0 ? "Nothing yet." : "Nothing that fits; leave an option out to see more.";

    private static Command Actors(Terminal terminal)
    {
        var (options, format, output) = (new ArchiveOptions(), ListWriter.FormatOption(), OutputOption());
        var actor = new Option<string?>("--actor") { Description = "A name or a part of it; a state stands for all of its people and bodies.", HelpName = "NAME" };
        var (limit, skip) = Paging();
        var command = new Command("actors", "Who is in the archive, those in most reports first.") { actor, limit, skip, format, output };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            await new ListWriter(terminal, parsed.GetValue(format)!, parsed.GetValue(output)).WriteAsync(
                "actors", archive.Actors(parsed.GetValue(actor), parsed.GetValue(limit), parsed.GetValue(skip)), EntryColumns.ForActors, "Nobody.", null, null, cancellation).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    private static Command Documents(Terminal terminal)
    {
        var (options, filter, format, output) = (new ArchiveOptions(), new FilterOptions(), ListWriter.FormatOption(), OutputOption());
        var skip = Paging().Skip;
        var command = new Command("documents", "The reports of the archive, newest first.") { skip };
        filter.AddReportsTo(command);
        command.Add(format);
        command.Add(output);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            await new ListWriter(terminal, parsed.GetValue(format)!, parsed.GetValue(output)).WriteAsync(
                "documents", archive.Documents(filter.Bind(parsed), parsed.GetValue(skip)), EntryColumns.ForDocuments, "No reports.", null, null, cancellation).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    private static Command Relations(Terminal terminal)
    {
        var (options, format, output) = (new ArchiveOptions(), ListWriter.FormatOption(), OutputOption());
        var (filter, skip) = (new FilterOptions(), Paging().Skip);
        var command = new Command("relations", "Co-operation and conflict between two actors; with --actor and --with the balance by month.");
        filter.AddRelationsTo(command);
        command.Add(skip);
        command.Add(format);
        command.Add(output);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            var (asked, how) = (filter.Bind(parsed), parsed.GetValue(format)!);
            var plot = asked.Actor is not null && asked.With is not null;
            var relations = archive.Relations(asked.Actor, asked.With, asked.Limit, parsed.GetValue(skip), months: plot, asked.From, asked.To);
            var writer = new ListWriter(terminal, how, parsed.GetValue(output));
            if (plot && how == "table" && relations.Count > 0)
                await writer.WriteTextAsync(to => Plot(to, relations[0])).ConfigureAwait(false);
            else if (plot && relations.Count > 0)
                await writer.WriteAsync("relations", relations[0].Months, EntryColumns.ForMonths, "No events between them.", null, null, cancellation).ConfigureAwait(false);
            else
                await writer.WriteAsync("relations", relations, EntryColumns.ForRelations, "No events between them.", null, null, cancellation).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    /// <summary>The mean of each month, to the left of the middle where it is hostile, to the right where it is co-operative.</summary>
    private static void Plot(TextWriter to, Relation relation)
    {
        to.Write(string.Create(CultureInfo.InvariantCulture, $"{relation.One.Name} and {relation.Other.Name}: {relation.Events} events, mean {relation.Mean:+0.0;-0.0;0.0} (hostile -10 … 10 co-operative)\n\n"));
        foreach (var month in relation.Months)
        {
            var mean = month.Sum / Math.Max(1, month.Events);
            var length = Math.Clamp((int)Math.Round(Math.Abs(mean) / 10 * Half), 0, Half);
            var (left, right) = mean < 0 ? (new string('█', length), "") : ("", new string('█', length));
            to.Write(string.Create(CultureInfo.InvariantCulture, $"{month.Month}  {left,Half}│{right,-Half} {mean,5:+0.0;-0.0;0.0}  {month.Events,4}  {string.Join(' ', month.ByType.OrderByDescending(t => t.Value).Take(3).Select(t => $"{t.Key.ToLowerInvariant()} {t.Value}"))}").TrimEnd() + "\n");
        }
    }

    private static Command Search(Terminal terminal)
    {
        var (options, format, output) = (new ArchiveOptions(), ListWriter.FormatOption(), OutputOption());
        var (filter, skip) = (new FilterOptions(), Paging().Skip);
        var words = new Argument<string[]>("WORDS") { Description = "Words that must all be there; \"in quotation marks\" as they stand, sanction* for beginnings, OR between alternatives.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("search", "Reports and statements with some words, the best first.") { words, skip, format, output };
        filter.AddSearchTo(command);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            var (documents, statements) = archive.Search(string.Join(' ', parsed.GetValue(words)!.Select(w => w.Contains(' ', StringComparison.Ordinal) ? $"\"{w}\"" : w)), filter.Bind(parsed), parsed.GetValue(skip));
            EntryColumn<Found>[] columns =
            [
                new(new("what", ColumnType.Text, "document or statement."), "what", f => f.What), new(new("date", ColumnType.Date, "When."), "date", f => f.Date), new(new("who", ColumnType.Text, "The publisher, or who says it."), "who", f => f.Who),
                new(new("words", ColumnType.Text, "The words found."), "words", f => f.Words), new(new("document", ColumnType.Text, "The key of the document."), "document", f => f.Document),
            ];
            await new ListWriter(terminal, parsed.GetValue(format)!, parsed.GetValue(output)).WriteAsync(
                "search",
                [
                    .. documents.Select(d => new Found("document", d.Published, d.Publisher, $"{(d.Title is null ? "" : d.Title + ": ")}{d.Passage}", d.Key)),
                    .. statements.Select(s => new Found("statement", s.Date, string.Join(", ", s.Who.Select(a => a.Name)), s.Text, s.Evidence.Count > 0 ? s.Evidence[0].Document : null)),
                ],
                columns, "Nothing has these words.", null, null, cancellation).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    private static (Option<int> Limit, Option<int> Skip) Paging()
    {
        var limit = new Option<int>("--limit") { Description = "How many entries.", DefaultValueFactory = _ => 50, HelpName = "N" };
        var skip = new Option<int>("--skip") { Description = "How many entries to leave out.", DefaultValueFactory = _ => 0, HelpName = "N" };
        foreach (var (option, least) in new[] { (limit, 1), (skip, 0) })
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n < least || n > 1_000_000))
                    result.AddError($"{option.Name} {result.Tokens[0].Value}: give a whole number from {least} to 1000000.");
            });
        }
        return (limit, skip);
    }

    private sealed record Found(string What, string? Date, string? Who, string? Words, string? Document);
}
