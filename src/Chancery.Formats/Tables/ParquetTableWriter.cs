using Parquet;
using Parquet.Schema;

namespace Chancery.Formats.Tables;

/// <summary>
/// Parquet: strings and dates as UTF-8, whole numbers as INT64, numbers as DOUBLE, lists as lists of strings; any cell may be null. A row
/// group is written when it has enough rows or characters, so memory stays bounded however many rows there are.
/// </summary>
internal sealed class ParquetTableWriter : ITableWriter
{
    private const long EnoughCharacters = 1 << 25;

    private readonly Stream _to;
    private readonly TableOptions _options;
    private readonly ParquetSchema _schema;
    private readonly Part[] _parts;
    private ParquetWriter? _writer;
    private int _rows;
    private long _characters;

    public ParquetTableWriter(Stream to, TableSchema schema, TableOptions options)
    {
        (_to, Schema, _options) = (to, schema, options);
        _parts = [.. schema.Columns.Select(Part.Of)];
        _schema = new(_parts.Select(p => p.Field));
    }

    public TableSchema Schema { get; }

    public ValueTask WriteRowAsync(ReadOnlyMemory<Cell> row, CancellationToken cancel = default)
    {
        TableWriter.Check(Schema, row.Span);
        for (var i = 0; i < _parts.Length; i++)
            _characters += _parts[i].Add(i < row.Length ? row.Span[i] : default);
        return ++_rows < _options.RowGroupSize && _characters < EnoughCharacters ? ValueTask.CompletedTask : FlushAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_rows > 0)
            await FlushAsync(CancellationToken.None).ConfigureAwait(false);
        _writer ??= await OpenAsync(CancellationToken.None).ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask FlushAsync(CancellationToken cancel)
    {
        _writer ??= await OpenAsync(cancel).ConfigureAwait(false);
        var fields = _schema.GetDataFields();
        using var group = _writer.CreateRowGroup();
        for (var i = 0; i < _parts.Length; i++)
            await _parts[i].WriteAsync(group, fields[i], cancel).ConfigureAwait(false);
        (_rows, _characters) = (0, 0);
    }

    private Task<ParquetWriter> OpenAsync(CancellationToken cancel) => ParquetWriter.CreateAsync(_schema, _to, new ParquetOptions(), cancellationToken: cancel);

    /// <summary>What a column has gathered for the next row group.</summary>
    private abstract class Part(Field shape)
    {
        public Field Field { get; } = shape;

        public static Part Of(Column column) => column.Type switch
        {
            ColumnType.Whole => new Values<long>(column.Name, c => c.Whole),
            ColumnType.Number => new Values<double>(column.Name, c => c.Number),
            ColumnType.Truth => new Values<bool>(column.Name, c => c.Truth),
            ColumnType.List => new Lists(column.Name),
            _ => new Strings(column.Name),
        };

        /// <summary>Takes a cell; says how many characters it weighs.</summary>
        public abstract int Add(Cell cell);

        /// <summary>Writes what was gathered, and forgets it.</summary>
        public abstract Task WriteAsync(ParquetRowGroupWriter to, DataField field, CancellationToken cancel);
    }

    private sealed class Values<T>(string name, Func<Cell, T?> of) : Part(new DataField<T>(name, true))
        where T : struct
    {
        private readonly List<T?> _values = [];

        public override int Add(Cell cell)
        {
            _values.Add(of(cell));
            return 1;
        }

        public override async Task WriteAsync(ParquetRowGroupWriter to, DataField field, CancellationToken cancel)
        {
            await to.WriteAsync<T>(field, (ReadOnlyMemory<T?>)_values.ToArray(), cancellationToken: cancel).ConfigureAwait(false);
            _values.Clear();
        }
    }

    private sealed class Strings(string name) : Part(new DataField(name, typeof(string), true))
    {
        private readonly List<string?> _values = [];

        public override int Add(Cell cell)
        {
            _values.Add(cell.Text);
            return cell.Text?.Length ?? 1;
        }

        public override async Task WriteAsync(ParquetRowGroupWriter to, DataField field, CancellationToken cancel)
        {
            await to.WriteAsync(field, _values!).ConfigureAwait(false);
            _values.Clear();
        }
    }

    private sealed class Lists(string name) : Part(new ListField(name, new DataField("element", typeof(string), false)))
    {
        // Parquet's levels of an optional list of required strings.
        private const int Absent = 0;
        private const int Empty = 1;
        private const int Present = 2;

        private readonly List<ReadOnlyMemory<char>> _values = [];
        private readonly List<int> _defined = [];
        private readonly List<int> _repeated = [];

        public override int Add(Cell cell)
        {
            if (cell.List is not { Count: > 0 } list)
            {
                _defined.Add(cell.List is null ? Absent : Empty);
                _repeated.Add(0);
                return 1;
            }
            var weight = 0;
            foreach (var value in list)
            {
                _repeated.Add(weight == 0 ? 0 : 1);
                _defined.Add(Present);
                _values.Add(value.AsMemory());
                weight += value.Length + 1;
            }
            return weight;
        }

        public override async Task WriteAsync(ParquetRowGroupWriter to, DataField field, CancellationToken cancel)
        {
            await to.WriteAllPartsAsync<ReadOnlyMemory<char>>(field, _values.ToArray(), (ReadOnlyMemory<int>)_defined.ToArray(), (ReadOnlyMemory<int>)_repeated.ToArray(), cancel).ConfigureAwait(false);
            _values.Clear();
            _defined.Clear();
            _repeated.Clear();
        }
    }
}
