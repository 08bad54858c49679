using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>What the tree shows to be said with a word of saying: its clause, its infinitive, what stands after its preposition, or its object.</summary>
/// <param name="First">The first word of what is said.</param>
/// <param name="Last">The last.</param>
/// <param name="Act">What is done with just these words ("call for", "protest against"); null where the word of saying decides.</param>
/// <param name="IsClause">Whether it is a clause or an infinitive, which is surely said, and not a thing.</param>
internal sealed record Complement(int First, int Last, SpeechAct? Act, bool IsClause);

/// <summary>Finds the complements of words of saying.</summary>
internal sealed class Complements(WorldLexicon lexicon, ParsedText text, Cast cast)
{
    /// <summary>What is said with a word; null where the tree does not show it after the word.</summary>
    public Complement? Of(int cue)
    {
        if (lexicon.ActOf(text.Lemma(cue), text.Words[cue].Upos) is not { } act)
            return null;
        // "has been accused by Oslo of arming rebels, was not invited": a charge is what comes after its preposition.
        return (act == SpeechAct.Accuse ? Introduced(cue) : null) ?? Clause(cue) ?? Infinitive(cue, act) ?? Introduced(cue) ?? Thing(cue, act);
    }

    /// <summary>"said that …", "said …".</summary>
    private Complement? Clause(int cue)
    {
        foreach (var d in text.Dependents(cue))
        {
            var (first, last) = text.Reach(d);
            if (text.Relation(d) != "ccomp" || first <= cue)
                continue;
            // "announced a plan": no clause without a verb or what stands for one.
            if (text.Words[d].Upos is not ("VERB" or "AUX") && text.Dependent(d, "cop", "nsubj", "nsubj:pass") < 0)
                continue;
            return Trimmed(first, last, null, isClause: true);
        }
        return null;
    }

    /// <summary>"urged them to …", "called on Iran to …", "promised to …", "denied having …".</summary>
    private Complement? Infinitive(int cue, SpeechAct act)
    {
        if (act is SpeechAct.State or SpeechAct.Report or SpeechAct.Confirm or SpeechAct.Predict)
            return null;
        foreach (var d in Below(cue))
        {
            if (text.Relation(d) is not ("xcomp" or "ccomp" or "advcl" or "acl") || d <= cue)
                continue;
            var infinitive = text.Dependent(d, "mark") is >= 0 and var mark && text.Lemma(mark) == "to" && text.Words[d].Upos is "VERB" or "AUX" or "NOUN" or "ADJ";
            var gerund = text.Head(d) == cue && text.Words[d].Xpos == "VBG" && text.Relation(d) is "xcomp" or "ccomp" && text.Dependent(d, "mark") < 0;
            // "called to thank him" says why, "called on him to go" says what: an infinitive of purpose is not said.
            if (infinitive && (text.Relation(d) is "xcomp" or "ccomp" || (act is SpeechAct.Propose or SpeechAct.Promise or SpeechAct.Threaten && text.Reach(d).First - cue <= 2) || (act is SpeechAct.Demand or SpeechAct.Propose or SpeechAct.Ask or SpeechAct.Warn && text.Dependent(cue, "obj", "iobj", "obl") is >= 0 and var told && told > cue && told <= d))
                && (text.Lemma(cue) != "call" || text.Dependent(cue, "obl", "obj") is >= 0 and var called && called > cue))
                return Trimmed(text.Reach(d).First, text.Reach(d).Last, null, isClause: true);
            if (gerund)
                return Trimmed(text.Reach(d).First, text.Reach(d).Last, null, isClause: true);
        }
        return null;
    }

    /// <summary>"accused him of …", "called for …", "warned against …": what comes after a preposition that the lexicon knows to go with the word.</summary>
    private Complement? Introduced(int cue)
    {
        foreach (var d in Below(cue))
        {
            if (d <= cue || text.Relation(d) is not ("obl" or "nmod" or "advcl" or "acl") || text.Dependent(d, "case", "mark") is not (>= 0 and var marker) || text.Lemma(marker) is not { } preposition)
                continue;
            if (lexicon.Term("introduces", $"{text.Lemma(cue)} {preposition}") is not { } act)
                continue;
            var (first, last) = text.Reach(d);
            // The preposition introduces what is said and is no part of it, except in "against"; "praised Egypt for its patience" is said whole.
            if (first == marker && preposition != "against")
                first++;
            if (preposition == "for" && text.Lemma(cue) != "thank" && text.Dependent(cue, "obj") is >= 0 and var whom && whom > cue)
                first = text.Reach(whom).First;
            if (first > last)
                continue;
            return Trimmed(first, last, Enum.Parse<SpeechAct>(act, ignoreCase: true), isClause: false);
        }
        return null;
    }

    /// <summary>"condemned the attack", "pledged $70 million", "called the decision a mistake": the object, where something is done by naming it.</summary>
    private Complement? Thing(int cue, SpeechAct act)
    {
        var named = lexicon.Term("names", text.Lemma(cue)) is not null;
        if (!named && lexicon.Term("takes-thing", text.Lemma(cue)) is null)
            return null;
        var thing = text.Dependent(cue, "obj");
        if (thing <= cue)
            return null;
        var (first, last) = text.Reach(thing);
        var complement = false;
        foreach (var d in text.Dependents(cue))
        {
            var predicate = text.Relation(d) is "xcomp" or "obj" && d > thing && text.Dependent(d, "mark") < 0;
            if (predicate || (text.Relation(d) is "obl" or "advcl" && d > thing && text.Case(d) is "as"))
                (last, complement) = (Math.Max(last, text.Reach(d).Last), true);
        }
        // "pledged money for the dam": what it is for belongs to it, when it was said does not.
        foreach (var d in text.Dependents(cue))
        {
            if (text.Relation(d) is "obl" && text.Reach(d).First == last + 1 && text.Case(d) is "for" or "to" or "against" or "with" or "from" or "in")
                last = text.Reach(d).Last;
        }
        // "called a meeting": nothing is said of it. "accused Iran": whom, not what.
        if ((named && !complement && !HasAs(thing)) || (!complement && !named && cast.At(thing) is not null && text.Words[thing].Upos is "PROPN" or "PRON"))
            return null;
        return Trimmed(first, last, null, isClause: false);
    }

    private bool HasAs(int thing)
    {
        foreach (var d in text.Dependents(thing))
        {
            if (text.Case(d) is "as" || text.Relation(d) is "appos" or "xcomp")
                return true;
        }
        return false;
    }

    /// <summary>What hangs on a word, or on the object or the "on them" of it.</summary>
    private IEnumerable<int> Below(int cue)
    {
        foreach (var d in text.Dependents(cue).ToArray())
        {
            yield return d;
            if (text.Relation(d) is not ("obj" or "iobj" or "obl"))
                continue;
            foreach (var deeper in text.Dependents(d).ToArray())
            {
                if (text.Relation(deeper) is "acl" or "nmod" && text.Words[deeper].Relation != "acl:relcl")
                    yield return deeper;
            }
        }
    }

    /// <summary>Without marks at either end, and without the clause of another speaker that follows it.</summary>
    private Complement? Trimmed(int first, int last, SpeechAct? act, bool isClause)
    {
        while (last > first && text.Words[last].Upos == "PUNCT" && text.Words[last].Form is "," or "." or ";" or ":" or "-" or "–" or "—" or "?" or "!")
            last--;
        while (first < last && text.Words[first].Upos == "PUNCT" && text.Words[first].Form is "," or ":" or "-" or "–" or "—")
            first++;
        return last < first ? null : new(first, last, act, isClause);
    }
}
