using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Finds the claim that a denial or rejection answers, by weighing what was said before it.</summary>
internal sealed class Claims(WorldLexicon lexicon, ParsedText text, Cast cast, IReadOnlyList<Statement> statements, IReadOnlyList<Event> events)
{
    // In sentences. What was said long before is not what is answered, unless it is a charge, of which papers remind us late.
    private const int NearBefore = 6, FarthestBack = 30;

    // In words.
    private const int ShortDenial = 7;

    // Weights, in the coin of one sentence's distance: a charge against him who answers outweighs what was only said between.
    private const double Charged = 4, Spoken = 2, Addressed = 2, Accuses = 3, FindsFault = 2, Passes = 1, Named = 4, SharedWord = 1, JustBefore = 2.5;

    // A denial denies something; much is rejected that nobody has put forward.
    private const double LeastForDenial = 1.4, LeastForRejection = 4.5;

    /// <summary>The statement, or the event of an accusation, that a statement answers; null where the text does not tell it.</summary>
    public string? AnsweredBy(int answer)
    {
        var statement = statements[answer];
        if (statement.Speaker is not { } speaker)
            return null;
        if (PointsBack(statement))
            return JustSaid(answer, speaker);
        var (best, most) = (-1, statement.Act == SpeechAct.Deny ? LeastForDenial : LeastForRejection);
        var names = Names(statement).ToList();
        var words = Words(statement);
        for (var i = answer - 1; i >= 0; i--)
        {
            if (!IsClaim(i, answer, speaker))
                continue;
            var weight = Weight(i, answer, speaker, names, words);
            if (weight > most)
                (best, most) = (i, weight);
        }
        if (best >= 0)
            return statements[best].Id;
        if (statement.Act == SpeechAct.Reject && names.Count == 0)
            return null;
        return events.LastOrDefault(e => e.Type == "ACCUSE" && e.Spans.Trigger[0].Start < statement.Spans.Content[0].Start && text.Sentence(text.Touched(statement.Spans.Content[0]).First) - text.Sentence(text.Touched(e.Spans.Trigger[0]).First) <= FarthestBack
            && e.Target.Any(t => SameSide(t, speaker)) && !e.Source.Any(s => SameSide(s, speaker)))?.Id;
    }

    /// <summary>Whether somebody else has put something forward that may be denied: what is asked, offered or promised may only be refused.</summary>
    private bool IsClaim(int claim, int answer, string speaker)
    {
        var one = statements[claim];
        if (IsTold(claim, answer) || Distance(claim, answer) is < 0 or > FarthestBack
            || one.Act is SpeechAct.Deny or SpeechAct.Reject or SpeechAct.Ask or SpeechAct.Demand or SpeechAct.Propose or SpeechAct.Promise or SpeechAct.Agree or SpeechAct.Praise or SpeechAct.Support)
            return false;
        // Those who speak for a state do not deny each other; what papers and nameless people at home say, they do.
        return one.Speaker is not { } other || !SameSide(other, speaker) || one.Addressees.Any(a => a != other && SameSide(a, speaker)) || (other != speaker && IsAside(other));
    }

    private bool IsAside(string actor) => cast[actor].Kind is ActorKind.Media or ActorKind.Group && !cast[actor].Sectors.Any(s => s is "GOV" or "MIL");

    /// <summary>Whether an answer only points to what has just been said: "denied this", "That is simply untrue".</summary>
    private bool PointsBack(Statement statement)
    {
        if (statement.Spans.Content is not [var content])
            return false;
        var (first, last) = text.Touched(content);
        while (first < last && text.Words[first].Upos == "PUNCT")
            first++;
        while (last > first && text.Words[last].Upos == "PUNCT")
            last--;
        return (last - first <= 2 && text.Lemma(last) is "this" or "it" or "that")
            || (last - first < ShortDenial && text.Lemma(first) is "this" or "it" or "that" && Enumerable.Range(first, last - first + 1).Any(i => lexicon.Term("untrue", text.Lemma(i)) is not null));
    }

    /// <summary>The last that another has said in the sentence or the one before, the report before what it reports.</summary>
    private string? JustSaid(int answer, string speaker)
    {
        for (var i = answer - 1; i >= 0; i--)
        {
            if (Distance(i, answer) is not (0 or 1) || !IsClaim(i, answer, speaker))
                continue;
            var said = statements[i];
            while (said.Via is { } via && statements.FirstOrDefault(s => s.Id == via) is { } source)
                said = source;
            return said.Id;
        }
        return null;
    }

    /// <summary>Whether the next statement gives the words of an answer that only names what it rejects, by its speaker or one who speaks for him.</summary>
    public bool GoesOn(int answer, int next) =>
        statements[next] is { Act: SpeechAct.State or SpeechAct.Reject or SpeechAct.Deny, Form: SpeechForm.Direct, Speaker: { } speaker } && statements[answer].Speaker is { } first && SameSide(speaker, first)
        && Names(statements[answer]).Any() && Distance(answer, next) is 0 or 1;

    /// <summary>Whether somebody, or his country, is what a statement is about: it is said against him, or names him.</summary>
    public bool IsAbout(int statement, string actor) => IsCharged(statement, actor) || SpeaksOf(statements[statement], actor);

