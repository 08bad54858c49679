using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Events whose other side was named before: "condemned the attack", "rejected the charge", "promised an answer".</summary>
internal sealed partial class EventReader
{
    // In sentences. A quarrel that was last spoken of farther back is another one.
    private const int FarthestQuarrel = 10;

    // In sentences: how far a list of measures goes on without saying again whose they are.
    private const int FarthestMeasure = 3;

    // A text of fewer tells of one thing, and names who is in it.
    private const int FewSentences = 4;

    private const int MostSides = 3;

    private const double LeastShareOfSides = 0.4;

    private List<string>? _states;

    /// <summary>Fills the missing sides from what was told before, and drops what still does nothing to anybody.</summary>
    private void FillFromBefore()
    {
        foreach (var draft in _drafts.OrderBy(d => d.Trigger).ToList())
        {
            var now = draft;
            // "sent troops to the border": the troops are his, and meant for others.
            if (now.Type == "MOBILIZE" && now.Target.Actors.Count > 0 && now.Target.Actors.All(t => IsOwnSide(t, now.Source) || IsAnyone(t)))
                Replace(now, now = now with { Target = now.Target with { Actors = [] } });
            if (now.Target.Actors.Count == 0 && now.Type != "PROTEST" && !(now.Type == "ASSAULT" && now.Target.Spans.Count > 0 && text.IsQuoted(now.Trigger)) && (WhoseDeed(now) ?? Opponent(now) ?? (lexicon.Term("refusal", text.Lemma(now.Trigger)) is null ? OtherSide(now) : null)) is { } found)
                Replace(now, now = now with { Target = new(found, now.Target.Spans), Confidence = 0.85 * now.Confidence });
            // "marched through the capital": against those who govern there.
            if (now.Type == "PROTEST" && now.Target.Actors.Count == 0 && now.Source.Actors.Select(a => cast[a].Country).FirstOrDefault(c => c is not null) is { } home && cast.Actors.FirstOrDefault(a => a.Kind == ActorKind.State && a.Country == home) is { } ruled)
                Replace(now, now = now with { Target = now.Target with { Actors = [ruled.Id] } });
            // "demanded the man's release": of those who hold him.
            else if (IsSpoken(now.Type) && now.Target.Actors.Count > 0 && now.Target.Actors.All(IsAnyone) && (Opponent(now with { Target = Filler.None }) ?? OtherSide(now)) is { } meant)
                Replace(now, now = now with { Target = new([.. now.Target.Actors, .. meant], now.Target.Spans) });
            // Who goes home visits nobody, and nobody promises, threatens or agrees with his own country.
            var own = now.Type is "CONSULT" or "AGREE" or "THREATEN" && now.Target.Actors.Count > 0 && now.Target.Actors.All(t => cast[t].Kind == ActorKind.State && _who.IsOwn(t, now.Source) && !now.Source.Actors.Contains(t));
            var empty = now.Target.Actors.Count == 0 && (now.Target.Spans.Count == 0 ? now.Type is not ("PROTEST" or "MOBILIZE" or "CONCEDE" or "RETREAT") : IsStep(now));
            if (own || empty || (text.Sentences >= FewSentences && IsIdle(now)))
                RemoveWhere(d => d == now);
        }
    }

    /// <summary>
    /// Whether what is told is done to nobody in particular, in a report that names those of whom it tells: what is done to things, what is
    /// said not to be done to just anyone, and figures of speech ("each house cleans its own windows").
    /// </summary>
    private bool IsIdle(Draft draft)
    {
        if (draft.Target.Actors.Count == 0)
            return draft.Type is not ("PROTEST" or "MOBILIZE");
        if (!draft.Target.Actors.All(IsAnyone))
            return false;
        return draft.Source.Actors.All(IsAnyone) || text.IsQuoted(draft.Trigger) || _how.StatusOf(draft.Trigger, false) == EventStatus.Negated;
    }

    private bool IsAnyone(string actor) => cast[actor] is { Country: null, Known: null };

    /// <summary>Whether an event is only what another one, which is told of, is to lead to: the examining of "offered to send experts to examine the parts".</summary>
    private bool IsStep(Draft draft)
    {
        for (var at = draft.Trigger; at >= 0; at = text.Head(at))
        {
            if (text.Relation(at) is not ("xcomp" or "advcl" or "acl" or "ccomp") || text.Dependent(at, "mark") is not (>= 0 and var mark) || text.Lemma(mark) != "to")
                return false;
            if (_bySentence[text.Sentence(at)].Exists(d => d.Trigger == text.Head(at) && d != draft && d.Source.Actors.Any(draft.Source.Actors.Contains)))
                return true;
        }
        return false;
    }

