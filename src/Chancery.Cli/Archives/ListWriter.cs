using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chancery.Archive.Lists;
using Chancery.Formats.Json;
using Chancery.Formats.Tables;
using Spectre.Console;

namespace Chancery.Cli.Archives;

/// <summary>Prints a list: as a table for people, or as one of the formats for programs.</summary>
internal sealed class ListWriter(Terminal terminal, string format, string? output)
{
    public static Option<string> FormatOption()
    {
        var format = new Option<string>("--format") { Description = "How to print: table for people, json, jsonl, csv, tsv, parquet, md.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "jsonl", "csv", "tsv", "parquet", "md");
        return format;
    }

    /// <summary>Writes a list.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="items">Its entries.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="empty">What to say to people where it is empty.</param>
    /// <param name="words">The words of an entry, shown under it; null for none.</param>
    /// <param name="json">Writes an entry as JSON with everything it has; null to write its columns.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public async Task WriteAsync<T>(string name, IReadOnlyList<T> items, IReadOnlyList<EntryColumn<T>> columns, string empty, Func<T, IEnumerable<string>>? words, Action<Utf8JsonWriter, T>? json, CancellationToken cancellationToken)
    {
        if (format == "table")
        {
            await WriteTextAsync(to => Table(to, items, columns, empty, words)).ConfigureAwait(false);
            return;
        }
        if (json is not null && (format is "json" or "jsonl"))
        {
            await WriteTextAsync(to => to.Write(Json(items, json))).ConfigureAwait(false);
            return;
        }
        await using var stream = OpenStream();
        if (format == "md")
        {
            // Markdown is read by people, like the table: without keys and codes.
            var shown = Shown(items, columns);
            await TableWriter.WriteAsync(TableFormat.Markdown, stream, new(name, name, [.. shown.Select(c => c.Column with { Name = c.Heading! })]), items.Select(i => shown.Select(c => c.Shown(i)).ToArray()), null, cancellationToken).ConfigureAwait(false);
            return;
        }
        await TableWriter.WriteAsync(TableWriter.FormatOf(format)!.Value, stream, new(name, name, [.. columns.Select(c => c.Column)]), items.Select(i => columns.Select(c => c.Value(i)).ToArray()), null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where bytes go: a file, or standard output.</summary>
    public Stream OpenStream()
    {
        if (output is not null)
            return File.Create(output);
        terminal.Out.Flush();
        return terminal.Bytes ?? new TextStream(terminal.Out);
    }

    public async Task WriteTextAsync(Action<TextWriter> write)
    {
        if (output is null)
        {
            write(terminal.Out);
            await terminal.Out.FlushAsync().ConfigureAwait(false);
            return;
        }
        await using var to = new StreamWriter(output, append: false, new System.Text.UTF8Encoding(false));
        write(to);
    }

    private string Json<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> json)
    {
        using var buffer = new MemoryStream();
        if (format == "json")
        {
            using (var to = new Utf8JsonWriter(buffer, RecordJson.Options(indented: true)))
            {
                to.WriteStartArray();
                foreach (var item in items)
                    json(to, item);
                to.WriteEndArray();
            }
            buffer.WriteByte((byte)'\n');
        }
        else
        {
            foreach (var item in items)
            {
                using (var to = new Utf8JsonWriter(buffer, RecordJson.Options(indented: false)))
                    json(to, item);
                buffer.WriteByte((byte)'\n');
            }
        }
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void Table<T>(TextWriter to, IReadOnlyList<T> items, IReadOnlyList<EntryColumn<T>> columns, string empty, Func<T, IEnumerable<string>>? words)
    {
        if (items.Count == 0)
        {
            to.Write(empty + "\n");
            return;
        }
        var shown = Shown(items, columns);
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        var console = terminal.Page(page);
        if (words is not null)
        {
            WithWords(console, items, shown, words);
        }
        else
        {
            var table = new Spectre.Console.Table { Border = TableBorder.Simple };
            foreach (var column in shown)
                table.AddColumn(new TableColumn(new Text(column.Heading!)) { NoWrap = column.Column.Type is ColumnType.Date or ColumnType.Whole or ColumnType.Number });
            foreach (var item in items)
                table.AddRow(shown.Select(c => new Text(Words(c.Shown(item)))));
            console.Write(table);
        }
        Terminal.Trim(page.ToString(), to);
    }

    // A column in which nothing stands takes room from the others.
    private static List<EntryColumn<T>> Shown<T>(IReadOnlyList<T> items, IReadOnlyList<EntryColumn<T>> columns) =>
        columns.Where(c => c.Heading is not null && (items.Count == 0 || items.Any(i => Words(c.Shown(i)).Length > 0))).ToList();

    /// <summary>An entry in a line or two, with its words under it.</summary>
    private static void WithWords<T>(IAnsiConsole console, IReadOnlyList<T> items, List<EntryColumn<T>> shown, Func<T, IEnumerable<string>> words)
    {
        foreach (var item in items)
        {
            console.Write(new Text(string.Join(" · ", shown.Select(c => (c.Column.Type, c.Heading, Words: Words(c.Shown(item)))).Where(v => v.Words.Length > 0)
                .Select(v => v.Type is ColumnType.Text or ColumnType.Date ? v.Words : $"{v.Heading} {v.Words}")) + "\n", new Style(decoration: Decoration.Bold)));
            foreach (var quote in words(item))
                console.Write(new Padder(new Text(OnOneLine(quote)), new Padding(4, 0, 0, 0)));
        }
    }

    private static string Words(Cell cell) => OnOneLine(cell.Words(", "));

    internal static string OnOneLine(string words) => string.Join(' ', words.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Standard output of a test is text; what is written to it as bytes is UTF-8.</summary>
    private sealed class TextStream(TextWriter to) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing)
                to.Write(System.Text.Encoding.UTF8.GetString(ToArray()));
            base.Dispose(disposing);
        }
    }
}
