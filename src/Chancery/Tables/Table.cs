namespace Chancery.Tables;

/// <summary>
/// A table that people can edit: lines of fields divided by tabs, the first of which names the columns. Empty lines and lines that
/// begin with # are for people.
/// </summary>
internal static class Table
{
    /// <summary>Reads the rows of a table.</summary>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="text">Its contents.</param>
    /// <param name="columns">The columns that it must have, in this order.</param>
    /// <exception cref="InvalidDataException">A line does not fit; the message names file and line, and what was expected.</exception>
    public static List<Row> Read(string file, string text, params string[] columns)
    {
        var (rows, number, headed) = (new List<Row>(), 0, false);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace() || line[0] == '#')
                continue;
            var fields = line.ToString().Split('\t');
            if (!headed)
            {
                if (!fields.SequenceEqual(columns))
                    throw new InvalidDataException($"{file}: line {number}: the first line must name the columns: {string.Join(", ", columns)}, divided by tabs.");
                headed = true;
                continue;
            }
            var row = new Row(file, number, fields, columns);
            if (fields.Length != columns.Length)
                throw row.Broken($"{fields.Length} fields instead of {columns.Length} ({string.Join(", ", columns)}); divide them by single tabs");
            rows.Add(row);
        }
        if (!headed)
            throw new InvalidDataException($"{file}: nothing in it; the first line must name the columns: {string.Join(", ", columns)}.");
        return rows;
    }

    /// <summary>One row.</summary>
    public sealed class Row(string file, int line, string[] fields, string[] columns)
    {
        /// <summary>A field by the name of its column, without blanks around it.</summary>
        public string this[string column] => fields[Array.IndexOf(columns, column)].Trim();

        /// <summary>A field that may not be empty.</summary>
        public string Required(string column) =>
            this[column] is { Length: > 0 } value ? value : throw Broken($"'{column}' is empty");

        /// <summary>A field of several values divided by bars; none where it is empty.</summary>
        public string[] List(string column) => this[column].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        /// <summary>What to throw where the row makes no sense.</summary>
        public InvalidDataException Broken(string what) => new($"{file}: line {line}: {what}.");
    }
}
