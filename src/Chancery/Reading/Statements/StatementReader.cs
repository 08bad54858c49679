using System.Globalization;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>
/// Tells who said what, to whom and on whose word: the attributions that the tags show, those that stand inside them and only
/// the tree shows, and which of them reports which.
/// </summary>
internal sealed class StatementReader(WorldLexicon lexicon, ParsedText text, Cast cast, IReadOnlyList<(int First, int Last, TextDate Date)> dates)
{
    public IReadOnlyList<Statement> Read()
    {
        var drafts = Attributions.Of(text).Select(FromTags).Where(IsSaid).ToList();
        drafts.AddRange(Nested(drafts));
        drafts.AddRange(Owned(drafts));
        drafts = [.. WithSpeakers(drafts.OrderBy(d => d.Spans.Content[0].Start).ThenByDescending(d => d.Spans.Content[^1].End).ThenBy(d => d.CueWord))];
        var statements = new List<Statement>(drafts.Count);
        for (var i = 0; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            statements.Add(new(Id(i), draft.Act, SpeechForms.Of(text.Annotation.Text, draft.Spans.Content), draft.Spans)
            {
                Speaker = draft.Speaker,
                Addressees = draft.Addressees,
                Date = draft.CueWord >= 0 ? dates.FirstOrDefault(d => IsTimeOf(d.First, draft.CueWord, draft.Spans)).Date : null,
                Via = Outer(drafts, i) is >= 0 and var outer ? Id(outer) : null,
            });
        }
        return statements;

        static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"s{i + 1}");
    }

    private Draft FromTags(Attribution attribution)
    {
        var cue = attribution.Cue is { } words ? CueWord(words) : -1;
        var spans = new StatementSpans(attribution.Source, attribution.Cue, Joined(attribution.Content));
        var speaker = attribution.Source is { } source ? ActorIn(source) : null;
        var addressees = cue >= 0 ? Addressees(cue) : [];
        // "its demand that": whose the demand is.
        if (cue >= 0 && text.Words[cue].Upos == "NOUN" && text.Dependent(cue, "nmod:poss") is >= 0 and var owner && ActorUnder(owner) is { } whose)
            speaker = whose;
        // "Russia, an ally of France, said": the tags may pick out a part of the subject; the whole of it speaks.
        if (cue >= 0 && attribution.Source is { } part && text.Words[cue].Upos == "VERB" && new Clause(text, cue) is { IsPassive: false } clause
            && clause.Subject() is >= 0 and var whole && text.Touched(part) is var (from, to) && (whole < from || whole > to) && text.IsUnder(text.HeadOf(from, to), whole) && ActorUnder(whole) is { } named)
            speaker = named;
        if (cue >= 0 && speaker is not null && text.Dependent(cue, "nsubj:pass") is >= 0 and var told && ActorUnder(told) == speaker)
        {
            // "Beijing was accused", "the banks were told": whom it is said to, not who says it.
            addressees = [speaker];
            speaker = null;
        }
        // "Beijing was accused of helping": it is said to Beijing, and is no part of what is said.
        if (cue >= 0 && speaker is null && text.Words[cue].Upos == "VERB" && text.Dependent(cue, "nsubj:pass") is >= 0 and var charged && lexicon.ActOf(text.Lemma(cue), "VERB") is not (null or SpeechAct.State or SpeechAct.Report)
            && ActorUnder(charged) is { } accused && spans.Content.Where(c => !c.Contains(text.Words[charged].Span)).ToList() is { Count: > 0 } rest)
        {
            addressees = [accused];
            spans = spans with { Content = rest };
        }
        // "was described by the source", "calling it premature": who says so is the agent, or the subject further up.
        if (cue >= 0 && speaker is null && text.Words[cue].Upos == "VERB" && (attribution.Source is null || addressees.Count > 0) && new Clause(text, cue).Subject() is >= 0 and var saying)
            speaker = ActorUnder(saying);
        // "While making statements about the ban, the banks comply": who makes them.
        if (cue >= 0 && speaker is null && attribution.Source is null && text.Words[cue].Upos == "NOUN" && text.Relation(cue) == "obj" && new Clause(text, text.Head(cue)).Subject() is >= 0 and var making)
            speaker = ActorUnder(making);
        if (cue >= 0 && speaker is null && attribution.Source is null && text.Dependent(cue, "aux:pass") >= 0)
            (speaker, spans) = AgentIn(cue, spans);
        // "It was agreed that": by both, where the text has spoken of both.
        if (speaker is null && attribution.Source is null && cue >= 0 && lexicon.ActOf(text.Lemma(cue), text.Words[cue].Upos) == SpeechAct.Agree)
            speaker = cast.Pair;
        return new(spans, cue, Judged(ActOf(cue, attribution.Cue), spans, speaker)) { Speaker = speaker, Addressees = addressees };
    }

    /// <summary>Whether it tells of something said: by a cue, or by quotation marks around more than a word.</summary>
    private bool IsSaid(Draft draft)
    {
        var words = draft.Spans.Content.Sum(c => text.Touched(c) is var (first, last) ? last - first + 1 : 0);
        if (draft.Spans.Cue is null)
            return words > 2 && SpeechForms.Of(text.Annotation.Text, draft.Spans.Content) != SpeechForm.Indirect;
        return words > 1 || draft.Spans.Content.Any(c => text.Touched(c) is var (first, _) && char.IsLetter(text.Words[first].Form[0]));
    }

    /// <summary>A quotation that stands alone is said by whoever speaks before it in its paragraph, else right after.</summary>
    private List<Draft> WithSpeakers(IEnumerable<Draft> ordered)
    {
        var drafts = ordered.ToList();
        for (var i = 0; i < drafts.Count; i++)
        {
            if (drafts[i] is not { Speaker: null, Spans: { Speaker: null, Cue: null } })
                continue;
            var near = i > 0 && Paragraph(drafts[i - 1]) == Paragraph(drafts[i]) ? drafts[i - 1] : i + 1 < drafts.Count && Paragraph(drafts[i + 1]) == Paragraph(drafts[i]) ? drafts[i + 1] : null;
            drafts[i] = drafts[i] with { Speaker = near?.Speaker, Act = Judged(drafts[i].Act, drafts[i].Spans, near?.Speaker) };
        }
        return drafts;
    }

    private int Paragraph(Draft draft)
    {
        var at = text.Sentence(text.Touched(draft.Spans.Content[0]).First);
        while (at > 0 && !text.Annotation.Sentences[at].StartsParagraph)
            at--;
        return at;
    }

    /// <summary>Parts with nothing between them but a mark or two are one.</summary>
    private List<TextSpan> Joined(IReadOnlyList<TextSpan> content)
    {
        var joined = new List<TextSpan>();
        foreach (var part in content.OrderBy(c => c.Start))
        {
            if (joined.Count > 0 && text.Annotation.Text.AsSpan(joined[^1].End, Math.Max(0, part.Start - joined[^1].End)).IndexOfAnyExcept(" ,\n") < 0)
                joined[^1] = new(joined[^1].Start, part.End);
            else
                joined.Add(part);
        }
        return joined;
    }

    /// <summary>The word of a cue that says what is done: its verb, else the noun or adjective that the lexicon knows, else its last word.</summary>
    private int CueWord(TextSpan cue)
    {
        var (first, last) = text.Touched(cue);
        var best = -1;
        for (var i = first; i <= last; i++)
        {
            if (lexicon.ActOf(text.Lemma(i), text.Words[i].Upos) is not null && (best < 0 || (text.Words[best].Upos != "VERB" && text.Words[i].Upos == "VERB")))
                best = i;
        }
        for (var i = first; i <= last && best < 0; i++)
        {
            if (text.Words[i].Upos == "VERB")
                best = i;
        }
        return best >= 0 ? best : last >= first ? last : -1;
    }

    private SpeechAct ActOf(int cue, TextSpan? words)
    {
        if (cue < 0)
            return SpeechAct.State;
        var negated = text.Dependent(cue, "advmod") is >= 0 and var adverb && text.Words[adverb].Features?.Contains("Polarity=Neg", StringComparison.Ordinal) == true;
        // Its noun is stronger than a light verb: "expressed gratitude", "issued a warning".
        if (lexicon.Term("light", text.Lemma(cue)) is not null && text.Dependent(cue, "obj") is >= 0 and var noun && lexicon.ActOf(text.Lemma(noun), "NOUN") is { } light)
            return light;
        if (words is { } span)
        {
            var (first, last) = text.Touched(span);
            for (var i = first; i <= last; i++)
            {
                if (text.Words[i].Upos == "NOUN" && lexicon.ActOf(text.Lemma(i), "NOUN") is { } named && named != SpeechAct.State)
                    return named;
            }
        }
        // "calling it premature" asks for nothing.
        if (text.Words[cue].Upos == "VERB" && lexicon.Term("names", text.Lemma(cue)) is not null && (new Clause(text, cue).HasComplement() || (text.Dependent(cue, "obj") is >= 0 and var called && (text.Dependent(cue, "iobj") >= 0 || text.Dependent(called, "appos") >= 0))))
            return SpeechAct.State;
        var act = lexicon.ActOf(text.Lemma(cue), text.Words[cue].Upos) ?? SpeechAct.State;
        return act switch
        {
            SpeechAct.Agree or SpeechAct.Support or SpeechAct.Promise when negated => SpeechAct.Reject,
            SpeechAct.Confirm when negated => SpeechAct.Deny,
            // A newspaper that says so reports it.
            SpeechAct.State when ActorOfSubject(cue) is { } id && cast[id].Kind == ActorKind.Media => SpeechAct.Report,
            _ => act,
        };
    }

    /// <summary>
    /// What is done by merely saying it goes by what is said: "we condemn", or that another's deed is illegal. As in
    /// design/gold.md, acts follow the force of what is said.
    /// </summary>
    private SpeechAct Judged(SpeechAct act, StatementSpans spans, string? speaker)
    {
        if (act is not SpeechAct.State || speaker is null)
            return act;
        foreach (var content in spans.Content)
        {
            var (first, last) = text.Touched(content);
            for (var i = first; i <= last; i++)
            {
                if ((text.Head(i) >= first && text.Head(i) <= last) || text.Words[i].Upos == "PUNCT")
                    continue;
                // The predicate of what is said, with what is said of its subject.
                var own = text.Dependent(i, "nsubj") is >= 0 and var subject && (ActorUnder(subject) is { } who ? who == speaker || SameSide(who, speaker) : text.Lemma(subject) is "i" or "we");
                var negated = text.Dependent(i, "advmod") is >= 0 and var adverb && text.Lemma(adverb) is "not" or "never";
                if (own && !negated && lexicon.ActOf(text.Lemma(i), "VERB") is { } said && said is not (SpeechAct.State or SpeechAct.Report or SpeechAct.Predict))
                    return said;
                // "Iran must stop": who says what another has to do demands it.
                if (!own && text.Dependent(i, "nsubj", "nsubj:pass") >= 0 && text.Dependent(i, "aux") is >= 0 and var modal && lexicon.Term("obliges", text.Lemma(modal)) is not null)
                    return SpeechAct.Demand;
                if (own && negated && lexicon.Term("guilt", text.Lemma(i)) is not null)
                    return SpeechAct.Deny;
                if (!own && !negated && lexicon.Term("evaluation", text.Lemma(i)) is { } judged)
                    return Enum.Parse<SpeechAct>(judged, ignoreCase: true);
            }
        }
        return act;
    }

    private bool SameSide(string one, string other) =>
        cast[one].Country is { } country && country == cast[other].Country && cast[one].Kind == ActorKind.State;

    private string? ActorOfSubject(int cue) => text.Dependent(cue, "nsubj") is >= 0 and var subject ? ActorUnder(subject) : null;

    /// <summary>Who is meant by a stretch of words: who its head stands for, else the first actor in it.</summary>
    private string? ActorIn(TextSpan span)
    {
        var (first, last) = text.Touched(span);
        for (var i = first; i <= last; i++)
        {
            if ((text.Head(i) < first || text.Head(i) > last) && cast.At(i) is { } id)
            {
                // "The minister and his colleagues said": the two together, where the text speaks of them as one.
                var joint = text.Dependent(i, "conj");
                return cast.Pair is { } pair && joint >= 0 && joint <= last && cast.At(joint) is not null ? pair : id;
            }
        }
        // "one of his secretaries" is not he.
        string? owner = null;
        foreach (var (mention, actor) in cast.Mentions)
        {
            if (mention.First > last || first > mention.Last || mention.Form == MentionForm.Nationality)
                continue;
            if (text.Words[mention.Head].Relation != "nmod:poss")
                return actor;
            owner ??= actor;
        }
        return owner;
    }

    private string? ActorUnder(int word)
    {
        if (cast.At(word) is { } id)
            return id;
        // The head of a name with its title may be either of the two.
        foreach (var d in text.Dependents(word))
        {
            if (text.Relation(d) is "flat" or "compound" or "appos" && cast.At(d) is { } named)
                return named;
        }
        return null;
    }

    /// <summary>Who is named after "by" below a passive verb ("was referred to as a gift by the minister"), and the spans with him out of what is said.</summary>
    private (string? Speaker, StatementSpans Spans) AgentIn(int cue, StatementSpans spans)
    {
        for (var i = cue + 1; i <= text.Reach(cue).Last; i++)
        {
            if (text.Case(i) != "by" || ActorUnder(i) is not { } agent)
                continue;
            var (first, last) = text.Reach(i);
            var who = text.Span(first, last);
            // Only where nothing more is said after him.
            var content = spans.Content.Select(c => c.Start < who.Start && who.End == c.End && first > 0 ? new TextSpan(c.Start, text.Words[first - 1].Span.End) : c).ToList();
            return (agent, spans with { Speaker = who, Content = content });
        }
        return (null, spans);
    }

    private List<string> Addressees(int cue)
    {
        var found = new List<string>();
        foreach (var d in text.Dependents(cue))
        {
            var spokenTo = text.Relation(d) is "iobj" || (text.Relation(d) is "obj" && text.Dependent(cue, "ccomp", "xcomp") >= 0) || (text.Relation(d) == "obl" && text.Case(d) is "to");
            if (spokenTo && ActorUnder(d) is { } id)
                found.Add(id);
        }
        return found;
    }

    /// <summary>Verbs of saying inside what is said, with a clause of their own: "Reuters reported that Eden had said that …".</summary>
    private IEnumerable<Draft> Nested(List<Draft> drafts)
    {
        var cues = drafts.Select(d => d.CueWord).ToHashSet();
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Words[i].Upos is not "VERB" || cues.Contains(i) || lexicon.ActOf(text.Lemma(i), "VERB") is null)
                continue;
            var clause = text.Dependent(i, "ccomp");
            var subject = text.Dependent(i, "nsubj");
            if (clause < 0 || subject < 0 || ActorUnder(subject) is not { } speaker)
                continue;
            var (first, last) = text.Reach(clause);
            if (first <= i && i <= last)
                continue;
            while (last > first && text.Words[last].Upos == "PUNCT")
                last--;
            var content = text.Span(first, last);
            // What the tags have already is not told again.
            if (drafts.Any(d => d.Speaker == speaker && d.Spans.Content.Any(c => c.Overlaps(content) && Math.Min(c.End, content.End) - Math.Max(c.Start, content.Start) > content.Length / 2)))
                continue;
            yield return new(new(text.Span(text.Reach(subject).First, text.Reach(subject).Last), text.Words[i].Span, [content]), i, ActOf(i, null))
            {
                Speaker = speaker,
                Addressees = Addressees(i),
            };
        }
    }

    /// <summary>What somebody's saying is of, where the tags do not show it: "China's insistence on neutrality".</summary>
    private IEnumerable<Draft> Owned(List<Draft> drafts)
    {
        var cues = drafts.Where(d => d.Spans.Cue is not null).SelectMany(d => text.Touched(d.Spans.Cue!.Value) is var (first, last) ? Enumerable.Range(first, last - first + 1) : []).ToHashSet();
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Words[i].Upos != "NOUN" || cues.Contains(i) || lexicon.ActOf(text.Lemma(i), "NOUN") is not { } act || text.Dependent(i, "nmod:poss") is not (>= 0 and var owner) || ActorUnder(owner) is not { } speaker)
                continue;
            foreach (var d in text.Dependents(i).ToArray())
            {
                if (d < i || text.Relation(d) is not ("nmod" or "acl" or "ccomp") || (text.Relation(d) == "nmod" && text.Case(d) is not ("on" or "of" or "about" or "over" or "for")))
                    continue;
                var (first, last) = text.Reach(d);
                if (text.Relation(d) == "nmod")
                    first = Math.Min(last, first + 1);
                while (last > first && text.Words[last].Upos == "PUNCT")
                    last--;
                var content = text.Span(first, last);
                if (drafts.Exists(o => o.Spans.Content.Any(c => c.Overlaps(content) && c.Length < content.Length * 3)))
                    continue;
                yield return new(new(text.Words[owner].Span, text.Words[i].Span, [content]), i, act) { Speaker = speaker };
                break;
            }
        }
    }

    /// <summary>The smallest statement in whose content this one's cue stands; -1 where there is none.</summary>
    private static int Outer(List<Draft> drafts, int inner)
    {
        if (drafts[inner].Spans.Cue is not { } cue)
            return -1;
        var (best, size) = (-1, int.MaxValue);
        for (var i = 0; i < drafts.Count; i++)
        {
            if (i == inner || drafts[i].Spans.Content.FirstOrDefault(c => c.Contains(cue)) is not { Length: > 0 } around)
                continue;
            if (around.Length < size)
                (best, size) = (i, around.Length);
        }
        return best;
    }

    /// <summary>Whether a date stands with the verb of saying and not in what is said.</summary>
    private bool IsTimeOf(int date, int cue, StatementSpans spans) =>
        text.Sentence(date) == text.Sentence(cue) && text.IsUnder(date, cue) && !spans.Content.Any(c => c.Contains(text.Words[date].Span));

    private sealed record Draft(StatementSpans Spans, int CueWord, SpeechAct Act)
    {
        public string? Speaker { get; init; }

        public IReadOnlyList<string> Addressees { get; init; } = [];
    }
}
