using System.Globalization;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Tells who did what to whom: fits the lexicon's frames to the tree, and asks who stands in their slots.</summary>
internal sealed class EventReader(
    WorldLexicon lexicon, ParsedText text, Cast cast, IReadOnlyList<Statement> statements, IReadOnlyList<(int First, int Last, TextDate Date)> dates,
    IReadOnlyList<(int Head, EventPlace Place)> places, PairScorer? scorer)
{
    // The scorer has only ever seen pairs that do something to each other, so it must be sure; surer still of those who only say.
    private const double LeastProbability = 0.3;
    private const double LeastProbabilityOfSaying = 0.85;
    private const int MostContexts = 4;

    // By sentence, so that the work grows in line with the text.
    private readonly ILookup<int, (Mention Mention, string Actor)> _mentions = cast.Mentions.ToLookup(m => text.Sentence(m.Mention.Head));
    private readonly ILookup<int, (int First, int Last, TextDate Date)> _dates = dates.ToLookup(d => text.Sentence(d.First));
    private readonly ILookup<int, (int Head, EventPlace Place)> _places = places.ToLookup(p => text.Sentence(p.Head));
    private readonly ILookup<int, Statement> _claims = Claims(text, statements);
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<int, List<Draft>> _bySentence = [];
    private readonly HashSet<int> _spokenFor = [];
    private readonly Dictionary<int, IReadOnlyList<string>> _contexts = [];

    public IReadOnlyList<Event> Read()
    {
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Words[i].Upos is "VERB" or "NOUN" or "ADJ" or "PROPN" && !_spokenFor.Contains(i))
                Fit(i);
        }
        // "announced plans to reduce": what they plan says more than that they plan.
        _drafts.RemoveAll(d => lexicon.Term("intention", text.Lemma(d.Trigger)) is not null && new Clause(text, d.Trigger).Infinitive() is >= 0 and var meant && _bySentence[text.Sentence(meant)].Exists(o => o.Trigger == meant));
        // "refused to release": that they refused is the event, not the release.
        foreach (var refusal in _drafts.Where(d => lexicon.Term("refusal", text.Lemma(d.Trigger)) is not null).ToList())
            _drafts.RemoveAll(d => d.Trigger == new Clause(text, refusal.Trigger).Infinitive());
        FromStatements();
        FromScorer();
        var events = new List<Event>();
        foreach (var draft in _drafts.OrderBy(d => d.Trigger).ThenBy(d => d.Type, StringComparer.Ordinal))
        {
            // The same event told twice by one sentence, as "launched an attack", is one.
            if (_bySentence[text.Sentence(draft.Trigger)].Any(d => d != draft && d.Type == draft.Type && d.Confidence > draft.Confidence
                && d.Source.Actors.SequenceEqual(draft.Source.Actors) && d.Target.Actors.SequenceEqual(draft.Target.Actors)))
                continue;
            events.Add(ToEvent(draft, events.Count + 1));
        }
        return WithSharedDates(events);
    }

    /// <summary>
    /// A visit told of several times has the dates of the telling that gives them all: "April 8-9" rather than "Tuesday"; the
    /// talks between the two sides that the text sets in no other time belong to it.
    /// </summary>
    private List<Event> WithSharedDates(List<Event> events)
    {
        var whole = events.Where(e => IsRange(e.Date)).GroupBy(Key).ToDictionary(g => g.Key, g => g.First().Date!, StringComparer.Ordinal);
        var shared = events.Select(e => whole.TryGetValue(Key(e), out var date) && Within(e.Date?.Edtf, date.Edtf) ? e with { Date = IsArrival(e) ? FirstDay(date) : date } : e).ToList();
        var visits = shared.Where(e => e is { Type: "CONSULT", Status: EventStatus.Actual } && IsRange(e.Date)).GroupBy(Sides).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        for (var i = 0; i < shared.Count; i++)
        {
            if (shared[i] is { Type: "CONSULT" or "AGREE", Status: EventStatus.Actual, Date: null } talk && (talk.Type == "CONSULT" || talk.Source.SequenceEqual(talk.Target)) && visits.TryGetValue(Sides(talk), out var visit) && visit.Select(v => v.Date!.Edtf).Distinct().Count() == 1)
                shared[i] = talk with { Date = IsArrival(talk) ? FirstDay(visit[0].Date!) : visit[0].Date, Place = talk.Place ?? visit.Select(v => v.Place).FirstOrDefault(p => p is { Latitude: not null }) };
        }
        foreach (var (first, last, date) in dates)
        {
            // "on the same day that the envoy arrived": the day of what is told there.
            if (last - first != 2 || text.Lemma(first + 1) != "same" || shared.Find(e => e.Date is { Edtf.Length: 10 } && IsUnder(e, last)) is not { } known)
                continue;
            for (var i = 0; i < shared.Count; i++)
            {
                if (shared[i].Date == date && !IsUnder(shared[i], last))
                    shared[i] = shared[i] with { Date = date with { Edtf = known.Date!.Edtf } };
            }
        }
        return shared;

        bool IsUnder(Event e, int word) => text.Touched(e.Spans.Trigger[0]).First is var trigger && text.Sentence(trigger) == text.Sentence(word) && trigger > word && text.IsUnder(trigger, word);

        static bool IsRange(TextDate? date) => date?.Edtf.Contains('/', StringComparison.Ordinal) == true;

        string Sides(Event e) => string.Join(' ', e.Source.Concat(e.Target).Select(a => cast[a].Country).OfType<string>().Distinct().Order(StringComparer.Ordinal));

        // Who arrives, arrives on the first of the days.
        bool IsArrival(Event e) => lexicon.Term("beginning", text.Lemma(text.Touched(e.Spans.Trigger[0]).First)) is not null;

        static TextDate FirstDay(TextDate date) => date with { Edtf = date.Edtf.Split('/')[0] };

        static string Key(Event e) => $"{e.Type} {string.Join(',', e.Source)} {string.Join(',', e.Target)}";

        static bool Within(string? day, string range) => range.Split('/') is [var from, var to]
            && (day is null || (day.Length == from.Length && string.CompareOrdinal(from, day) <= 0 && string.CompareOrdinal(day, to) <= 0));
    }

    private void Fit(int word)
    {
        var upos = text.Words[word].Upos == "PROPN" ? "NOUN" : text.Words[word].Upos;
        var lemma = text.Lemma(word);
        // "carpet-bombed" is three words in the tree and one in the lexicon.
        if (word > 1 && text.Words[word - 1].Form == "-" && text.Words[word - 1].Span.End == text.Words[word].Span.Start && !lexicon.FramesOf($"{text.Lemma(word - 2)}-{lemma}", upos).IsEmpty)
            lemma = $"{text.Lemma(word - 2)}-{lemma}";
        var clause = new Clause(text, word);
        // First as the lexicon has it; else, what two do together need not say with whom.
        foreach (var together in new[] { false, true })
        {
            foreach (var frame in lexicon.FramesOf(lemma, upos))
            {
                if (Match(frame, clause, together) is not { } draft)
                    continue;
                if (frame.Type != "NONE")
                    Add(draft);
                return;   // the frame that asks for most, and fits, is the one meant
            }
        }
    }

    private void Add(Draft draft)
    {
        _drafts.Add(draft);
        var sentence = text.Sentence(draft.Trigger);
        if (!_bySentence.TryGetValue(sentence, out var own))
            _bySentence[sentence] = own = [];
        own.Add(draft);
    }

    private void Replace(Draft old, Draft draft)
    {
        _drafts[_drafts.IndexOf(old)] = draft;
        var own = _bySentence[text.Sentence(old.Trigger)];
        own[own.IndexOf(old)] = draft;
    }

    private Draft? Match(Frame frame, Clause clause, bool together)
    {
        // "calling it premature" is no telephone call: the verb says what something is.
        if (frame.Class == "VERB" && !frame.Slots.Any(s => s.Place is Place.Infinitive or Place.Clause) && lexicon.ActOf(frame.Lemma, "VERB") is not null && clause.HasComplement())
            return null;
        var (source, target) = (Filler.None, Filler.None);
        var whole = clause;
        var objects = new List<int>();
        var inPlace = frame.Class == "VERB" && frame.Slots is [_, { Place: Place.DirectObject, Role: Role.Other, Words.Count: 0 }, { Role: Role.Target }];
        foreach (var slot in frame.Slots)
        {
            var filler = Fill(frame, slot, clause);
            // What comes after "to lift" belongs to it: "agreed to lift sanctions on".
            if (filler is not null && slot is { Place: Place.Infinitive, Words.Count: > 0 })
                clause = new(text, clause.Infinitive());
            if (filler is null && !slot.Optional && !MayLack(frame, slot, clause, together ? source : Filler.None))
                return null;
            if (filler is null)
                continue;
            if (slot is { Role: Role.Other, Place: Place.DirectObject, Words.Count: > 0 })
                objects.AddRange(clause.Objects().Where(o => Is(o, slot.Words)));
            if (slot.Role == Role.Source)
                source = filler;
            else if (slot.Role == Role.Target)
                target = filler;
        }
        // "due to the threat of US sanctions": whose the sanctions are threatens; who acts because of it is threatened.
        if (frame is { Class: "NOUN", Type: "THREATEN" } && source.Actors.Count > 0 && target.Spans.Count == 0 && text.Relation(whole.Trigger) == "obl"
            && new Clause(text, text.Head(whole.Trigger)).Subject() is >= 0 and var under && Actors(under) is { Actors.Count: > 0 } threatened && !threatened.Actors.Any(source.Actors.Contains))
            target = threatened;
        if (source.Actors.Count == 0 && target.Spans.Count > 0 && frame.Type is "COERCE" or "SANCTION" && clause.IsPassive)
            source = Whereabouts(clause);
        // "the meeting with envoys of Ghana": what names the one side does not name the other.
        if (source.Spans.Count > 0 && target.Spans.Count > 0 && source.Spans.All(s => target.Spans.Any(t => t != s && t.Contains(s))))
            source = Filler.None;
        // A plan that receives approval does nothing to it; nor is "hold an exchange" done to the exchange.
        if (source.Actors.Count == 0 || (target is { Actors.Count: 0, Spans.Count: > 0 } && (source.Owned || lexicon.Term("light", frame.Lemma) is not null)))
            return null;
        var between = frame.Slots.Any(s => s.Place == Place.Between);
        if (target.Actors.Count == 0 && !between)
        {
            var other = frame.Slots.Any(s => s.Place == Place.Clause) ? SubjectOfClause(whole.Trigger, source) : Under(whole.Trigger, source);
            if (source.Actors.Count > 1 && IsMutual(frame))
                (target, between) = (source, true);
            else if (target.Spans.Count == 0)
                target = other.Actors.Count > 0 ? other : frame.Type == "SANCTION" && Beside(whole.Trigger, source) is { Actors.Count: > 0 } beside ? beside : Thing(clause, source, frame.Type);
            if (target.Spans.Count == 0 && frame.Type is not ("PROTEST" or "MOBILIZE" or "CONCEDE" or "RETREAT"))
                return null;
        }
        // "warned his allies that Iran was arming": no threat to the allies, a charge against Iran.
        var type = frame.Type;
        if (type == "THREATEN" && target.Actors.Any(t => IsFriend(t, source)) && SubjectOfClause(whole.Trigger, source) is { Actors.Count: > 0 } blamed)
            (type, target) = ("ACCUSE", blamed);
        // "During talks with his Chinese counterpart Wang Yi said": he whose counterpart it is talks.
        if (frame is { Type: "CONSULT", Class: "NOUN" } && source.Actors.SequenceEqual(target.Actors) && OwnerOf(target) is { } owner)
            source = owner;
        // Nobody does it to himself; where both sides are the same the reading is wrong.
        if (target.Actors.Count > 0 && source.Actors.SequenceEqual(target.Actors) && !between)
            return null;
        // "attacked a camp in Herat": done to the camp, and so to the country.
        if (inPlace && target.Spans.Count > 0)
            target = target with { Spans = [.. whole.Objects().Select(Around), .. target.Spans] };
        // "freed prisoners from a camp": the prisoners are whom it is done to as well.
        var people = objects.FindAll(o => cast.At(o) is not null);
        if (people.Count > 0 && target.Spans.Count > 0)
            target = new([.. people.Select(p => cast.At(p)!).Union(target.Actors).Except(source.Actors)], [.. people.Select(Around).Union(target.Spans)]);
        // "signed a treaty" is told; the treaty tells nothing more.
        _spokenFor.UnionWith(objects);
        // Nobody meets a thing, or visits one.
        if (frame.Type == "CONSULT" && target.Actors.Count == 0)
            return null;
        if (clause != whole)
            _spokenFor.Add(clause.Trigger);
        return new(whole.Trigger, type, source, target)
        {
            Modes = type == frame.Type ? frame.Modes : [],
            Cameo = type == frame.Type ? frame.Cameo : null,
            Status = frame.Status,
            Why = $"{frame.Lemma}/{frame.Construction}",
            Confidence = Math.Min(0.95, 0.6 + (0.05 * frame.Weight)),
        };
    }

    /// <summary>Whether a construction can do without what a slot asks for: who arrests, in the passive; with whom two hold talks.</summary>
    private static bool MayLack(Frame frame, Slot slot, Clause clause, Filler source) => slot.Role switch
    {
        Role.Source => slot.Place == Place.Subject && clause.IsPassive && frame.Type is "COERCE" or "SANCTION",
        Role.Target => slot.Prepositions.Contains("with") && source.Actors.Count > 1 && IsMutual(frame.Type),
        _ => false,
    };

    private Filler? Fill(Frame frame, Slot slot, Clause clause)
    {
        switch (slot.Place)
        {
            case Place.Particle:
                return clause.HasParticle(slot.Words[0]) ? Filler.None : null;
            case Place.Clause:
                return clause.HasClause() ? Filler.None : null;
            case Place.Infinitive:
                var verb = clause.Infinitive();
                return verb >= 0 && (slot.Words.Count == 0 || Is(verb, slot.Words)) ? Filler.None : null;
            case Place.Between:
                foreach (var both in clause.Obliques(["between"]))
                {
                    if (Actors(both) is { Actors.Count: > 0 } sides)
                        return sides;
                }
                return null;
        }
        IEnumerable<int> words = slot.Place switch
        {
            Place.Subject when frame.Class == "NOUN" => clause.Possessors(of: !frame.Slots.Any(s => s.Prepositions.Contains("of"))),
            Place.Subject => clause.Subject() is >= 0 and var subject ? [subject] : [],
            Place.DirectObject => clause.Objects(),
            _ => clause.Obliques(slot.Prepositions),
        };
        Filler? thing = null;
        foreach (var word in words)
        {
            if (slot.Role == Role.Other)
            {
                if (slot.Words.Count == 0 || Is(word, slot.Words))
                    return Filler.None;
            }
            else if (Actors(word) is { Actors.Count: > 0 } filler)
            {
                // "welcomed the minister" meets him, "welcomed the minister's decision" does not.
                if (filler.Owned && frame is { Type: "CONSULT", Class: "VERB" } && slot is { Role: Role.Target, Place: Place.DirectObject } && !_places[text.Sentence(word)].Any(p => p.Head == word))
                    continue;
                return filler;
            }
            else if (slot.Place == Place.Subject && text.Words[word].Upos == "PROPN" && !IsWhen(word))
            {
                return new([cast.Named(text.Span(text.Reach(word).First, word), text)], [Around(word)]);
            }
            else if (slot.Role == Role.Target && text.Words[word].Upos is "NOUN" or "PROPN" && !IsWhen(word)
                && StateAround(word) is var there && (there.Count > 0 || !frame.Modes.Any(m => lexicon.Term("to-people", m) is not null)))
            {
                thing ??= new(there, [Around(word)]);
            }
        }
        if (thing is not null)
            return thing;
        // "the threat of US sanctions": whose the sanctions are.
        if (slot is { Place: Place.Subject, Role: Role.Source } && frame is { Class: "NOUN", Type: "THREATEN" })
        {
            foreach (var measure in clause.Obliques(["of"]))
            {
                if (Actors(measure) is { Owned: true } owner)
                    return owner;
            }
        }
        // "During talks with Japan the envoy said": who talks is who acts in the clause.
        if (slot is { Place: Place.Subject, Role: Role.Source } && frame is { Class: "NOUN", Type: "CONSULT" })
        {
            for (var up = text.Head(clause.Trigger); up >= 0; up = text.Head(up))
            {
                if (text.Words[up].Upos is "VERB" && new Clause(text, up).Subject() is >= 0 and var subject && !text.IsUnder(clause.Trigger, subject) && Actors(subject) is { Actors.Count: > 0 } acting)
                    return acting;
            }
        }
        return null;
    }

    /// <summary>Whether a word is one of some; "troops" is as good as "troop".</summary>
    private bool Is(int word, IReadOnlyList<string> words)
    {
        var lemma = text.Lemma(word);
        return words.Contains(lemma) || (lemma.EndsWith('s') && words.Contains(lemma[..^1]));
    }

    /// <summary>Who is meant by a word and those joined to it by "and"; else whose thing it is.</summary>
    private Filler Actors(int word)
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
    private Filler Under(int trigger, Filler source)
    {
        foreach (var (mention, actor) in _mentions[text.Sentence(trigger)])
        {
            if (mention.Head > trigger && mention.Form != MentionForm.Nationality && !IsOwn(actor, source) && !source.Spans.Any(s => text.Span(mention.First, mention.Last).Overlaps(s)) && text.IsUnder(mention.Head, trigger) && !IsSource(mention.Head, trigger))
                return new([actor], [text.Span(mention.First, mention.Last)]);
        }
        return Filler.None;
    }

    /// <summary>The state in which a place in some words lies: a camp in Kabul is in Afghanistan.</summary>
    private IReadOnlyList<string> StateAround(int word)
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
    private Filler Whereabouts(Clause clause)
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
    private Filler Beside(int trigger, Filler source)
    {
        var (mention, actor) = _mentions[text.Sentence(trigger)].LastOrDefault(m => m.Mention.Head < trigger && cast[m.Actor].Kind == ActorKind.State && !IsOwn(m.Actor, source));
        return mention is null ? Filler.None : new([actor], [text.Span(mention.First, mention.Last)]);
    }

    /// <summary>Whether an actor is one of those who act, or their own country.</summary>
    private bool IsOwn(string actor, Filler source) => source.Actors.Contains(actor)
        || (cast[actor].Kind == ActorKind.State && source.Actors.Any(s => s.Length > 0 && cast[s].Country is { } country && country == cast[actor].Country));

    /// <summary>Whether an actor stands on the side of those who act: his own, or an ally of theirs.</summary>
    private bool IsFriend(string actor, Filler source) => source.Actors.Any(s =>
        Camp(s) is { } camp && camp == Camp(actor));

    private string? Camp(string actor) => cast[actor].Country is { } country ? lexicon.Term("camp", country) ?? country : null;

    /// <summary>The words for what it is done to, where that is nobody: "boycotted the election", "threatened to shell the port".</summary>
    private Filler Thing(Clause clause, Filler source, string type)
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
    private Filler? OwnerOf(Filler filler)
    {
        var (first, last) = text.Touched(filler.Spans[0]);
        return text.Dependent(text.HeadOf(first, last), "nmod:poss") is >= 0 and var owner && cast.At(owner) is { } id && !filler.Actors.Contains(id) ? new([id], [text.Words[owner].Span]) : null;
    }

    /// <summary>Whether a noun stands in a date: "on Tuesday".</summary>
    private bool IsWhen(int word) => Calendar.IsDayOrMonth(text.Words[word]) || _dates[text.Sentence(word)].Any(d => d.First <= word && word <= d.Last);

    /// <summary>Whether those who do it together may do it to each other: "met", "agreed", whatever is done "with" somebody.</summary>
    private bool IsMutual(Frame frame) => (IsMutual(frame.Type) && !frame.Slots.Any(s => s is { Place: Place.Infinitive, Words.Count: > 0 }))
        || frame.Slots.Any(s => (s.Role == Role.Target && s.Prepositions.Contains("with")) || (s.Words.Count > 0 && s.Words.All(w => lexicon.Term("mutual", w) is not null)));

    private static bool IsMutual(string type) => type is "CONSULT" or "AGREE" or "COOPERATE";

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
    private Filler SubjectOfClause(int trigger, Filler source)
    {
        var clause = text.Dependent(trigger, "ccomp");
        var subject = clause < 0 ? -1 : new Clause(text, clause).Subject();
        return subject >= 0 && Actors(subject) is { Actors.Count: > 0 } acting && !acting.Actors.Any(source.Actors.Contains) ? acting : Filler.None;
    }

    /// <summary>The noun with what belongs to it, less its clauses.</summary>
    private TextSpan Around(int word)
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

    /// <summary>Where no frame fits, what the words around a subject and another actor make likely.</summary>
    private void FromScorer()
    {
        if (scorer is null)
            return;
        // A name that nothing has shown to be an actor is one if it acts.
        var unknown = Enumerable.Range(0, text.Words.Length).Where(i => text.Words[i] is { Upos: "PROPN", Relation: "nsubj" } && cast.At(i) is null && !IsWhen(i))
            .Select(i => (new Mention(text.Reach(i).First, i, i, MentionForm.Name), ""));
        foreach (var (subject, known) in cast.Mentions.Concat(unknown).ToList())
        {
            // "The two armies" are both.
            IReadOnlyList<string> all = cast.Members.TryGetValue(known, out var members) ? members : [known];
            var actor = all[0];
            if (text.Words[subject.Head].Relation is not ("nsubj" or "obl:agent") || subject.Form == MentionForm.Nationality)
                continue;
            var predicate = text.Head(subject.Head);
            if (predicate < 0 || text.Words[predicate].Upos is not ("VERB" or "NOUN"))
                continue;
            var saying = lexicon.ActOf(text.Lemma(predicate), "VERB") is not null;
            var found = new List<(Filler Target, string Type, double Probability)>();
            foreach (var (other, target) in Candidates(subject, actor, predicate))
            {
                var (type, probability) = scorer.Score(PairFeatures.Of(text, predicate, other));
                if (probability >= (saying ? LeastProbabilityOfSaying : LeastProbability))
                    found.Add((target, type, probability));
            }
            if (found.Count == 0)
                continue;
            if (actor.Length == 0)
                all = [actor = cast.Named(text.Span(subject.First, subject.Last), text)];
            var best = found.MaxBy(f => f.Probability);
            if (_bySentence.GetValueOrDefault(text.Sentence(predicate))?.Find(d => d.Trigger == predicate && d.Source.Actors.Contains(actor)) is { } told)
            {
                // The frame has said what is done; to whom else it is done is all there is to add.
                if (told.Type == best.Type || (best.Type == "YIELD" && told.Type is "CONCEDE" or "RETREAT"))
                    Replace(told, told with { Target = new([.. told.Target.Actors, .. best.Target.Actors], [.. told.Target.Spans, .. best.Target.Spans]) });
                continue;
            }
            var (sources, targets) = (new Filler(all, [text.Span(subject.First, subject.Last)]), best.Target);
            // "returned the vase to Peru": done to the vase, and to Peru.
            if (found.Where(f => f.Type == best.Type && (f.Target.Actors.Count == 0) != (best.Target.Actors.Count == 0)).OrderByDescending(f => f.Probability).FirstOrDefault().Target is { } also)
                targets = new([.. best.Target.Actors, .. also.Actors], [.. best.Target.Spans, .. also.Spans]);
            // "Syria and Israel have fired": each at the other.
            if (best.Target.Actors is [var partner] && IsBeside(best.Target, subject))
                (sources, targets) = (new([actor, partner], [.. sources.Spans, .. best.Target.Spans]), new([actor, partner], [.. sources.Spans, .. best.Target.Spans]));
            // The training data has one name for giving in, in word and in deed.
            var named = best.Type != "YIELD" ? best.Type : StatusOf(predicate, reported: false) == EventStatus.Actual ? "RETREAT" : "CONCEDE";
            Add(new(predicate, named, sources, targets) { Why = "model", Confidence = 0.6 * best.Probability });
        }
    }

    /// <summary>Whether some words stand beside a subject, joined to it by "and".</summary>
    private bool IsBeside(Filler filler, Mention subject) => text.Touched(filler.Spans[0]) is var (first, last) && text.HeadOf(first, last) is var head && text.Relation(head) == "conj" && text.Head(head) == subject.Head;

    /// <summary>To whom or what the subject of a predicate may do something: its objects, whatever they are, and the other actors below it.</summary>
    private IEnumerable<(int Word, Filler Target)> Candidates(Mention subject, string actor, int predicate)
    {
        var sentence = text.Sentence(subject.Head);
        var own = new Filler([actor], []);
        // A frame has spoken of it already.
        var told = _bySentence.GetValueOrDefault(sentence)?.Exists(d => d.Trigger == predicate && d.Source.Actors.Contains(actor)) == true;
        if (!told && lexicon.Term("light", text.Lemma(predicate)) is null && new Clause(text, predicate) is { IsPassive: false } clause)
        {
            foreach (var thing in clause.Objects())
            {
                if (text.Words[thing].Upos is "NOUN" or "PROPN" && cast.At(thing) is null && !IsWhen(thing))
                    yield return (thing, new([.. StateAround(thing).Where(s => !IsOwn(s, own))], [Around(thing)]));
            }
        }
        foreach (var (other, target) in _mentions[sentence])
        {
            var beside = text.Relation(other.Head) == "conj" && text.Head(other.Head) == subject.Head;
            if (target != actor && (beside || !text.IsUnder(other.Head, subject.Head)) && text.IsUnder(other.Head, predicate) && !IsJoined(actor, target, sentence) && !IsInClauseOfItsOwn(other.Head, predicate)
                && !(cast[target].Kind == ActorKind.State && IsOwn(target, own)))
                yield return (other.Head, new([target], [text.Span(other.First, other.Last)]));
        }
    }

    /// <summary>Whether somebody else acts between a word and one above it: what he does is not done by the subject of that.</summary>
    private bool IsInClauseOfItsOwn(int word, int above)
    {
        for (var at = word; at >= 0 && at != above; at = text.Head(at))
        {
            if (at != word && text.Relation(at) is "advcl" && text.Dependent(at, "nsubj") is >= 0 and var acting && !text.IsUnder(word, acting))
                return true;
        }
        return false;
    }

    private bool IsJoined(string one, string other, int sentence) => _bySentence.GetValueOrDefault(sentence)?.Any(d =>
        (d.Source.Actors.Contains(one) && (d.Target.Actors.Contains(other) || (d.Target.Actors.Count == 0 && d.Source.Actors.Contains(other))))
        || (d.Target.Actors.Contains(one) && d.Source.Actors.Contains(other))) == true;

    /// <summary>What is said of another is done to him too: accusing, demanding, warning, praising.</summary>
    private void FromStatements()
    {
        foreach (var statement in statements)
        {
            if (statement.Speaker is not { } speaker || statement.Spans.Cue is not { } cue || TypeOf(statement.Act) is not { } type)
                continue;
            var (first, last) = text.Touched(cue);
            if (last < first || _bySentence.GetValueOrDefault(text.Sentence(last))?.Any(d => d.Trigger >= first && d.Trigger <= last) == true)
                continue;
            var target = statement.Addressees.Count > 0 && type is not ("SUPPORT" or "ACCUSE") ? new Filler([statement.Addressees[0]], []) : FirstIn(statement, speaker);
            if (target.Actors.Count == 0 || IsJoined(speaker, target.Actors[0], text.Sentence(last)))
                continue;
            var source = new Filler(cast.Members.TryGetValue(speaker, out var both) ? both : [speaker], statement.Spans.Speaker is { } words ? [words] : []);
            if (source.Actors.Count > 1 && IsMutual(type))
                target = source;
            Add(new(last, type, source, target) { Why = $"statement/{statement.Act.ToString().ToLowerInvariant()}", Confidence = 0.5 });
        }
    }

    private Filler FirstIn(Statement statement, string speaker)
    {
        var (from, to) = (text.Touched(statement.Spans.Content[0]).First, text.Touched(statement.Spans.Content[^1]).Last);
        if (from > to)
            return Filler.None;
        var speakers = cast.Members.TryGetValue(speaker, out var both) ? both : [speaker];
        var spoken = statement.Spans.Speaker is { } by ? _mentions[text.Sentence(text.Touched(by).First)].Where(m => by.Overlaps(text.Span(m.Mention.First, m.Mention.Last))).Select(m => m.Actor).ToHashSet() : [];
        foreach (var (mention, actor) in Enumerable.Range(text.Sentence(from), text.Sentence(to) - text.Sentence(from) + 1).SelectMany(s => _mentions[s]))
        {
            var span = text.Span(mention.First, mention.Last);
            // A minister who criticises does not criticise his own country, nor those who stand beside him.
            var own = spoken.Contains(actor) || speakers.Any(s => actor == s || (cast[actor].Country is { } country && country == cast[s].Country));
            if (!own && statement.Spans.Content.Any(c => c.Contains(span)))
                return new([actor], [span]);
        }
        return Filler.None;
    }

    private static string? TypeOf(SpeechAct act) => act switch
    {
        SpeechAct.Accuse or SpeechAct.Criticise => "ACCUSE",
        SpeechAct.Demand or SpeechAct.Propose => "REQUEST",
        SpeechAct.Warn or SpeechAct.Threaten => "THREATEN",
        SpeechAct.Reject => "REJECT",
        SpeechAct.Praise or SpeechAct.Support => "SUPPORT",
        SpeechAct.Agree or SpeechAct.Promise => "AGREE",
        _ => null,
    };

    private Event ToEvent(Draft draft, int number)
    {
        var trigger = text.Words[draft.Trigger].Span;
        var between = draft.Source.Actors.Count > 1 && draft.Target is { Actors.Count: 0, Spans.Count: 0 } && IsMutual(draft.Type);
        var target = between ? draft.Source : draft.Target;
        var claim = ClaimedBy(trigger);
        var (type, status) = (draft.Type, draft.Status ?? StatusOf(draft.Trigger, claim is not null));
        // Who will not give way refuses.
        if (status == EventStatus.Negated && type is "RETREAT" or "CONCEDE" && text.Dependents(draft.Trigger).ToArray().Any(d => lexicon.Term("status", text.Lemma(d)) is "planned"))
            (type, status) = ("REJECT", EventStatus.Actual);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"e{number}"), type, status,
            new([trigger], draft.Source.Spans, target.Spans, text.Annotation.Sentences[text.Sentence(draft.Trigger)].Span))
        {
            Modes = draft.Modes,
            Cameo = draft.Cameo,
            Source = draft.Source.Actors,
            Target = target.Actors,
            Statement = claim?.Id,
            Date = DateOf(draft.Trigger, claim),
            Place = PlaceOf(draft),
            Score = lexicon.ScoreOf(type, draft.Modes),
            Contexts = ContextsOf(text.Sentence(draft.Trigger)),
            Why = draft.Why,
            // What only may come to be is less sure than the words that say so.
            Confidence = status == EventStatus.Actual ? draft.Confidence : 0.85 * draft.Confidence,
        };
    }

    /// <summary>What the sentence is about.</summary>
    private IReadOnlyList<string> ContextsOf(int sentence)
    {
        if (!_contexts.TryGetValue(sentence, out var contexts))
        {
            var first = text.First(sentence);
            _contexts[sentence] = contexts = [.. lexicon.Contexts.Find(text.First(sentence + 1) - first, i => text.Lemma(first + i)).Select(c => c.Value).Distinct().Take(MostContexts)];
        }
        return contexts;
    }

    /// <summary>The place under the trigger, or under the verb that it hangs on, after a word such as "in"; a visit is where it goes to.</summary>
    private EventPlace? PlaceOf(Draft draft)
    {
        var trigger = draft.Trigger;
        for (var (above, steps) = (trigger, 0); above >= 0 && steps < 3; above = text.Head(above), steps++)
        {
            foreach (var (head, place) in _places[text.Sentence(trigger)])
            {
                if (text.IsUnder(head, above) && text.Case(head) is { } marker && lexicon.Term("where", marker) is not null)
                    return place;
            }
        }
        // "would visit China": the place is whom they visit.
        if (draft.Modes.Contains("visit") && draft.Target.Spans is [var host, ..] && text.Touched(host) is var (first, last))
            return _places[text.Sentence(trigger)].FirstOrDefault(p => p.Head >= first && p.Head <= last).Place;
        return null;
    }

    /// <summary>Whether it is, will be, may be or is not, by the words around the trigger and above it.</summary>
    private EventStatus StatusOf(int trigger, bool reported)
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
            var relation = text.Relation(at);
            // What stands above a clause of its own says nothing of it; nor what a subject does.
            if (relation is "ccomp" or "parataxis" or "acl" or "advcl" or "root" && text.Dependent(at, "mark") is var mark && (mark < 0 || text.Lemma(mark) != "to"))
                break;
            if (text.Words[at].Relation is "nsubj" || (relation is "obl" or "nmod" && text.Case(at) is { } marker && lexicon.Term("background", marker) is not null))
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

    /// <summary>The innermost statement in whose content it stands, unless the event is the saying itself.</summary>
    private Statement? ClaimedBy(TextSpan trigger) => _claims[text.Sentence(text.Touched(trigger).First)]
        .Where(s => s.Spans.Content.Any(c => c.Contains(trigger)) && s.Spans.Cue?.Overlaps(trigger) != true)
        .OrderBy(s => s.Spans.Content.Sum(c => c.Length)).FirstOrDefault();

    /// <summary>Statements by each sentence that what is said touches.</summary>
    private static ILookup<int, Statement> Claims(ParsedText text, IReadOnlyList<Statement> statements) => statements
        .SelectMany(s => s.Spans.Content.SelectMany(c => text.Touched(c) is var (first, last) && first <= last
            ? Enumerable.Range(text.Sentence(first), text.Sentence(last) - text.Sentence(first) + 1) : []).Distinct().Select(sentence => (Sentence: sentence, Statement: s)))
        .ToLookup(x => x.Sentence, x => x.Statement);

    private TextDate? DateOf(int trigger, Statement? claim)
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

    /// <summary>Who stands in a slot, and the words that name them.</summary>
    private sealed record Filler(IReadOnlyList<string> Actors, IReadOnlyList<TextSpan> Spans)
    {
        public static Filler None { get; } = new([], []);

        /// <summary>Whether the words name a thing of theirs and not themselves.</summary>
        public bool Owned { get; init; }
    }

    private sealed record Draft(int Trigger, string Type, Filler Source, Filler Target)
    {
        public IReadOnlyList<string> Modes { get; init; } = [];

        public string? Cameo { get; init; }

        public EventStatus? Status { get; init; }

        public string? Why { get; init; }

        public double Confidence { get; init; }
    }
}
