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

/// <summary>What is done by saying it.</summary>
public enum SpeechAct
{
    /// <summary>Says that something is so.</summary>
    State,

    /// <summary>Passes on what others said or did.</summary>
    Report,

    /// <summary>Says that another did wrong.</summary>
    Accuse,

    /// <summary>Says that something is not so.</summary>
    Deny,

    /// <summary>Finds fault.</summary>
    Criticise,

    /// <summary>Speaks well of another, or thanks.</summary>
    Praise,

    /// <summary>Takes a side.</summary>
    Support,

    /// <summary>Says that harm may come.</summary>
    Warn,

    /// <summary>Says that one will do harm.</summary>
    Threaten,

    /// <summary>Says that one will do something.</summary>
    Promise,

    /// <summary>Wants another to do something.</summary>
    Demand,

    /// <summary>Puts a plan to others.</summary>
    Propose,

    /// <summary>Says yes.</summary>
    Agree,

    /// <summary>Says no.</summary>
    Reject,

    /// <summary>Says what will be.</summary>
    Predict,

    /// <summary>Says that what was said is so.</summary>
    Confirm,

    /// <summary>Wants to know.</summary>
    Ask,
}

/// <summary>Who said what, on whose word.</summary>
/// <param name="Id">Unique within its record.</param>
/// <param name="Act">What is done by saying it.</param>
/// <param name="Form">How the words are given.</param>
/// <param name="Spans">The words that show it.</param>
public sealed record Statement(string Id, SpeechAct Act, SpeechForm Form, StatementSpans Spans)
{
    /// <summary>The actor who says it; null where the text names nobody.</summary>
    public string? Speaker { get; init; }

    /// <summary>The actors to whom it is said.</summary>
    public IReadOnlyList<string> Addressees { get; init; } = [];

    /// <summary>The statement that reports this one; null where the reporter does.</summary>
    public string? Via { get; init; }

    /// <summary>When it was said; null where the text does not say.</summary>
    public TextDate? Date { get; init; }

    /// <summary>What is said, its parts joined by " … ".</summary>
    public string TextIn(string document) => string.Join(" … ", Spans.Content.Select(c => c.Of(document).ToString()));
}

/// <summary>The words of a statement.</summary>
/// <param name="Speaker">Those that name who says it; null where nobody is named.</param>
/// <param name="Cue">Those that say that it is said; null where only quotation marks do.</param>
/// <param name="Content">Those that are said; never empty.</param>
public sealed record StatementSpans(TextSpan? Speaker, TextSpan? Cue, IReadOnlyList<TextSpan> Content);

/// <summary>A date as far as the text gives it.</summary>
/// <param name="Edtf">In EDTF (ISO 8601-2), such as <c>2024-04-08/2024-04-09</c> or <c>XXXX-03</c>.</param>
/// <param name="Words">The words that give it.</param>
public sealed record TextDate(string Edtf, TextSpan Words);
