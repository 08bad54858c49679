using System.Text.Json.Serialization;

namespace Chancery.Web.Api.Shapes;

/// <summary>A document of the archive.</summary>
public sealed record DocumentEntry
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Its address.</summary>
    public required string Address { get; init; }

    /// <summary>The headline; null where it has none.</summary>
    public required string? Title { get; init; }

    /// <summary>Who published it; null where it does not say.</summary>
    public required string? Publisher { get; init; }

    /// <summary>When, in EDTF; null where it does not say.</summary>
    public required string? Published { get; init; }

    /// <summary>Where it can be read; null where it has no address.</summary>
    public required string? Url { get; init; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>How many statements it has.</summary>
    public required int Statements { get; init; }

    /// <summary>How many events.</summary>
    public required int Events { get; init; }

    /// <summary>How many copies of it there are; left out where one document is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Copies { get; init; }

    /// <summary>The key of the document of which it is a copy; null where it is none.</summary>
    public required string? CopyOf { get; init; }

    /// <summary>Why it was not read; null where it was.</summary>
    public required string? Note { get; init; }

    /// <summary>Where the words looked for stand; left out where none were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Passage { get; init; }

    /// <summary>Unicode code points of its text; left out in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Characters { get; init; }

    /// <summary>SHA-256 of its text in UTF-8; left out in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }
}

/// <summary>What was found for some words, the best first.</summary>
public sealed record SearchPage
{
    /// <summary>Documents with the words.</summary>
    public required IReadOnlyList<DocumentEntry> Documents { get; init; }

    /// <summary>Statements with the words.</summary>
    public required IReadOnlyList<StatementEntry> Statements { get; init; }

    /// <summary>The address of the next page; null on the last one.</summary>
    public required string? Next { get; init; }
}
