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
    // Where the tags and the tree share less of what is said than this, the tree is right.
    private const double LeastShared = 0.5;

    // In words. Shorter ones are no speech, longer ones are two that lost a mark.
    private const int ShortestQuote = 4, LongestQuote = 80;

    private readonly Complements _complements = new(lexicon, text, cast);
    private readonly SpeechForce _force = new(lexicon, text, cast);
    private readonly Unsaid _unsaid = new(lexicon, text, cast);
    private readonly Cited _cited = new(lexicon, text, cast);
    private readonly Dictionary<int, Draft> _continued = [];

    public IReadOnlyList<Statement> Read()
    {
        var tagged = Attributions.Of(text).Select(FromTags).Select(AsTheTreeHasIt).Where(IsSaid).ToList();
        var drafts = tagged.FindAll(d => !_unsaid.Holds(d.CueWord, d.Spans));
        drafts = [.. drafts.Select(d => _continued.TryGetValue(d.CueWord, out var before) && before.Speaker is not null ? d with { Speaker = before.Speaker } : d)];
        // "is expected to meet": nobody says it.
        drafts.RemoveAll(d => d.Speaker is null && d.Spans.Speaker is null && d.CueWord >= 0 && text.Dependent(d.CueWord, "aux:pass") >= 0 && lexicon.Term("hearsay", text.Lemma(d.CueWord)) is not null);
        drafts.AddRange(Told(drafts));
        drafts.AddRange(Owned(drafts));
        drafts.AddRange(Views(drafts));
        var denied = Denied(drafts).ToList();
        drafts.RemoveAll(IsBarePronoun);
        drafts.AddRange(denied);
        drafts.AddRange(Quoted(drafts));
        drafts.AddRange(Noted(drafts));
        drafts = _cited.Of(WithSpeakers(InOrder(drafts)));
        drafts = [.. InOrder(drafts)];
        var outer = Outers(drafts);
        var statements = new List<Statement>(drafts.Count);
        for (var i = 0; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            var act = draft.Act ?? _force.Of(draft.CueWord, draft.Spans.Cue, draft.Spans.Content, draft.Speaker);
            // A paper passes on what it says, with whatever word.
            if (act == SpeechAct.State && draft.Act is null && draft.CueWord >= 0 && ((draft.Speaker is { } medium && cast[medium].Kind == ActorKind.Media) || (lexicon.Term("shows", text.Lemma(draft.CueWord)) is not null && _force.IsShown(draft.CueWord))))
                act = SpeechAct.Report;
            // Who tells what somebody else said passes it on: a paper, an office, a communiqué.
            if (act == SpeechAct.State && Enumerable.Range(0, drafts.Count).Any(j => outer[j] == i && drafts[j].Speaker is { } said && said != draft.Speaker) && Reports(draft))
                act = SpeechAct.Report;
            var form = SpeechForms.Of(text.Annotation.Text, draft.Spans.Content);
            // "accused her of "selling the port"": a quoted phrase in the reporter's sentence.
            if (form == SpeechForm.Direct && draft.CueWord >= 0 && text.Words[draft.CueWord].Upos == "VERB" && IsPhrase(draft.Spans))
                form = SpeechForm.Mixed;
            statements.Add(new(Id(i), act, form, draft.Spans)
            {
                Speaker = draft.Speaker,
                Addressees = draft.Addressees,
                Date = draft.CueWord >= 0 ? dates.FirstOrDefault(d => IsTimeOf(d.First, draft.CueWord, draft.Spans)).Date : null,
                Via = outer[i] is >= 0 and var around ? Id(around) : null,
            });
        }
        return statements;

        static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"s{i + 1}");
    }

    /// <summary>Whether what is said after its cue is no sentence: no verb in it has a subject or a tense of its own.</summary>
    private bool IsPhrase(StatementSpans spans)
    {
        if (spans.Cue is not { } cue || spans.Content[0].Start < cue.Start)
            return false;
        foreach (var content in spans.Content)
        {
            var (first, last) = text.Touched(content);
            for (var i = first; i <= last; i++)
            {
                if (text.Words[i].Xpos is "VBD" or "VBZ" or "VBP" or "MD" || text.Words[i].Features?.Contains("Mood=Imp", StringComparison.Ordinal) == true)
                    return false;
            }
        }
        return true;
    }

    /// <summary>Whether it is a body or a paper that speaks, and no person.</summary>
    private bool Reports(Draft draft) =>
        (draft.Speaker is { } id && cast[id].Kind is ActorKind.Media)
        || (draft.Spans.Speaker is { } source && text.Touched(source) is var (first, last) && Enumerable.Range(first, last - first + 1).Any(i => lexicon.Term("paper", text.Lemma(i)) is "reports"));

    private Draft FromTags(Attribution attribution)
    {
        // "According to the palace, he called and asked": whatever the tags say, the palace speaks.
        if (attribution.Source is { } informant && text.Touched(informant).First is >= 2 and var at && text.Words[at - 1].Form is "to" && text.Lemma(at - 2) is "according" or "accord" && attribution.Cue?.Start != text.Words[at - 2].Span.Start)
            attribution = attribution with { Cue = text.Span(at - 2, at - 1) };
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
        if (cue >= 0 && speaker is not null && text.Dependent(cue, "nsubj:pass") is >= 0 and var told && ActorUnder(told) == speaker && (text.Dependent(cue, "aux:pass") >= 0 || text.Dependent(cue, "ccomp") < 0))
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
        // "Kishida, who told him": he for whom the pronoun stands; and the subject, where the tags have taken somebody of whom it is said.
        if (cue >= 0 && text.Words[cue].Upos == "VERB" && attribution.Source is { } by && text.Dependent(cue, "nsubj") is >= 0 and var telling && text.Touched(by) is var (start, end)
            && (telling < start || telling > end ? spans.Content.Any(c => c.Contains(by)) : text.Lemma(telling) is "who" or "which" or "that") && new Clause(text, cue).Subject() is >= 0 and var meant && ActorUnder(meant) is { } teller)
            speaker = teller;
        if (cue >= 0 && text.Words[cue].Upos == "VERB" && WhoTells(cue) is { } last)
            speaker = last;
        // "The statement confirms": whose statement it is.
        if (cue >= 0 && speaker is null && text.Words[cue].Upos == "VERB" && text.Dependent(cue, "nsubj", "expl") is >= 0 and var paper && PaperOf(paper) is >= 0 and var document)
            speaker = OwnerOf(document) ?? IssuerOf(paper, text.Lemma(document));
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
        return new(spans, cue) { Speaker = speaker, Addressees = addressees };
    }

    /// <summary>"received by his deputy and again by Kishida, who told him": he whose name stands before "who", wherever the tree hangs it; null where no "who" tells.</summary>
    private string? WhoTells(int cue)
    {
        while (text.Relation(cue) == "conj" && text.Dependent(cue, "nsubj") < 0 && text.Head(cue) >= 0)
            cue = text.Head(cue);
        if (text.Dependent(cue, "nsubj") is not (> 1 and var who) || text.Lemma(who) != "who")
            return null;
        var before = text.Words[who - 1].Form == "," ? who - 2 : who - 1;
        foreach (var (mention, actor) in cast.Mentions)
        {
            if (mention.Last == before && mention.Form == MentionForm.Name && cast[actor].Kind == ActorKind.Person)
                return actor;
        }
        return null;
    }

    /// <summary>The paper that a subject is, or that "it" stands for: the subject or object of the sentence before; -1 where it is none.</summary>
    private int PaperOf(int subject)
    {
        if (lexicon.Term("paper", text.Lemma(subject)) is not null)
            return subject;
        if (text.Lemma(subject) != "it" || text.Sentence(subject) == 0)
            return -1;
        for (var i = text.First(text.Sentence(subject) - 1); i < text.First(text.Sentence(subject)); i++)
        {
            if (text.Relation(i) is "nsubj" or "obj" && lexicon.Term("paper", text.Lemma(i)) is not null)
                return i;
        }
        return -1;
    }

    /// <summary>Who has issued a paper of which the text has spoken: the last who spoke in a sentence that has it; null where nobody did.</summary>
    private string? IssuerOf(int mention, string paper)
    {
        for (var i = mention - 1; i >= 0; i--)
        {
            if (text.Lemma(i) != paper || text.Sentence(i) == text.Sentence(mention))
                continue;
            // "issued a statement"
            if (text.Relation(i) == "obj" && new Clause(text, text.Head(i)).Subject() is >= 0 and var publisher && ActorUnder(publisher) is { } issuing)
                return issuing;
            for (var w = text.First(text.Sentence(i)); w < i; w++)
            {
                if (text.Words[w].Upos == "VERB" && lexicon.ActOf(text.Lemma(w), "VERB") is not null && text.Dependent(w, "nsubj") is >= 0 and var issuer && ActorUnder(issuer) is { } speaker)
                    return speaker;
            }
        }
        return null;
    }

    /// <summary>The content as the tree has it, where the tags break it up, miss it or run on into what another says.</summary>
    private Draft AsTheTreeHasIt(Draft draft)
    {
        var content = Filled(draft.Spans);
        if (draft.CueWord >= 0 && _complements.Of(draft.CueWord) is { } said)
        {
            var tree = text.Span(said.First, said.Last);
            var (first, last) = (text.Touched(content[0]).First, text.Touched(content[^1]).Last);
            if (first > draft.CueWord && text.Sentence(first) == text.Sentence(draft.CueWord) && text.Sentence(last) == text.Sentence(first))
            {
                var shared = content.Sum(c => Math.Max(0, Math.Min(c.End, tree.End) - Math.Max(c.Start, tree.Start)));
                var all = content.Sum(c => c.Length);
                // What the tags have besides is kept, where it is of one piece: the tree may have lost a part.
                if (shared < LeastShared * (all + tree.Length - shared) && (shared == 0 || content.Count > 1 || (said.IsClause && tree.Length > all)))
                    content = [tree];
                // "accused the guards of beating people": whom is no part of what.
                else if (said.Act is not null && content.Count == 1 && content[0].Start < tree.Start && tree.Start < content[0].End && text.Lemma(said.First - 1) is "of" or "for" && lexicon.ActOf(text.Lemma(draft.CueWord), "VERB") is SpeechAct.Accuse or SpeechAct.Praise)
                    content = [new(tree.Start, Math.Max(tree.End, content[0].End))];
            }
        }
        // "the troops which, he said, it was massing": what stands before the clause of the word of saying is the reporter's.
        if (draft.CueWord >= 0 && text.Words[draft.CueWord].Relation == "acl:relcl" && content.Count > 1 && text.Words[text.Reach(draft.CueWord).First].Span is var start && content[0].Start < start.Start && start.End <= content[0].End)
            content[0] = new(start.Start, content[0].End);
        // "…, something the generals have refused to do": nothing of what stands before is said by them.
        if (draft.CueWord >= 0 && text.Words[draft.CueWord].Relation == "acl:relcl" && content.Count > 1 && content[0].End <= text.Words[text.Reach(draft.CueWord).First].Span.Start)
            content.RemoveAt(0);
        return draft with { Spans = draft.Spans with { Content = [.. content.Select(c => WithoutAnd(UpToTheNext(c, draft)))] } };
    }

    /// <summary>Without the "and" that leads on to something else.</summary>
    private TextSpan WithoutAnd(TextSpan content)
    {
        var (first, last) = text.Touched(content);
        var end = last;
        while (end > first && (text.Words[end].Upos == "CCONJ" || (end < last && text.Words[end].Form == ",")))
            end--;
        return end == last ? content : text.Span(first, end);
    }

    /// <summary>The parts of what is said, with what lies between two of a sentence, unless the source or the cue does.</summary>
    private List<TextSpan> Filled(StatementSpans spans)
    {
        var filled = new List<TextSpan>();
        foreach (var part in spans.Content)
        {
            if (filled.Count > 0 && new TextSpan(filled[^1].End, part.Start) is var gap && text.Sentence(text.Touched(filled[^1]).Last) == text.Sentence(text.Touched(part).First)
                && spans.Cue?.Overlaps(gap) != true && spans.Speaker?.Overlaps(gap) != true)
                filled[^1] = new(filled[^1].Start, part.End);
            else
                filled.Add(part);
        }
        return filled;
    }

    /// <summary>
    /// What one says ends where another says something ("…, while Oslo denied it"), and where he says more with a word of its own
    /// ("… and called on Iran to stop"; "…, which he described as …").
    /// </summary>
    private TextSpan UpToTheNext(TextSpan content, Draft draft)
    {
        var (first, last) = text.Touched(content);
        if (draft.CueWord < 0 || text.Words[draft.CueWord].Upos != "VERB" || first <= draft.CueWord)
            return content;
        var infinitive = text.Lemma(first) == "to";
        var open = false;
        for (var i = first; i < last && text.Sentence(i) == text.Sentence(first); i++)
        {
            if (text.Words[i].Form is "\"" or "\u201c" or "\u201d")
                open = !open;
            if (open || i == first)
                continue;
            if (text.Words[i].Form == ";" || (text.Lemma(i) is "while" or "whereas" && text.Words[i].Upos == "SCONJ"))
            {
                for (var verb = i + 1; verb <= last && text.Sentence(verb) == text.Sentence(i); verb++)
                {
                    if (text.Words[verb].Upos == "VERB" && text.Dependent(verb, "nsubj") is >= 0 and var subject && subject > i && _complements.Of(verb) is not null && ActorUnder(subject) is not null)
                        return Before(i, first);
                }
            }
            // "…, according to the official": on whose word it is said, and no part of it.
            if (text.Words[i].Form == "," && i + 3 <= last && text.Lemma(i + 1) is "according" or "accord" && text.Lemma(i + 2) == "to" && text.Head(i + 1) is >= 0 and var informant && text.Reach(informant).Last >= last - 1)
                return Before(i, first);
            // "…, whom they accuse of …"
            if (text.Words[i].Form == "," && text.Lemma(i + 1) is "which" or "whom" && text.Head(i + 1) is >= 0 and var relative && lexicon.ActOf(text.Lemma(relative), "VERB") is not null && HasSubjectBut(relative, i + 1))
                return Before(i, first);
            // "… and called on", "…, welcomed …": a finite verb of saying without a subject of its own.
            if ((text.Words[i].Upos == "CCONJ" || text.Words[i].Form == ",") && NextVerb(i + 1) is >= 0 and var next && next <= last && text.Words[next].Xpos is "VBD" or "VBZ" or "VBN" && text.Dependent(next, "nsubj", "nsubj:pass", "aux:pass", "aux") < 0
                && lexicon.ActOf(text.Lemma(next), "VERB") is { } act && (act is not (SpeechAct.State or SpeechAct.Report) || infinitive) && lexicon.Term("intention", text.Lemma(next)) is null
                && (text.Words[next].Xpos == text.Words[draft.CueWord].Xpos || (text.Words[next].Xpos == "VBN" && text.Words[draft.CueWord].Xpos == "VBD" && text.Dependent(next, "obj") >= 0)) && (_complements.Of(next) is not null || text.Dependent(next, "obj") >= 0))
            {
                _continued[next] = draft;
                return Before(i, first);
            }
        }
        return content;
    }

    private bool HasSubjectBut(int verb, int pronoun)
    {
        foreach (var d in text.Dependents(verb))
        {
            if (text.Relation(d) == "nsubj" && d != pronoun)
                return true;
        }
        return false;
    }

    /// <summary>The verb that comes next, with at most an adverb before it; -1 where something else does.</summary>
    private int NextVerb(int from)
    {
        for (var i = from; i < Math.Min(from + 3, text.Words.Length); i++)
        {
            if (text.Words[i].Upos == "VERB")
                return i;
            if (text.Words[i].Upos is not ("ADV" or "CCONJ"))
                return -1;
        }
        return -1;
    }

    private TextSpan Before(int word, int first)
    {
        var end = word - 1;
        while (end > first && text.Words[end].Upos == "PUNCT" && text.Words[end].Form is "," or ";")
            end--;
        return text.Span(first, end);
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
            drafts[i] = drafts[i] with { Speaker = near?.Speaker };
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

    /// <summary>Whether two actors are the two of a pair, or of their two countries.</summary>
    private bool AreBoth(IReadOnlyList<string> pair, string one, string other) => (pair.Contains(one) && pair.Contains(other))
        || (cast[one].Country is { } first && cast[other].Country is { } second && first != second
            && pair.Select(p => cast[p].Country).ToHashSet() is { Count: 2 } countries && countries.Contains(first) && countries.Contains(second));

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
                return cast.Pair is { } pair && joint >= 0 && joint <= last && cast.At(joint) is { } other && AreBoth(cast.Members[pair], id, other) ? pair : id;
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

    private string? ActorUnder(int word) => cast.At(word, text);

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
            var spokenTo = text.Relation(d) is "iobj" || (text.Relation(d) is "obj" && lexicon.ActOf(text.Lemma(cue), "VERB") is SpeechAct.Accuse && text.Dependent(cue, "ccomp") < 0) || (text.Relation(d) is "obj" && text.Dependent(cue, "ccomp", "xcomp") >= 0) || (text.Relation(d) == "obl" && text.Case(d) is "to");
            if (spokenTo && ActorUnder(d) is { } id)
                found.Add(id);
        }
        return found;
    }

    /// <summary>
    /// What the tree shows and the tags do not: verbs of saying inside what is said ("Reuters reported that Eden had said that …"),
    /// and after another ("denied it and called on Iran to stop").
    /// </summary>
    private IEnumerable<Draft> Told(List<Draft> drafts)
    {
        var cues = drafts.Where(d => d.CueWord >= 0).Select(d => d.CueWord).ToHashSet();
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Words[i].Upos is not "VERB" || cues.Contains(i) || lexicon.Term("only-tagged", text.Lemma(i)) is not null || _complements.Of(i) is not { } said)
                continue;
            var clause = new Clause(text, i);
            var before = _continued.GetValueOrDefault(i);
            var subject = before is null ? clause.Subject() : -1;
            // Who speaks stands with the verb, or with the one that it goes on from; and he did speak.
            if (before is null && (!(text.Dependent(i, "nsubj") >= 0 || clause.IsPassive || (text.Relation(i) == "conj" && text.Words[i].Xpos is "VBD" or "VBZ" or "VBP" or "VBN")) || subject < 0 || (said.First <= subject && subject <= said.Last)))
                continue;
            if ((before?.Speaker ?? (subject >= 0 ? WhoTells(i) ?? ActorUnder(subject) : null)) is not { } speaker || (!said.IsClause && !HasSpoken(i)))
                continue;
            var source = before is not null ? before.Spans.Speaker : text.Span(text.Reach(subject).First, subject > i ? subject : Math.Min(text.Reach(subject).Last, i - 1));
            var spans = new StatementSpans(source, text.Words[i].Span, [UpToTheNext(text.Span(said.First, said.Last), new(new(source, text.Words[i].Span, [text.Span(said.First, said.Last)]), i) { Speaker = speaker })]);
            var content = spans.Content[0];
            // What the tags have already is not told again.
            if (_unsaid.Holds(i, spans) || drafts.Exists(d => d.Speaker == speaker && d.Spans.Content.Any(c => c.Overlaps(content) && Math.Min(c.End, content.End) - Math.Max(c.Start, content.Start) > content.Length / 2 && c.Length < content.Length * 3)))
                continue;
            yield return new(spans, i)
            {
                Speaker = speaker,
                Addressees = clause.IsPassive && text.Dependent(i, "nsubj:pass") is >= 0 and var charged && ActorUnder(charged) is { } accused ? [accused] : Addressees(i),
            };
        }
    }

    /// <summary>Whether a verb tells of something done and not of what one may or is to do.</summary>
    private bool HasSpoken(int verb)
    {
        if (text.Words[verb].Xpos is not ("VBD" or "VBZ" or "VBP" or "VBN"))
            return false;
        foreach (var d in text.Dependents(verb))
        {
            if (text.Words[d].Xpos == "MD" || text.Lemma(d) is "not" or "never" || (text.Relation(d) == "mark" && text.Lemma(d) is "to" or "if"))
                return false;
        }
        return true;
    }

    /// <summary>What is given as somebody's view before it is told: "In her opinion, …", "For the historian Jan Bakker, …".</summary>
    private IEnumerable<Draft> Views(List<Draft> drafts)
    {
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Relation(i) is not "obl" || text.Head(i) is not (> 0 and var predicate) || predicate < i)
                continue;
            var (first, last) = text.Reach(i);
            var (person, cue) = (-1, i);
            if (text.Case(i) is "in" && text.Words[i].Upos == "NOUN" && lexicon.Term("opinion", text.Lemma(i)) is not null)
                person = text.Dependent(i, "nmod:poss", "nmod");
            else if (text.Case(i) is "for" && first == text.First(text.Sentence(i)) && ActorUnder(i) is { } id && cast[id].Kind == ActorKind.Person && (text.Dependent(i, "appos") >= 0 || cast[id].Sectors.Contains("EDU")))
                (person, cue) = (i, first);
            if (person < 0 || ActorUnder(person) is not { } speaker || last + 2 >= text.Words.Length || (text.Words[last].Form != "," && text.Words[last + 1].Form != ","))
                continue;
            var (start, end) = (text.Words[last].Form == "," ? last + 1 : last + 2, text.Reach(predicate).Last);
            while (end > start && text.Words[end].Upos == "PUNCT" && text.Words[end].Form is not ("\"" or "\u201d"))
                end--;
            if (start >= end || text.Sentence(start) != text.Sentence(i))
                continue;
            var content = text.Span(start, end);
            if (drafts.Exists(d => d.Speaker == speaker && d.Spans.Content.Any(content.Overlaps)))
                continue;
            yield return new(new(text.Span(text.Reach(person).First, text.Reach(person).Last), text.Words[cue].Span, [content]), cue) { Speaker = speaker };
        }
    }

    /// <summary>
    /// What is said, and then denied by another in passing: "accused the guards of beating people, which Warsaw denies"; and the denial
    /// that only points to it, "The bank denied this", whose own words are all that there is.
    /// </summary>
    private IEnumerable<Draft> Denied(List<Draft> drafts)
    {
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Words[i].Upos != "VERB" || lexicon.ActOf(text.Lemma(i), "VERB") is not (SpeechAct.Deny or SpeechAct.Reject) || drafts.Exists(d => d.CueWord == i && !IsBarePronoun(d)))
                continue;
            // The tree may take "which" for a second subject.
            var (which, subject) = (-1, -1);
            foreach (var d in text.Dependents(i))
            {
                if (text.Relation(d) is "obj" or "nsubj" && text.Lemma(d) is "which" or "this" or "that" or "it" && (text.Relation(d) is "obj" || text.Lemma(d) is "which"))
                    which = d;
                else if (text.Relation(d) is "nsubj" or "nsubj:pass")
                    subject = d;
            }
            if (subject < 0 && which > i)
                subject = new Clause(text, i).Subject();
            if (which < 0 || subject < 0 || ActorUnder(subject) is not { } speaker)
                continue;
            if (which > i)
            {
                if (HasSpoken(i))
                    yield return new(new(text.Words[subject].Span, text.Words[i].Span, [text.Span(i > 0 && text.Head(i - 1) == i && text.Words[i - 1].Upos == "ADV" ? i - 1 : i, which)]), i) { Speaker = speaker };
                continue;
            }
            if (lexicon.ActOf(text.Lemma(i), "VERB") is not SpeechAct.Deny)
                continue;
            // The last that another has said before, in the sentence or the one before it.
            var said = drafts.Where(d => d.Speaker != speaker && d.Spans.Content[0].Start < text.Words[Math.Min(which, subject)].Span.Start && text.Sentence(i) - text.Sentence(text.Touched(d.Spans.Content[0]).First) <= 1).MaxBy(d => d.Spans.Content[^1].End);
            if (said is not null)
                yield return new(new(text.Words[subject].Span, text.Words[i].Span, [.. said.Spans.Content.Where(c => c.Start < text.Words[which].Span.Start).Select(c => new TextSpan(c.Start, Math.Min(c.End, EndBefore(which))))]), i) { Speaker = speaker };
        }
    }

    private int EndBefore(int word)
    {
        while (word > 0 && text.Words[word - 1].Upos == "PUNCT")
            word--;
        return text.Words[Math.Max(0, word - 1)].Span.End;
    }

    /// <summary>What is told in a paper that the sentence begins with: "In the Brazilian note, the president also proposed …".</summary>
    private IEnumerable<Draft> Noted(List<Draft> drafts)
    {
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Relation(i) is not "obl" || text.Case(i) is not "in" || lexicon.Term("paper", text.Lemma(i)) is null || text.Head(i) is not (> 0 and var predicate) || predicate < i)
                continue;
            var (first, last) = text.Reach(i);
            if (first != text.First(text.Sentence(i)) || OwnerOf(i) is not { } speaker)
                continue;
            // "In its statement the ministry said": who owns it speaks, and has been told.
            if (new Clause(text, predicate).Subject() is >= 0 and var subject && ActorUnder(subject) is { } speaking && (speaking == speaker || (cast[speaking].Country == cast[speaker].Country && lexicon.ActOf(text.Lemma(predicate), "VERB") is SpeechAct.State && cast[speaking].Kind != ActorKind.Person)))
                continue;
            var (start, end) = (last + 1, text.Reach(predicate).Last);
            while (start < end && text.Words[start].Upos == "PUNCT" && text.Words[start].Form is "," or ":")
                start++;
            while (end > start && text.Words[end].Upos == "PUNCT" && text.Words[end].Form is not ("\"" or "\u201d"))
                end--;
            if (start < end)
                yield return new(new(text.Span(first, last), text.Words[i].Span, [text.Span(start, end)]), i) { Speaker = speaker, Act = SpeechAct.Report };
        }
    }

    /// <summary>Whose a paper is: "the ministry's note", "the note of the ministry", "the Brazilian note"; null where the words do not say.</summary>
    private string? OwnerOf(int paper)
    {
        foreach (var d in text.Dependents(paper))
        {
            if ((text.Words[d].Relation == "nmod:poss" || (text.Relation(d) is "nmod" && text.Case(d) is "of" or "from" or "by") || (text.Relation(d) is "acl" && text.Dependent(d, "obl") is >= 0)) && (text.Relation(d) is "acl" ? ActorUnder(text.Dependent(d, "obl")) : ActorUnder(d)) is { } owner)
                return owner;
        }
        foreach (var d in text.Dependents(paper))
        {
            if (text.Relation(d) is "amod" or "compound" && cast.At(d) is { } country)
                return country;
        }
        return null;
    }

    /// <summary>Whether what is said is only "which" or "it": it stands for what is told elsewhere.</summary>
    private bool IsBarePronoun(Draft draft) => draft.Spans.Content is [var content] && text.Touched(content) is var (first, last) && first == last && text.Words[first].Upos is "PRON" or "DET";

    /// <summary>Quotations that the tags have passed over, with a word of saying beside them.</summary>
    private IEnumerable<Draft> Quoted(List<Draft> drafts)
    {
        for (var i = 1; i < text.Words.Length; i++)
        {
            // The closing mark, after a mark of the sentence: ",’ said".
            if (text.Words[i].Form is not ("\"" or "\u201d" or "\u2019") || text.Words[i - 1].Form is not ("," or "." or "?" or "!"))
                continue;
            var open = i - 1;
            while (open >= 0 && i - open < LongestQuote && text.Words[open].Form is not ("\"" or "\u201c" or "\u2018"))
                open--;
            if (open < 0 || i - open < ShortestQuote || i - open >= LongestQuote || text.Words[open].Form is not ("\"" or "\u201c" or "\u2018"))
                continue;
            var content = text.Span(open + 1, i - 1);
            if (drafts.Exists(d => d.Spans.Content.Any(content.Overlaps)) || CueBeside(open, i) is not (>= 0 and var cue))
                continue;
            // "quipped a diplomat": who speaks may stand behind, where the tree takes him for an object.
            var who = text.Dependent(cue, "nsubj") is >= 0 and var subject ? subject : text.Dependent(cue, "obj");
            if (who >= 0 && ActorUnder(who) is { } speaker)
                yield return new(new(text.Span(text.Reach(who).First, who), text.Words[cue].Span, [content]), cue) { Speaker = speaker };
        }
    }

    private int CueBeside(int open, int close)
    {
        for (var i = close + 1; i <= close + 3 && i < text.Words.Length; i++)
        {
            if (text.Words[i].Upos == "VERB" && lexicon.ActOf(text.Lemma(i), "VERB") is not null && text.Dependent(i, "ccomp") < 0)
                return i;
        }
        for (var i = open - 1; i >= Math.Max(0, open - 3); i--)
        {
            if (text.Words[i].Upos == "VERB" && lexicon.ActOf(text.Lemma(i), "VERB") is not null)
                return i;
        }
        return -1;
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
                yield return new(new(text.Words[owner].Span, text.Words[i].Span, [content]), i) { Speaker = speaker, Act = act };
                break;
            }
        }
    }

    private static IOrderedEnumerable<Draft> InOrder(IEnumerable<Draft> drafts) =>
        drafts.OrderBy(d => d.Spans.Content[0].Start).ThenByDescending(d => d.Spans.Content[^1].End).ThenBy(d => d.Outer is null ? 0 : 1).ThenBy(d => d.CueWord);

    /// <summary>Of each statement, the one that reports it; -1 where none does. What is told goes inwards, so no two report each other.</summary>
    private static int[] Outers(List<Draft> drafts)
    {
        var outer = new int[drafts.Count];
        for (var i = 0; i < drafts.Count; i++)
            outer[i] = -1;
        for (var i = 0; i < drafts.Count; i++)
        {
            var around = drafts[i].Outer is { } source ? drafts.FindIndex(d => d.CueWord == source.CueWord && d.Speaker == source.Speaker) : Outer(drafts, i);
            var up = around;
            while (up >= 0 && up != i)
                up = outer[up];
            if (up < 0)
                outer[i] = around;
        }
        return outer;
    }

    /// <summary>The smallest statement in whose content this one's cue stands, of two with the same content the one that the other reports; -1 where there is none.</summary>
    private static int Outer(List<Draft> drafts, int inner)
    {
        if (drafts[inner].Spans.Cue is not { } cue)
            return -1;
        var (best, size) = (-1, int.MaxValue);
        for (var i = 0; i < drafts.Count; i++)
        {
            // Who says that he said it is no source of his own; nor is nobody.
            if (i == inner || drafts[i].Outer == drafts[inner] || (drafts[i].Speaker == drafts[inner].Speaker && drafts[i].Speaker is not null) || (drafts[i].Speaker is null && drafts[i].Spans.Speaker is null) || drafts[i].Spans.Content.FirstOrDefault(c => c.Contains(cue)) is not { Length: > 0 } around)
                continue;
            if (around.Length < size || (around.Length == size && drafts[i].Outer is not null))
                (best, size) = (i, around.Length);
        }
        return best;
    }

    /// <summary>Whether a date stands with the verb of saying and not in what is said.</summary>
    private bool IsTimeOf(int date, int cue, StatementSpans spans) =>
        text.Sentence(date) == text.Sentence(cue) && text.IsUnder(date, cue) && !spans.Content.Any(c => c.Contains(text.Words[date].Span));
}
