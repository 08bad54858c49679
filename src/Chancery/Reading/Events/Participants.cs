using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Tells who or what is meant by the words around a trigger: actors, their things, the states in which places lie.</summary>
internal sealed class Participants(
    WorldLexicon lexicon, ParsedText text, Cast cast, IReadOnlyList<(int First, int Last, TextDate Date)> dates, IReadOnlyList<(int Head, EventPlace Place)> places)
{
    // By sentence, so that the work grows in line with the text.
    private readonly ILookup<int, (Mention Mention, string Actor)> _mentions = cast.Mentions.ToLookup(m => text.Sentence(m.Mention.Head));
    private readonly ILookup<int, (int First, int Last, TextDate Date)> _dates = dates.ToLookup(d => text.Sentence(d.First));
    private readonly ILookup<int, (int Head, EventPlace Place)> _places = places.ToLookup(p => text.Sentence(p.Head));

    /// <summary>Who is meant by a word and those joined to it by "and"; else whose thing it is.</summary>
    public Filler Actors(int word)
    {
        var (actors, spans, owned) = (new List<string>(), new List<TextSpan>(), false);
        Take(word);
        foreach (var d in text.Dependents(word))
        {
            if (text.Relation(d) == "conj")
                Take(d);
        }
        if (actors.Count == 0)
        {
            // "the American proposal", "the decision of the court": done to those whose it is.
            foreach (var d in text.Dependents(word))
            {
                if (text.Words[d].Relation is "nmod:poss" or "nmod" or "amod" or "compound" or "appos" or "flat" && (text.Relation(d) != "nmod" || text.Case(d) is "of" or "in" or "from" or "by") && cast.At(d) is { } owner
                    && !(text.Relation(d) == "compound" && lexicon.Term("named-after", text.Lemma(word)) is not null))
                {
                    actors.Add(owner);
                    spans.Add(Around(word));
                    owned = true;
                    break;
                }
            }
        }
        return new(actors, spans) { Owned = owned };

        void Take(int one)
        {
            var id = cast.At(one);
            if (id is null)
            {
                foreach (var d in text.Dependents(one))
                {
                    if (text.Relation(d) is "flat" or "appos" && cast.At(d) is { } earlier)
                        id = earlier;
                }
            }
            if (id is null || actors.Contains(id))
                return;
            actors.AddRange(cast.Members.TryGetValue(id, out var members) ? members.Except(actors) : [id]);
            spans.Add(Around(one));
            // "The army said that it had fired": the name shows who "it" is.
            if (text.Words[one].Upos == "PRON" && _mentions[text.Sentence(one)].FirstOrDefault(m => m.Actor == id && m.Mention.Form is not MentionForm.Pronoun && m.Mention.Head < one) is { Mention: { } named })
                spans.Add(text.Span(named.First, named.Last));
        }
    }

    /// <summary>Whom else the words under the trigger speak of, where the construction names nobody: "called for new sanctions on Iran".</summary>
    public Filler Under(int trigger, Filler source)
    {
        foreach (var (mention, actor) in _mentions[text.Sentence(trigger)])
        {
            if (mention.Head > trigger && mention.Form != MentionForm.Nationality && !IsOwn(actor, source) && !source.Spans.Any(s => text.Span(mention.First, mention.Last).Overlaps(s)) && text.IsUnder(mention.Head, trigger) && !IsSource(mention.Head, trigger))
                return new([actor], [text.Span(mention.First, mention.Last)]);
        }
        return Filler.None;
    }

    /// <summary>Whether a word names a place.</summary>
    public bool IsPlace(int word) => _places[text.Sentence(word)].Any(p => p.Head == word);

    /// <summary>The state in which a place in some words lies: a camp in Kabul is in Afghanistan.</summary>
    public IReadOnlyList<string> StateAround(int word)
    {
        var (first, last) = text.Reach(word);
        foreach (var (head, place) in _places[text.Sentence(word)])
        {
            if (head >= first && head <= last && place.Country is { } code && cast.State(lexicon, code, text.Words[head].Span) is { } state)
                return [state];
        }
        return [];
    }

    /// <summary>"was arrested in Rwanda", "was expelled from Chad": the state there, where nobody is said to have done it.</summary>
    public Filler Whereabouts(Clause clause)
    {
        foreach (var place in clause.Obliques(["in", "from", "by"]))
        {
            if (cast.At(place) is { } id && cast[id].Kind == ActorKind.State)
                return new([id], [Around(place)]);
            if (StateAround(place) is { Count: > 0 } there)
                return new(there, [Around(place)]);
        }
        return Filler.None;
    }

    /// <summary>The other country of which the sentence speaks before, where only the measure is told: "want to depend less on China and have imposed restrictions".</summary>
    public Filler Beside(int trigger, Filler source)
    {
        var (mention, actor) = _mentions[text.Sentence(trigger)].LastOrDefault(m => m.Mention.Head < trigger && cast[m.Actor].Kind == ActorKind.State && !IsOwn(m.Actor, source));
        return mention is null ? Filler.None : new([actor], [text.Span(mention.First, mention.Last)]);
    }

    /// <summary>Whether an actor is one of those who act, or their own country.</summary>
    public bool IsOwn(string actor, Filler source) => source.Actors.Contains(actor)
        || (cast[actor].Kind == ActorKind.State && source.Actors.Any(s => s.Length > 0 && cast[s].Country is { } country && country == cast[actor].Country));

    /// <summary>Whether an actor stands on the side of those who act: his own, or an ally of theirs.</summary>
    public bool IsFriend(string actor, Filler source) => source.Actors.Any(s =>
        Camp(s) is { } camp && camp == Camp(actor));

    private string? Camp(string actor) => cast[actor].Country is { } country ? lexicon.Term("camp", country) ?? country : null;

    /// <summary>The words for what it is done to, where that is nobody: "boycotted the election", "threatened to shell the port".</summary>
    public Filler Thing(Clause clause, Filler source, string type)
    {
        Filler? thing = null;
        foreach (var verb in new[] { clause.Trigger, clause.Infinitive() })
        {
            if (verb < 0)
                continue;
            foreach (var d in text.Dependents(verb))
            {
                if (text.Relation(d) is not ("obj" or "obl" or "nmod") || text.Words[d].Upos is not ("NOUN" or "PROPN") || text.Words[d].Relation is "obl:tmod" or "obl:agent" or "nmod:poss" || IsWhen(d) || text.Case(d) is "according to")
                    continue;
                // What is said or agreed in a place is not done to it.
                if (text.Relation(d) == "obl" && !IsDeed(type) && StateAround(d).Count > 0)
                    continue;
                if (StateAround(d) is { Count: > 0 } there && (text.Relation(d) == "obj" || (text.Case(d) is { } marker && lexicon.Term("where", marker) is not null)))
                    return new(there.Any(t => IsOwn(t, source)) ? [] : there, [.. thing?.Spans ?? [], Around(d)]);
                if (thing is null || thing.Spans.Count < 2)
                    thing = new([], [.. thing?.Spans ?? [], Around(d)]);
            }
        }
        return thing ?? Filler.None;
    }

    /// <summary>Whether a type is of deeds rather than words.</summary>
    private static bool IsDeed(string type) => type is "ASSAULT" or "COERCE" or "MOBILIZE" or "PROTEST" or "RETREAT" or "AID" or "SANCTION" or "COOPERATE";

    /// <summary>Whose the one named by some words is: the "his" of "his counterpart".</summary>
    public Filler? OwnerOf(Filler filler)
    {
        var (first, last) = text.Touched(filler.Spans[0]);
        return text.Dependent(text.HeadOf(first, last), "nmod:poss") is >= 0 and var owner && cast.At(owner) is { } id && !filler.Actors.Contains(id) ? new([id], [text.Words[owner].Span]) : null;
    }

    /// <summary>Whether a noun stands in a date: "on Tuesday".</summary>
    public bool IsWhen(int word) => Calendar.IsDayOrMonth(text.Words[word]) || _dates[text.Sentence(word)].Any(d => d.First <= word && word <= d.Last);

    /// <summary>Whether a word below another only says on whose word ("according to officials"), or stands in a relative clause.</summary>
    private bool IsSource(int word, int above)
    {
        for (var at = word; at >= 0 && at != above; at = text.Head(at))
        {
            if (text.Case(at) is "according to" or "according" || text.Relation(at) == "parataxis" || text.Words[at].Relation == "acl:relcl")
                return true;
        }
        return false;
    }

    /// <summary>Who acts in the clause that follows: "demanded that Turkey leave".</summary>
    public Filler SubjectOfClause(int trigger, Filler source)
    {
        var clause = text.Dependent(trigger, "ccomp");
        var subject = clause < 0 ? -1 : new Clause(text, clause).Subject();
        return subject >= 0 && Actors(subject) is { Actors.Count: > 0 } acting && !acting.Actors.Any(source.Actors.Contains) ? acting : Filler.None;
    }

    /// <summary>The noun with what belongs to it, less its clauses.</summary>
    public TextSpan Around(int word)
    {
        var (first, last) = (word, word);
        foreach (var d in text.Dependents(word))
        {
            if (text.Relation(d) is "acl" or "conj" or "cc" or "punct" or "parataxis" or "case" or "appos")
                continue;
            first = Math.Min(first, text.Reach(d).First);
            last = Math.Max(last, text.Reach(d).Last);
        }
        return text.Span(first, last);
    }
}
