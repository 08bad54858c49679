using System.Buffers;

namespace Chancery.Formats.Tables;

/// <summary>How a table is written.</summary>
public enum TableFormat
{
    /// <summary>Comma-separated values (RFC 4180) in UTF-8.</summary>
    Csv,

    /// <summary>Fields divided by tabs, one line a row; tabs and ends of lines within a field become blanks.</summary>
    Tsv,

    /// <summary>Apache Parquet, compressed by Snappy.</summary>
    Parquet,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>One JSON array of objects.</summary>
    Json,

    /// <summary>A table in GitHub's Markdown.</summary>
    Markdown,
}

/// <summary>How tables are written.</summary>
public sealed record TableOptions
{
    /// <summary>Whether CSV begins with a byte order mark, without which Excel takes UTF-8 for another encoding. Default: no.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>
    /// Whether text that a spreadsheet would take for a formula gets an apostrophe before it, in CSV and TSV: what begins with <c>= + - @</c>,
    /// a tab or an end of line, unless it is a number. Default: yes.
    /// </summary>
    public bool GuardFormulas { get; init; } = true;

    /// <summary>How many rows a row group of Parquet holds at most; also bounds what is kept in memory. From 1; default: 50,000.</summary>
    public int RowGroupSize { get; init; } = 50_000;
}

/// <summary>Takes the rows of a table one by one and keeps none that is written. Disposing of it finishes the table; the stream stays open.</summary>
public interface ITableWriter : IAsyncDisposable
{
    /// <summary>The columns.</summary>
    TableSchema Schema { get; }

    /// <summary>Writes a row.</summary>
    /// <param name="row">A cell for each column; those behind the last one are absent.</param>
    /// <param name="cancel">Ends the writing.</param>
    /// <exception cref="ArgumentException">There are more cells than columns, or one does not fit its column.</exception>
    ValueTask WriteRowAsync(ReadOnlyMemory<Cell> row, CancellationToken cancel = default);
}

/// <summary>Opens writers of tables.</summary>
public static class TableWriter
{
    /// <summary>Begins a table.</summary>
    /// <param name="format">The format.</param>
    /// <param name="to">Where to write; need not be able to seek.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="options">How; the default options where null.</param>
    /// <exception cref="ArgumentException">The schema has no columns, or two of the same name.</exception>
    public static ITableWriter Open(TableFormat format, Stream to, TableSchema schema, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(schema);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RowGroupSize, 1, nameof(options));
        if (schema.Columns.Count == 0 || schema.Columns.DistinctBy(c => c.Name, StringComparer.Ordinal).Count() != schema.Columns.Count)
            throw new ArgumentException($"The table '{schema.Name}' needs columns of different names.", nameof(schema));
        return format switch
        {
            TableFormat.Csv => new DelimitedWriter(to, schema, options, csv: true),
            TableFormat.Tsv => new DelimitedWriter(to, schema, options, csv: false),
            TableFormat.Parquet => new ParquetTableWriter(to, schema, options),
            TableFormat.JsonLines => new JsonTableWriter(to, schema, lines: true),
            TableFormat.Json => new JsonTableWriter(to, schema, lines: false),
            TableFormat.Markdown => new MarkdownWriter(to, schema),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }

    /// <summary>Writes a whole table, row by row.</summary>
    /// <param name="format">The format.</param>
    /// <param name="to">Where to write.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="rows">The rows; walked through once.</param>
    /// <param name="options">How; the default options where null.</param>
    /// <param name="cancel">Ends the writing; what is written by then is left as it is.</param>
    /// <returns>How many rows there were.</returns>
    public static async Task<long> WriteAsync(TableFormat format, Stream to, TableSchema schema, IEnumerable<Cell[]> rows, TableOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var count = 0L;
        await using var writer = Open(format, to, schema, options);
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            await writer.WriteRowAsync(row, cancel).ConfigureAwait(false);
            count++;
        }
        return count;
    }

    /// <summary>The format of a name as it is given on a command line or as a file's ending: csv, tsv, parquet, jsonl, json, md; null for any other.</summary>
    public static TableFormat? FormatOf(string name) => name switch
    {
        "csv" => TableFormat.Csv,
        "tsv" => TableFormat.Tsv,
        "parquet" => TableFormat.Parquet,
        "jsonl" => TableFormat.JsonLines,
        "json" => TableFormat.Json,
        "md" => TableFormat.Markdown,
        _ => null,
    };

    /// <summary>The usual ending of a file of a format, such as <c>.csv</c>.</summary>
    public static string ExtensionOf(TableFormat format) => format switch
    {
        TableFormat.Csv => ".csv",
        TableFormat.Tsv => ".tsv",
        TableFormat.Parquet => ".parquet",
        TableFormat.JsonLines => ".jsonl",
        TableFormat.Json => ".json",
        TableFormat.Markdown => ".md",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>The media type of a format, such as <c>text/csv</c>.</summary>
    public static string MediaTypeOf(TableFormat format) => format switch
    {
        TableFormat.Csv => "text/csv",
        TableFormat.Tsv => "text/tab-separated-values",
        TableFormat.Parquet => "application/vnd.apache.parquet",
        TableFormat.JsonLines => "application/jsonl",
        TableFormat.Json => "application/json",
        TableFormat.Markdown => "text/markdown",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Says which cell of a row does not fit.</summary>
    internal static void Check(TableSchema schema, ReadOnlySpan<Cell> row)
    {
        if (row.Length > schema.Columns.Count)
            throw new ArgumentException($"{schema.Name}: {row.Length} cells for {schema.Columns.Count} columns.", nameof(row));
        for (var i = 0; i < row.Length; i++)
        {
            if (!row[i].Fits(schema.Columns[i].Type))
                throw new ArgumentException($"{schema.Name}: '{row[i]}' does not fit the column '{schema.Columns[i].Name}' ({schema.Columns[i].Type}).", nameof(row));
        }
    }
}

/// <summary>Gathers bytes and passes them on in large pieces.</summary>
internal sealed class Outlet(Stream to)
{
    private const int Enough = 1 << 16;

    public ArrayBufferWriter<byte> Buffer { get; } = new(Enough + 4096);

    /// <summary>Passes on what there is once it is enough.</summary>
    public ValueTask SettleAsync(CancellationToken cancel) => Buffer.WrittenCount < Enough ? ValueTask.CompletedTask : FlushAsync(cancel);

    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        await to.WriteAsync(Buffer.WrittenMemory, cancel).ConfigureAwait(false);
        Buffer.ResetWrittenCount();
    }
}
