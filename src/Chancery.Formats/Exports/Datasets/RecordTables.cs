using Chancery.Formats.Tables;
using Chancery.Records;

namespace Chancery.Formats.Exports.Datasets;

/// <summary>A table over records.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="RowsOf">The rows that one record gives, in the order of the text.</param>
public sealed record RecordTable(TableSchema Schema, Func<ExportRecord, IEnumerable<Cell[]>> RowsOf)
{
    /// <summary>The rows of all records, one record at a time.</summary>
    public IEnumerable<Cell[]> Rows(IEnumerable<ExportRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.SelectMany(RowsOf);
    }
}

/// <summary>
/// Records as five tables: documents, actors, statements, events and links. Ids are joined by labels; offsets count Unicode code points
/// into the document's text, the end excluded, and stand beside the words themselves. <c>docs/exports.md</c> explains every column.
/// </summary>
public static class RecordTables
{
    /// <summary>One row a document.</summary>
    public static RecordTable Documents { get; } = DocumentTable.Make();

    /// <summary>One row for each actor of each document.</summary>
    public static RecordTable Actors { get; } = ActorTable.Make();

    /// <summary>One row for each statement of each document.</summary>
    public static RecordTable Statements { get; } = StatementTable.Make();

    /// <summary>One row for each event of each document.</summary>
    public static RecordTable Events { get; } = EventTable.Make();

    /// <summary>One row for each link of each document.</summary>
    public static RecordTable Links { get; } = LinkTable.Make();

    /// <summary>All five.</summary>
    public static IReadOnlyList<RecordTable> All { get; } = [Documents, Actors, Statements, Events, Links];

    /// <summary>Writes several tables in one walk through the records.</summary>
    /// <param name="records">The records; walked through once.</param>
    /// <param name="writers">The writer of each table wanted, by its schema's name; left open.</param>
    /// <param name="cancel">Ends the writing.</param>
    /// <returns>How many rows each table got, by its name.</returns>
    /// <exception cref="ArgumentException">There is no table of a writer's name.</exception>
    public static async Task<IReadOnlyDictionary<string, long>> WriteAsync(IEnumerable<ExportRecord> records, IReadOnlyCollection<ITableWriter> writers, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(writers);
        var tables = writers.Select(w => (Writer: w, Table: All.FirstOrDefault(t => t.Schema.Name == w.Schema.Name) ?? throw new ArgumentException($"There is no table '{w.Schema.Name}'.", nameof(writers)))).ToList();
        var counts = tables.ToDictionary(t => t.Table.Schema.Name, _ => 0L, StringComparer.Ordinal);
        foreach (var record in records)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var (writer, table) in tables)
            {
                foreach (var row in table.RowsOf(record))
                {
                    await writer.WriteRowAsync(row, cancel).ConfigureAwait(false);
                    counts[table.Schema.Name]++;
                }
            }
        }
        return counts;
    }
}

/// <summary>A document's text with offsets as they go out.</summary>
internal readonly struct Words(string text)
{
    private readonly CodePointOffsets _offsets = new(text);

    public long At(int offset) => _offsets.At(Math.Min(offset, text.Length));

    public string Of(TextSpan span) => text[Math.Min(span.Start, text.Length)..Math.Min(span.End, text.Length)];

    public int Length => _offsets.At(text.Length);
}
