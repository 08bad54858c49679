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
    private const double LeastProbability = 0.65;
    private const double LeastProbabilityOfSaying = 0.85;

    private readonly List<Draft> _drafts = [];
    private readonly HashSet<int> _spokenFor = [];

    public IReadOnlyList<Event> Read()
    {
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Words[i].Upos is "VERB" or "NOUN" or "ADJ" or "PROPN" && !_spokenFor.Contains(i))
                Fit(i);
        }
        FromStatements();
        FromScorer();
        var events = new List<Event>();
        foreach (var draft in _drafts.OrderBy(d => d.Trigger).ThenBy(d => d.Type, StringComparer.Ordinal))
        {
            // The same event told twice by one sentence, as "launched an attack", is one.
            if (events.Count > 0 && _drafts.Any(d => d != draft && d.Type == draft.Type && d.Confidence > draft.Confidence && text.Sentence(d.Trigger) == text.Sentence(draft.Trigger)
                && d.Source.Actors.SequenceEqual(draft.Source.Actors) && d.Target.Actors.SequenceEqual(draft.Target.Actors)))
                continue;
            events.Add(ToEvent(draft, events.Count + 1));
        }
        return WithSharedDates(events);
    }

    /// <summary>A visit told of several times has the dates of the telling that gives them all: "April 8-9" rather than "Tuesday".</summary>
    private static List<Event> WithSharedDates(List<Event> events)
    {
        var whole = events.Where(e => e.Date?.Edtf.Contains('/', StringComparison.Ordinal) == true)
            .GroupBy(Key).ToDictionary(g => g.Key, g => g.First().Date!, StringComparer.Ordinal);
        return [.. events.Select(e => whole.TryGetValue(Key(e), out var date) && Within(e.Date?.Edtf, date.Edtf) ? e with { Date = date } : e)];

        static string Key(Event e) => $"{e.Type} {string.Join(',', e.Source)} {string.Join(',', e.Target)}";

        static bool Within(string? day, string range) => range.Split('/') is [var from, var to]
            && (day is null || (day.Length == from.Length && string.CompareOrdinal(from, day) <= 0 && string.CompareOrdinal(day, to) <= 0));
    }

    private void Fit(int word)
    {
        var upos = text.Words[word].Upos == "PROPN" ? "NOUN" : text.Words[word].Upos;
        var clause = new Clause(text, word);
        foreach (var frame in lexicon.FramesOf(text.Lemma(word), upos))
        {
            if (Match(frame, clause) is not { } draft)
                continue;
            if (frame.Type != "NONE")
                _drafts.Add(draft);
            return;   // the frame that asks for most, and fits, is the one meant
        }
    }

    private Draft? Match(Frame frame, Clause clause)
    {
        // "calling it premature" is no telephone call: the verb says what something is.
        if (frame.Class == "VERB" && !frame.Slots.Any(s => s.Place is Place.Infinitive or Place.Clause) && lexicon.ActOf(frame.Lemma, "VERB") is not null && clause.HasComplement())
            return null;
        var (source, target) = (Filler.None, Filler.None);
        var whole = clause;
        foreach (var slot in frame.Slots)
        {
            var filler = Fill(frame, slot, clause);
            // What comes after "to lift" belongs to it: "agreed to lift sanctions on".
            if (filler is not null && slot is { Place: Place.Infinitive, Words.Count: > 0 })
                clause = new(text, clause.Infinitive());
            if (filler is null && !slot.Optional)
                return null;
            if (filler is null)
                continue;
            if (slot.Role == Role.Source)
                source = filler;
            else if (slot.Role == Role.Target)
                target = filler;
        }
        if (source.Actors.Count == 0)
            return null;
        if (target.Actors.Count == 0 && !frame.Slots.Any(s => s.Place == Place.Between))
        {
            target = frame.Slots.Any(s => s.Place == Place.Clause) ? SubjectOfClause(whole.Trigger, source) : Under(whole.Trigger, source);
            if (target.Actors.Count == 0 && frame.Type is not ("PROTEST" or "MOBILIZE" or "CONCEDE" or "RETREAT"))
                return null;
        }
        // Nobody does it to himself; where both sides are the same the reading is wrong.
        if (target.Actors.Count > 0 && source.Actors.SequenceEqual(target.Actors) && !frame.Slots.Any(s => s.Place == Place.Between))
            return null;
        if (clause != whole)
            _spokenFor.Add(clause.Trigger);
        return new(whole.Trigger, frame.Type, source, target)
        {
            Modes = frame.Modes,
            Cameo = frame.Cameo,
            Status = frame.Status,
            Why = $"{frame.Lemma}/{frame.Construction}",
            Confidence = Math.Min(0.95, 0.6 + (0.05 * frame.Weight)),
        };
    }

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
        foreach (var word in words)
        {
            if (slot.Role == Role.Other)
            {
                if (slot.Words.Count == 0 || Is(word, slot.Words))
                    return Filler.None;
            }
            else if (Actors(word) is { Actors.Count: > 0 } filler)
            {
                return filler;
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
        var (actors, spans) = (new List<string>(), new List<TextSpan>());
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
                if (text.Words[d].Relation is "nmod:poss" or "nmod" or "amod" or "compound" or "appos" or "flat" && (text.Relation(d) != "nmod" || text.Case(d) is "of" or "in" or "from" or "by") && cast.At(d) is { } owner)
                {
                    actors.Add(owner);
                    spans.Add(Around(word));
                    break;
                }
            }
        }
        return new(actors, spans);

        void Take(int one)
        {
            var id = cast.At(one);
            if (id is null)
            {
                foreach (var d in text.Dependents(one))
                {
                    if (text.Relation(d) is "flat" or "appos" && cast.At(d) is { } named)
                        id = named;
                }
            }
            if (id is null || actors.Contains(id))
                return;
            actors.Add(id);
            spans.Add(Around(one));
        }
    }

    /// <summary>Whom else the words under the trigger speak of, where the construction names nobody: "called for new sanctions on Iran".</summary>
    private Filler Under(int trigger, Filler source)
    {
        foreach (var (mention, actor) in cast.Mentions)
        {
            if (mention.Head > trigger && text.Sentence(mention.Head) == text.Sentence(trigger) && !source.Actors.Contains(actor) && text.IsUnder(mention.Head, trigger))
                return new([actor], [text.Span(mention.First, mention.Last)]);
        }
        return Filler.None;
    }

    /// <summary>Who acts in the clause that follows: "demanded that Turkey leave".</summary>
    private Filler SubjectOfClause(int trigger, Filler source)
    {
        var clause = text.Dependent(trigger, "ccomp");
        var subject = clause < 0 ? -1 : new Clause(text, clause).Subject();
        return subject >= 0 && cast.At(subject) is { } actor && !source.Actors.Contains(actor) ? new([actor], [Around(subject)]) : Filler.None;
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
        foreach (var (subject, actor) in cast.Mentions)
        {
            if (text.Words[subject.Head].Relation is not ("nsubj" or "obl:agent") || subject.Form == MentionForm.Nationality)
                continue;
            Draft? best = null;
            foreach (var (other, target) in cast.Mentions)
            {
                if (target == actor || text.Sentence(other.Head) != text.Sentence(subject.Head) || text.IsUnder(other.Head, subject.Head) || IsJoined(actor, target, text.Sentence(other.Head)))
                    continue;
                var predicate = PairFeatures.Predicate(text, subject.Head, other.Head);
                if (predicate < 0 || text.Head(subject.Head) != predicate)
                    continue;
                var (type, probability) = scorer.Score(PairFeatures.Of(text, predicate, other.Head));
                if (probability < (lexicon.ActOf(text.Lemma(predicate), "VERB") is null ? LeastProbability : LeastProbabilityOfSaying) || probability <= (best?.Confidence ?? 0))
                    continue;
                // The training data has one name for giving in, in word and in deed.
                if (type == "YIELD")
                    type = StatusOf(predicate) == EventStatus.Actual ? "RETREAT" : "CONCEDE";
                best = new(predicate, type, new([actor], [text.Span(subject.First, subject.Last)]), new([target], [text.Span(other.First, other.Last)])) { Why = "model", Confidence = probability };
            }
            if (best is not null)
                _drafts.Add(best with { Confidence = 0.6 * best.Confidence });
        }
    }

    private bool IsJoined(string one, string other, int sentence) => _drafts.Any(d => text.Sentence(d.Trigger) == sentence
        && ((d.Source.Actors.Contains(one) && d.Target.Actors.Contains(other)) || (d.Target.Actors.Contains(one) && d.Source.Actors.Contains(other))
            || (d.Target.Actors.Count == 0 && d.Source.Actors.Contains(one) && d.Source.Actors.Contains(other))));

    /// <summary>What is said of another is done to him too: accusing, demanding, warning, praising.</summary>
    private void FromStatements()
    {
        foreach (var statement in statements)
        {
            if (statement.Speaker is not { } speaker || statement.Spans.Cue is not { } cue || TypeOf(statement.Act) is not { } type)
                continue;
            var (first, last) = text.Touched(cue);
            if (last < first || _drafts.Any(d => d.Trigger >= first && d.Trigger <= last))
                continue;
            var target = statement.Addressees.Count > 0 && type is not ("SUPPORT" or "ACCUSE") ? new Filler([statement.Addressees[0]], []) : FirstIn(statement, speaker);
            if (target.Actors.Count == 0 || IsJoined(speaker, target.Actors[0], text.Sentence(last)))
                continue;
            var source = new Filler([speaker], statement.Spans.Speaker is { } words ? [words] : []);
            _drafts.Add(new(last, type, source, target) { Why = $"statement/{statement.Act.ToString().ToLowerInvariant()}", Confidence = 0.5 });
        }
    }

    private Filler FirstIn(Statement statement, string speaker)
    {
        foreach (var (mention, actor) in cast.Mentions)
        {
            var span = text.Span(mention.First, mention.Last);
            // A minister who criticises does not criticise his own country, nor those who stand beside him.
            var own = actor == speaker || (cast[actor].Country is { } country && country == cast[speaker].Country) || statement.Spans.Speaker?.Overlaps(span) == true;
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
        var between = draft.Source.Actors.Count > 1 && draft.Target.Actors.Count == 0 && draft.Type is "CONSULT" or "AGREE" or "COOPERATE";
        var target = between ? draft.Source : draft.Target;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"e{number}"), draft.Type, draft.Status ?? StatusOf(draft.Trigger),
            new([trigger], draft.Source.Spans, target.Spans, text.Annotation.Sentences[text.Sentence(draft.Trigger)].Span))
        {
            Modes = draft.Modes,
            Cameo = draft.Cameo,
            Source = draft.Source.Actors,
            Target = target.Actors,
            Statement = ClaimedBy(trigger, draft),
            Date = DateOf(draft.Trigger),
            Place = PlaceOf(draft.Trigger),
            Why = draft.Why,
            Confidence = draft.Confidence,
        };
    }

    /// <summary>The place under the trigger, or under the verb that it hangs on, after a word such as "in"; a visit is where it goes to.</summary>
    private EventPlace? PlaceOf(int trigger)
    {
        for (var (above, steps) = (trigger, 0); above >= 0 && steps < 3; above = text.Head(above), steps++)
        {
            foreach (var (head, place) in places)
            {
                if (text.Sentence(head) == text.Sentence(trigger) && text.IsUnder(head, above) && text.Case(head) is { } marker && lexicon.Term("where", marker) is not null)
                    return place;
            }
        }
        return null;
    }

    /// <summary>Whether it is, will be, may be or is not, by the words around the trigger and above it.</summary>
    private EventStatus StatusOf(int trigger)
    {
        for (var (at, steps) = (trigger, 0); at >= 0 && steps < 4; at = text.Head(at), steps++)
        {
            foreach (var d in text.Dependents(at))
            {
                var lemma = text.Lemma(d);
                if (text.Words[d].Features?.Contains("Polarity=Neg", StringComparison.Ordinal) == true || (text.Relation(d) == "det" && lemma == "no"))
                    return EventStatus.Negated;
                if (lexicon.Term("status", lemma) is { } word && text.Relation(d) is "aux" or "amod" or "advmod" or "mark")
                    return Enum.Parse<EventStatus>(word, ignoreCase: true);
            }
            if (at != trigger && text.Words[at].Upos is "VERB" or "ADJ" && lexicon.Term("status-of-infinitive", text.Lemma(at)) is { } above)
                return Enum.Parse<EventStatus>(above, ignoreCase: true);
            // What stands above a clause of its own says nothing of it.
            if (text.Relation(at) is "ccomp" or "parataxis" or "acl" or "advcl" or "root" && text.Dependent(at, "mark") is var mark && (mark < 0 || text.Lemma(mark) != "to"))
                break;
            if (text.Relation(at) is "nsubj")
                break;
        }
        return EventStatus.Actual;
    }

    /// <summary>The innermost statement in whose content it stands, unless the event is the saying itself.</summary>
    private string? ClaimedBy(TextSpan trigger, Draft draft) => statements
        .Where(s => s.Spans.Content.Any(c => c.Contains(trigger)) && s.Spans.Cue?.Overlaps(trigger) != true)
        .OrderBy(s => s.Spans.Content.Sum(c => c.Length)).FirstOrDefault()?.Id;

    private TextDate? DateOf(int trigger)
    {
        TextDate? near = null;
        foreach (var (first, _, date) in dates)
        {
            if (text.Sentence(first) != text.Sentence(trigger))
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
