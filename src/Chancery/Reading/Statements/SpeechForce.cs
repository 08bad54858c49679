using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>
/// Tells what is done by saying something. The word of saying gives a first answer; what is said may be stronger: who says that
/// he will strike back threatens, who says that another must go demands, who says that another has bombed a town accuses.
/// As in design/gold.md, acts follow the force of what is said, not only the verb.
/// </summary>
internal sealed class SpeechForce(WorldLexicon lexicon, ParsedText text, Cast cast)
{
    private const string Harm = "harm", Help = "help", Other = "other";

    /// <summary>What is done.</summary>
    /// <param name="cue">The word of saying; -1 where there is none.</param>
    /// <param name="words">All words that introduce what is said.</param>
    /// <param name="content">What is said.</param>
    /// <param name="speaker">Who says it; null where the text names nobody.</param>
    public SpeechAct Of(int cue, TextSpan? words, IReadOnlyList<TextSpan> content, string? speaker)
    {
        if (cue >= 0 && Named(cue, content, speaker) is { } named)
            return named;
        var act = Plain(cue, words);
        var verb = cue >= 0 ? text.Lemma(cue) : "";
        switch (act)
        {
            case SpeechAct.State when IsQuestion(content[^1]):
                return SpeechAct.Ask;
            // "warned that it would hit back"
            case SpeechAct.Warn when Judged(content, speaker) is SpeechAct.Threaten:
                return SpeechAct.Threaten;
            // "blamed the weather": nobody is accused.
            case SpeechAct.Accuse when lexicon.Term("blames", verb) is not null && !content.Any(Accuses):
                return SpeechAct.State;
            // "rejected the charge as baseless"
            case SpeechAct.Reject or SpeechAct.Confirm when content.Any(CallsUntrue):
                return SpeechAct.Deny;
            // "welcomed the offer": takes its side.
            case SpeechAct.Praise when lexicon.Term("greets", verb) is not null && content.Any(c => Names("answered", c) is "offer"):
                return SpeechAct.Support;
            case SpeechAct.Ask when cue >= 0 && HasInfinitive(cue):
                return SpeechAct.Demand;
            // "offered to help" is a proposal, "assured them that the supplier was careful" no promise.
            case SpeechAct.Promise when content.Any(c => Promised(c)):
                return SpeechAct.Threaten;
            case SpeechAct.Promise or SpeechAct.Propose when cue >= 0 && text.Words[cue].Upos == "VERB" && lexicon.Term("proposes", verb) is null && IsOfNow(content):
                return Judged(content, speaker) ?? SpeechAct.State;
            case SpeechAct.Reject when lexicon.Term("dismisses", verb) is not null && content.Any(NamesClaim):
                return SpeechAct.Deny;
            case SpeechAct.State or SpeechAct.Predict when Judged(content, speaker) is { } judged:
                return judged;
            case SpeechAct.State when cue >= 0 && speaker is not null && Foretells(cue, content, speaker):
                return SpeechAct.Predict;
            default:
                return act;
        }
    }

    private bool IsQuestion(TextSpan content)
    {
        var said = text.Annotation.Text;
        return said[content.End - 1] == '?' || (content.End < said.Length && said[content.End] == '?') || (content.Length > 1 && said[content.End - 2] == '?');
    }

    private bool Accuses(TextSpan content)
    {
        var (first, last) = text.Touched(content);
        for (var i = first; i <= last; i++)
        {
            if (Meant(i) is not null || lexicon.Term("evaluation", text.Lemma(i)) is not null)
                return true;
        }
        return false;
    }

    private bool CallsUntrue(TextSpan content)
    {
        var (first, last) = text.Touched(content);
        for (var i = first; i <= last; i++)
        {
            if (text.Lemma(i) == "as" && i < last && Enumerable.Range(i + 1, last - i).Any(w => lexicon.Term("untrue", text.Lemma(w)) is not null))
                return true;
        }
        return false;
    }

    private string? Names(string kind, TextSpan content)
    {
        var (first, last) = text.Touched(content);
        return first <= last ? lexicon.Term(kind, text.Lemma(text.HeadOf(first, last))) : null;
    }

