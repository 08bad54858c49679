using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Events that no frame tells of: what is said of another, and what the learned scorer makes of a pair.</summary>
internal sealed partial class EventReader
{
    // The scorer has only ever seen pairs that do something to each other, so it must be sure; surer still of those who only say.
    private const double LeastProbability = 0.1;

    // A text of a sentence or two was picked for what it tells; in a whole report most sentences explain, and a guess is more often wrong than right.
    private const double LeastProbabilityInReports = 0.8;

    private const double LeastProbabilityOfSaying = 0.5;

    /// <summary>Where no frame fits, what the words around a subject and another actor make likely.</summary>
    private void FromScorer()
    {
        if (scorer is null)
            return;
        // A name that nothing has shown to be an actor is one if it acts.
        var unknown = Enumerable.Range(0, text.Words.Length).Where(i => text.Words[i] is { Upos: "PROPN", Relation: "nsubj" } && cast.At(i) is null && !_who.IsWhen(i))
            .Select(i => (new Mention(text.Reach(i).First, i, i, MentionForm.Name), ""));
        foreach (var (subject, known) in cast.Mentions.Concat(unknown).ToList())
        {
            // "The two armies" are both.
            IReadOnlyList<string> all = cast.Those(known);
            var actor = all[0];
            if (text.Words[subject.Head].Relation is not ("nsubj" or "obl:agent") || subject.Form == MentionForm.Nationality)
                continue;
            var predicate = text.Head(subject.Head);
            if (predicate < 0 || text.Words[predicate].Upos is not ("VERB" or "NOUN"))
                continue;
            var act = lexicon.ActOf(text.Lemma(predicate), "VERB");
            // Of whom somebody speaks in a whole report, he has seldom done anything to.
            if (act is SpeechAct.State or SpeechAct.Report or SpeechAct.Ask or SpeechAct.Predict && text.Sentences >= FewSentences)
                continue;
            var saying = act is not null;
            var least = saying ? LeastProbabilityOfSaying : text.Sentences < FewSentences ? LeastProbability : LeastProbabilityInReports;
            var found = new List<(Filler Target, string Type, double Probability, int Distance)>();
            foreach (var (other, target) in Candidates(subject, actor, predicate))
            {
                var (type, probability) = scorer.Score(PairFeatures.Of(text, predicate, other));
                if (probability >= least)
                    found.Add((target, type, probability, Distance(other, predicate)));
            }
            if (found.Count == 0)
                continue;
            // The scorer tells what is done, not to whom: of those to whom it may be done, it is done to the nearest in the tree.
            found = [.. found.OrderBy(f => f.Distance).ThenByDescending(f => f.Probability)];
            if (actor.Length == 0)
                all = [actor = cast.Named(text.Span(subject.First, subject.Last), text)];
            var best = found[0];
            if (_bySentence.GetValueOrDefault(text.Sentence(predicate))?.Find(d => d.Trigger == predicate && d.Source.Actors.Contains(actor)) is { } told)
            {
                // The frame has said what is done; to whom else it is done is all there is to add.
                // (What two agree on is done to neither.)
                if (!told.Target.Actors.SequenceEqual(told.Source.Actors) && (told.Target.Spans.Count > 0 || told.Source.Actors.Count == 1) && (told.Type == best.Type || (best.Type == "YIELD" && told.Type is "CONCEDE" or "RETREAT")))
                    Replace(told, told with { Target = new([.. told.Target.Actors, .. best.Target.Actors], [.. told.Target.Spans, .. best.Target.Spans]) });
                continue;
            }
            TextSpan[] spans = _who.NameBefore(subject.Head, actor) is { } name ? [text.Span(subject.First, subject.Last), name] : [text.Span(subject.First, subject.Last)];
            var (sources, targets) = (new Filler(all, spans), best.Target);
            // "returned the vase to Peru": done to the vase, and to Peru.
            if (found.Skip(1).FirstOrDefault(f => f.Distance <= Beside || (f.Target.Actors.Count == 0) != (best.Target.Actors.Count == 0)).Target is { } also)
                targets = new([.. best.Target.Actors.Union(also.Actors)], [.. best.Target.Spans.Union(also.Spans)]);
            // "Syria and Israel have fired": each at the other.
            if (best.Target.Actors is [var partner] && IsBeside(best.Target, subject))
                (sources, targets) = (new([actor, partner], [.. sources.Spans, .. best.Target.Spans]), new([actor, partner], [.. sources.Spans, .. best.Target.Spans]));
            // The training data has one name for giving in, in word and in deed.
            var named = best.Type != "YIELD" ? best.Type : _how.StatusOf(predicate, reported: false) == EventStatus.Actual ? "RETREAT" : "CONCEDE";
            Add(new(predicate, named, sources, targets) { Why = "model", Confidence = 0.6 * best.Probability });
        }
    }

    // Distance of what hangs on the predicate itself.
    private const int Beside = 3;

