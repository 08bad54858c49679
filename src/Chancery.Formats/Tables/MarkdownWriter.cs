using System.Text;

namespace Chancery.Formats.Tables;

/// <summary>A table in GitHub's Markdown. What would be markup in a cell is escaped, and an end of line is <c>&lt;br&gt;</c>.</summary>
internal sealed class MarkdownWriter : ITableWriter
{
    private readonly Outlet _to;

    public MarkdownWriter(Stream to, TableSchema schema)
    {
        (_to, Schema) = (new(to), schema);
        Line(schema.Columns.Select(c => Escaped(c.Name)));
        Line(schema.Columns.Select(c => c.Type is ColumnType.Whole or ColumnType.Number ? "---:" : "---"));
    }

    public TableSchema Schema { get; }

    public ValueTask WriteRowAsync(ReadOnlyMemory<Cell> row, CancellationToken cancel = default)
    {
        TableWriter.Check(Schema, row.Span);
        var cells = new string[Schema.Columns.Count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = i < row.Length ? Escaped(row.Span[i].Words(", ")) : "";
        Line(cells);
        return _to.SettleAsync(cancel);
    }

    public ValueTask DisposeAsync() => _to.FlushAsync(CancellationToken.None);

    private static string Escaped(string words)
    {
        var escaped = new StringBuilder(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            _ = words[i] switch
            {
                '\\' or '|' or '`' or '*' or '_' or '[' or ']' or '~' => escaped.Append('\\').Append(words[i]),
                '<' => escaped.Append("&lt;"),
                '&' => escaped.Append("&amp;"),
                '\r' when i + 1 < words.Length && words[i + 1] == '\n' => escaped,
                '\r' or '\n' or '\u0085' or '\u2028' or '\u2029' => escaped.Append("<br>"),
                var c when char.IsControl(c) => escaped.Append(' '),
                var c => escaped.Append(c),
            };
        }
        return escaped.ToString();
    }

    private void Line(IEnumerable<string> cells) => Encoding.UTF8.GetBytes($"| {string.Join(" | ", cells)} |\n", _to.Buffer);
}