    /// <summary>Whose deed the thing is to which it is done: of "condemned the sanctions", who imposed them; null where nothing before tells.</summary>
    private IReadOnlyList<string>? WhoseDeed(Draft draft)
    {
        foreach (var span in draft.Target.Spans)
        {
            var (first, last) = text.Touched(span);
            var noun = text.HeadOf(first, last);
            var pronoun = text.Words[noun].Upos is "PRON" or "DET";
            if (lexicon.Term("done-before", text.Lemma(noun)) is not { } kinds || !(pronoun || IsPointing(noun) || IsSummary(noun, draft.Trigger)))
                continue;
            var types = kinds.Split(',');
            // A decision is not the answer to it.
            // A court's ruling comes before what others have done about it.
            if (kinds == "court" && Earlier(draft, noun, FarthestQuarrel, (d, _) => d.Source.Actors.Any(a => cast[a].Sectors.Contains("JUD")) ? d.Source.Actors : null) is { } court)
                return court;
            if (kinds == "court")
                kinds = "deed";
            var doer = Earlier(draft, noun, FarthestQuarrel, (d, _) => types.Contains(d.Type) || kinds == "any" || (kinds == "deed" && d.Type is "SANCTION" or "REQUEST" or "COERCE" or "AGREE" or "AID" or "MOBILIZE" or "RETREAT" or "CONCEDE") ? d.Source.Actors : null);
            var sayer = statements.LastOrDefault(s => s.Speaker is not null && s.Spans.Content[^1].End <= text.Words[draft.Trigger].Span.Start
                && TypeOf(s.Act) is { } type && types.Contains(type) && !IsOwnSide(s.Speaker, draft.Source) && text.Sentence(draft.Trigger) - text.Sentence(text.Touched(s.Spans.Content[0]).First) <= FarthestQuarrel);
            if (sayer?.Speaker is { } speaker && (doer is null || kinds is not ("any" or "deed")))
                return cast.Those(speaker);
            if (doer is not null)
                return doer;
        }
        return null;
    }

    /// <summary>Who was told to have taken measures, in the sentences just before, where the words leave out who takes one more.</summary>
    private Filler WhoTookMeasures(int trigger, Filler target)
    {
        var sentence = text.Sentence(trigger);
        var before = _drafts.FindLast(d => d.Type == "SANCTION" && d.Trigger < trigger && sentence - text.Sentence(d.Trigger) <= FarthestMeasure && d.Source.Actors.Count > 0 && !target.Actors.Any(t => IsOwnSide(t, d.Source)));
        return before is null ? Filler.None : before.Source;
    }

    /// <summary>Whether a noun points back: "the attack", "these sanctions", "such deliveries".</summary>
    private bool IsPointing(int noun)
    {
        foreach (var d in text.Dependents(noun))
        {
            if (text.Relation(d) is "det" && text.Lemma(d) is "the" or "this" or "that" or "these" or "those" or "such" or "both" || text.Lemma(d) is "such")
                return true;
            // "an attack on the port by gunmen" tells it for the first time.
            if (text.Relation(d) == "det")
                return false;
        }
        return text.Words[noun].Xpos == "NNS" && text.Dependent(noun, "nmod", "acl") < 0;
    }

    /// <summary>", an offer that they dismissed": what sums up the clause before, with a clause of its own.</summary>
    private bool IsSummary(int noun, int trigger) => text.Words[trigger].Relation == "acl:relcl" && text.Head(trigger) == noun && text.Relation(noun) is "appos" or "parataxis" or "conj" or "obl" or "nmod:unmarked";

