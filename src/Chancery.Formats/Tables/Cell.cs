using System.Globalization;

namespace Chancery.Formats.Tables;

/// <summary>
/// One value of a row: a string, a whole number, a number, true or false, a list of strings, or nothing (the default). Absent is not the
/// empty string. Strings, numbers and truth values become cells by themselves; lists by <see cref="Of"/>.
/// </summary>
public readonly struct Cell
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly Content _content;

    private Cell(object? reference, long bits, Content content) => (_reference, _bits, _content) = (reference, bits, content);

    private enum Content : byte
    {
        Nothing,
        Text,
        Whole,
        Number,
        Truth,
        List,
    }

    /// <summary>Whether there is no value.</summary>
    public bool IsAbsent => _content == Content.Nothing;

    /// <summary>The string; null where there is none.</summary>
    public string? Text => _reference as string;

    /// <summary>The list; null where there is none.</summary>
    public IReadOnlyList<string>? List => _reference as IReadOnlyList<string>;

    /// <summary>The whole number; null where there is none.</summary>
    public long? Whole => _content == Content.Whole ? _bits : null;

    /// <summary>The number, also a whole one; null where there is none, or where it is not finite.</summary>
    public double? Number => _content == Content.Number ? BitConverter.Int64BitsToDouble(_bits) : _content == Content.Whole ? _bits : null;

    /// <summary>The truth value; null where there is none.</summary>
    public bool? Truth => _content == Content.Truth ? _bits != 0 : null;

    /// <summary>Makes a cell of a list; null makes an absent one.</summary>
    public static Cell Of(IReadOnlyList<string>? values) => values is null ? default : new(values, 0, Content.List);

    /// <summary>Makes a cell of a string; null makes an absent one.</summary>
    public static implicit operator Cell(string? value) => value is null ? default : new(value, 0, Content.Text);

    /// <summary>Makes a cell of a whole number.</summary>
    public static implicit operator Cell(long value) => new(null, value, Content.Whole);

    /// <summary>Makes a cell of a whole number.</summary>
    public static implicit operator Cell(int value) => new(null, value, Content.Whole);

    /// <summary>Makes a cell of a whole number; null makes an absent one.</summary>
    public static implicit operator Cell(int? value) => value is { } number ? new(null, number, Content.Whole) : default;

    /// <summary>Makes a cell of a number; one that is not finite makes an absent one, since few formats can hold it.</summary>
    public static implicit operator Cell(double value) => double.IsFinite(value) ? new(null, BitConverter.DoubleToInt64Bits(value), Content.Number) : default;

    /// <summary>Makes a cell of a number; null makes an absent one.</summary>
    public static implicit operator Cell(double? value) => value is { } number ? number : default(Cell);

    /// <summary>Makes a cell of a truth value.</summary>
    public static implicit operator Cell(bool value) => new(null, value ? 1 : 0, Content.Truth);

    /// <summary>The value as words: numbers in the shortest form that reads back the same, lists joined by a divider; nothing for absent.</summary>
    public string Words(string divider) => _content switch
    {
        Content.Text => (string)_reference!,
        Content.Whole => _bits.ToString(CultureInfo.InvariantCulture),
        Content.Number => BitConverter.Int64BitsToDouble(_bits).ToString("R", CultureInfo.InvariantCulture),
        Content.Truth => _bits != 0 ? "true" : "false",
        Content.List => string.Join(divider, List!),
        _ => "",
    };

    /// <summary>The value as words, lists joined by bars.</summary>
    public override string ToString() => Words("|");

    /// <summary>Whether the cell may stand in a column.</summary>
    internal bool Fits(ColumnType type) => _content switch
    {
        Content.Nothing => true,
        Content.Text => type is ColumnType.Text or ColumnType.Date,
        Content.Whole => type is ColumnType.Whole or ColumnType.Number,
        Content.Number => type is ColumnType.Number,
        Content.Truth => type is ColumnType.Truth,
        _ => type is ColumnType.List,
    };
}