    /// <summary>What the word of saying does by itself.</summary>
    private SpeechAct Plain(int cue, TextSpan? words)
    {
        if (cue < 0)
            return SpeechAct.State;
        var negated = IsNegated(cue);
        // Its noun is stronger than a light verb, or than one that only says so: "expressed gratitude", "reaffirmed its support".
        if (text.Words[cue].Upos == "VERB" && text.Dependent(cue, "obj") is >= 0 and var noun && lexicon.ActOf(text.Lemma(noun), "NOUN") is { } light && light != SpeechAct.Report
            && (lexicon.Term("light", text.Lemma(cue)) is not null || (lexicon.ActOf(text.Lemma(cue), "VERB") is SpeechAct.Confirm && light != SpeechAct.State)))
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
        var act = lexicon.ActOf(text.Lemma(cue), text.Words[cue].Upos) ?? SpeechAct.State;
        // "does not recognise its jurisdiction"
        if (negated && act == SpeechAct.State && text.Words[cue].Upos == "VERB" && lexicon.Term("recognises", text.Lemma(cue)) is not null)
            return SpeechAct.Reject;
        foreach (var d in text.Dependents(cue))
        {
            // "insisted on Monday that": the clause is what is said.
            if (d > cue && text.Dependent(cue, "ccomp") < 0 && text.Dependent(d, "case", "mark") is >= 0 and var marker && lexicon.Term("introduces", $"{text.Lemma(cue)} {text.Lemma(marker)}") is { } introduced)
                act = Enum.Parse<SpeechAct>(introduced, ignoreCase: true);
        }
        // "called him back" asks for nothing.
        if (text.Words[cue].Upos == "VERB" && text.Lemma(cue) == "call" && act == SpeechAct.Demand && !HasInfinitive(cue) && text.Dependent(cue, "obl") < 0)
            act = SpeechAct.State;
        return act switch
        {
            SpeechAct.Agree or SpeechAct.Support or SpeechAct.Promise when negated => SpeechAct.Reject,
            // "neither confirmed nor denied"
            SpeechAct.Confirm when negated && IsNeither(cue) => SpeechAct.State,
            SpeechAct.Confirm when negated => SpeechAct.Deny,
            // "does not rule out that": says that it may be.
            SpeechAct.Reject when negated => SpeechAct.State,
            // A newspaper that says so reports it.
            SpeechAct.State when ActorOfSubject(cue) is { } id && cast[id].Kind == ActorKind.Media => SpeechAct.Report,
            _ => act,
        };
    }

    /// <summary>"called the strike a crime", "considers the package too soft": by what the thing, or somebody, is called; null where nothing is called anything.</summary>
    private SpeechAct? Named(int cue, IReadOnlyList<TextSpan> content, string? speaker)
    {
        if (text.Words[cue].Upos != "VERB" || lexicon.Term("names", text.Lemma(cue)) is not { } how)
            return null;
        var thing = new Clause(text, cue).Objects().FirstOrDefault(-1);
        var (start, end) = (text.Touched(content[0]).First, text.Touched(content[^1]).Last);
        var complement = new Clause(text, cue).HasComplement() || (thing >= 0 && (text.Dependent(cue, "iobj") >= 0 || text.Dependent(thing, "appos") >= 0));
        foreach (var d in text.Dependents(cue))
            complement |= d > cue && text.Case(d) == "as";
        if (thing >= 0)
        {
            foreach (var d in text.Dependents(thing))
                complement |= d > thing && (text.Case(d) == "as" || (text.Words[d].Xpos == "VBN" && lexicon.Term("untrue", text.Lemma(d)) is not null) || lexicon.Term("untrue", text.Words[d].Form) is not null);
        }
        if (!complement)
            return null;
        var from = thing > cue ? Math.Max(start, thing + 1) : start;
        var (quoted, good, bad, charge) = (false, false, false, false);
        for (var i = from; i <= end; i++)
        {
            quoted |= text.Words[i].Upos == "PUNCT" && "\"\u201c\u201d\u2018'".Contains(text.Words[i].Form[0], StringComparison.Ordinal);
            if (lexicon.Term("untrue", text.Lemma(i)) is not null || lexicon.Term("untrue", text.Words[i].Form) is not null)
                return SpeechAct.Deny;
            if (lexicon.Term("outlook", text.Lemma(i)) is not null)
                return SpeechAct.Predict;
            var value = lexicon.Term("evaluation", text.Lemma(i));
            good |= value is "praise" or "support" && !IsNegated(i);
            bad |= value is "criticise" or "accuse" || (value is "praise" && IsNegated(i)) || (text.Lemma(i) == "too" && text.Relation(i) == "advmod");
            charge |= value is "accuse";
        }
        // "calls it an order from Oslo": Oslo is behind it.
        if (!good && speaker is not null && Enumerable.Range(from, Math.Max(0, end - from + 1)).Any(i => text.Case(i) is "from" or "by" && Meant(i) is { } behind && CanAccuse(speaker, behind)))
            return SpeechAct.Accuse;
        if (good)
            return SpeechAct.Praise;
        // Names in quotation marks are hardly ever kind ones.
        if (bad || quoted)
            return charge || (thing >= 0 && !NamesDeed(thing) && Meant(thing) is not null) ? SpeechAct.Accuse : SpeechAct.Criticise;
        return how == "as" ? SpeechAct.State : null;
    }

