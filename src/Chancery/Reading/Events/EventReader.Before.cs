using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Events whose other side was named before: "condemned the attack", "rejected the charge", "promised an answer".</summary>
internal sealed partial class EventReader
{
    // In sentences. A quarrel that was last spoken of farther back is another one.
    private const int FarthestQuarrel = 10;

    /// <summary>Fills the missing sides from what was told before, and drops what still does nothing to anybody.</summary>
    private void FillFromBefore()
    {
        foreach (var draft in _drafts.OrderBy(d => d.Trigger).ToList())
        {
            var now = draft;
            if (now.Target.Actors.Count == 0 && (WhoseDeed(now) ?? Opponent(now)) is { } found)
                Replace(now, now = now with { Target = new(found, now.Target.Spans), Confidence = 0.85 * now.Confidence });
            // Who goes home visits nobody, and nobody promises, threatens or agrees with his own country.
            var own = now.Type is "CONSULT" or "AGREE" or "THREATEN" && now.Target.Actors.Count > 0 && now.Target.Actors.All(t => cast[t].Kind == ActorKind.State && _who.IsOwn(t, now.Source) && !now.Source.Actors.Contains(t));
            var empty = now.Target.Actors.Count == 0 && (now.Target.Spans.Count == 0 ? now.Why?.StartsWith("statement/", StringComparison.Ordinal) == true : IsMeans(now));
            if (own || empty)
                Remove(now);
        }
    }

    /// <summary>Whether an event is only what another one, which is told of, is to lead to: the examining of "offered to send experts to examine the parts".</summary>
    private bool IsMeans(Draft draft)
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
            if (lexicon.Term("deed", text.Lemma(noun)) is not { } kinds || !IsPointing(noun))
                continue;
            var types = kinds.Split(',');
            var doer = Earlier(draft, noun, FarthestQuarrel, (d, _) => types.Contains(d.Type) || kinds == "any" ? d.Source.Actors : null);
            var sayer = statements.LastOrDefault(s => s.Speaker is not null && s.Spans.Content[^1].End <= text.Words[draft.Trigger].Span.Start
                && TypeOf(s.Act) is { } type && types.Contains(type) && !IsOwnSide(s.Speaker, draft.Source) && text.Sentence(draft.Trigger) - text.Sentence(text.Touched(s.Spans.Content[0]).First) <= FarthestQuarrel);
            if (sayer?.Speaker is { } speaker && (doer is null || kinds != "any"))
                return cast.Members.TryGetValue(speaker, out var both) ? both : [speaker];
            if (doer is not null)
                return doer;
        }
        return null;
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

    /// <summary>
    /// Against whom somebody speaks who does not name him: who last did something to his side, or to whom his side last did something.
    /// </summary>
    private List<string>? Opponent(Draft draft)
    {
        // "rejected the plan": whose plan it is, the words would say.
        if (draft.Target.Spans.Count > 0 && draft.Type is "REJECT" or "SUPPORT" or "CONSULT")
            return null;
        var conflict = IsConflict(draft.Type);
        return Earlier(draft, draft.Trigger, conflict ? FarthestQuarrel : 1, (d, own) => conflict && !IsConflict(d.Type) ? null
            : d.Target.Actors.Any(a => IsOwnSide(a, own)) ? Parties(d.Source.Actors)
            : d.Source.Actors.Any(a => IsOwnSide(a, own)) ? Parties(d.Target.Actors) : null);

        // Whoever may be meant without being named is somebody in particular.
        List<string> Parties(IReadOnlyList<string> actors) => [.. actors.Where(a => cast[a] is { Country: not null } or { Known: not null })];
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

    private bool IsOwnSide(string actor, Filler source) => source.Actors.Any(s => s == actor || (cast[s].Country is { } country && country == cast[actor].Country)) || _who.IsOwn(actor, source);

    private static bool IsConflict(string type) => type is "REQUEST" or "ACCUSE" or "REJECT" or "THREATEN" or "SANCTION" or "MOBILIZE" or "COERCE" or "ASSAULT";

    private void Remove(Draft draft)
    {
        _drafts.Remove(draft);
        _bySentence[text.Sentence(draft.Trigger)].Remove(draft);
    }
}