    /// <summary>How far a word is below a predicate: its object is nearest, then what stands beside it, then what is deeper; a clause of its own is far.</summary>
    private int Distance(int word, int predicate)
    {
        var distance = 0;
        for (var at = word; at >= 0 && at != predicate; at = text.Head(at))
            distance += text.Relation(at) switch { "obj" or "iobj" => 1, "nsubj" when text.Words[at].Relation == "nsubj:pass" => 1, "conj" or "flat" or "appos" => 1, "obl" or "nmod" or "xcomp" => Beside, "advcl" or "ccomp" or "acl" or "parataxis" => 8, _ => 2 };
        return distance;
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
                if (text.Words[thing].Upos is "NOUN" or "PROPN" && cast.At(thing) is null && !_who.IsWhen(thing))
                    yield return (thing, new([.. _who.StateAround(thing).Where(s => !_who.IsOwn(s, own))], [_who.Around(thing)]));
            }
        }
        foreach (var (other, target) in _mentions[sentence])
        {
            var beside = text.Relation(other.Head) == "conj" && text.Head(other.Head) == subject.Head;
            if (target != actor && (beside || !text.IsUnder(other.Head, subject.Head)) && text.IsUnder(other.Head, predicate) && !IsJoined(actor, target, sentence) && !IsInClauseOfItsOwn(other.Head, predicate)
                && !(cast[target].Kind == ActorKind.State && _who.IsOwn(target, own)))
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
            // "suggested that the fire had been laid" asks for nothing.
            if (type == "REQUEST" && new Clause(text, last) is var saying && saying.HasClause() && !saying.HasWish())
                continue;
            var spokenTo = SpokenTo(statement).ToList();
            var target = spokenTo.Count > 0 && type is not ("SUPPORT" or "ACCUSE") ? new Filler([spokenTo[0]], []) : FirstIn(statement, speaker);
            // "called the move unjustified": whose move it was.
            if (target.Actors.Count == 0 && type is "ACCUSE" or "REJECT" && NounIn(statement) is >= 0 and var thing)
                target = new([], [_who.Around(thing)]);
            if (target.Actors.Count == 0 ? type is not ("ACCUSE" or "THREATEN" or "REJECT") : IsJoined(speaker, target.Actors[0], text.Sentence(last)))
                continue;
            // "intend to move a motion against Iran" promises Iran nothing.
            if (type == "AGREE" && spokenTo.Count == 0 && target.Actors.Count > 0 && _bySentence.GetValueOrDefault(text.Sentence(last))?.Exists(d => IsConflict(d.Type) && d.Target.Actors.Contains(target.Actors[0])) == true)
                continue;
            var source = new Filler(cast.Those(speaker), statement.Spans.Speaker is { } words ? [words] : []);
            if (source.Actors.Count > 1 && IsMutual(type))
                target = source;
            Add(new(last, type, source, target) { Why = $"statement/{statement.Act.ToString().ToLowerInvariant()}", Confidence = 0.5 });
        }
    }

    /// <summary>The noun with which what is said begins: the "move" of "called the move unjustified"; -1 where it begins otherwise.</summary>
    private int NounIn(Statement statement)
    {
        var (first, last) = text.Touched(statement.Spans.Content[0]);
        for (var i = first; i <= Math.Min(last, first + 3); i++)
        {
            if (text.Words[i].Upos == "NOUN" && lexicon.Term("done-before", text.Lemma(i)) is not null)
                return i;
            if (text.Words[i].Upos is "VERB" or "PROPN" or "PRON")
                return -1;
        }
        return -1;
    }

    /// <summary>To whom something is said. Reporters are told, but it is not they who are asked or warned.</summary>
    private IEnumerable<string> SpokenTo(Statement statement) => statement.Addressees.Where(a => cast[a].Kind != ActorKind.Media && !cast[a].Sectors.Contains("JRN"));

    private Filler FirstIn(Statement statement, string speaker)
    {
        var (from, to) = (text.Touched(statement.Spans.Content[0]).First, text.Touched(statement.Spans.Content[^1]).Last);
        if (from > to)
            return Filler.None;
        var speakers = cast.Those(speaker);
        var spoken = statement.Spans.Speaker is { } by ? _mentions[text.Sentence(text.Touched(by).First)].Where(m => by.Overlaps(text.Span(m.Mention.First, m.Mention.Last))).Select(m => m.Actor).ToHashSet() : [];
        foreach (var (mention, actor) in Enumerable.Range(text.Sentence(from), text.Sentence(to) - text.Sentence(from) + 1).SelectMany(s => _mentions[s]))
        {
            var span = text.Span(mention.First, mention.Last);
            // A minister who criticises does not criticise his own country, nor those who stand beside him.
            var own = spoken.Contains(actor) || speakers.Any(s => actor == s || (cast[actor].Country is { } country && country == cast[s].Country && !_who.AreRulerAndRuled(actor, s) && !_who.AreRulerAndRuled(s, actor)));
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
}
