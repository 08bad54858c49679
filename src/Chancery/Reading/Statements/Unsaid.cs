using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>
/// Tells what looks like a statement and is none: "declined to comment", "made no promise", "met the guest", "asked not to be
/// named". Words of speaking without anything that is said.
/// </summary>
internal sealed class Unsaid(WorldLexicon lexicon, ParsedText text, Cast cast)
{
    /// <summary>Whether nothing is said with a cue and a content.</summary>
    public bool Holds(int cue, StatementSpans spans)
    {
        if (cue < 0)
            return false;
        var form = SpeechForms.Of(text.Annotation.Text, spans.Content);
        var lemma = text.Lemma(cue);
        if (text.Words[cue].Upos == "VERB")
            return IsWithheld(cue, lemma) || IsAside(cue, lemma, spans) || (form == SpeechForm.Indirect && !IsClause(spans) && IsDeed(cue, lemma));
        // The tags may mark "made no commitment" by its noun.
        if (text.Words[cue].Upos == "NOUN" && text.Relation(cue) is "obj" && text.Head(cue) is >= 0 and var verb)
            return IsWithheld(verb, text.Lemma(verb));
        // Prepositions and particles that introduce nothing.
        return form == SpeechForm.Indirect && !IsClause(spans) && lexicon.ActOf(lemma, text.Words[cue].Upos) is null && text.Words[cue].Upos is "ADP" or "ADV" or "PART" or "DET" or "PRON" or "SCONJ" or "AUX" or "CCONJ"
            && text.Touched(spans.Cue!.Value) is var (first, last) && first == last;
    }

    /// <summary>"did not comment", "made no commitment", "declined to say".</summary>
    private bool IsWithheld(int cue, string lemma)
    {
        var verb = lemma;
        if (lexicon.Term("refusal", lemma) is not null && new Clause(text, cue).Infinitive() is >= 0 and var refused)
            return lexicon.Term("withheld", text.Lemma(refused)) is not null;
        if (lexicon.Term("withheld", verb) is null)
            return false;
        foreach (var d in text.Dependents(cue))
        {
            if (text.Lemma(d) is "not" or "never" or "n't" || (text.Relation(d) is "obj" && (text.Lemma(d) is "nothing" || (text.Dependent(d, "det") is >= 0 and var no && text.Lemma(no) is "no"))))
                return true;
        }
        return false;
    }

    /// <summary>"Asked about the attack, he …", "who asked not to be named": about the talk, and no part of it.</summary>
    private bool IsAside(int cue, string lemma, StatementSpans spans)
    {
        if (lexicon.ActOf(lemma, "VERB") is not SpeechAct.Ask)
            return false;
        if (text.Dependent(cue, "nsubj", "aux") < 0 && (text.Words[cue].Xpos == "VBN" || text.Words[cue].Relation is "advcl"))
            return true;
        var (first, last) = text.Touched(spans.Content[^1]);
        for (var i = Math.Min(first, cue); i <= Math.Min(last + 6, text.Words.Length - 1); i++)
        {
            if (text.Sentence(i) == text.Sentence(cue) && text.Words[i].Upos == "VERB" && lexicon.Term("anonymous", text.Lemma(i)) is not null && text.Dependent(i, "aux:pass") >= 0)
                return true;
        }
        return false;
    }

    /// <summary>"recalled the ambassador", "welcomed the guest", "called a meeting": words of saying that with a mere thing or person tell of a deed.</summary>
    private bool IsDeed(int cue, string lemma)
    {
        if (lemma == "call" && text.Dependent(cue, "obj") is >= 0 and var called && lexicon.Term("convened", text.Lemma(called)) is not null)
            return true;
        if (lexicon.Term("takes-clause", lemma) is not null && lexicon.Term("takes-thing", lemma) is null)
            return !(lexicon.Term("names", lemma) is not null && new Clause(text, cue) is var clause && (clause.HasComplement() || HasAs(cue)));
        var thing = text.Dependent(cue, "obj");
        return lexicon.ActOf(lemma, "VERB") is SpeechAct.Praise or SpeechAct.Support && thing >= 0 && lemma is "welcome" && cast.At(thing) is { } met && cast[met].Kind == ActorKind.Person
            || (lemma is "welcome" && thing >= 0 && lexicon.AgentOf(text.Lemma(thing)) is { Kind: ActorKind.Person });
    }

    private bool HasAs(int cue)
    {
        foreach (var d in text.Dependents(cue))
        {
            if (text.Case(d) == "as")
                return true;
            foreach (var deeper in text.Dependents(d))
            {
                if (text.Case(deeper) == "as")
                    return true;
            }
        }
        return false;
    }

    /// <summary>Whether a finite verb, or an infinitive, is said.</summary>
    private bool IsClause(StatementSpans spans)
    {
        foreach (var content in spans.Content)
        {
            var (first, last) = text.Touched(content);
            for (var i = first; i <= last; i++)
            {
                if (text.Words[i].Upos is "VERB" or "AUX" && (text.Dependent(i, "nsubj", "nsubj:pass", "aux") >= 0 || text.Words[i].Relation is "cop" || (text.Dependent(i, "mark") is >= 0 and var mark && text.Lemma(mark) == "to")) && text.Words[i].Relation != "acl:relcl")
                    return true;
            }
        }
        return false;
    }
}