    /// <summary>Whether one of two statements tells the other, or both have the same words.</summary>
    public bool IsTold(int one, int other) =>
        statements[one].Via == statements[other].Id || statements[other].Via == statements[one].Id || statements[one].Spans.Content.Any(a => statements[other].Spans.Content.Any(a.Overlaps));

    /// <summary>Whether two are the same, or of one country.</summary>
    public bool SameSide(string one, string other) => one == other || (cast[one].Country is { } country && country == cast[other].Country);

    /// <summary>The sentence in which something is said.</summary>
    public int SentenceOf(Statement statement) => text.Sentence(text.Touched(statement.Spans.Cue ?? statement.Spans.Content[0]).First);

    private int Distance(int claim, int answer) => SentenceOf(statements[answer]) - SentenceOf(statements[claim]);

    private int Steps(int claim, int answer)
    {
        var (from, to) = (SentenceOf(statements[claim]), SentenceOf(statements[answer]));
        return statements.Select(SentenceOf).Where(s => s > from && s <= to).Distinct().Count();
    }

    private double Weight(int claim, int answer, string speaker, List<string> names, HashSet<string> words)
    {
        var one = statements[claim];
        // In sentences in which something is said: what the reporter tells between does not part an answer from its claim.
        var distance = Steps(claim, answer);
        var charged = one.Speaker is not null && IsCharged(claim, speaker);
        var spoken = SpeaksOf(one, speaker);
        var named = names.Any(n => Fits(n, one));
        var shared = Words(one).Count(words.Contains);
        // What neither speaks of him nor of the same things, and is not what the denial names, is answered only where it has just been said.
        if (!charged && !spoken && !named && shared == 0 && distance > 1)
            return 0;
        // Nor is rejected what nobody has said against him, unless it is named.
        if ((distance > NearBefore && !charged) || (statements[answer].Act == SpeechAct.Reject && !named && !charged && one.Act is not (SpeechAct.Accuse or SpeechAct.Criticise)))
            return 0;
        var weight = (charged ? Charged : 0) + (spoken ? Spoken : 0) + (named ? Named : 0) + (SharedWord * Math.Min(shared, 3))
            + (!charged && one.Addressees.Any(a => SameSide(a, speaker)) ? Addressed : 0)
            + (distance <= 1 ? JustBefore : 0)
            + one.Act switch { SpeechAct.Accuse => Accuses, SpeechAct.Criticise => FindsFault, SpeechAct.Report or SpeechAct.Warn => Passes, _ => 0 };
        // A charge stays one; other things are forgotten sooner.
        return weight - (charged ? Math.Min(distance, NearBefore) : distance);
    }

    /// <summary>The nouns by which an answer names what it answers: "the charge", "this report".</summary>
    private IEnumerable<string> Names(Statement statement)
    {
        foreach (var content in statement.Spans.Content)
        {
            var (first, last) = text.Touched(content);
            for (var i = first; i <= last; i++)
            {
                var top = text.Head(i) < first || text.Head(i) > last || (text.Relation(i) is "nsubj" or "obj" && text.Head(text.Head(i)) is var above && (above < first || above > last));
                if (top && lexicon.Term("answered", text.Lemma(i)) is { } kind)
                    yield return kind;
            }
        }
    }

    private static bool Fits(string named, Statement statement) => named switch
    {
        "charge" => statement.Act is SpeechAct.Accuse,
        "criticism" => statement.Act is SpeechAct.Criticise or SpeechAct.Accuse,
        "report" => statement.Act is SpeechAct.Report,
        "claim" => statement.Act is SpeechAct.Accuse or SpeechAct.Report or SpeechAct.State,
        "demand" => statement.Act is SpeechAct.Demand,
        "offer" => statement.Act is SpeechAct.Propose,
        "threat" => statement.Act is SpeechAct.Warn or SpeechAct.Threaten,
        _ => false,
    };

    private bool IsCharged(int claim, string actor)
    {
        var one = statements[claim];
        return one.Act is SpeechAct.Accuse or SpeechAct.Criticise
            && (one.Addressees.Any(a => a != one.Speaker && SameSide(a, actor))
                || events.Any(e => e.Type == "ACCUSE" && (one.Speaker is null || e.Source.Contains(one.Speaker)) && e.Target.Any(t => SameSide(t, actor)) && one.Spans.Cue?.Overlaps(e.Spans.Trigger[0]) == true));
    }

    /// <summary>Whether what is said names somebody or his country.</summary>
    private bool SpeaksOf(Statement statement, string actor) => cast.Mentions.Any(m => SameSide(m.Actor, actor) && statement.Spans.Content.Any(c => c.Contains(text.Span(m.Mention.First, m.Mention.Last))));

    /// <summary>The words that carry what is said, without names and words of saying.</summary>
    private HashSet<string> Words(Statement statement)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var content in statement.Spans.Content)
        {
            var (first, last) = text.Touched(content);
            for (var i = first; i <= last; i++)
            {
                if (text.Words[i].Upos is "NOUN" or "VERB" or "ADJ" && cast.At(i) is null && lexicon.ActOf(text.Lemma(i), text.Words[i].Upos) is null)
                    words.Add(text.Lemma(i));
            }
        }
        return words;
    }
}
