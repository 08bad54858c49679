using System.Globalization;
using Chancery.Formats.Json;
using Chancery.Lexicon;
using Chancery.Reading;
using Chancery.Records;
using Spectre.Console;

namespace Chancery.Cli.Output;

/// <summary>A record as an analyst reads it first: who is in it, who did what to whom, who said what, each with its words.</summary>
internal static class RecordText
{
    private static readonly char[] Breaks = [' ', '\n', '\r', '\t', '\u00a0'];

    public static void Write(TextWriter to, Record record, IReadOnlyList<Explanation> why, Terminal terminal)
    {
        var reasons = why.ToDictionary(e => e.Entry, StringComparer.Ordinal);
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        var console = terminal.Page(page);
        console.Write(new Text($"{record.Document.Title ?? record.Document.Id}\n", new Style(decoration: Decoration.Bold)));
        console.Write(new Text($"{Heading(record)}\n\n", new Style(Color.Grey)));
        var names = record.Actors.ToDictionary(a => a.Id, a => a.Name, StringComparer.Ordinal);
        WriteActors(console, record);
        WriteEvents(console, record, names, reasons);
        if (record.Statements.Count > 0)
            console.Write(new Text("Who said what\n", new Style(decoration: Decoration.Underline)));
        foreach (var statement in record.Statements)
        {
            WriteStatement(console, statement, record, names);
            WriteReason(console, statement.Id, reasons);
            console.Write(new Text("\n"));
        }
        Terminal.Trim(page.ToString(), to);
        to.Write('\n');
    }

    private static string Heading(Record record)
    {
        var counts = $"{Count(record.Actors.Count, "actor")}, {Count(record.Events.Count, "event")}, {Count(record.Statements.Count, "statement")}";
        return string.Join(" · ", new[] { record.Document.Id, record.Document.Published, counts }.OfType<string>());
    }

    private static string Count(int n, string what) => string.Create(CultureInfo.InvariantCulture, $"{n} {what}{(n == 1 ? "" : "s")}");

    /// <summary>Those with a name, each with office and country.</summary>
    private static void WriteActors(IAnsiConsole console, Record record)
    {
        if (record.Actors.Count == 0)
            return;
        console.Write(new Text("Who\n", new Style(decoration: Decoration.Underline)));
        console.Write(new Padder(new Text(string.Join(" · ", record.Actors.Select(Listed))), new Padding(2, 0, 0, 0)));
        console.Write(new Text("\n"));
    }

    private static string Listed(Actor actor)
    {
        // "French diplomat (diplomat)" says the same twice.
        var office = actor.Office is { } held && !actor.Name.EndsWith(held, StringComparison.OrdinalIgnoreCase) ? held : null;
        var told = string.Join(", ", new[] { office, actor.Kind == ActorKind.State ? null : actor.Country }.OfType<string>());
        return told.Length > 0 ? $"{actor.Name} ({told})" : actor.Name;
    }

    private static void WriteEvents(IAnsiConsole console, Record record, Dictionary<string, string> names, Dictionary<string, Explanation> reasons)
    {
        if (record.Events.Count == 0)
            return;
        console.Write(new Text("Who did what to whom\n", new Style(decoration: Decoration.Underline)));
        foreach (var one in record.Events.OrderBy(e => e.Date?.Edtf ?? "9", StringComparer.Ordinal))
        {
            // To nobody, but to something: its words.
            var target = one.Target.Count > 0 ? Names(one.Target) : string.Join(", ", one.Spans.Target.Select(t => $"“{OnOneLine(t.Of(record.Document.Text))}”"));
            // Those who meet do it to each other.
            var mutual = one.Source.Count > 1 && one.Source.SequenceEqual(one.Target);
            var sides = mutual ? string.Join(" ↔ ", one.Source.Select(s => names[s])) : target.Length == 0 ? Names(one.Source) : $"{Names(one.Source)} → {target}";
            console.Write(new Text($"  {one.Date?.Edtf ?? "no date"}  ", new Style(Color.Grey)));
            console.Write(new Text(sides, new Style(Color.Green, decoration: Decoration.Bold)));
            console.Write(new Text($"  {string.Join(' ', one.Modes.Prepend(one.Type.ToLowerInvariant()))}", new Style(Color.Yellow)));
            console.Write(new Text(one.Place is { } place ? $"  {place.Name}" : ""));
            console.Write(new Text(one.Status == EventStatus.Actual ? "" : $"  {one.Status.ToString().ToLowerInvariant()}"));
            console.Write(new Text($"{(one.Statement is { } claim ? $"  says {claim}" : "")}\n", new Style(Color.Grey)));
            console.Write(new Padder(new Text(OnOneLine(one.Spans.Sentence.Of(record.Document.Text))), new Padding(6, 0, 0, 0)));
            WriteReason(console, one.Id, reasons);
        }
        console.Write(new Text("\n"));

        string Names(IReadOnlyList<string> ids) => string.Join(", ", ids.Select(id => names[id]));
    }

    private static void WriteStatement(IAnsiConsole console, Statement statement, Record record, Dictionary<string, string> names)
    {
        var text = record.Document.Text;
        var words = statement.Spans.Speaker is { } span ? OnOneLine(span.Of(text)) : null;
        var who = statement.Speaker is { } speaker ? names[speaker] : words ?? "not said by whom";
        console.Write(new Text($"  {statement.Id}  ", new Style(Color.Grey)));
        console.Write(new Text(who, new Style(Color.Green, decoration: Decoration.Bold)));
        var via = (statement.Via is null ? "" : $", as {statement.Via} has it")
            + string.Concat(record.Links.Where(l => l.From == statement.Id).Select(l => $", {l.Kind.ToString().ToLowerInvariant()} {l.To}"));
        console.Write(new Text($"  {RecordJson.NameOf(statement.Act)}", new Style(Color.Yellow)));
        console.Write(new Text($"  [{RecordJson.NameOf(statement.Form)}{via}]\n", new Style(Color.Grey)));
        console.Write(new Padder(new Text(OnOneLine(statement.TextIn(text))), new Padding(6, 0, 0, 0)));
    }

    private static void WriteReason(IAnsiConsole console, string entry, Dictionary<string, Explanation> reasons)
    {
        if (reasons.TryGetValue(entry, out var reason))
            console.Write(new Padder(new Text($"because: {reason.Rule}\nin the tree: {reason.Tree}", new Style(Color.Grey)), new Padding(8, 0, 0, 0)));
    }

    private static string OnOneLine(ReadOnlySpan<char> words) => string.Join(' ', words.ToString().Split(Breaks, StringSplitOptions.RemoveEmptyEntries));
}
