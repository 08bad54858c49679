using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Tells, for each entry of a record, what made it and which words of the tree it rests on.</summary>
internal sealed class Explainer(WorldLexicon lexicon, ParsedText text)
{
    private const int MostWords = 12;

    public List<Explanation> Explain(Record record) =>
    [
        .. record.Statements.Select(s => new Explanation(s.Id, RuleOf(s), Tree([.. new[] { s.Spans.Cue, s.Spans.Speaker, s.Spans.Content[0] }.OfType<TextSpan>()]))),
        .. record.Events.Select(e => new Explanation(e.Id, RuleOf(e), Tree([.. e.Spans.Trigger, .. e.Spans.Source, .. e.Spans.Target]))),
    ];

    private static string RuleOf(Event one) => one.Why switch
    {
        null => "",
        "model" => "the learned scorer, where no frame fits (models/en/events.tsv)",
        _ when one.Why.StartsWith("statement/", StringComparison.Ordinal) => $"what is said does it: {one.Why["statement/".Length..]} (lexicon/cues.tsv)",
        _ => $"frame '{one.Why[(one.Why.IndexOf('/', StringComparison.Ordinal) + 1)..]}' (lexicon/frames)",
    };

    private string RuleOf(Statement statement)
    {
        if (statement.Spans.Cue is not { } cue)
            return "quotation marks";
        var (first, last) = text.Touched(cue);
        for (var i = first; i <= last; i++)
        {
            if (lexicon.ActOf(text.Lemma(i), text.Words[i].Upos) is { } act)
                return $"who-said-what tags and the tree; '{text.Lemma(i)}' is to {act.ToString().ToLowerInvariant()} (lexicon/cues.tsv)";
        }
        return "who-said-what tags and the tree";
    }

    /// <summary>The head of each span, and the words between it and the head of the first.</summary>
    private string Tree(IReadOnlyList<TextSpan> spans)
    {
        var words = new List<int>();
        foreach (var span in spans)
        {
            var (first, last) = text.Touched(span);
            if (first > last)
                continue;
            for (var at = text.HeadOf(first, last); at >= 0 && !words.Contains(at) && words.Count < MostWords; at = text.Head(at))
            {
                words.Add(at);
                // The path leads up to the trigger, or is of a clause of its own.
                if (words.Count > 1 && text.Head(at) == words[0])
                    break;
                if (words.Count == 1)
                    break;
            }
        }
        return string.Join(' ', words.Select(w => $"{text.Words[w].Form}[{text.Words[w].Relation}{(text.Case(w) is { } marker ? ":" + marker : "")}]"));
    }
}
