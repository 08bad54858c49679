using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>What somebody says that his side will do, or will not: a promise, a threat or a refusal, beside the deed itself.</summary>
internal sealed partial class EventReader
{
    // Surer than the deed, which only may come to be.
    private const double SureOfWords = 0.82;

    private static readonly HashSet<string> InPower = ["GOV", "MIL", "COP", "SPY", "JUD", "LEG", "REB", "UAF", "PRM", "CRM"];

    private void FromAnnouncements()
    {
        foreach (var deed in _drafts.Where(d => d.Why != "model" && text.Words[d.Trigger].Upos == "VERB").ToList())
        {
            if (!WillBe(deed.Trigger) || ClaimedBy(text.Words[deed.Trigger].Span) is not { Speaker: { } speaker, Spans.Cue: { } cue } said || !IsOwnSide(speaker, deed.Source))
                continue;
            var on = Condition(deed.Trigger);
            // A spokesman who says that there will be a visit promises nothing by it.
            if (WordOf(deed, on >= 0) is not { } type || (type == "AGREE" && deed.Type == "CONSULT" && text.Sentences >= FewSentences && said.Act is not (SpeechAct.Promise or SpeechAct.Agree)) || (type == "AGREE" && said.Act is SpeechAct.Warn or SpeechAct.Threaten) || Listener(said, type, deed, on) is not { } target)
                continue;
            var source = new Filler(cast.Those(speaker), [.. (said.Spans.Speaker is { } by ? new[] { by } : []).Concat(deed.Source.Spans).Distinct()]);
            if (target.Actors.Any(t => _who.IsOwn(t, source)) && type != "REJECT")
                continue;
            var draft = new Draft(text.Touched(cue).Last, type, source, target) { Status = EventStatus.Actual, Why = $"announced/{deed.Why}", Confidence = SureOfWords };
            // "promised that informers would be shot": the promise is the threat.
            if (_bySentence[text.Sentence(deed.Trigger)].Find(d => cue.Contains(text.Words[d.Trigger].Span) || d.Trigger == draft.Trigger) is { } told)
            {
                if (told.Type == "AGREE" && type == "THREATEN")
                    Replace(told, draft);
            }
            else
            {
                Add(draft);
            }
        }
    }

    /// <summary>What it is to say that one will do a deed, or will not.</summary>
    private string? WordOf(Draft deed, bool conditional) => (_how.StatusOf(deed.Trigger, reported: true), deed.Type) switch
    {
        (EventStatus.Actual, _) => null,
        (EventStatus.Negated, "ASSAULT" or "MOBILIZE" or "THREATEN" or "PROTEST" or "REJECT" or "REQUEST") => null,
        (EventStatus.Negated, _) => "REJECT",
        (_, "ASSAULT" or "COERCE" or "SANCTION" or "PROTEST") => "THREATEN",
        (_, "REJECT" or "RETREAT" or "ACCUSE" or "MOBILIZE") when conditional => "THREATEN",
        // Who says that he will back another backs him.
        (_, "SUPPORT") when deed.Cameo is not ("054" or "057") => null,
        (_, "CONSULT" or "SUPPORT" or "COOPERATE" or "AID") => "AGREE",
        _ => null,
    };

    /// <summary>To whom it is said: whom the deed is done to, else who is told, else on whom it depends; null where nobody is.</summary>
    private Filler? Listener(Statement said, string type, Draft deed, int condition)
    {
        var told = SpokenTo(said).Where(a => !IsOwnSide(a, deed.Source)).Take(1).ToList();
        var spans = told.SelectMany(a => _mentions[text.Sentence(deed.Trigger)].Where(m => m.Actor == a).Select(m => text.Span(m.Mention.First, m.Mention.Last)).Where(s => !said.Spans.Content.Any(c => c.Contains(s)))).ToList();
        if (deed.Target.Actors.Count > 0 || (told.Count == 0 && condition < 0))
            return deed.Target.Spans.Count == 0 && deed.Target.Actors.Count == 0 ? null : deed.Target with { Spans = [.. deed.Target.Spans, .. deed.Target.Actors.Intersect(told).Any() ? spans : []] };
        if (told.Count > 0)
            return new(told, [.. spans, .. deed.Target.Spans]);
        return type == "THREATEN" && _who.Actors(condition) is { Actors.Count: > 0 } other ? other : deed.Target.Spans.Count > 0 ? deed.Target : null;
    }

    /// <summary>Who says that something will be done that nobody is said to do, where he has the power to do it.</summary>
    private Filler WhoAnnounces(int trigger, Filler target)
    {
        if (ClaimedBy(text.Words[trigger].Span) is not { Speaker: { } speaker, Spans: { Cue: not null, Speaker: { } by } } || !(cast[speaker].Kind == ActorKind.State || cast[speaker].Sectors.Any(InPower.Contains)))
            return Filler.None;
        var source = new Filler(cast.Those(speaker), [by]);
        return target.Actors.Any(t => source.Actors.Contains(t)) ? Filler.None : source;
    }

    /// <summary>Whether a verb tells of what is to come.</summary>
    private bool WillBe(int verb)
    {
        for (var (at, steps) = (verb, 0); at >= 0 && steps < 3; at = text.Head(at), steps++)
        {
            foreach (var d in text.Dependents(at))
            {
                if (text.Relation(d) == "aux" && text.Lemma(d) is "will" or "shall" or "'ll" or "wo" or "would" or "'d" or "could" or "may" or "might")
                    return true;
            }
            if (text.Relation(at) != "conj" || text.Dependent(at, "aux", "aux:pass") >= 0)
                return false;
        }
        return false;
    }

    /// <summary>Whether a verb may tell of what is to come: "will face fines", "face fines"; "faced fines" does not.</summary>
    private bool IsToCome(int verb) => text.Words[verb].Xpos is not ("VBD" or "VBN") || WillBe(verb);

    /// <summary>Who acts in the clause on which a deed depends: the "Brussels" of "unless Brussels gives way"; -1 where there is none.</summary>
    private int Condition(int verb)
    {
        for (var (at, steps) = (verb, 0); at >= 0 && steps < 3; at = text.Head(at), steps++)
        {
            foreach (var d in text.Dependents(at))
            {
                if (text.Relation(d) == "advcl" && text.Dependent(d, "mark") is >= 0 and var mark && text.Lemma(mark) is "if" or "unless" && new Clause(text, d).Subject() is >= 0 and var acting)
                    return acting;
            }
            if (text.Relation(at) != "conj")
                return -1;
        }
        return -1;
    }
}
