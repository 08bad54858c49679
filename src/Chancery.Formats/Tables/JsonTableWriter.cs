using System.Buffers;
using System.Text.Json;
using Chancery.Formats.Json;

namespace Chancery.Formats.Tables;

/// <summary>Rows as JSON objects, one a line or all in one array; absent is null.</summary>
internal sealed class JsonTableWriter : ITableWriter
{
    private readonly Outlet _to;
    private readonly Utf8JsonWriter _json;
    private readonly JsonEncodedText[] _names;
    private readonly bool _lines;
    private bool _begun;

    public JsonTableWriter(Stream to, TableSchema schema, bool lines)
    {
        (_to, Schema, _lines) = (new(to), schema, lines);
        var options = RecordJson.Options(indented: false);
        _json = new(_to.Buffer, options);
        _names = [.. schema.Columns.Select(c => JsonEncodedText.Encode(c.Name, options.Encoder))];
    }

    public TableSchema Schema { get; }

    public ValueTask WriteRowAsync(ReadOnlyMemory<Cell> row, CancellationToken cancel = default)
    {
        TableWriter.Check(Schema, row.Span);
        if (!_lines)
            _to.Buffer.Write(_begun ? ",\n"u8 : "[\n"u8);
        _begun = true;
        _json.WriteStartObject();
        for (var i = 0; i < _names.Length; i++)
            Write(_names[i], i < row.Length ? row.Span[i] : default);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        if (_lines)
            _to.Buffer.Write("\n"u8);
        return _to.SettleAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_lines)
            _to.Buffer.Write(_begun ? "\n]\n"u8 : "[]\n"u8);
        await _to.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await _json.DisposeAsync().ConfigureAwait(false);
    }

    private void Write(JsonEncodedText name, Cell cell)
    {
        if (cell.Text is { } text)
            _json.WriteString(name, text);
        else if (cell.Whole is { } whole)
            _json.WriteNumber(name, whole);
        else if (cell.Number is { } number)
            _json.WriteNumber(name, number);
        else if (cell.Truth is { } truth)
            _json.WriteBoolean(name, truth);
        else if (cell.List is { } list)
        {
            _json.WriteStartArray(name);
            foreach (var value in list)
                _json.WriteStringValue(value);
            _json.WriteEndArray();
        }
        else
            _json.WriteNull(name);
    }
}
