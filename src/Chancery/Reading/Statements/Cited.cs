using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>
/// Tells on whose word a source has it: "the Post reported, citing two officials, that …", "according to diplomats with whom the
/// Post spoke", "in remarks carried by Tass", "was quoted by Tass as saying". The paper and its source say the same; the paper says it
/// on the source's word.
/// </summary>
internal sealed class Cited(WorldLexicon lexicon, ParsedText text, Cast cast)
{
    public List<Draft> Of(List<Draft> drafts)
    {
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Words[i].Upos is not ("VERB" or "AUX"))
                continue;
            if (lexicon.Term("cites", text.Lemma(i)) is not null && text.Words[i].Xpos == "VBG" && text.Dependent(i, "obj") is >= 0 and var source && cast.At(source, text) is { } cited)
                drafts = Citing(drafts, i, source, cited);
            else if (lexicon.Term("cites", text.Lemma(i)) is not null && AsSaying(i) is >= 0 and var saying)
                drafts = Quoted(drafts, i, saying);
        }
        return [.. drafts.SelectMany(Passed)];
    }

    /// <summary>"reported, citing two officials, that …": what the paper reports, the officials say.</summary>
    private List<Draft> Citing(List<Draft> drafts, int citing, int source, string cited)
    {
        var words = text.Span(text.Reach(source).First, text.Reach(source).Last);
        // The word of reporting stands beside it, wherever the tree hangs it.
        var reporting = citing > 1 && text.Words[citing - 1].Form == "," && text.Words[citing - 2].Upos == "VERB" ? citing - 2 : text.Head(citing);
        while (reporting >= 0 && !(text.Words[reporting].Upos == "VERB" && lexicon.ActOf(text.Lemma(reporting), "VERB") is not null))
            reporting = text.Head(reporting);
        // What the tags take to be said by citing is who is cited.
        var kept = drafts.FindAll(d => d.CueWord != citing && !(d.CueWord == reporting && d.Spans.Content.All(c => c.Overlaps(words) && !Beyond(c, words))));
        var report = kept.Find(d => d.CueWord == reporting && reporting >= 0);
        if (report is null && reporting >= 0 && Around(reporting, citing) is { Count: > 0 } content && new Clause(text, reporting).Subject() is >= 0 and var paper && cast.At(paper, text) is { } speaker)
        {
            report = new(new(text.Span(text.Reach(paper).First, Math.Min(text.Reach(paper).Last, reporting - 1)), text.Words[reporting].Span, content), reporting) { Speaker = speaker };
            // "may announce" is no announcement of him who may.
            kept.RemoveAll(d => d.CueWord >= 0 && text.Sentence(d.CueWord) == text.Sentence(reporting) && text.Dependent(d.CueWord, "aux") is >= 0 and var modal && text.Words[modal].Xpos == "MD");
            kept.Add(report);
        }
        if (report is null)
            return drafts;
        // The content of the report has no part in naming its source.
        var said = report.Spans.Content.Select(c => c.Start <= words.Start && words.End <= c.End ? new TextSpan(Math.Min(After(words), c.End - 1), c.End) : c).ToList();
        var clean = report with { Spans = report.Spans with { Cue = text.Words[reporting].Span, Content = said } };
        // Who is cited stands next to the word of reporting, and the tags may take him for its subject.
        if (new Clause(text, reporting).Subject() is >= 0 and var reporter && (reporter < text.Touched(words).First || reporter > text.Touched(words).Last) && cast.At(reporter, text) is { } outlet)
            clean = clean with { Speaker = outlet, Spans = clean.Spans with { Speaker = text.Words[reporter].Span } };
        kept[kept.IndexOf(report)] = clean;
        kept.Add(new(new(words, text.Words[citing].Span, said), citing) { Speaker = cited, Act = SpeechAct.State, Outer = clean });
        return kept;
    }

    private static bool Beyond(TextSpan content, TextSpan words) => content.End > words.End + 3;

    /// <summary>Where the words behind a source begin, past the comma and "that".</summary>
    private int After(TextSpan source)
    {
        var next = text.Touched(source).Last + 1;
        while (next < text.Words.Length - 1 && (text.Words[next].Upos == "PUNCT" && text.Words[next].Form == "," || text.Lemma(next) == "that"))
            next++;
        return text.Words[next].Span.Start;
    }

    /// <summary>What a verb of saying reports: its clause behind the one who is cited; of "as the Post wrote, citing …" the sentence around it.</summary>
    private List<TextSpan> Around(int reporting, int citing)
    {
        // The tree may hang the clause on either of the two.
        foreach (var verb in (ReadOnlySpan<int>)[reporting, citing])
        {
            if (text.Dependent(verb, "ccomp") is > 0 and var clause && clause > verb && text.Reach(clause) is var (from, to) && from > citing && Trimmed(from, to) is { } said)
                return [said];
        }
        if (text.Case(reporting) is not "as" || text.Head(reporting) is not (>= 0 and var main))
            return [];
        var (first, last) = text.Reach(main);
        var (open, close) = text.Reach(reporting);
        var content = new List<TextSpan>();
        if (open - 1 >= first && Trimmed(first, open - 1) is { } before)
            content.Add(before);
        if (close + 1 <= last && Trimmed(close + 1, last) is { } behind)
            content.Add(behind);
        return content;
    }

    private TextSpan? Trimmed(int first, int last)
    {
        while (first <= last && text.Words[first].Upos == "PUNCT")
            first++;
        while (last >= first && text.Words[last].Upos == "PUNCT")
            last--;
        return first <= last ? text.Span(first, last) : null;
    }

    /// <summary>The "saying" of "quoted … as saying"; -1 where there is none.</summary>
    private int AsSaying(int quoting)
    {
        foreach (var d in text.Dependents(quoting))
        {
            if (d > quoting && text.Words[d].Xpos == "VBG" && text.Case(d) is "as" && lexicon.ActOf(text.Lemma(d), "VERB") is not null)
                return d;
            if (d <= quoting || text.Relation(d) is not ("obl" or "obj"))
                continue;
            foreach (var deeper in text.Dependents(d))
            {
                if (text.Words[deeper].Xpos == "VBG" && text.Case(deeper) is "as" && lexicon.ActOf(text.Lemma(deeper), "VERB") is not null)
                    return deeper;
            }
        }
        return -1;
    }

    /// <summary>"Tass quoted the minister as saying", "the minister was quoted by Tass as saying".</summary>
    private List<Draft> Quoted(List<Draft> drafts, int quoting, int saying)
    {
        var clause = new Clause(text, quoting);
        var (who, paper) = clause.IsPassive ? (text.Dependent(quoting, "nsubj:pass"), By(quoting)) : (text.Dependent(quoting, "obj"), clause.Subject());
        var draft = drafts.Find(d => d.CueWord == saying) ?? drafts.Find(d => d.CueWord == quoting);
        if (draft is null || who < 0 || cast.At(who, text) is not { } speaker)
            return drafts;
        var at = drafts.IndexOf(draft);
        var said = draft with { CueWord = saying, Speaker = speaker, Spans = draft.Spans with { Cue = text.Words[saying].Span, Speaker = text.Span(text.Reach(who).First, Math.Min(text.Reach(who).Last, who > quoting ? saying - 1 : quoting - 1)) } };
        if (paper < 0 || cast.At(paper, text) is not { } outlet || outlet == speaker)
        {
            drafts[at] = said;
            return drafts;
        }
        var report = new Draft(new(text.Span(paper, paper), text.Words[quoting].Span, said.Spans.Content), quoting) { Speaker = outlet, Act = SpeechAct.Report };
        drafts[at] = said with { Outer = report };
        drafts.RemoveAll(d => d.CueWord == quoting);
        drafts.Add(report);
        return drafts;
    }

    private int By(int verb)
    {
        foreach (var d in text.Dependents(verb))
        {
            if (text.Case(d) is "by")
                return d;
        }
        return -1;
    }

    /// <summary>A statement and, where its own words tell who passed it on, the report of it: "diplomats with whom the Post spoke", "in remarks carried by Tass".</summary>
    private IEnumerable<Draft> Passed(Draft draft)
    {
        if (draft.Outer is not null || draft.CueWord < 0 || Passing(draft) is not (>= 0 and var verb, >= 0 and var paper) || cast.At(paper, text) is not { } outlet || outlet == draft.Speaker)
        {
            yield return draft;
            yield break;
        }
        var report = new Draft(new(text.Words[paper].Span, text.Words[verb].Span, draft.Spans.Content), verb) { Speaker = outlet, Act = SpeechAct.Report };
        yield return report;
        yield return draft with { Outer = report };
    }

    private (int Verb, int Paper) Passing(Draft draft)
    {
        if (draft.Spans.Speaker is { } source && text.Touched(source) is var (first, last) && first <= last)
        {
            var head = text.HeadOf(first, last);
            foreach (var d in text.Dependents(head))
            {
                if (text.Words[d].Relation == "acl:relcl" && lexicon.Term("spoken-with", text.Lemma(d)) is not null && text.Dependent(d, "nsubj") is >= 0 and var paper && IsMedia(paper))
                    return (d, paper);
            }
        }
        // "in remarks carried by Tass": beside the word of saying.
        foreach (var d in text.Dependents(draft.CueWord))
        {
            if (text.Relation(d) is not "obl" || draft.Spans.Content.Any(c => c.Contains(text.Words[d].Span)))
                continue;
            foreach (var carried in text.Dependents(d))
            {
                if (text.Words[carried].Xpos == "VBN" && lexicon.Term("carries", text.Lemma(carried)) is not null && By(carried) is >= 0 and var paper && IsMedia(paper))
                    return (carried, paper);
            }
        }
        return (-1, -1);
    }

    private bool IsMedia(int word) => cast.At(word, text) is { } id && cast[id].Kind == ActorKind.Media;
}
