using System.Buffers;
using System.Globalization;
using System.Text;

namespace Chancery.Formats.Tables;

/// <summary>
/// CSV (RFC 4180) and TSV. Absent is an empty field, the empty string <c>""</c>. The values of a list are divided by bars; a bar or backslash
/// within one has a backslash before it.
/// </summary>
internal sealed class DelimitedWriter : ITableWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\t\r\n\u0085\u2028\u2029");
    private static readonly SearchValues<char> Escaped = SearchValues.Create("|\\");

    private readonly Outlet _to;
    private readonly TableOptions _options;
    private readonly bool _csv;

    public DelimitedWriter(Stream to, TableSchema schema, TableOptions options, bool csv)
    {
        (_to, Schema, _options, _csv) = (new(to), schema, options, csv);
        if (csv && options.ByteOrderMark)
            _to.Buffer.Write((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]);
        for (var i = 0; i < schema.Columns.Count; i++)
            Field(schema.Columns[i].Name, i, quoted: false);
        End();
    }

    public TableSchema Schema { get; }

    public ValueTask WriteRowAsync(ReadOnlyMemory<Cell> row, CancellationToken cancel = default)
    {
        TableWriter.Check(Schema, row.Span);
        var cells = row.Span;
        for (var i = 0; i < Schema.Columns.Count; i++)
        {
            var cell = i < cells.Length ? cells[i] : default;
            var words = cell.List is { } list ? Joined(list) : cell.ToString();
            Field(cell.Text is null && cell.List is null ? words : Guarded(words), i, cell.Text is { Length: 0 });
        }
        End();
        return _to.SettleAsync(cancel);
    }

    public ValueTask DisposeAsync() => _to.FlushAsync(CancellationToken.None);

    private static string Joined(IReadOnlyList<string> values) => values.Count switch
    {
        0 => "",
        1 when !values[0].AsSpan().ContainsAny(Escaped) => values[0],
        _ => string.Join('|', values.Select(v => v.AsSpan().ContainsAny(Escaped) ? v.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal) : v)),
    };

    // The full-width forms are formulas too where Excel runs in Japanese, Chinese or Korean.
    private string Guarded(string words) =>
        _options.GuardFormulas && words is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..]
        && !double.TryParse(words, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _)
            ? "'" + words
            : words;

    private void Field(string words, int column, bool quoted)
    {
        if (column > 0)
            Put(_csv ? "," : "\t");
        if (!_csv)
            Put(words.AsSpan().ContainsAny(Breaks) ? TextCleaning.OnOneLine(words) : words);
        else if (quoted || words.AsSpan().ContainsAny(Special))
            Put(string.Concat("\"", words.Replace("\"", "\"\"", StringComparison.Ordinal), "\""));
        else
            Put(words);
    }

    private void End() => Put(_csv ? "\r\n" : "\n");

    private void Put(string words) => Encoding.UTF8.GetBytes(words, _to.Buffer);
}
