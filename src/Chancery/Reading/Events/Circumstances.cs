using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Tells of an event whether it happened, when, where, and what it is about.</summary>
internal sealed class Circumstances(
    WorldLexicon lexicon, ParsedText text, IReadOnlyList<(int First, int Last, TextDate Date)> dates, IReadOnlyList<(int Head, EventPlace Place)> places)
{
    // By sentence, so that the work grows in line with the text.
    private readonly ILookup<int, (int First, int Last, TextDate Date)> _dates = dates.ToLookup(d => text.Sentence(d.First));
    private readonly ILookup<int, (int Head, EventPlace Place)> _places = places.ToLookup(p => text.Sentence(p.Head));

    private const int MostContexts = 4;

    private readonly Dictionary<int, IReadOnlyList<string>> _contexts = [];

    /// <summary>Whether it is, will be, may be or is not, by the words around the trigger and above it.</summary>
    public EventStatus StatusOf(int trigger, bool reported)
    {
        var (aside, joined) = (false, false);
        for (var (at, steps) = (trigger, 0); at >= 0 && steps < 5; at = text.Head(at), steps++)
        {
            // "did not speak during the visit": the visit took place.
            if (!aside && !joined && IsNegated(at))
                return EventStatus.Negated;
            foreach (var d in text.Dependents(at))
            {
                var lemma = text.Lemma(d);
                if (((reported ? lexicon.Term("status-reported", lemma) : null) ?? lexicon.Term("status", lemma)) is { } word && text.Relation(d) is "aux" or "amod" or "advmod" or "mark" && (!aside || word == "planned"))
                    return Enum.Parse<EventStatus>(word, ignoreCase: true);
            }
            if (at != trigger && text.Words[at].Upos is "VERB" or "ADJ" or "NOUN" && lexicon.Term("status-of-infinitive", text.Lemma(at)) is { } above)
                return Enum.Parse<EventStatus>(above, ignoreCase: true);
            // "was to fly on to Erbil"
            if (text.Dependent(at, "aux") is >= 0 and var aux && text.Lemma(aux) == "be" && text.Dependent(at, "mark") is >= 0 and var to && text.Lemma(to) == "to")
                return EventStatus.Planned;
            var relation = text.Relation(at);
            // What stands above a clause of its own says nothing of it; nor what a subject does.
            if (relation is "ccomp" or "parataxis" or "acl" or "advcl" or "root" && text.Dependent(at, "mark") is var mark && (mark < 0 || text.Lemma(mark) != "to"))
                break;
            if (text.Words[at].Relation is "nsubj" || (relation is "obl" or "nmod" && text.Case(at) is { } marker && lexicon.Term("background", marker) is not null))
                break;
            // "would never accept and had asked": what has an auxiliary of its own does not share the other's.
            if (relation is "conj" && text.Dependent(at, "aux") >= 0)
                break;
            aside |= relation is "obl" or "nmod" or "advmod";
            joined |= relation is "conj";
        }
        return EventStatus.Actual;
    }

    private bool IsNegated(int word)
    {
        foreach (var d in text.Dependents(word))
        {
            if (text.Words[d].Features?.Contains("Polarity=Neg", StringComparison.Ordinal) == true || (text.Relation(d) == "det" && text.Lemma(d) == "no"))
                return true;
            // "would recognize no arrangement"
            if (text.Words[word].Upos == "VERB" && text.Relation(d) == "obj" && text.Dependent(d, "det") is >= 0 and var none && text.Lemma(none) == "no")
                return true;
        }
        return false;
    }

    /// <summary>The place under the trigger, or under the verb that it hangs on, after a word such as "in"; a visit is where it goes to.</summary>
    public EventPlace? PlaceOf(int trigger, IReadOnlyList<string> modes, Filler target)
    {
        for (var (above, steps) = (trigger, 0); above >= 0 && steps < 3; above = text.Head(above), steps++)
        {
            foreach (var (head, place) in _places[text.Sentence(trigger)])
            {
                if (text.IsUnder(head, above) && text.Case(head) is { } marker && lexicon.Term("where", marker) is not null)
                    return place;
            }
        }
        // "would visit China": the place is whom they visit.
        if (modes.Contains("visit") && target.Spans is [var host, ..] && text.Touched(host) is var (first, last))
            return _places[text.Sentence(trigger)].FirstOrDefault(p => p.Head >= first && p.Head <= last).Place;
        return null;
    }

    /// <summary>When it happened: the date nearest to the trigger that is its own, and not of what was said about it.</summary>
    public TextDate? DateOf(int trigger, Statement? claim)
    {
        TextDate? near = null;
        foreach (var (first, _, date) in _dates[text.Sentence(trigger)])
        {
            // When it was said is not when it happened.
            if (claim is { Spans.Cue: not null } && claim.Date == date && date.Edtf.Length == 10)
                continue;
            // A date in a clause of its own dates that clause: "the fort, where they hoisted the flag in July".
            var verb = first;
            while (verb >= 0 && verb != trigger && text.Words[verb].Upos != "VERB")
                verb = text.Head(verb);
            if (verb == trigger)
                return date;
            if (verb < 0 || text.IsUnder(trigger, verb))
                near ??= date;
        }
        return near;
    }

    /// <summary>What the sentence is about.</summary>
    public IReadOnlyList<string> ContextsOf(int sentence)
    {
        if (!_contexts.TryGetValue(sentence, out var contexts))
        {
            var first = text.First(sentence);
            _contexts[sentence] = contexts = [.. lexicon.Contexts.Find(text.First(sentence + 1) - first, i => text.Lemma(first + i)).Select(c => c.Value).Distinct().Take(MostContexts)];
        }
        return contexts;
    }
}
