namespace Chancery.Records;

/// <summary>How one entry of a record stands to another.</summary>
public enum LinkKind
{
    /// <summary>A denial, to the accusation that it answers.</summary>
    Denies,

    /// <summary>A statement, to another of which it says the opposite.</summary>
    Contradicts,

    /// <summary>A statement, to another speaker's of which it says the same.</summary>
    Corroborates,

    /// <summary>An event, to the first telling of it.</summary>
    Same,
}

/// <summary>That one entry answers or repeats another of the same record.</summary>
/// <param name="Kind">How.</param>
/// <param name="From">The statement or event that answers or repeats.</param>
/// <param name="To">The statement or event that is answered or repeated.</param>
public sealed record Link(LinkKind Kind, string From, string To);
