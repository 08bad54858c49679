using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Tells who or what is meant by the words around a trigger: actors, their things, the states in which places lie.</summary>
internal sealed class Participants(
    WorldLexicon lexicon, ParsedText text, Cast cast, IReadOnlyList<(int First, int Last, TextDate Date)> dates, IReadOnlyList<(int Head, EventPlace Place)> places)
{
    // Of what nobody in particular is meant by, the first words say enough.
    private const int MostThings = 3;

    // A state is its government; these may act on it as others do.
    private static readonly HashSet<string> Governed = ["CVL", "OPP", "PTY", "REB", "LAB"];

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
        // "the American proposal", "the decision of the court", "the threats made by Iran": done to those whose it is.
        if (actors.Count == 0 && OwnerIn(word, 2) is { } owner)
            (actors, spans, owned) = ([owner], [Around(word)], !IsMeans(word));
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
            actors.AddRange(cast.Those(id).Except(actors));
            spans.Add(Around(one));
            foreach (var d in text.Dependents(one))
            {
                if (text.Relation(d) == "appos" && cast.At(d) is not null)
                    spans.Add(Around(d));
            }
            if (NameBefore(one, id) is { } name)
                spans.Add(name);
        }
    }

    /// <summary>"The army said that it had fired": the name that shows who a pronoun's "it" is; null where none stands before it.</summary>
    public TextSpan? NameBefore(int pronoun, string actor) => text.Words[pronoun].Upos == "PRON"
        && _mentions[text.Sentence(pronoun)].FirstOrDefault(m => m.Actor == actor && m.Mention.Form is not MentionForm.Pronoun && m.Mention.Head < pronoun) is { Mention: { } named }
        ? text.Span(named.First, named.Last) : null;

    /// <summary>Whose the thing is that a noun names; null where the words do not say.</summary>
    private string? OwnerIn(int noun, int depth)
    {
        foreach (var d in text.Dependents(noun))
        {
            var relation = text.Words[d].Relation;
            var belongs = relation is "nmod:poss" or "amod" or "compound" or "appos" or "flat" || (relation is "nmod" && text.Case(d) is "of" or "in" or "from" or "by");
            if (belongs && cast.At(d) is { } owner && !(relation == "compound" && lexicon.Term("named-after", text.Lemma(noun)) is not null))
                return owner;
        }
        foreach (var d in text.Dependents(noun))
        {
            // "Syrian government shelling"
            if (text.Relation(d) == "compound" && cast.At(d) is null && text.Dependent(d, "amod", "nmod:poss", "compound") is >= 0 and var whose && cast.At(whose) is { } state)
                return state;
            // "the missiles fired by the army", "the suit filed by the senator"
            if (text.Words[d] is { Relation: "acl", Xpos: "VBN" } && new Clause(text, d).Subject() is >= 0 and var agent && cast.At(agent) is { } maker)
                return maker;
            if (depth > 1 && (text.Relation(d) == "conj" || (text.Words[d].Relation == "nmod" && text.Case(d) is "of")) && cast.At(d) is null && OwnerIn(d, depth - 1) is { } deeper)
                return deeper;
        }
        return null;
    }

    /// <summary>Whether a noun names what somebody acts with, so that its deeds are his: missiles, warplanes, a campaign.</summary>
    private bool IsMeans(int noun) => lexicon.Term("means", text.Lemma(noun)) is not null;

    /// <summary>Whom else the words under the trigger speak of, where the construction names nobody: "called for new sanctions on Iran".</summary>
    public Filler Under(int trigger, Filler source)
    {
        foreach (var (mention, actor) in _mentions[text.Sentence(trigger)])
        {
            if (mention.Head > trigger && mention.Form != MentionForm.Nationality && !IsOwn(actor, source) && !source.Spans.Any(s => text.Span(mention.First, mention.Last).Overlaps(s)) && text.IsUnder(mention.Head, trigger) && !IsAside(mention.Head, trigger))
                return new([actor], [text.Span(mention.First, mention.Last)]);
        }
        return Filler.None;
    }

    /// <summary>Whether a word names a place.</summary>
    public bool IsPlace(int word) => _places[text.Sentence(word)].Any(p => p.Head == word);

    /// <summary>The state in which a place in some words lies: a camp in Kabul is in Afghanistan.</summary>
    public IReadOnlyList<string> StateAround(int word)
    {
        // "a charge that Chad rejects": who acts in a clause of its own is not where it is.
        var (first, last) = text.Touched(Around(word));
        // "condemned the coup in Chad": what stands right behind a deed is where it was done, whatever the tree hangs it on.
        if (lexicon.Term("done-before", text.Lemma(word)) is not null && text.Head(word) is >= 0 and var verb)
        {
            foreach (var d in text.Dependents(verb))
            {
                if (text.Relation(d) == "obl" && text.Reach(d).First == last + 1 && text.Case(d) == "in")
                    last = text.Reach(d).Last;
            }
        }
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
        || (cast.Members.TryGetValue(actor, out var members) && members.All(source.Actors.Contains))
        || (cast[actor].Kind == ActorKind.State && source.Actors.Any(s => s.Length > 0 && cast[s].Country is { } country && country == cast[actor].Country && !AreRulerAndRuled(actor, s)));

    /// <summary>Whether one is the state or of its government, and the other lives under it: protesters, the opposition, rebels.</summary>
    public bool AreRulerAndRuled(string ruler, string ruled) => (cast[ruler].Kind == ActorKind.State || cast[ruler].Sectors.Contains("GOV")) && !cast[ruled].Sectors.Contains("GOV") && cast[ruled].Sectors.Any(Governed.Contains);

    /// <summary>Whether all to whom something is done are known to be of other states or bodies than all who do it.</summary>
    public bool AreOfOtherStates(Filler target, Filler source) => target.Actors.Count > 0 && source.Actors.Count > 0
        && target.Actors.All(t => !cast[t].Sectors.Any(s => s is "REB" or "UAF" or "PTY") && cast[t].Country is { } theirs && source.Actors.All(s => cast[s].Country is { } own && own != theirs));

    /// <summary>Whether an actor stands on the side of those who act: his own, or an ally of theirs.</summary>
    public bool IsFriend(string actor, Filler source) => source.Actors.Any(s =>
        Camp(s) is { } camp && camp == Camp(actor));

    private string? Camp(string actor) => cast[actor].Country is { } country ? lexicon.Term("camp", country) ?? country : null;

    /// <summary>
    /// To whom or what it is done where the construction does not say: the objects and what stands after prepositions, first of what is
    /// meant to be done ("agreed to send aid to Chad"), then of the trigger itself. Actors where there are any; else the words alone, as
    /// in "boycotted the election", "threatened to shell the port".
    /// </summary>
    public Filler Complements(Clause clause, Filler source, string type)
    {
        Filler? actors = null, place = null;
        var things = new List<TextSpan>();
        foreach (var verb in new[] { clause.Infinitive(), clause.Trigger })
        {
            if (verb < 0)
                continue;
            // "prepared to let traders sell": the traders.
            var below = text.Dependent(verb, "xcomp", "ccomp") is >= 0 and var allowed && verb != clause.Trigger ? text.Dependent(allowed, "nsubj") : -1;
            foreach (var d in text.Dependents(verb).ToArray().Concat(below >= 0 ? [below] : []).OrderBy(d => text.Relation(d) is "obj" or "iobj" ? 0 : 1))
            {
                if ((d != below && text.Relation(d) is not ("obj" or "iobj" or "obl" or "nmod")) || text.Words[d].Upos is not ("NOUN" or "PROPN" or "PRON") || text.Words[d].Relation is "obl:tmod" or "obl:unmarked" or "obl:agent" or "nmod:poss" || IsWhen(d) || text.Case(d) is "according to" or "after" or "before" or "during" or "by" or "since")
                    continue;
                var spoken = text.Relation(d) == "obl" && !IsDeed(type) && StateAround(d).Count > 0;
                if (actors is null && !(spoken && verb == clause.Trigger) && Actors(d) is { Actors.Count: > 0 } found && !found.Actors.Any(a => IsOwn(a, source)) && !(type == "CONSULT" && found.Owned))
                    actors = found;
                if (text.Words[d].Upos == "PRON")
                    continue;
                if (place is null && StateAround(d) is { Count: > 0 } there && (!spoken || verb != clause.Trigger) && (text.Relation(d) == "obj" || (text.Case(d) is { } marker && lexicon.Term("where", marker) is not null)))
                    place = new(there.Any(t => IsOwn(t, source)) ? [] : there, [Around(d)]);
                // What is said or agreed in a place is not done to it.
                if (!spoken || verb != clause.Trigger)
                    things.Add(Around(d));
            }
        }
        var who = actors ?? place ?? Filler.None;
        return new(who.Actors, [.. things.Take(MostThings).Concat(who.Spans).Distinct()]);
    }

    /// <summary>Whether a type is of deeds rather than words.</summary>
    public static bool IsDeed(string type) => type is "ASSAULT" or "COERCE" or "MOBILIZE" or "PROTEST" or "RETREAT" or "AID" or "SANCTION" or "COOPERATE";

    /// <summary>Whose the one named by some words is: the "his" of "his counterpart".</summary>
    public Filler? OwnerOf(Filler filler)
    {
        var (first, last) = text.Touched(filler.Spans[0]);
        return text.Dependent(text.HeadOf(first, last), "nmod:poss") is >= 0 and var owner && cast.At(owner) is { } id && !filler.Actors.Contains(id) ? new([id], [text.Words[owner].Span]) : null;
    }

    /// <summary>Whether a noun stands in a date: "on Tuesday".</summary>
    public bool IsWhen(int word) => Calendar.IsDayOrMonth(text.Words[word]) || _dates[text.Sentence(word)].Any(d => d.First <= word && word <= d.Last);

    /// <summary>Whether a word below another only says on whose word ("according to officials"), or stands in a clause of its own: relative, or of time or cause.</summary>
    private bool IsAside(int word, int above)
    {
        for (var at = word; at >= 0 && at != above; at = text.Head(at))
        {
            if (at != word && text.Relation(at) == "conj" && text.Words[at].Upos == "VERB")
                return true;
            if (text.Case(at) is "according to" or "according" || text.Relation(at) == "parataxis" || text.Words[at].Relation == "acl:relcl")
                return true;
            if (text.Relation(at) == "advcl" && text.Words[at].Upos == "VERB" && text.Case(at) is not ("to" or "by" or "for" or "from" or "of" or "against"))
                return true;
        }
        return false;
    }

    /// <summary>Who acts in the clause that follows: "demanded that Turkey leave".</summary>
    public Filler SubjectOfClause(int trigger, Filler source)
    {
        var clause = text.Dependent(trigger, "ccomp");
        var subject = clause < 0 ? -1 : new Clause(text, clause).Subject();
        return subject >= 0 && Actors(subject) is { Actors.Count: > 0 } acting && !acting.Actors.Any(a => IsOwn(a, source)) ? acting : Filler.None;
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