    /// <summary>Whether a word names a deed or a thing and no actor, though one is meant by it: "the Polish decision".</summary>
    private bool NamesDeed(int word) => text.Words[word].Upos == "NOUN" && cast.At(word) is null;

    /// <summary>What is done by what is said, whatever introduces it; null where it only says so.</summary>
    private SpeechAct? Judged(IReadOnlyList<TextSpan> contents, string? speaker)
    {
        // What is quoted keeps its own tenses; in indirect speech "condemned" may be "condemn".
        var quoted = SpeechForms.Of(text.Annotation.Text, contents) == SpeechForm.Direct;
        foreach (var content in contents)
        {
            var (first, last) = text.Touched(content);
            for (var i = first; i <= last; i++)
            {
                if ((text.Head(i) >= first && text.Head(i) <= last) || text.Words[i].Upos == "PUNCT" || text.Relation(i) is "discourse" or "cc" or "mark" or "case")
                    continue;
                if (OfPredicate(i, first, speaker, quoted) is { } act)
                    return act;
                // "We follow the money, and we will punish the bank": what is said second may be the stronger.
                foreach (var d in text.Dependents(i))
                {
                    if (text.Relation(d) is "conj" or "parataxis" && d <= last && text.Words[d].Upos is "VERB" or "ADJ" or "AUX" && OfPredicate(d, first, speaker, quoted) is { } second && second is (SpeechAct.Threaten or SpeechAct.Accuse or SpeechAct.Reject or SpeechAct.Deny))
                        return second;
                }
            }
        }
        return null;
    }

