namespace Chancery.Corrections;

/// <summary>What a person decided of an entry.</summary>
public enum CorrectionAction
{
    /// <summary>It is right.</summary>
    Confirm,

    /// <summary>It is right with other values in some fields.</summary>
    Edit,

    /// <summary>It is wrong, and no longer shown.</summary>
    Reject,
}

/// <summary>A decision of a person on one entry of a record. It outlives reading the document anew, and always wins.</summary>
/// <param name="Entry">The id of the statement or event when it was decided on.</param>
/// <param name="Anchor">What finds the entry when ids have changed; see <see cref="Corrected.AnchorOf(Records.Record, string)"/>.</param>
/// <param name="Action">What was decided.</param>
/// <param name="By">Who decided.</param>
/// <param name="At">When, in ISO 8601.</param>
public sealed record Correction(string Entry, string Anchor, CorrectionAction Action, string By, string At)
{
    /// <summary>New values by field, as <see cref="Corrected.Fields"/> names them.</summary>
    public IReadOnlyDictionary<string, string> Changes { get; init; } = new Dictionary<string, string>();

    /// <summary>Why.</summary>
    public string? Note { get; init; }
}
