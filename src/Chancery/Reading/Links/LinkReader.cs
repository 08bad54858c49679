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

    // In sentences. A charge after a charge, or a doubt after a denial, is about the same only where it follows at once.
    private const int AtOnce = 2;

    private readonly Claims _claims = new(lexicon, text, cast, statements, events);

    public List<Link> Read()
    {
        var links = new List<Link>();
        var said = statements.Select(Said).ToList();
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i].Act is SpeechAct.Deny or SpeechAct.Reject && _claims.AnsweredBy(i) is { } answered)
            {
                links.Add(new(LinkKind.Denies, statements[i].Id, answered));
                // "rejected the charge. 'We sign treaties,' said its spokesman": his words are the answer too.
                if (i + 1 < statements.Count && _claims.GoesOn(i, i + 1))
                    links.Add(new(LinkKind.Denies, statements[i + 1].Id, answered));
            }
            else if (Countered(i) is { } countered)
            {
                links.Add(new(LinkKind.Contradicts, statements[i].Id, countered));
            }
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
    /// What a statement that denies nothing stands against: the charge to which it is a charge in return ("It was Oslo that fired"),
    /// or the denial that it belies ("But satellite images show the guns").
    /// </summary>
    private string? Countered(int later)
    {
        if (statements[later].Speaker is not { } speaker)
            return null;
        for (var i = later - 1; i >= 0 && SentenceOf(statements[later]) - SentenceOf(statements[i]) <= AtOnce; i--)
        {
            if (statements[i].Speaker is not { } other || _claims.SameSide(other, speaker) || _claims.IsTold(i, later))
                continue;
            if (statements[later].Act == SpeechAct.Accuse && statements[i].Act is SpeechAct.Accuse or SpeechAct.State && (statements[i].Act == SpeechAct.Accuse ? _claims.IsAbout(i, speaker) && _claims.IsAbout(later, other) || IsOther(statements[later]) : IsOther(statements[later])))
                return statements[i].Id;
            if (statements[i].Act == SpeechAct.Deny && statements[later].Act is SpeechAct.State or SpeechAct.Report && IsAgainst(statements[later], SentenceOf(statements[later]) - SentenceOf(statements[i])))
                return statements[i].Id;
        }
        return null;
    }

    /// <summary>Whether a statement is set against what stands before it: by "but", or because things show it.</summary>
    private bool IsAgainst(Statement statement, int distance)
    {
        if (statement.Spans.Cue is { } cue && text.Touched(cue) is var (from, to) && Enumerable.Range(from, to - from + 1).Any(i => lexicon.Term("shows", text.Lemma(i)) is not null))
            return true;
        if (distance != 1)
            return false;
        var first = text.First(SentenceOf(statement));
        for (var i = first; i <= Math.Min(first + 1, text.Words.Length - 1); i++)
        {
            if (lexicon.Term("contrast", text.Lemma(i)) is not null)
                return true;
        }
        return false;
    }

    /// <summary>"It was Oslo that …": not who has been named.</summary>
    private bool IsOther(Statement statement)
    {
        var first = text.Touched(statement.Spans.Content[0]).First;
        if (text.Lemma(first) == "that")
            first++;
        return first + 1 < text.Words.Length && text.Lemma(first) == "it" && text.Lemma(first + 1) == "be";
    }

    private int SentenceOf(Statement statement) => _claims.SentenceOf(statement);

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