    private SpeechAct? OfPredicate(int i, int first, string? speaker, bool quoted)
    {
        var lemma = text.Lemma(i);
        var subject = text.Dependent(i, "nsubj", "nsubj:pass");
        var passive = text.Dependent(i, "aux:pass") >= 0;
        var own = subject >= 0 && IsOwn(subject, speaker);
        var negated = IsNegated(i);
        var future = IsFuture(i);
        // "It was Oslo that broke off the talks"
        if (speaker is not null && !negated && text.Dependent(i, "cop") >= 0 && IsClefted(i) && !LooksOn(speaker) && (Meant(i) is not { } culprit || cast[culprit].Country is null ? text.Words[i].Upos == "PROPN" && Governs(speaker) : CanAccuse(speaker, culprit)))
            return SpeechAct.Accuse;
        // "Money should have been tied to reforms": too late to demand it.
        if (subject >= 0 && IsObliged(i, out _) && HasPerfect(i))
            return SpeechAct.Criticise;
        // "too high", "too late"
        if (text.Words[i].Upos == "ADJ" && !own && text.Has(i, "advmod", "too") && text.Dependent(i, "cop") >= 0)
            return SpeechAct.Criticise;
        // "make it harder to help"
        if (text.Lemma(i) == "make" && !own && text.Dependent(i, "xcomp") is >= 0 and var made && lexicon.Term("worse", text.Words[made].Form) is not null)
            return SpeechAct.Criticise;
        if (Unhappened(i, subject, own, negated, future))
            return SpeechAct.Deny;
        // "Nobody will use our territory"
        if (future && subject >= 0 && IsNone(subject) && text.Words[i].Upos == "VERB" && speaker is not null && Governs(speaker))
            return passive && Deed(i) == Harm ? SpeechAct.Promise : SpeechAct.Reject;
        // "there had been no such invitation", "nobody was there"
        if (subject >= 0 && text.Dependent(i, "expl") >= 0 && HasSuch(subject))
            return SpeechAct.Deny;
        if (subject < 0 && text.Dependent(i, "expl") >= 0 && HasSuch(i))
            return SpeechAct.Deny;
        // "the accusations are groundless", "the report is a lie"
        if (subject >= 0 && !negated && lexicon.Term("untrue", lemma) is not null && (NamesClaim(subject) || Meant(subject) is null))
            return SpeechAct.Deny;
        // "we condemn", "we expect them to", "Washington would support"
        if (own && !negated && !passive && text.Words[i].Upos == "VERB")
        {
            if (lexicon.Term("wants", lemma) is not null && text.Dependent(i, "obj", "ccomp") >= 0 && HasInfinitive(i))
                return SpeechAct.Demand;
            // "had agreed", and in his own words "agreed", tell of what was said before.
            var told = HasPerfect(i) || (quoted && text.Words[i].Xpos == "VBD") || (speaker is not null && Meant(subject) is { } other && other != speaker && cast[other].Kind == ActorKind.Person);
            if (!told && lexicon.ActOf(lemma, "VERB") is { } said && said is not (SpeechAct.State or SpeechAct.Report or SpeechAct.Predict or SpeechAct.Ask) && (!future || said is SpeechAct.Support or SpeechAct.Reject or SpeechAct.Demand))
                return said;
        }
        // "would not hesitate to strike"
        if (own && future && negated && lexicon.Term("hesitates", lemma) is not null && text.Dependent(i, "xcomp") is >= 0 and var unhesitating && Deed(unhesitating) == Harm)
            return SpeechAct.Threaten;
        // "we do not need permission", "has never recognised this court"
        if (own && negated && !passive && (lexicon.Term("unneeded", lemma) is not null || (HasPerfect(i) && lexicon.Term("yields", lemma) is not null && text.Dependent(i, "aux") is >= 0 and var having && text.Lemma(having) == "have" && lexicon.Term("recognises", lemma) is not null)))
            return SpeechAct.Reject;
        if (own && future)
        {
            var deed = Deed(i);
            if (negated)
                return lexicon.Term("yields", lemma) is not null ? SpeechAct.Reject : deed == Harm ? SpeechAct.Promise : null;
            // "would raise the cost", "would quit the talks if": a price for the other.
            if (text.Dependent(i, "obj", "xcomp", "nsubj") >= 0 && Costs(i))
                return SpeechAct.Threaten;
            if (lexicon.Term("leaves", lemma) is not null && IsConditional(i))
                return SpeechAct.Threaten;
            // What harms nobody in particular may still be one's own duty: "the army would defend the border".
            return deed switch { Harm => SpeechAct.Threaten, Help => SpeechAct.Promise, _ => null };
        }
        if (own && (lexicon.Term("readiness", lemma) ?? lexicon.Term("readiness", text.Words[i].Form)) is not null && !negated)
        {
            // To be ready to help or to meet is an offer, to be ready to sit down where others want it a yes.
            var what = text.Dependent(i, "xcomp", "advcl", "ccomp");
            return what < 0 ? SpeechAct.Promise : lexicon.Term("offers", text.Lemma(what)) is not null ? SpeechAct.Propose : lexicon.Term("grants", text.Lemma(what)) is not null ? SpeechAct.Agree : SpeechAct.Promise;
        }
        if (negated && lexicon.Term("bargain", lemma) is not null && (subject < 0 || !IsNone(subject)))
            return SpeechAct.Reject;
        if (own && negated && (lexicon.Term("guilt", lemma) is not null || lexicon.Term("clears", lemma) is not null || (text.Words[i].Upos == "VERB" && Deed(i) == Harm)))
            return SpeechAct.Deny;
        // "Iran must stop", "the strikes have to stop": who says what another has to do demands it.
        // He who only looks on says what would be wise.
        if (!own && subject >= 0 && IsObliged(i, out var duty))
            return lexicon.Term("mental", text.Lemma(duty)) is not null ? SpeechAct.Warn : speaker is not null && LooksOn(speaker) ? null : SpeechAct.Demand;
        // "the truce has been broken": somebody has broken it.
        if (!own && !negated && passive && !future && speaker is not null && subject >= 0 && lexicon.Term("breaks", lemma) is not null && lexicon.Term("bond", text.Lemma(subject)) is not null && !LooksOn(speaker))
            return SpeechAct.Accuse;
        if (!own && !negated && subject >= 0 && Meant(subject) is { } doer && speaker is not null && Deed(i) == Harm && !passive && CanAccuse(speaker, doer) && text.Words[i].Upos == "VERB")
            return future || IsPossible(i) ? SpeechAct.Warn : SpeechAct.Accuse;
        if (!negated && passive && speaker is not null && Deed(i) == Harm && new Clause(text, i).Subject() is >= 0 and var agent && Meant(agent) is { } by && CanAccuse(speaker, by))
            return SpeechAct.Accuse;
        if (!own && !negated && lexicon.Term("evaluation", lemma) is { } value && speaker is not null)
            return Enum.Parse<SpeechAct>(value, ignoreCase: true);
        // "Let them try", "Stop": said to somebody.
        if (subject < 0 && first == i && text.Words[i].Features?.Contains("Mood=Imp", StringComparison.Ordinal) == true && lemma is not ("let" or "look" or "see" or "imagine"))
            return SpeechAct.Demand;
        return null;
    }