    /// <summary>
    /// Against whom somebody speaks who does not name him: who last did something to his side, or to whom his side last did something.
    /// </summary>
    private List<string>? Opponent(Draft draft)
    {
        // "marched on parliament to demand a vote": of whom they march against.
        if (draft.Type is "REQUEST" or "ACCUSE" && _bySentence[text.Sentence(draft.Trigger)].Find(d => d.Type == "PROTEST" && d.Target.Actors.Count > 0 && d.Source.Actors.Any(draft.Source.Actors.Contains)) is { } march)
            return [.. march.Target.Actors];
        // "Tripoli refused", "declined to say": who asked for it, if somebody did.
        if (lexicon.Term("refusal", text.Lemma(draft.Trigger)) is not null)
            return Earlier(draft, draft.Trigger, FarthestMeasure, (d, own) => d.Type is "REQUEST" or "AGREE" && d.Target.Actors.Any(a => IsOwnSide(a, own)) ? Parties(d.Source.Actors) : null);
        // "rejected the plan": whose plan it is, the words would say.
        if (draft.Target.Spans.Count > 0 && draft.Type is "REJECT" or "SUPPORT" or "CONSULT")
            return null;
        var conflict = IsConflict(draft.Type);
        return Earlier(draft, draft.Trigger, conflict ? FarthestQuarrel : 1, (d, own) => conflict && !IsConflict(d.Type) ? null
            : d.Target.Actors.Any(a => IsOwnSide(a, own)) ? Parties(d.Source.Actors)
            : d.Source.Actors.Any(a => IsOwnSide(a, own)) ? Parties(d.Target.Actors) : null);

        // Whoever may be meant without being named is somebody in particular.
        List<string> Parties(IReadOnlyList<string> actors) => [.. actors.Where(a => !IsAnyone(a))];
    }

    /// <summary>
    /// The other one of the states between which a report's events mostly pass, where the doer is of one of them: in a report of a quarrel of
    /// two, what one does without saying to whom is done to the other. Null in a text of few sentences, or where no two stand out.
    /// </summary>
    private List<string>? OtherSide(Draft draft)
    {
        if (text.Sentences < FewSentences || draft.Type == "SUPPORT" || draft.Source.Actors.Select(a => cast[a].Country).FirstOrDefault(c => c is not null) is not { } own)
            return null;
        if (_states is null)
        {
            var known = cast.Mentions.Where(m => cast[m.Actor].Country is not null).ToList();
            var byCountry = known.GroupBy(m => cast[m.Actor].Country!).Where(g => cast.Actors.Any(a => a.Kind == ActorKind.State && a.Country == g.Key))
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Min(m => m.Mention.First)).Take(MostSides).ToList();
            // A digest of many countries' news is about no two of them.
            _states = byCountry.Sum(g => g.Count()) >= LeastShareOfSides * known.Count ? [.. byCountry.Select(g => g.Key)] : [];
        }
        return _states.Contains(own) && _states.Find(c => c != own) is { } other && (!IsConflict(draft.Type) || AreInConflict(own, other)) ? [cast.Actors.First(a => a.Kind == ActorKind.State && a.Country == other).Id] : null;
    }

    /// <summary>Whether the report tells of some harm or quarrel between two states: friends are not meant where one speaks of its enemies.</summary>
    private bool AreInConflict(string one, string other)
    {
        return _drafts.Exists(d => IsConflict(d.Type) && ((IsOf(d.Source, one) && IsOf(d.Target, other)) || (IsOf(d.Source, other) && IsOf(d.Target, one))));

        bool IsOf(Filler side, string country) => side.Actors.Any(a => cast[a].Country == country);
    }

    /// <summary>The last of the events before a word for which a side can be told, less those who do this one themselves.</summary>
    private List<string>? Earlier(Draft draft, int before, int farthest, Func<Draft, Filler, IReadOnlyList<string>?> side)
    {
        for (var sentence = text.Sentence(before); sentence >= Math.Max(0, text.Sentence(before) - farthest); sentence--)
        {
            foreach (var earlier in (_bySentence.GetValueOrDefault(sentence) ?? []).Where(d => d.Trigger < before && d != draft).OrderByDescending(d => d.Trigger))
            {
                var others = side(earlier, draft.Source)?.Where(a => !IsOwnSide(a, draft.Source)).ToList();
                if (others is { Count: > 0 })
                    return others;
            }
        }
        return null;
    }

    private bool IsOwnSide(string actor, Filler source) => source.Actors.Any(s => s == actor || (cast[s].Country is { } country && country == cast[actor].Country && !_who.AreRulerAndRuled(actor, s))) || _who.IsOwn(actor, source);

    /// <summary>Whether a type is of words, which are always spoken to or of somebody.</summary>
    private static bool IsSpoken(string type) => type is "REQUEST" or "ACCUSE" or "REJECT" or "THREATEN" or "AGREE";

    private static bool IsConflict(string type) => type is "REQUEST" or "ACCUSE" or "REJECT" or "THREATEN" or "SANCTION" or "MOBILIZE" or "COERCE" or "ASSAULT";
}
