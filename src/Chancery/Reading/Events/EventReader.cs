using System.Globalization;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Tells who did what to whom: fits the lexicon's frames to the tree, and asks who stands in their slots.</summary>
internal sealed partial class EventReader(
    WorldLexicon lexicon, ParsedText text, Cast cast, IReadOnlyList<Statement> statements, IReadOnlyList<(int First, int Last, TextDate Date)> dates,
    IReadOnlyList<(int Head, EventPlace Place)> places, PairScorer? scorer, DateOnly? day)
{
    // What is left out, from nothing on.
    private static readonly Unsaid[] InShort = [Unsaid.Nothing, Unsaid.Partner], InReports = [Unsaid.Nothing, Unsaid.Partner, Unsaid.Target];

    // By sentence, so that the work grows in line with the text.
    private readonly ILookup<int, (Mention Mention, string Actor)> _mentions = cast.Mentions.ToLookup(m => text.Sentence(m.Mention.Head));
    private readonly ILookup<int, Statement> _claims = Claims(text, statements);
    private readonly Participants _who = new(lexicon, text, cast, dates, places);
    private readonly Circumstances _how = new(lexicon, text, dates, places);
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<int, List<Draft>> _bySentence = [];
    private readonly HashSet<int> _spokenFor = [];

    public IReadOnlyList<Event> Read()
    {
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Words[i].Upos is "VERB" or "NOUN" or "ADJ" or "PROPN" && !_spokenFor.Contains(i))
                Fit(i);
        }
        // "announced plans to reduce": what they plan says more than that they plan.
        RemoveWhere(d => lexicon.Term("intention", text.Lemma(d.Trigger)) is not null && new Clause(text, d.Trigger).Infinitive() is >= 0 and var meant && _bySentence[text.Sentence(meant)].Exists(o => o.Trigger == meant));
        // "refused to release": that they refused is the event, not the release.
        foreach (var refusal in _drafts.Where(d => lexicon.Term("refusal", text.Lemma(d.Trigger)) is not null).ToList())
            RemoveWhere(d => d.Trigger == new Clause(text, refusal.Trigger).Infinitive());
        FromAnnouncements();
        FromStatements();
        FromScorer();
        FillFromBefore();
        var events = new List<Event>();
        foreach (var draft in _drafts.OrderBy(d => d.Trigger).ThenBy(d => d.Type, StringComparer.Ordinal))
        {
            // The same event told twice by one sentence, as "launched an attack", is one.
            if (_bySentence[text.Sentence(draft.Trigger)].Any(d => d != draft && d.Type == draft.Type && d.Confidence > draft.Confidence
                && d.Source.Actors.SequenceEqual(draft.Source.Actors) && d.Target.Actors.SequenceEqual(draft.Target.Actors)))
                continue;
            events.Add(ToEvent(draft, events.Count + 1));
        }
        return new SharedDates(lexicon, text, cast, dates, day).Apply(events);
    }

    private void Fit(int word)
    {
        var upos = text.Words[word].Upos == "PROPN" ? "NOUN" : text.Words[word].Upos;
        var lemma = text.Lemma(word);
        // "carpet-bombed" is three words in the tree and one in the lexicon.
        if (word > 1 && text.Words[word - 1].Form == "-" && text.Words[word - 1].Span.End == text.Words[word].Span.Start && !lexicon.FramesOf($"{text.Lemma(word - 2)}-{lemma}", upos).IsEmpty)
            lemma = $"{text.Lemma(word - 2)}-{lemma}";
        var clause = new Clause(text, word);
        // First as the lexicon has it; else, what two do together need not say with whom; nor need a report of two say it of what one does.
        foreach (var leave in text.Sentences < FewSentences ? InShort : InReports)
        {
            foreach (var frame in lexicon.FramesOf(lemma, upos))
            {
                if (Match(frame, clause, leave) is not { } draft)
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

    private void RemoveWhere(Predicate<Draft> fits)
    {
        foreach (var draft in _drafts.FindAll(fits))
        {
            _drafts.Remove(draft);
            _bySentence[text.Sentence(draft.Trigger)].Remove(draft);
        }
    }

    private void Replace(Draft old, Draft draft)
    {
        _drafts[_drafts.IndexOf(old)] = draft;
        var own = _bySentence[text.Sentence(old.Trigger)];
        own[own.IndexOf(old)] = draft;
    }

    private Draft? Match(Frame frame, Clause clause, Unsaid leave)
    {
        // "calling it premature" is no telephone call: the verb says what something is.
        if (frame.Class == "VERB" && !frame.Slots.Any(s => s.Place is Place.Infinitive or Place.Clause) && lexicon.ActOf(frame.Lemma, "VERB") is not null && clause.HasComplement())
            return null;
        // "denied any involvement" is not "denied somebody something".
        if (frame.Class == "VERB" && frame.Slots.Count(s => s is { Place: Place.DirectObject, Optional: false }) > 1 && clause.ObjectCount() + (clause.Recipient() >= 0 ? 1 : 0) < 2)
            return null;
        // "returned transfers from", "heads the office for": nobody goes anywhere.
        if (frame is { Class: "VERB", Type: "CONSULT" } && !frame.Slots.Any(s => s.Place is Place.DirectObject or Place.Infinitive || s.Prepositions.Contains("")) && !clause.IsPassive && clause.Objects().Any(o => text.Words[o].Upos is "NOUN" or "PROPN" && !_who.IsWhen(o)))
            return null;
        var (source, target) = (Filler.None, Filler.None);
        var whole = clause;
        var objects = new List<int>();
        var inPlace = frame.Class == "VERB" && frame.Slots is [_, { Place: Place.DirectObject, Role: Role.Other }, { Role: Role.Target } goal] && (frame.Slots[1].Words.Count == 0 || (frame.Type == "ASSAULT" && goal.Prepositions.Contains("in")));
        foreach (var slot in frame.Slots)
        {
            var filler = Fill(frame, slot, clause);
            // What comes after "to lift" belongs to it: "agreed to lift sanctions on".
            if (filler is not null && slot is { Place: Place.Infinitive, Words.Count: > 0 } && clause.Infinitive() is >= 0 and var meant && Is(meant, slot.Words))
                clause = new(text, meant);
            if (filler is null && !slot.Optional && !MayLack(frame, slot, clause, leave, source))
                return null;
            if (filler is null)
                continue;
            if (slot is { Role: Role.Other, Place: Place.DirectObject, Words.Count: > 0 })
                objects.AddRange(clause.Objects().Where(o => IsOrHolds(o, slot.Words)));
            if (slot.Role == Role.Source)
                source = filler;
            else if (slot.Role == Role.Target)
                target = filler;
        }
        // What tells of nothing needs nobody who does it.
        if (frame.Type == "NONE")
            return new(whole.Trigger, frame.Type, source, target);
        // "due to the threat of US sanctions": whose the sanctions are threatens; who acts because of it is threatened.
        if (frame is { Class: "NOUN", Type: "THREATEN" } && source.Actors.Count > 0 && target.Spans.Count == 0 && text.Relation(whole.Trigger) == "obl"
            && new Clause(text, text.Head(whole.Trigger)).Subject() is >= 0 and var under && _who.Actors(under) is { Actors.Count: > 0 } threatened && !threatened.Actors.Any(source.Actors.Contains))
            target = threatened;
        if (source.Actors.Count == 0 && target.Spans.Count > 0 && MayLackDoer(frame) && clause.IsPassive)
            source = _who.Whereabouts(clause);
        // "two brigades had been moved towards the border": by whose they are.
        if (source.Actors.Count == 0 && frame.Type == "MOBILIZE" && clause.IsPassive)
            source = objects.Select(_who.Actors).FirstOrDefault(f => f.Actors.Count > 0) ?? source;
        // "said that the embassy would be closed", "said that banks faced fines": who says it does it.
        if (source.Actors.Count == 0 && target.Spans.Count > 0 && ((!frame.Slots.Any(s => s.Role == Role.Source) && IsToCome(whole.Trigger)) || (clause.IsPassive && MayBeAnnounced(frame, clause))))
            source = WhoAnnounces(whole.Trigger, target);
        // "their assets will be frozen": by whoever took the measures that were told before.
        if (source.Actors.Count == 0 && target.Spans.Count > 0 && frame.Type == "SANCTION" && clause.IsPassive)
            source = WhoTookMeasures(whole.Trigger, target);
        // "the meeting with envoys of Ghana": what names the one side does not name the other.
        if (source.Spans.Count > 0 && target.Spans.Count > 0 && source.Spans.All(s => target.Spans.Any(t => t != s && t.Contains(s))))
            source = Filler.None;
        // A plan that receives approval does nothing to it; nor is "hold an exchange" done to the exchange, though "give a blessing to a march" is to the march.
        if (source.Actors.Count == 0 || (target is { Actors.Count: 0, Spans.Count: > 0 } && (source.Owned || (lexicon.Term("light", frame.Lemma) is not null && !frame.Slots.Any(s => s is { Role: Role.Target, Place: Place.Oblique })))))
            return null;
        var between = frame.Slots.Any(s => s.Place == Place.Between);
        if (target.Actors.Count == 0 && !between)
        {
            if (source.Actors.Count > 1 && IsMutual(frame))
                (target, between) = (source, true);
            else if (target.Spans.Count == 0)
                target = Unnamed(frame, clause, whole, source);
            // "Leaders agreed to send help": with each other, whoever it is for.
            if (!between && frame.Type == "AGREE" && lexicon.Term("each-other", frame.Lemma) is not null && cast[source.Actors[0]].Kind == ActorKind.Group)
                target = new([.. target.Actors.Union(source.Actors)], [.. target.Spans.Union(source.Spans)]);
            if (target.Spans.Count == 0 && frame.Type is not ("PROTEST" or "MOBILIZE" or "CONCEDE" or "RETREAT") && !(leave == Unsaid.Target && MayLackTarget(frame)))
                return null;
        }
        // "shelled a market in Gaza", "sent troops to Mali": done to the thing, and to those to whom it belongs or goes.
        if (!between && target.Spans.Count > 0 && target.Actors.All(IsAnyone) && _who.Complements(whole, source, frame.Type) is { Spans.Count: > 0 } beside)
            target = new([.. target.Actors.Union(beside.Actors)], [.. target.Spans.Union(beside.Spans)]);
        // "warned his allies that Iran was arming": no threat to the allies, a charge against Iran.
        var (type, modes, cameo) = (frame.Type, frame.Modes, frame.Cameo);
        if (type == "THREATEN" && target.Actors.Any(t => _who.IsFriend(t, source)) && _who.SubjectOfClause(whole.Trigger, source) is { Actors.Count: > 0 } blamed)
            (type, modes, cameo, target) = ("ACCUSE", [], null, blamed);
        // "sent troops to join the peacekeeping force": to protect, not to threaten.
        if (type == "MOBILIZE" && text.Sentence(whole.Trigger) is var told && Enumerable.Range(text.First(told), text.First(told + 1) - text.First(told)).Any(w => lexicon.Term("peacekeeping", text.Lemma(w)) is not null))
            (type, modes, cameo) = ("AID", [], "074");
        // "closed its border to Polish lorries": within a state it constrains, between states it cuts back their dealings.
        if (type == "COERCE" && lexicon.Term("measure-abroad", frame.Lemma) is not null && !frame.Modes.Contains("censor") && _who.AreOfOtherStates(target, source))
            (type, modes, cameo) = ("SANCTION", ["discontinue"], "163");
        // "During talks with his Chinese counterpart Wang Yi said": he whose counterpart it is talks.
        if (frame is { Type: "CONSULT", Class: "NOUN" } && source.Actors.SequenceEqual(target.Actors) && _who.OwnerOf(target) is { } owner)
            source = owner;
        // Nobody does it to himself; where both sides are the same the reading is wrong.
        if (target.Actors.Count > 0 && source.Actors.SequenceEqual(target.Actors) && !between)
            return null;
        // "attacked a camp in Herat": done to the camp, and so to the country.
        if (inPlace && target.Spans.Count > 0)
            target = target with { Spans = [.. whole.Objects().Select(_who.Around), .. target.Spans] };
        // "threatened to bring down the government": whom it is done to stands in the words themselves.
        if (target.Actors.Count == 0 && objects.Select(o => cast.At(o)).FirstOrDefault(o => o is not null) is { } ruling && frame.Type is "THREATEN" or "COERCE" or "ASSAULT" && !source.Actors.Contains(ruling))
            target = target with { Actors = [ruling] };
        // "freed prisoners from a camp": the prisoners are whom it is done to as well.
        // ("sent soldiers to the border" does nothing to the soldiers.)
        var people = frame.Type == "MOBILIZE" ? [] : objects.FindAll(o => cast.At(o) is { } held && !IsOwnSide(held, source));
        if (people.Count > 0 && (target.Spans.Count > 0 || (clause.IsPassive && type is "RETREAT" or "COERCE" or "SANCTION" or "ASSAULT")))
            target = new([.. people.Select(p => cast.At(p)!).Union(target.Actors).Except(source.Actors)], [.. people.Select(_who.Around).Union(target.Spans)]);
        // "signed a treaty" is told; the treaty tells nothing more.
        _spokenFor.UnionWith(objects);
        // Nobody meets a thing, or visits one.
        if (frame.Type == "CONSULT" && target.Actors.Count == 0)
            return null;
        if (clause != whole)
            _spokenFor.Add(clause.Trigger);
        return new(whole.Trigger, type, source, target)
        {
            Modes = modes,
            Cameo = cameo,
            Status = frame.Status,
            Why = $"{frame.Lemma}/{frame.Construction}",
            Confidence = Math.Min(0.95, 0.6 + (0.05 * frame.Weight)),
        };
    }

    /// <summary>To whom it is done where the construction does not say.</summary>
    private Filler Unnamed(Frame frame, Clause clause, Clause whole, Filler source)
    {
        if (frame.Slots.Any(s => s.Place == Place.Clause) && _who.SubjectOfClause(whole.Trigger, source) is { Actors.Count: > 0 } acting)
            return acting;
        var near = _who.Complements(clause, source, frame.Type);
        // "rejected the criticism": whose it was, what was told before says better than what else the sentence names.
        if (near.Actors.Count > 0 || near.Spans.Any(s => text.Touched(s) is var (first, last) && text.HeadOf(first, last) is var noun && lexicon.Term("done-before", text.Lemma(noun)) is not null && IsPointing(noun)))
            return near;
        // Whom troops are sent against stands right beside them or nowhere.
        if (frame.Type == "MOBILIZE")
            return near;
        var other = _who.Under(whole.Trigger, source);
        if (other.Actors.Count == 0 && frame.Type == "SANCTION")
            other = _who.Beside(whole.Trigger, source);
        return new(other.Actors, [.. near.Spans.Concat(other.Spans).Distinct()]);
    }

    /// <summary>Whether a construction can do without what a slot asks for: who arrests, in the passive; with whom two hold talks.</summary>
    private bool MayLack(Frame frame, Slot slot, Clause clause, Unsaid leave, Filler source) => slot.Role switch
    {
        Role.Source when frame.Type == "NONE" => clause.IsPassive,
        Role.Source => slot.Place == Place.Subject && clause.IsPassive && (MayLackDoer(frame) || frame.Type == "MOBILIZE" || MayBeAnnounced(frame, clause)),
        Role.Target when leave == Unsaid.Target => slot.Place == Place.Oblique && MayLackTarget(frame),
        Role.Target => leave == Unsaid.Partner && slot.Prepositions.Contains("with") && source.Actors.Count > 1 && IsMutual(frame.Type) && !frame.Slots.Any(s => s is { Role: Role.Other, Place: Place.DirectObject, Words.Count: 0 }),
        _ => false,
    };

    /// <summary>Whether the state on whose ground it is done may be taken for the doer: only states jail, expel, release and torture as a rule.</summary>
    private bool MayLackDoer(Frame frame) => frame.Type is "COERCE" or "SANCTION" || frame.Modes.Any(m => lexicon.Term("by-states", m) is not null);

    /// <summary>Whether what was told before may say to whom it is done: the frame's own words must show that it is done to somebody.</summary>
    private bool MayLackTarget(Frame frame) => lexicon.Term("refusal", frame.Lemma) is not null || frame is { Class: "VERB", Type: "SANCTION" or "REJECT" or "COERCE" or "THREATEN" or "AGREE" or "AID" } && frame.Slots.Any(s => s is { Role: Role.Other, Optional: false, Words.Count: > 0 });

    /// <summary>Whether it may be he who says it that will do it: only harm is threatened without saying who will do it.</summary>
    private bool MayBeAnnounced(Frame frame, Clause clause) => frame.Type is "ASSAULT" or "COERCE" or "SANCTION" && WillBe(clause.Trigger);

    private Filler? Fill(Frame frame, Slot slot, Clause clause)
    {
        switch (slot.Place)
        {
            case Place.Particle:
                return slot.Words.Any(clause.HasParticle) ? Filler.None : null;
            case Place.Clause:
                // "suggested that the fire had been laid" asks for nothing.
                return (frame.Type == "REQUEST" && lexicon.Term("wish", frame.Lemma) is not null ? clause.HasWish() : clause.HasClause()) ? Filler.None : null;
            case Place.Infinitive:
                var verb = clause.Infinitive();
                // "took the firm to court": a noun, not a verb.
                return verb >= 0 && (slot.Words.Count == 0 || Is(verb, slot.Words)) ? Filler.None
                    : slot.Words.Count > 0 && clause.Obliques(["to"]).Any(o => Is(o, slot.Words)) ? Filler.None : null;
            case Place.Between:
                foreach (var both in clause.Obliques(["between"]))
                {
                    if (_who.Actors(both) is { Actors.Count: > 0 } sides)
                        return sides;
                }
                return null;
        }
        IEnumerable<int> words = slot.Place switch
        {
            Place.Subject when frame.Class == "NOUN" => clause.Possessors(of: !frame.Slots.Any(s => s.Prepositions.Contains("of"))),
            Place.Subject => clause.Subject() is >= 0 and var subject ? [subject] : [],
            Place.DirectObject when slot.Words.Count > 0 => clause.Objects().Concat(clause.Complements()),
            // "gave Kyiv rockets"
            Place.DirectObject when slot.Role == Role.Target && frame.Slots.Any(s => s is { Place: Place.DirectObject, Role: Role.Other }) && clause.Recipient() is >= 0 and var recipient => [recipient],
            Place.DirectObject => clause.Objects(),
            _ => clause.Obliques(slot.Prepositions),
        };
        Filler? thing = null;
        foreach (var word in words)
        {
            // "a call to release them" calls nobody.
            if (slot is { Role: Role.Target, Place: Place.Oblique } && text.Words[word] is { Upos: "VERB", Xpos: "VB" })
                continue;
            if (slot.Role == Role.Other)
            {
                if (slot.Words.Count == 0 || IsOrHolds(word, slot.Words))
                    return Filler.None;
            }
            else if (_who.Actors(word) is { Actors.Count: > 0 } filler)
            {
                // "welcomed the minister" meets him, "welcomed the minister's decision" does not.
                if (filler.Owned && frame is { Type: "CONSULT", Class: "VERB" } && slot is { Role: Role.Target, Place: Place.DirectObject } && !_who.IsPlace(word))
                    continue;
                return filler;
            }
            else if (slot.Place == Place.Subject && IsNamed(word) && !_who.IsWhen(word))
            {
                return new([cast.Named(text.Span(text.Reach(word).First, word), text)], [_who.Around(word)]);
            }
            else if (slot is { Role: Role.Target, Place: Place.DirectObject } && frame.Type == "REJECT" && text.Lemma(word) is "that" or "this")
            {
                thing ??= new([], [text.Words[word].Span]);
            }
            else if (slot.Role == Role.Target && text.Words[word].Upos is "NOUN" or "PROPN" && !_who.IsWhen(word)
                && _who.StateAround(word) is var there && (there.Count > 0 || !frame.Modes.Any(m => lexicon.Term("to-people", m) is not null)))
            {
                thing ??= new(there, [_who.Around(word)]);
            }
        }
        if (thing is not null)
            return thing;
        // "the threat of US sanctions": whose the sanctions are.
        if (slot is { Place: Place.Subject, Role: Role.Source } && frame is { Class: "NOUN", Type: "THREATEN" })
        {
            foreach (var measure in clause.Obliques(["of"]))
            {
                if (_who.Actors(measure) is { Owned: true } owner)
                    return owner;
            }
        }
        // "During talks with Japan the envoy said": who talks is who acts in the clause.
        if (slot is { Place: Place.Subject, Role: Role.Source } && frame is { Class: "NOUN", Type: "CONSULT" })
        {
            for (var up = text.Head(clause.Trigger); up >= 0; up = text.Head(up))
            {
                if (text.Words[up].Upos is "VERB" && new Clause(text, up).Subject() is >= 0 and var subject && !text.IsUnder(clause.Trigger, subject) && _who.Actors(subject) is { Actors.Count: > 0 } acting)
                    return acting;
            }
        }
        return null;
    }

    /// <summary>Whether a word is a name: a proper noun, or capitals only ("the NCB").</summary>
    private bool IsNamed(int word) => text.Words[word].Upos == "PROPN" || (text.Words[word].Upos == "NOUN" && text.Words[word].Form is { Length: > 1 } form && form.All(char.IsUpper));

    /// <summary>Whether a word is one of some; "troops" is as good as "troop".</summary>
    private bool Is(int word, IReadOnlyList<string> words)
    {
        var lemma = text.Lemma(word);
        return words.Contains(lemma) || (lemma.EndsWith('s') && words.Contains(lemma[..^1])) || (lexicon.Term("kind-of", lemma) is { } kind && kind.Split(',').Any(words.Contains));
    }

    /// <summary>Whether a word is one of some, or is joined to one, or only measures one: "tents and food", "40 tonnes of food", "a package of sanctions".</summary>
    private bool IsOrHolds(int word, IReadOnlyList<string> words)
    {
        // "recalled Basit": an ambassador, as the text has said.
        if (Is(word, words) || (cast.At(word) is { } id && cast[id].Office is { } office && office.Split(' ').Any(words.Contains)))
            return true;
        var measures = lexicon.Term("quantity", text.Lemma(word)) is not null;
        foreach (var d in text.Dependents(word))
        {
            if ((text.Relation(d) == "conj" || (measures && text.Words[d].Relation == "nmod" && text.Case(d) is "of" or "in")) && Is(d, words))
                return true;
        }
        return false;
    }

    /// <summary>Whether those who do it together may do it to each other: "met", "agreed", whatever is done "with" somebody.</summary>
    private bool IsMutual(Frame frame) => (IsMutual(frame.Type) && !frame.Slots.Any(s => s is { Place: Place.Infinitive, Words.Count: > 0 }))
        || frame.Slots.Any(s => (s.Role == Role.Target && s.Prepositions.Contains("with")) || (s.Words.Count > 0 && s.Words.All(w => lexicon.Term("mutual", w) is not null)));

    private static bool IsMutual(string type) => type is "CONSULT" or "AGREE" or "COOPERATE";

    private bool IsJoined(string one, string other, int sentence) => _bySentence.GetValueOrDefault(sentence)?.Any(d =>
        (d.Source.Actors.Contains(one) && (d.Target.Actors.Contains(other) || (d.Target.Actors.Count == 0 && d.Source.Actors.Contains(other))))
        || (d.Target.Actors.Contains(one) && d.Source.Actors.Contains(other))) == true;

    private Event ToEvent(Draft draft, int number)
    {
        var trigger = text.Words[draft.Trigger].Span;
        var between = draft.Source.Actors.Count > 1 && draft.Target is { Actors.Count: 0, Spans.Count: 0 } && IsMutual(draft.Type);
        var (source, target) = (draft.Source, between ? draft.Source : draft.Target);
        // Who meets is met, whoever the words put first.
        if (draft.Type == "CONSULT" && source.Actors.Count > 0 && target.Actors.Count > 0 && !draft.Modes.Contains("third-party")
            && (!draft.Modes.Contains("visit") || source.Actors.Concat(target.Actors).All(a => cast[a].Kind == ActorKind.Person)))
            source = target = new([.. source.Actors.Union(target.Actors)], [.. source.Spans.Union(target.Spans)]);
        var claim = ClaimedBy(trigger);
        var (type, status) = (draft.Type, draft.Status ?? _how.StatusOf(draft.Trigger, claim is not null));
        // Who will not give way refuses; so does who would not help or condemn, where it is no other's word.
        if (status == EventStatus.Negated && text.Words[draft.Trigger].Upos == "VERB" && text.Dependents(draft.Trigger).ToArray().Any(d => lexicon.Term("status", text.Lemma(d)) is "planned" || (claim is null && text.Lemma(d) is "would"))
            && (type is "RETREAT" or "CONCEDE" || (claim is null && type is "ACCUSE" or "SUPPORT" or "CONSULT" or "AGREE" or "AID" or "COOPERATE" or "SANCTION" or "COERCE")))
            (type, status) = ("REJECT", EventStatus.Actual);
        // "has never recognised the court", "does not recognise it"
        if (status == EventStatus.Negated && type == "SUPPORT" && lexicon.Term("yields", text.Lemma(draft.Trigger)) is not null)
            (type, status) = ("REJECT", EventStatus.Actual);
        var date = _how.DateOf(draft.Trigger, claim);
        // "they meet in Kingstown on June 3"
        if (status == EventStatus.Actual && date is not null && IsYetToCome(date))
            status = EventStatus.Planned;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"e{number}"), type, status,
            new([trigger], source.Spans, target.Spans, text.Annotation.Sentences[text.Sentence(draft.Trigger)].Span))
        {
            Modes = draft.Modes,
            Cameo = draft.Cameo,
            Source = source.Actors,
            Target = target.Actors,
            Statement = claim?.Id,
            Date = date,
            Place = _how.PlaceOf(draft.Trigger, draft.Modes, draft.Target),
            Score = lexicon.ScoreOf(type, draft.Modes),
            Contexts = _how.ContextsOf(text.Sentence(draft.Trigger)),
            Why = draft.Why,
            // What only may come to be is less sure than the words that say so: the promise of "promised to send tents" is given, the tents are not.
            Confidence = status == EventStatus.Actual ? draft.Confidence : (Participants.IsDeed(type) ? 0.7 : 0.85) * draft.Confidence,
        };
    }

    private bool IsYetToCome(TextDate date) => day is { } published && date.Edtf.Length >= 7
        && string.CompareOrdinal(date.Edtf[..Math.Min(10, date.Edtf.Length)], published.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)[..Math.Min(10, date.Edtf.Length)]) > 0 && date.Edtf.All(c => char.IsDigit(c) || c is '-' or '/' or '~');

    /// <summary>The innermost statement in whose content it stands, unless the event is the saying itself.</summary>
    private Statement? ClaimedBy(TextSpan trigger) => _claims[text.Sentence(text.Touched(trigger).First)]
        .Where(s => s.Spans.Content.Any(c => c.Contains(trigger)) && s.Spans.Cue?.Overlaps(trigger) != true)
        .OrderBy(s => s.Spans.Content.Sum(c => c.Length)).FirstOrDefault();

    /// <summary>Statements by each sentence that what is said touches.</summary>
    private static ILookup<int, Statement> Claims(ParsedText text, IReadOnlyList<Statement> statements) => statements
        .SelectMany(s => s.Spans.Content.SelectMany(c => text.Touched(c) is var (first, last) && first <= last
            ? Enumerable.Range(text.Sentence(first), text.Sentence(last) - text.Sentence(first) + 1) : []).Distinct().Select(sentence => (Sentence: sentence, Statement: s)))
        .ToLookup(x => x.Sentence, x => x.Statement);

    /// <summary>What a construction asks for that the words may leave out.</summary>
    private enum Unsaid
    {
        Nothing,

        /// <summary>With whom, of what two do together.</summary>
        Partner,

        /// <summary>To whom, where what was told before says it: "cancelled the talks", "imposed tariffs".</summary>
        Target,
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
