using Chancery.Records;

namespace Chancery.Reading;

/// <summary>A statement while the text is being read.</summary>
/// <param name="Spans">Its words.</param>
/// <param name="CueWord">The word that says what is done by saying it; -1 where there is none.</param>
internal sealed record Draft(StatementSpans Spans, int CueWord)
{
    /// <summary>What is done by saying it, where the construction itself tells.</summary>
    public SpeechAct? Act { get; init; }

    public string? Speaker { get; init; }

    public IReadOnlyList<string> Addressees { get; init; } = [];

    /// <summary>Who passes it on, where the construction itself tells: the paper that cites the source; null where what stands around it does.</summary>
    public Draft? Outer { get; init; }
}
