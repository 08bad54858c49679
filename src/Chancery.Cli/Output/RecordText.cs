using System.Globalization;
using Chancery.Records;
using Spectre.Console;

namespace Chancery.Cli.Output;

/// <summary>A record as an analyst reads it first: who said what, each with its quote.</summary>
internal static class RecordText
{
    private static readonly char[] Breaks = [' ', '\n', '\r', '\t', '\u00a0'];

    public static void Write(TextWriter to, Record record, Terminal terminal)
    {
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new()
        {
            Ansi = terminal.Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(page),
        });
        console.Profile.Width = terminal.Width;
        console.Write(new Text($"{record.Document.Title ?? record.Document.Id}\n", new Style(decoration: Decoration.Bold)));
        console.Write(new Text($"{Heading(record)}\n\n", new Style(Color.Grey)));
        foreach (var statement in record.Statements)
        {
            WriteStatement(console, statement, record.Document.Text);
            console.Write(new Text("\n"));
        }
        // The console fills lines up with blanks, which get in the way of those who copy and compare.
        foreach (var line in page.ToString().TrimEnd('\n').AsSpan().EnumerateLines())
            to.Write($"{line.TrimEnd(' ')}\n");
        to.Write('\n');
    }

    private static string Heading(Record record)
    {
        var statements = record.Statements.Count switch
        {
            0 => "nobody is reported as saying anything",
            1 => "1 statement",
            var n => string.Create(CultureInfo.InvariantCulture, $"{n} statements"),
        };
        return string.Join(" · ", new[] { record.Document.Id, record.Document.Published, statements }.OfType<string>());
    }

    private static void WriteStatement(IAnsiConsole console, Statement statement, string text)
    {
        var who = statement.Speaker is { } speaker ? OnOneLine(speaker.Of(text)) : "not said by whom";
        console.Write(new Text($"  {who}", new Style(Color.Green, decoration: Decoration.Bold)));
        if (statement.Cue is { } cue)
            console.Write(new Text($"  {OnOneLine(cue.Of(text))}", new Style(Color.Yellow)));
        console.Write(new Text($"  [{Formats.Json.RecordJson.NameOf(statement.Form)}]\n", new Style(Color.Grey)));
        console.Write(new Padder(new Text(OnOneLine(statement.TextIn(text))), new Padding(6, 0, 0, 0)));
    }

    private static string OnOneLine(ReadOnlySpan<char> words) => string.Join(' ', words.ToString().Split(Breaks, StringSplitOptions.RemoveEmptyEntries));
}
