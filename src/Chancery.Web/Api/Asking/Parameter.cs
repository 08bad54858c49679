namespace Chancery.Web.Api.Asking;

/// <summary>What the value of a parameter is.</summary>
internal enum ParameterKind
{
    /// <summary>Words.</summary>
    Words,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A day, month or year: 2024-04-08, 2024-04 or 2024.</summary>
    Day,

    /// <summary>true or false.</summary>
    Truth,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>Some of some words, with commas between them.</summary>
    Choices,

    /// <summary>Words with commas between them.</summary>
    Several,
}

/// <summary>A parameter of an address. It is checked, and described, by what stands here.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="About">What it chooses.</param>
internal sealed record Parameter(string Name, ParameterKind Kind, string About)
{
    /// <summary>The least whole number.</summary>
    public long Least { get; init; }

    /// <summary>The greatest whole number.</summary>
    public long Most { get; init; }

    /// <summary>The whole number that is meant where none is given; null for none.</summary>
    public long? Usual { get; init; }

    /// <summary>The words that it may be.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What its choices are called together.</summary>
    public string? ChoicesName { get; init; }

    /// <summary>A value that makes sense.</summary>
    public string? Example { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it is a part of the path.</summary>
    public bool InPath { get; init; }
}
