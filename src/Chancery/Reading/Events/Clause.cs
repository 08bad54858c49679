namespace Chancery.Reading;

/// <summary>
/// What stands around a word that may trigger an event, as in the plain active clause: who does it, to whom, with what. Sees
/// through passives, relative and participial clauses, infinitives and conjunction.
/// </summary>
internal sealed class Clause(ParsedText text, int trigger)
{
    /// <summary>The verb, noun or adjective.</summary>
    public int Trigger { get; } = trigger;

    /// <summary>Whether the trigger is a passive verb.</summary>
    public bool IsPassive { get; } = text.Dependent(trigger, "nsubj:pass", "aux:pass", "csubj:pass") >= 0
        || (text.Words[trigger].Xpos == "VBN" && text.Relation(trigger) == "acl" && text.Words[trigger].Relation != "acl:relcl");

    /// <summary>The subject of the active clause; -1 where there is none.</summary>
    public int Subject() => IsPassive ? Agent() : GrammaticalSubject(Trigger, 0);

    /// <summary>The objects of the active clause.</summary>
    public IEnumerable<int> Objects()
    {
        if (IsPassive)
        {
            var subject = GrammaticalSubject(Trigger, 0);
            if (subject >= 0)
                yield return subject;
            yield break;
        }
        foreach (var d in text.Dependents(Trigger).ToArray())
        {
            if (text.Relation(d) is "obj" or "iobj" || IsObjectOfParticle(d))
                yield return Referent(d);
            // "wants the king to act" may hang the king on the acting.
            else if (text.Relation(d) is "ccomp" or "xcomp" && text.Dependent(d, "mark") is >= 0 and var to && text.Lemma(to) == "to" && text.Dependent(d, "nsubj", "nsubj:pass") is >= 0 and var wanted)
                yield return Referent(wanted);
        }
        // "the man whom they met", "the man they met"
        if (text.Words[Trigger].Relation == "acl:relcl" && text.Dependent(Trigger, "obj") < 0 && text.Dependent(Trigger, "nsubj", "nsubj:pass") is >= 0 and var own && Referent(own) == own)
            yield return text.Head(Trigger);
    }

    /// <summary>The words that say what the object becomes: the "guilty" of "found him guilty".</summary>
    public IEnumerable<int> Complements()
    {
        foreach (var d in text.Dependents(Trigger).ToArray())
        {
            if (text.Relation(d) == "xcomp" && text.Dependent(d, "mark") < 0)
                yield return d;
        }
    }

    /// <summary>Whoever stands before what he is given, where the tree makes the two one: the Kyiv of "gave Kyiv rockets"; -1 where nobody does.</summary>
    public int Recipient()
    {
        if (IsPassive || text.Dependent(Trigger, "iobj") >= 0 || text.Dependent(Trigger, "obj") is not (>= 0 and var thing))
            return -1;
        var first = text.Dependent(thing, "compound");
        return first > Trigger ? first : -1;
    }

    /// <summary>How many objects the active clause has, the one that a passive has made its subject included.</summary>
    public int ObjectCount()
    {
        var count = IsPassive && GrammaticalSubject(Trigger, 0) >= 0 ? 1 : 0;
        foreach (var d in text.Dependents(Trigger))
            count += text.Relation(d) is "obj" or "iobj" or "xcomp" ? 1 : 0;
        return count;
    }

    /// <summary>What stands after one of some prepositions; the empty one stands for an object.</summary>
    public IEnumerable<int> Obliques(IReadOnlyList<string> prepositions)
    {
        foreach (var d in text.Dependents(Trigger).ToArray())
        {
            if (text.Relation(d) is "obl" or "nmod" or "advcl" or "acl" or "xcomp" or "obj" && Marker(d) is { } marker && Fits(marker, prepositions))
                yield return d;
            // "impose sanctions on Iran" may hang "on Iran" on the sanctions, "the attack of Iran on Iraq" on Iran.
            // What stands under the doer of a passive is his: "killed by shelling across the line of control".
            if ((text.Relation(d) is "obj" or "nsubj" or "obl" && text.Words[d].Relation != "obl:agent") || (text.Words[Trigger].Upos == "NOUN" && text.Relation(d) == "nmod"))
            {
                foreach (var deeper in Modifiers(d, 2))
                {
                    // "supporters of a party burned": the party is the supporters', not whom it is done to.
                    if (Marker(deeper) is { } inner && Fits(inner, prepositions) && !(inner == "of" && !IsPassive && text.Words[Trigger].Upos == "VERB" && text.Relation(d) == "nsubj"))
                        yield return deeper;
                }
            }
        }
        if (prepositions.Contains(""))
        {
            foreach (var o in Objects())
                yield return o;
        }
    }

