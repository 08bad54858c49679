namespace Chancery.Records;

/// <summary>How the words of a statement are given.</summary>
public enum SpeechForm
{
    /// <summary>In the reporter's words.</summary>
    Indirect,

    /// <summary>In quotation marks.</summary>
    Direct,

    /// <summary>Partly in quotation marks.</summary>
    Mixed,
}

/// <summary>Who said what, as far as the words themselves show it.</summary>
/// <param name="Id">Unique within its record.</param>
/// <param name="Form">How the words are given.</param>
/// <param name="Content">What is said; never empty.</param>
public sealed record Statement(string Id, SpeechForm Form, IReadOnlyList<TextSpan> Content)
{
    /// <summary>The words that name who says it; null where the text names nobody.</summary>
    public TextSpan? Speaker { get; init; }

    /// <summary>The words that say that it is said; null where only quotation marks do.</summary>
    public TextSpan? Cue { get; init; }

    /// <summary>What is said, its parts joined by " … ".</summary>
    public string TextIn(string document) => string.Join(" … ", Content.Select(c => c.Of(document).ToString()));
}

/// <summary>What reading one document found.</summary>
/// <param name="Document">The document.</param>
/// <param name="Statements">In the order of the text.</param>
public sealed record Record(Document Document, IReadOnlyList<Statement> Statements);