    /// <summary>"countermeasures will follow": to promise it is to threaten.</summary>
    private bool Promised(TextSpan content)
    {
        var (first, last) = text.Touched(content);
        for (var i = first; i <= last; i++)
        {
            var top = text.Head(i) < first || text.Head(i) > last;
            if ((top || text.Relation(i) is "nsubj" or "obj") && lexicon.Term("reprisal", text.Lemma(i)) is not null && !IsNegated(i))
                return true;
        }
        return false;
    }

    /// <summary>Whether a clause speaks of what is or was, and not of what shall be.</summary>
    private bool IsOfNow(IReadOnlyList<TextSpan> contents)
    {
        var (first, last) = text.Touched(contents[0]);
        for (var i = first; i <= last; i++)
        {
            if ((text.Head(i) >= first && text.Head(i) <= last) || text.Words[i].Upos == "PUNCT")
                continue;
            // A clause of its own with a finite verb: its own auxiliary, or its own tense.
            if (text.Relation(i) is not ("ccomp" or "root" or "parataxis") || text.Dependent(i, "nsubj", "nsubj:pass", "expl") < 0)
                return false;
            if (text.Dependent(i, "aux") is >= 0 and var aux && text.Words[aux].Xpos == "MD")
                return false;
            var finite = text.Words[i].Xpos is "VBD" or "VBZ" or "VBP" ? i : text.Dependent(i, "cop", "aux", "aux:pass");
            return finite >= 0 && text.Words[finite].Xpos is "VBD" or "VBZ" or "VBP";
        }
        return false;
    }

    /// <summary>Whether somebody who decides nothing in it says what will come: an analyst, or anyone who only believes it.</summary>
    private bool Foretells(int cue, IReadOnlyList<TextSpan> contents, string speaker)
    {
        var believes = lexicon.Term("opinion", text.Lemma(cue)) is not null;
        var outside = LooksOn(speaker);
        if (!believes && !outside)
            return false;
        foreach (var content in contents)
        {
            var (first, last) = text.Touched(content);
            for (var i = first; i <= last; i++)
            {
                if ((text.Head(i) >= first && text.Head(i) <= last) || text.Words[i].Upos == "PUNCT")
                    continue;
                if (lexicon.Term("outlook", text.Lemma(i)) is not null)
                    return true;
                if ((IsFuture(i) || IsPossible(i)) && text.Dependent(i, "nsubj", "nsubj:pass") is >= 0 and var subject && !IsOwn(subject, speaker))
                    return true;
            }
        }
        return false;
    }

    /// <summary>Whether somebody decides nothing in it: a scholar, a judge, a firm.</summary>
    private bool LooksOn(string speaker) => cast[speaker].Sectors.Any(s => s is "EDU" or "JUD" or "BUS");

    /// <summary>"It was X that …".</summary>
    private bool IsClefted(int i)
    {
        var it = text.Dependent(i, "nsubj", "expl");
        return it >= 0 && text.Lemma(it) == "it" && text.Dependent(i, "acl:relcl", "acl", "advcl", "csubj") is >= 0 and var deed && deed > i;
    }

    /// <summary>Whether things show it: images, records, documents, and no person.</summary>
    public bool IsShown(int cue) => text.Words[cue].Upos == "VERB" && text.Dependent(cue, "nsubj") is >= 0 and var thing && text.Words[thing].Upos == "NOUN" && cast.At(thing) is null;

    private bool IsNeither(int cue)
    {
        foreach (var d in text.Dependents(cue))
        {
            if (text.Lemma(d) == "neither")
                return true;
        }
        return false;
    }

