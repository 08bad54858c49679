using System.Globalization;
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
        if (IsExpected(trigger))
            return EventStatus.Planned;
        var (aside, joined, by) = (false, false, "");
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
            if (IsToDo(at))
                return EventStatus.Planned;
            // "urged him to speak": he may; "urged him and spoke": he did.
            if (at != trigger && by != "conj" && text.Words[at].Upos is "VERB" or "ADJ" or "NOUN" or "ADV" && lexicon.Term("status-of-infinitive", text.Lemma(at)) is { } above)
                return Enum.Parse<EventStatus>(above, ignoreCase: true);
            // "was to fly on to Erbil"
            if (text.Dependent(at, "aux") is >= 0 and var aux && text.Lemma(aux) == "be" && text.Dependent(at, "mark") is >= 0 and var to && text.Lemma(to) == "to")
                return EventStatus.Planned;
            var relation = text.Relation(at);
            // "denied that his men had fired", "denied firing"
            if (relation is "ccomp" or "xcomp" && text.Head(at) is >= 0 and var saying && lexicon.ActOf(text.Lemma(saying), "VERB") is SpeechAct.Deny && !IsNegated(saying))
                return EventStatus.Negated;
            // What stands above a clause of its own says nothing of it; nor what a subject does.
            if (relation is "ccomp" or "parataxis" or "acl" or "advcl" or "root" && text.Dependent(at, "mark") is var mark && (mark < 0 || text.Lemma(mark) != "to"))
            {
                // "stopped short of expelling"
                if (relation is "advcl" or "acl" && text.Head(at) is >= 0 and var held && text.Lemma(held) == "short")
                    return EventStatus.Negated;
                // "will be signed when he visits Moscow": he has yet to.
                if (relation == "advcl" && text.Words[at].Xpos is "VBZ" or "VBP" && text.Head(at) is >= 0 and var main && IsYetToCome(main))
                    return text.Case(at) is "if" or "unless" or "should" ? EventStatus.Possible : EventStatus.Planned;
                break;
            }
            if (text.Words[at].Relation is "nsubj")
                break;
            if (relation is "obl" or "nmod" && text.Case(at) is { } marker && lexicon.Term("background", marker) is not null)
            {
                // "will speak after the meeting": it is yet to come as well.
                return marker is "after" or "before" or "during" or "following" && IsYetToCome(text.Head(at)) ? EventStatus.Planned : EventStatus.Actual;
            }
            // "would never accept and had asked": what has an auxiliary or a tense of its own has its own time.
            if (relation == "conj" && (text.Words[at].Xpos is "VBD" or "VBZ" or "VBP" || text.Dependent(at, "aux", "nsubj") >= 0))
                break;
            aside |= relation is "obl" or "nmod" or "advmod";
            joined |= relation is "conj";
            by = relation;
        }
        return EventStatus.Actual;
    }

    /// <summary>"was to fly on": what is to be done.</summary>
    private bool IsToDo(int verb)
    {
        if (text.Words[verb].Upos != "VERB")
            return false;
        var (to, be) = (false, false);
        foreach (var d in text.Dependents(verb))
        {
            to |= text.Relation(d) == "mark" && text.Lemma(d) == "to";
            be |= text.Relation(d) is "aux" or "cop" && text.Lemma(d) == "be" && text.Words[d].Xpos is "VBD" or "VBZ" or "VBP";
        }
        return to && be;
    }

    /// <summary>"a summit, which was expected next month", "a meeting planned for June".</summary>
    private bool IsExpected(int noun)
    {
        if (text.Words[noun].Upos is not ("NOUN" or "PROPN"))
            return false;
        foreach (var d in text.Dependents(noun))
        {
            if (text.Relation(d) == "acl" && text.Words[d].Xpos == "VBN" && text.Lemma(d) is "expect" or "plan" or "schedule" or "slate" or "propose")
                return true;
        }
        return false;
    }

    private bool IsYetToCome(int verb) => verb >= 0 && (text.Has(verb, "aux", "will", "shall", "'ll") || IsToDo(verb));

    private bool IsNegated(int word)
    {
        foreach (var d in text.Dependents(word))
        {
            if (text.Words[d].Features?.Contains("Polarity=Neg", StringComparison.Ordinal) == true || (text.Relation(d) == "advmod" && text.Lemma(d) == "never") || (text.Relation(d) == "det" && text.Lemma(d) == "no"))
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
            // "warned of the cost if it goes on, on the same day that": behind a comma, the day is that of the main clause.
            if (verb >= 0 && text.Relation(verb) == "advcl" && IsSetOff(first) && text.Head(verb) >= 0)
                verb = text.Head(verb);
            // "a summit, which was expected next month", "the meeting held on Friday"
            if (verb == trigger || (verb >= 0 && text.Relation(verb) == "acl" && text.Head(verb) == trigger))
                return WholeOf(trigger, date);
            if (verb < 0 || text.IsUnder(trigger, verb))
                near ??= date;
        }
        return near is null ? null : WholeOf(trigger, near);
    }

    /// <summary>Whether a comma stands before a date, or before its preposition.</summary>
    private bool IsSetOff(int date)
    {
        var at = date - 1;
        while (at > 0 && text.Words[at].Upos is "ADP" or "DET")
            at--;
        return at >= 0 && text.Words[at].Form == "," && text.Sentence(at) == text.Sentence(date);
    }

    /// <summary>"wrapped up a two-day visit on Thursday": Wednesday and Thursday.</summary>
    private TextDate WholeOf(int trigger, TextDate date)
    {
        if (Calendar.DayOf(date.Edtf) is not { } day)
            return date;
        var (noun, verb) = (trigger, text.Head(trigger));
        if (text.Words[trigger].Upos == "VERB")
            (noun, verb) = (text.Dependent(trigger, "obj") is >= 0 and var thing ? thing : text.Dependent(trigger, "obl"), trigger);
        if (noun < 0 || verb < 0 || Days(noun) is not (> 1 and var days))
            return date;
        var lemma = text.Lemma(verb);
        if (lexicon.Term("ending", lemma) is not null)
            return date with { Edtf = Range(day.AddDays(1 - days), day) };
        return lexicon.Term("opening", lemma) is not null ? date with { Edtf = Range(day, day.AddDays(days - 1)) } : date;

        static string Range(DateOnly from, DateOnly to) => string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd}/{to:yyyy-MM-dd}");
    }

    /// <summary>How many days the noun's own words give it: the "two-day" of "two-day visit".</summary>
    private int Days(int noun)
    {
        for (var i = text.Reach(noun).First; i < noun; i++)
        {
            if (text.Lemma(i) is "day" && text.IsUnder(i, noun) && i >= 2 && text.Words[i - 1].Form == "-" && Calendar.NumberOf(text.Words[i - 2].Form) is { } days)
                return days;
        }
        return 1;
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
