using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Tells what answers or repeats what: a denial its accusation, one source another, an event its first telling.</summary>
internal sealed class LinkReader(WorldLexicon lexicon, ParsedText text, Cast cast, IReadOnlyList<Statement> statements, IReadOnlyList<Event> events)
{
    // How much of the words of two statements must be the same.
    private const double LeastAlike = 0.5;

    // In statements. What was said long before is not what is answered.
    private const int FarthestBack = 60;

    // In statements. A denial that names no charge answers what has just been said.
    private const int NearBefore = 5;

    public List<Link> Read()
    {
        var links = new List<Link>();
        var said = statements.Select(Said).ToList();
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i].Act is SpeechAct.Deny or SpeechAct.Reject && Accusation(i) is { } answered)
                links.Add(new(LinkKind.Denies, statements[i].Id, answered));
            if (Repeated(i, said) is { } repeated)
                links.Add(repeated);
        }
        var first = new Dictionary<string, Event>(StringComparer.Ordinal);
        foreach (var one in events)
        {
            if (one.Source.Count == 0 || one.Target.Count == 0)
                continue;
            var key = $"{one.Type} {one.Status} {string.Join(',', one.Source)} {string.Join(',', one.Target)} {one.Date?.Edtf}";
            if (!first.TryAdd(key, one) && first[key].Spans.Sentence != one.Spans.Sentence)
                links.Add(new(LinkKind.Same, one.Id, first[key].Id));
        }
        return links;
    }

    /// <summary>
    /// What a denial answers: the last accusation of him who denies, or of his country, be it a statement or the event of one; else
    /// what another said of him not long before; else, where only a charge is spoken of, what another has just said.
    /// </summary>
    private string? Accusation(int denial)
    {
        var statement = statements[denial];
        if (statement.Speaker is not { } speaker)
            return null;
        for (var i = denial - 1; i >= Math.Max(0, denial - FarthestBack); i--)
        {
            var other = statements[i];
            if (other.Act is SpeechAct.Accuse or SpeechAct.Criticise or SpeechAct.Warn && other.Speaker is { } accuser && accuser != speaker
                && (other.Addressees.Any(a => a != accuser && SameSide(a, speaker)) || (!SameSide(accuser, speaker)
                    && (events.Any(e => e.Type == "ACCUSE" && e.Source.Contains(accuser) && e.Target.Any(t => SameSide(t, speaker)) && other.Spans.Cue?.Overlaps(e.Spans.Trigger[0]) == true) || SpeaksOf(other, speaker)))))
                return other.Id;
        }
        if (events.LastOrDefault(e => e.Type == "ACCUSE" && e.Spans.Trigger[0].Start < statement.Spans.Content[0].Start && e.Target.Any(t => SameSide(t, speaker)) && !e.Source.Any(s => SameSide(s, speaker)))?.Id is { } charge)
            return charge;
        if (statement.Act != SpeechAct.Deny)
            return null;
        for (var i = denial - 1; i >= Math.Max(0, denial - NearBefore); i--)
        {
            if (IsAnothers(statements[i], speaker) && SpeaksOf(statements[i], speaker))
                return statements[i].Id;
        }
        var here = SentenceOf(statement);
        for (var i = denial - 1; i >= Math.Max(0, denial - NearBefore); i--)
        {
            if (IsAnothers(statements[i], speaker) && here - SentenceOf(statements[i]) <= 1)
                return statements[i].Id;
        }
        return null;
    }

    private bool IsAnothers(Statement statement, string speaker) =>
        statement.Act is not (SpeechAct.Deny or SpeechAct.Reject) && statement.Speaker is { } other && !SameSide(other, speaker);

    private int SentenceOf(Statement statement) => text.Sentence(text.Touched(statement.Spans.Cue ?? statement.Spans.Content[0]).First);

    /// <summary>Whether what is said names somebody or his country.</summary>
    private bool SpeaksOf(Statement statement, string actor) => cast.Mentions.Any(m => SameSide(m.Actor, actor) && statement.Spans.Content.Any(c => c.Contains(text.Span(m.Mention.First, m.Mention.Last))));

    private bool SameSide(string one, string other) => one == other || (cast[one].Country is { } country && country == cast[other].Country);

    /// <summary>The earlier statement of somebody else that says the same, or the opposite.</summary>
    private Link? Repeated(int later, List<(HashSet<string> Words, bool Negated)> said)
    {
        if (statements[later].Speaker is not { } speaker || said[later].Words.Count < 4)
            return null;
        for (var i = later - 1; i >= Math.Max(0, later - FarthestBack); i--)
        {
            if (statements[i].Speaker is not { } other || other == speaker || statements[later].Via == statements[i].Id || statements[i].Via == statements[later].Id || Overlap(statements[i], statements[later]))
                continue;
            var shared = said[i].Words.Count(said[later].Words.Contains);
            if (shared < LeastAlike * (said[i].Words.Count + said[later].Words.Count - shared))
                continue;
            return new(said[i].Negated == said[later].Negated ? LinkKind.Corroborates : LinkKind.Contradicts, statements[later].Id, statements[i].Id);
        }
        return null;
    }

    private static bool Overlap(Statement one, Statement other) => one.Spans.Content.Any(a => other.Spans.Content.Any(b => a.Overlaps(b)));

    /// <summary>The words of what is said that carry meaning, names by whom they mean, and whether it says no.</summary>
    private (HashSet<string> Words, bool Negated) Said(Statement statement)
    {
        var (words, negated) = (new HashSet<string>(StringComparer.Ordinal), statement.Act is SpeechAct.Deny or SpeechAct.Reject);
        foreach (var content in statement.Spans.Content)
        {
            var (first, last) = text.Touched(content);
            for (var i = first; i <= last; i++)
            {
                if (text.Words[i].Features?.Contains("Polarity=Neg", StringComparison.Ordinal) == true)
                    negated = !negated;
                else if (cast.At(i) is { } actor)
                    words.Add(actor);
                else if (text.Words[i].Upos is "NOUN" or "VERB" or "ADJ" or "PROPN" or "NUM" && lexicon.ActOf(text.Lemma(i), text.Words[i].Upos) is null)
                    words.Add(text.Lemma(i));
            }
        }
        return (words, negated);
    }
}