    /// <summary>Whether a particle goes with the verb.</summary>
    public bool HasParticle(string particle)
    {
        foreach (var d in text.Dependents(Trigger))
        {
            if (text.Lemma(d) == particle && (text.Words[d].Relation == "compound:prt" || text.Relation(d) is "advmod" or "case" or "xcomp"))
                return true;
            // "walked out of the talks": the tree hangs "out" on the talks.
            if (text.Relation(d) == "obl" && Marker(d) is { } marker && marker.StartsWith(particle + " ", StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>The prepositions before a word, all of them: "out of".</summary>
    private string? Marker(int word)
    {
        var marker = text.Case(word);
        if (marker is "out" or "off" or "back" or "away" or "up" or "down" or "in" or "over" or "on")
        {
            foreach (var d in text.Dependents(word))
            {
                if (text.Relation(d) == "case" && text.Lemma(d) is "of" or "from" or "to" or "on" or "into" && text.Lemma(d) != marker)
                    return marker + " " + text.Lemma(d);
            }
        }
        return marker;
    }

    /// <summary>Whether a word that the tree takes for an adverbial is the object of a verb with a particle: "wrote off the debts".</summary>
    private bool IsObjectOfParticle(int word) => text.Words[word].Relation == "obl" && text.Words[word].Upos is "NOUN" or "PROPN" && text.Case(word) is null
        && text.Dependent(Trigger, "compound:prt") is >= 0 and var particle && particle < word && text.Dependent(Trigger, "obj") < 0 && !Calendar.IsDayOrMonth(text.Words[word]);

    /// <summary>The infinitive that follows, or the participle of "ceased accepting"; -1 where none does.</summary>
    public int Infinitive() => text.Dependent(Trigger, "xcomp") is >= 0 and var participle && text.Words[participle].Xpos == "VBG" ? participle : text.Dependent(Trigger, "xcomp", "ccomp", "advcl", "acl") is >= 0 and var verb && text.Words[verb].Upos is "VERB" or "AUX" or "ADJ" or "NOUN"
        && text.Dependent(verb, "mark") is >= 0 and var to && text.Lemma(to) == "to" ? verb : -1;

    /// <summary>Whether a clause with "that" follows.</summary>
    public bool HasClause() => text.Dependent(Trigger, "ccomp") >= 0;

    /// <summary>Whether that clause says what is wanted and not what is so: "that he leave", "that he should leave"; not "that he had left".</summary>
    public bool HasWish()
    {
        if (text.Dependent(Trigger, "ccomp") is not (>= 0 and var clause))
            return false;
        foreach (var d in text.Dependents(clause))
        {
            if (text.Relation(d) is "aux" or "cop" && text.Words[d].Xpos is "VBD" or "VBZ" or "MD" && text.Lemma(d) is not ("should" or "must" or "shall" or "ought"))
                return false;
        }
        return text.Words[clause].Xpos is not ("VBD" or "VBZ");
    }

    /// <summary>Whether a word that says what the object is follows, and no infinitive: the "premature" of "called it premature".</summary>
    public bool HasComplement()
    {
        var objects = 0;
        foreach (var d in text.Dependents(Trigger))
        {
            if (text.Relation(d) is "xcomp" or "ccomp" && text.Dependent(d, "mark") < 0)
                return true;
            // "calls the group a gang": what it is called hangs on the verb like the group itself.
            objects += text.Relation(d) is "obj" or "iobj" ? 1 : 0;
        }
        return objects > 1;
    }

    /// <summary>Whom the noun belongs to: "Israel's attack", "the Israeli attack", "the attack by Israel".</summary>
    public IEnumerable<int> Possessors(bool of)
    {
        foreach (var d in text.Dependents(Trigger).ToArray())
        {
            if (text.Words[d].Relation is "nmod:poss" || text.Relation(d) is "amod" or "compound" || (text.Relation(d) is "nmod" or "obl" && text.Case(d) is { } marker && (marker is "by" || (of && marker is "of" or "from"))))
                yield return d;
            // "the criticism of Israel by Turkey"
            foreach (var deeper in text.Dependents(d).ToArray())
            {
                if (text.Relation(d) == "nmod" && text.Relation(deeper) == "nmod" && text.Case(deeper) == "by")
                    yield return deeper;
            }
        }
        // "Israel launched an attack": who does what the noun says is the verb's subject.
        if (text.Relation(Trigger) is "obj" && text.Head(Trigger) is >= 0 and var verb && text.Words[verb].Upos == "VERB" && text.Lemma(verb) is "include" or "launch" or "make" or "carry" or "conduct" or "begin" or "start" or "continue" or "hold" or "stage" or "mount" or "issue" or "end" or "conclude" or "plan" or "sign" or "reach" or "announce" or "have")
        {
            var subject = new Clause(text, verb).Subject();
            if (subject >= 0)
                yield return subject;
        }
    }

    private static bool Fits(string marker, IReadOnlyList<string> prepositions)
    {
        foreach (var preposition in prepositions)
        {
            if (marker == preposition || (preposition.Length > 0 && marker.Split(' ') is [.., var last] && marker.Contains(' ', StringComparison.Ordinal) && last == preposition && marker.Split(' ') is ["out" or "off" or "back" or "away" or "up" or "down" or "in" or "over" or "on", _]))
                return true;
        }
        return false;
    }

    /// <summary>The nouns after prepositions below a noun: the "siege" and the "Chad" of "state of siege in Chad".</summary>
    private IEnumerable<int> Modifiers(int noun, int depth)
    {
        foreach (var d in text.Dependents(noun).ToArray())
        {
            if (text.Relation(d) != "nmod")
                continue;
            yield return d;
            if (depth > 1)
            {
                foreach (var deeper in Modifiers(d, depth - 1))
                    yield return deeper;
            }
        }
    }

    private int Agent()
    {
        foreach (var d in text.Dependents(Trigger))
        {
            if (text.Words[d].Relation == "obl:agent" || (text.Relation(d) == "obl" && text.Case(d) == "by"))
                return d;
        }
        return -1;
    }

    private int GrammaticalSubject(int verb, int depth)
    {
        var own = text.Dependent(verb, "nsubj", "nsubj:pass");
        if (own >= 0)
            return Referent(own);
        if (depth > 6 || text.Head(verb) is not (>= 0 and var head))
            return -1;
        switch (text.Relation(verb))
        {
            case "conj":
                return GrammaticalSubject(head, depth + 1);
            case "xcomp" or "ccomp":
                // "called on Iran to stop": who is called on.
                if (text.Dependent(head, "obj", "iobj") < 0 && AskedOf(head, verb) is >= 0 and var asked)
                    return asked;
                // "urged Iran to stop": the object acts; "wants to stop": the subject does.
                return text.Dependent(head, "obj", "iobj") is >= 0 and var controller && text.Words[head].Upos == "VERB" ? controller : GrammaticalSubject(head, depth + 1);
            case "advcl" or "acl" or "obl" when text.Words[verb].Xpos == "VBG" && text.Case(verb) is "of" or "for" or "from" or "into" or "against" && text.Words[head].Upos == "VERB":
                // "accused Iran of arming", "banned the firm from selling": to whom it is done acts; in the passive its subject does.
                return text.Dependent(head, "obj", "iobj", "nsubj:pass") is >= 0 and var blamed ? Referent(blamed) : GrammaticalSubject(head, depth + 1);
            case "acl" when text.Words[verb].Xpos == "VBG" && text.Case(verb) is "of" or "for" or "from" && text.Relation(head) is "obj" or "nsubj" && text.Head(head) is >= 0 and var accusing && text.Words[accusing].Upos == "VERB":
                return head;
            case "advcl":
                // "told Egypt to withdraw": whom they told.
                if (text.Dependent(verb, "mark") is >= 0 and var infinitive && text.Lemma(infinitive) == "to" && AskedOf(head, verb) is >= 0 and var called)
                    return called;
                return text.Dependent(head, "iobj") is >= 0 and var told && text.Dependent(verb, "mark") is >= 0 and var mark && text.Lemma(mark) == "to" ? told : GrammaticalSubject(head, depth + 1);
            case "acl" when text.Dependent(verb, "mark") is >= 0 and var to && text.Lemma(to) == "to":
                // "announced plans to cut": whose the plans are, else who announced them.
                return text.Dependent(head, "nmod:poss") is >= 0 and var owner ? owner
                    : text.Relation(head) is "obj" && text.Head(head) is >= 0 and var above ? GrammaticalSubject(above, depth + 1) : head;
            case "acl":
                return head;
            default:
                return -1;
        }
    }

    /// <summary>Who stands between a verb of asking and what is asked: the "Iran" of "called on Iran to stop", "appealed to Iran to stop"; -1 where nobody does.</summary>
    private int AskedOf(int asking, int asked)
    {
        foreach (var d in text.Dependents(asking))
        {
            if (d > asking && d < asked && text.Relation(d) == "obl" && !Calendar.IsDayOrMonth(text.Words[d]) && text.Case(d) is "on" or "upon" or "to" or "for" or "with" && text.Lemma(asking) is "call" or "appeal" or "plead" or "prevail" or "wait" or "press" or "lobby" or "shout" or "signal" or "count" or "rely")
                return d;
        }
        return -1;
    }

    /// <summary>Whom "who", "which" and "that" stand for.</summary>
    private int Referent(int word)
    {
        if (text.Words[word].Upos != "PRON" || text.Lemma(word) is not ("who" or "which" or "that" or "whom"))
            return word;
        for (var up = text.Head(word); up >= 0; up = text.Head(up))
        {
            if (text.Words[up].Relation == "acl:relcl" && text.Head(up) >= 0)
                return text.Head(up);
        }
        return word;
    }
}