    private bool HasPerfect(int i) => text.Has(i, "aux", "have");

    /// <summary>
    /// Whether it is said that something has not happened: "Nobody has walked out", "the talks had not broken down", "there is no offer".
    /// What one has not seen or heard is no denial, nor is what others failed to do.
    /// </summary>
    private bool Unhappened(int i, int subject, bool own, bool negated, bool future)
    {
        if (future || IsPossible(i) || subject < 0)
            return false;
        if (text.Dependent(i, "expl") >= 0)
            return lexicon.Term("done-before", text.Lemma(subject)) is not null && IsNone(subject);
        if (text.Words[i].Upos != "VERB" || lexicon.Term("mental", text.Lemma(i)) is not null || lexicon.Term("perceives", text.Lemma(i)) is not null || !(HasPerfect(i) || text.Words[i].Xpos == "VBD" || text.Dependent(i, "aux:pass") >= 0))
            return false;
        if (IsNone(subject))
            return true;
        // "accepted nothing"; "had not broken down", of a thing that is nobody's or one's own.
        return own && text.Dependent(i, "obj") is >= 0 and var nothing && text.Lemma(nothing) is "nothing" or "none" || (negated && HasPerfect(i) && Meant(subject) is null && text.Words[subject].Upos == "NOUN" && lexicon.Term("done-before", text.Lemma(subject)) is not null);
    }

    /// <summary>"nobody", "no missile", "not a single missile".</summary>
    private bool IsNone(int word)
    {
        if (text.Lemma(word) is "nobody" or "none" or "nothing" || (text.Lemma(word) == "one" && text.Dependent(word, "det") is >= 0 and var no && text.Lemma(no) == "no"))
            return true;
        foreach (var d in text.Dependents(word))
        {
            if (text.Lemma(d) == "no" || (text.Lemma(d) == "not" && d < word))
                return true;
        }
        return false;
    }

    /// <summary>Whether an object, or that of the verb below, is a price that another pays: "keep raising the cost".</summary>
    private bool Costs(int verb)
    {
        foreach (var d in text.Dependents(verb))
        {
            if (text.Relation(d) is "obj" && lexicon.Term("reprisal", text.Lemma(d)) is not null)
                return true;
            if (text.Relation(d) is "xcomp" && d > verb && Costs(d))
                return true;
        }
        return false;
    }

    private bool IsConditional(int verb)
    {
        foreach (var d in text.Dependents(verb))
        {
            if (text.Relation(d) is "advcl" && text.Case(d) is "if" or "unless")
                return true;
        }
        return false;
    }

    /// <summary>"must", "should", "has to", "needs to": and what it is that has to be done.</summary>
    private bool IsObliged(int i, out int what)
    {
        what = i;
        foreach (var d in text.Dependents(i))
        {
            if (text.Relation(d) == "aux" && lexicon.Term("obliges", text.Lemma(d)) is not null)
                return true;
        }
        if (text.Lemma(i) is "have" or "need" && text.Words[i].Upos is "VERB" or "AUX" && text.Dependent(i, "xcomp") is >= 0 and var verb && HasTo(verb) && !IsNegated(i))
        {
            what = verb;
            return true;
        }
        return false;
    }

    private bool IsFuture(int i)
    {
        foreach (var d in text.Dependents(i))
        {
            if (text.Relation(d) == "aux" && text.Lemma(d) is "will" or "would" or "shall" or "'ll")
                return true;
        }
        return false;
    }

    private bool IsPossible(int i)
    {
        foreach (var d in text.Dependents(i))
        {
            if (text.Relation(d) == "aux" && text.Lemma(d) is "may" or "might" or "could")
                return true;
        }
        return false;
    }

    private bool HasTo(int verb) => text.Dependent(verb, "mark") is >= 0 and var mark && text.Lemma(mark) == "to";

    private bool HasInfinitive(int verb)
    {
        foreach (var d in text.Dependents(verb))
        {
            if (d > verb && text.Relation(d) is "xcomp" or "ccomp" or "advcl" && HasTo(d))
                return true;
            if (d > verb && text.Relation(d) is "obj" or "obl" && text.Dependent(d, "acl") is >= 0 and var deeper && HasTo(deeper))
                return true;
        }
        return false;
    }

    private bool HasSuch(int word)
    {
        var (no, such) = (false, false);
        foreach (var d in text.Dependents(word))
        {
            no |= text.Lemma(d) is "no" or "not" or "never";
            such |= text.Lemma(d) == "such";
        }
        return no && such;
    }

