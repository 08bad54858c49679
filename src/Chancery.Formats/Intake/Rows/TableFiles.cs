using System.Text;
using Chancery.Records;
using Sylvan.Data.Csv;

namespace Chancery.Formats.Intake;

/// <summary>Reports in CSV or TSV, one a row; the first line names the columns.</summary>
internal static class TableFiles
{
    private const int SampleLength = 1 << 16;

    public static IEnumerable<(Document?, Problem?)> Read(TextReader from, char? separator, string name, IntakeOptions options, CancellationToken stop)
    {
        var sample = new char[SampleLength];
        var length = from.ReadBlock(sample);
        // Excel's word about the separator, a line above the columns.
        var said = length > 5 && sample.AsSpan(0, 4).Equals("sep=", StringComparison.OrdinalIgnoreCase) ? sample.AsSpan(0, length).IndexOf('\n') + 1 : 0;
        if (said > 0)
            separator = sample[4];
        using var whole = new SampledReader(sample, said, length, from);
        var (csv, refused) = Open(whole, separator ?? Separator(sample.AsSpan(0, length)), name, options);
        if (csv is null)
        {
            yield return (null, refused);
            yield break;
        }
        using (csv)
        {
            var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            long line = said > 0 ? 3 : 2;
            for (var c = 0; c < csv.FieldCount; c++)
            {
                columns.TryAdd(csv.GetName(c).Trim().Trim('\uFEFF'), c);
                line += csv.GetName(c).Count(l => l == '\n');
            }
            if (!options.Columns.NamesOf("text").Any(columns.ContainsKey))
            {
                var named = options.Columns.TextWasNamed ? $"no column is named {options.Columns.NamesOf("text")[0]}" : "no column is named as a text is (text, body, content, article)";
                yield return (null, new("CH0314", $"{name}: {named}; the columns are {Shown(columns.Keys)}. Say which has the text: text=NAME."));
                yield break;
            }
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                var (more, problem) = Next(csv, name, line, options);
                if (problem is not null)
                    yield return (null, problem);
                if (!more)
                    yield break;
                if (problem is not null)
                    continue;
                var (fields, lines) = Fields(csv);
                string? Part(string part) => options.Columns.NamesOf(part).Select(n => columns.TryGetValue(n, out var c) && c < fields.Length ? fields[c] : null).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
                if (fields.Length > csv.FieldCount)
                    yield return (null, new("CH0312", $"{name}: line {line}: {fields.Length} fields instead of {csv.FieldCount}; put fields that hold the separator in quotation marks."));
                else if (fields.Any(f => f.Length > 0))
                    yield return Row.Read(Part, null, name, line, options);
                line += lines;
            }
        }
    }

    private static (CsvDataReader?, Problem?) Open(TextReader from, char separator, string name, IntakeOptions options)
    {
        try
        {
            return (CsvDataReader.Create(from, new CsvDataReaderOptions
            {
                Delimiter = separator,
                // A stray quotation mark is taken as Excel takes it, and costs a field at most, not the file.
                CsvStyle = CsvStyle.Lax,
                HasHeaders = true,
                BufferSize = Math.Min(1 << 16, options.LongestRow),
                MaxBufferSize = Math.Max(options.LongestRow, 128),
                OwnsReader = false,
            }), null);
        }
        catch (CsvRecordTooLargeException)
        {
            return (null, TooLong(name, 1, options));
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException or CsvMissingHeadersException)
        {
            return (null, new("CH0312", $"{name}: line 1: this line should name the columns and cannot be read; put names that hold quotation marks in quotation marks."));
        }
    }

    private static (bool More, Problem?) Next(CsvDataReader csv, string name, long line, IntakeOptions options)
    {
        try
        {
            return (csv.Read(), null);
        }
        catch (CsvRecordTooLargeException)
        {
            // Where the next row begins is unknown, so the rest is left.
            return (false, TooLong(name, line, options));
        }
        catch (CsvFormatException)
        {
            return (false, new("CH0312", $"{name}: line {line}: a quotation mark that fits no other; double those inside a field. The rest of the file was left."));
        }
    }

    private static Problem TooLong(string name, long line, IntakeOptions options) =>
        new("CH0311", $"{name}: line {line}: the row is longer than {options.LongestRow / (1 << 20)} Mi characters; look for a quotation mark that is never closed. The rest of the file was left.");

    private static (string[] Fields, long Lines) Fields(CsvDataReader csv)
    {
        var fields = new string[csv.RowFieldCount];
        long lines = 1;
        for (var c = 0; c < fields.Length; c++)
        {
            fields[c] = csv.GetString(c);
            lines += fields[c].AsSpan().Count('\n');
        }
        return (fields, lines);
    }

    private static string Shown(IEnumerable<string> names)
    {
        var list = string.Join(", ", names.Take(20).Select(n => n.Length > 40 ? n[..40] : n));
        return new StringBuilder(list).Replace('\n', ' ').Replace('\r', ' ').ToString();
    }

    /// <summary>The separator that the line of names has most of, outside quotation marks.</summary>
    private static char Separator(ReadOnlySpan<char> sample)
    {
        Span<int> counts = stackalloc int[3];
        var quoted = false;
        foreach (var letter in sample)
        {
            if (letter == '"')
                quoted = !quoted;
            else if (!quoted && letter == '\n')
                break;
            else if (!quoted && letter is ',' or ';' or '\t')
                counts[letter == ',' ? 0 : letter == ';' ? 1 : 2]++;
        }
        return counts[2] > counts[0] && counts[2] >= counts[1] ? '\t' : counts[1] > counts[0] ? ';' : ',';
    }

    private sealed class SampledReader(char[] sample, int start, int length, TextReader rest) : TextReader
    {
        private int _next = start;

        public override int Peek() => _next < length ? sample[_next] : rest.Peek();

        public override int Read() => _next < length ? sample[_next++] : rest.Read();

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            if (_next == length)
                return rest.Read(buffer);
            var n = Math.Min(buffer.Length, length - _next);
            sample.AsSpan(_next, n).CopyTo(buffer);
            _next += n;
            return n;
        }
    }
}
