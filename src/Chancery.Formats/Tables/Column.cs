namespace Chancery.Formats.Tables;

/// <summary>What the cells of a column hold.</summary>
public enum ColumnType
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A whole number of up to 64 bits.</summary>
    Whole,

    /// <summary>A number with a fraction.</summary>
    Number,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>A date as EDTF (ISO 8601-2), as precise as the text and no more; a string in every format.</summary>
    Date,

    /// <summary>Several strings, in an order that has a meaning.</summary>
    List,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Lower case, words joined by underscores.</param>
/// <param name="Type">What its cells hold; any may be absent.</param>
/// <param name="Meaning">One sentence for the codebook.</param>
public sealed record Column(string Name, ColumnType Type, string Meaning);

/// <summary>The columns of a table, in order.</summary>
/// <param name="Name">What the table is called, such as <c>events</c>; also the stem of its file.</param>
/// <param name="Meaning">What one row is.</param>
/// <param name="Columns">At least one; no two of the same name.</param>
public sealed record TableSchema(string Name, string Meaning, IReadOnlyList<Column> Columns)
{
    /// <summary>The columns that together name a row; none where nothing does.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];
}