    /// <summary>Whether a word is denied: "not", "never", "no", or a subject or object that is nobody or nothing.</summary>
    private bool IsNegated(int word)
    {
        foreach (var d in text.Dependents(word))
        {
            if (text.Words[d].Features?.Contains("Polarity=Neg", StringComparison.Ordinal) == true || text.Lemma(d) is "not" or "never" or "no" or "neither" or "nor" or "n't")
                return true;
            if (text.Relation(d) is "nsubj" or "obj" && (text.Lemma(d) is "nobody" or "nothing" or "none" || (text.Relation(d) == "obj" && text.Dependent(d, "det") is >= 0 and var no && text.Lemma(no) == "no")))
                return true;
        }
        return false;
    }

    private bool NamesClaim(TextSpan content)
    {
        var (first, last) = text.Touched(content);
        return first <= last && NamesClaim(text.HeadOf(first, last));
    }

    private bool NamesClaim(int word) => lexicon.Term("claim", text.Lemma(word)) is not null;

    /// <summary>What a verb does to others, by the lexicon's short list, else by the frames that fit its object; null where it does nothing to anybody.</summary>
    private string? Deed(int verb)
    {
        if (lexicon.Term("deed", text.Lemma(verb)) is { } known && known != Other)
            return known;
        // "staged the attack"
        if (lexicon.Term("commits", text.Lemma(verb)) is not null && new Clause(text, verb).Objects().Any(o => lexicon.Term("done-before", text.Lemma(o)) is "ASSAULT"))
            return Harm;
        if (lexicon.Term("deed", text.Lemma(verb)) is { } other)
            return other;
        foreach (var frame in lexicon.FramesOf(text.Lemma(verb), "VERB"))
        {
            var asked = frame.Slots.Where(s => s.Words.Count > 0).ToList();
            if (asked.Exists(s => s.Place != Place.DirectObject || !new Clause(text, verb).Objects().Any(o => s.Words.Contains(text.Lemma(o)))))
                continue;
            switch (frame.Type)
            {
                case "ASSAULT" or "COERCE" or "SANCTION":
                    return Harm;
                case "AID" or "COOPERATE" or "CONCEDE" or "RETREAT" or "SUPPORT":
                    return Help;
            }
        }
        return null;
    }

    /// <summary>Whether a word means the speaker, his state, or a body of it: "we", "his country", "the army".</summary>
    private bool IsOwn(int subject, string? speaker)
    {
        if (text.Lemma(subject) is "i" or "we")
            return true;
        if (text.Dependent(subject, "nmod:poss") is >= 0 and var owner && (text.Lemma(owner) is "our" or "my" or "we" or "i" || (cast.At(owner) == speaker && speaker is not null)))
            return true;
        if (speaker is null || Meant(subject) is not { } who)
            return false;
        if (who == speaker)
            return true;
        // A government speaks for its state and its bodies, an opposition does not.
        return cast[who].Country is { } country && country == cast[speaker].Country && cast[who].Kind != ActorKind.Person && Governs(speaker) && (cast[who].Kind == ActorKind.State || Governs(who));
    }

    private bool Governs(string actor) => cast[actor].Kind == ActorKind.State || (cast[actor].Sectors.Any(s => s is "GOV" or "MIL" or "SPY" or "COP") && !cast[actor].Sectors.Contains("OPP"));

    /// <summary>Whether who speaks is a party in politics, and the doer another: a policeman or a witness only tells.</summary>
    private bool CanAccuse(string speaker, string doer) => speaker != doer && cast[speaker].Kind != ActorKind.Media
        && (cast[speaker].Kind == ActorKind.State || cast[speaker].Sectors.Any(s => s is "GOV" or "MIL" or "OPP" or "REB" or "PTY" or "LEG" or "IGO" or "SOC" or "PRM"))
        && (cast[speaker].Country is null || cast[speaker].Country != cast[doer].Country || cast[speaker].Sectors.Contains("OPP") || cast[doer].Sectors.Contains("OPP"))
        && (cast[doer].Kind == ActorKind.State || cast[doer].Country is not null);

    private string? ActorOfSubject(int cue) => text.Dependent(cue, "nsubj") is >= 0 and var subject ? Meant(subject) : null;

    private string? Meant(int word) => cast.At(word, text);
}
