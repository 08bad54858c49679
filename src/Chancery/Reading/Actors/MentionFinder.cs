using Chancery.Language;
using Chancery.Lexicon;

namespace Chancery.Reading;

/// <summary>Finds every stretch of words that means an actor: names with their titles, descriptions, pronouns, adjectives of nationality.</summary>
internal sealed class MentionFinder(WorldLexicon lexicon, ParsedText text)
{
    private const int LongestName = 9;
    private const int LongestTitle = 8;
    private const int LongestAgent = 6;

    private readonly bool[] _taken = new bool[text.Words.Length];
    private readonly List<Mention> _found = [];

    /// <summary>All mentions in the order of their heads.</summary>
    public List<Mention> Find()
    {
        FindNames();
        FindSurnames();
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (!_taken[i])
                FindDescription(i);
        }
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (_taken[i])
                continue;
            if (text.Words[i].Upos == "PRON" && lexicon.Term("pronoun", text.Words[i].Form.ToLowerInvariant()) is { } pronoun && IsReferring(i))
                _found.Add(new(i, i, i, MentionForm.Pronoun) { Pronoun = pronoun, Plural = pronoun is "they" or "we", Kind = pronoun is "he" or "she" or "i" ? ActorKind.Person : ActorKind.Organisation });
            else if (CountryOfAdjective(i) is { } country)
                _found.Add(new(i, i, i, MentionForm.Nationality) { Country = country, Kind = ActorKind.State });
        }
        _found.Sort((a, b) => a.First != b.First ? a.First.CompareTo(b.First) : b.Last.CompareTo(a.Last));
        return Joined();
    }

    /// <summary>"the British ambassador, Humphrey Trevelyan," is one mention.</summary>
    private List<Mention> Joined()
    {
        var joined = new List<Mention>(_found.Count);
        foreach (var mention in _found)
        {
            // "the newspaper Le Temps" names what it is, and then itself.
            if (mention is { Form: MentionForm.Name, Kind: ActorKind.Media or ActorKind.Organisation } && joined is [.., { Form: MentionForm.Description, Kind: ActorKind.Organisation, Plural: false } what] && what.Last == mention.First - 1)
            {
                joined[^1] = mention with { First = what.First, Head = what.Head, NameHead = mention.Head, Country = mention.Country ?? what.Country };
                continue;
            }
            var at = joined.FindLastIndex(m => m.Last == mention.First - 2 && m is { Form: MentionForm.Description, Plural: false } && (m.Office is not null || m.Kind == ActorKind.Person));
            if (at < 0 || mention is not { Form: MentionForm.Name, Kind: ActorKind.Person } || text.Words[mention.First - 1].Form != "," || text.Sentence(joined[at].Head) != text.Sentence(mention.Head)
                || (mention.Last + 1 < text.Words.Length && text.Words[mention.Last + 1].Upos is "CCONJ"))
            {
                joined.Add(mention);
                continue;
            }
            var described = joined[at];
            joined[at] = mention with
            {
                First = described.First,
                Head = described.Head,
                NameHead = mention.Head,
                Country = mention.Country ?? described.Country,
                Office = mention.Office ?? described.Office,
                Sectors = mention.Sectors.Count > 0 ? mention.Sectors : described.Sectors,
                Noun = mention.Noun ?? described.Noun,
            };
        }
        // The "CSU" of "CSU chairman Horst Seehofer" is a part of his title where nothing else is known of it.
        var titles = joined.Where(m => m is { Form: MentionForm.Name, Kind: ActorKind.Person }).SelectMany(m => Enumerable.Range(m.First, Math.Max(0, m.NameHead - m.First))).ToHashSet();
        joined.RemoveAll(m => m is { Form: MentionForm.Name, Kind: ActorKind.Organisation, Candidates.Count: 0 } && titles.Contains(m.First) && titles.Contains(m.Last));
        return joined;
    }

    private void FindNames()
    {
        var s = 0;
        foreach (var sentence in text.Annotation.Sentences)
        {
            var offset = text.First(s);
            var end = text.First(++s);
            var kinds = new string?[end - offset];
            var starts = new bool[end - offset];
            foreach (var name in sentence.Names)
            {
                Array.Fill(kinds, name.Kind, name.First, name.Count);
                starts[name.First] = true;
            }
            for (var i = offset; i < end;)
            {
                var (last, candidates) = Longest(i, end);
                var tagged = TaggedFrom(i);
                if (BodyFrom(i, end) is var body && body > Math.Max(last, tagged))
                {
                    AddName(i, body, [], "ORG");
                    i = body + 1;
                    continue;
                }
                // A tagged name that is longer than what the lexicon has is a name of its own: "China Daily" is not China,
                // nor is Aristide Briand the Aristide of Haiti.
                if (last >= i && (last >= tagged || kinds[i - offset] is "LOC" || candidates[0].Kind is not (ActorKind.State or ActorKind.Person)) && IsName(i, last, kinds, offset))
                {
                    AddName(i, last, candidates, kinds[i - offset]);
                    i = last + 1;
                }
                else if (tagged >= i)
                {
                    AddName(i, tagged, [], kinds[i - offset]);
                    i = tagged + 1;
                }
                else
                {
                    i++;
                }
            }

            int TaggedFrom(int i)
            {
                if (!starts[i - offset] || kinds[i - offset] is not ("PER" or "ORG" or "LOC"))
                    return -1;
                var last = i;
                while (last + 1 < end && kinds[last + 1 - offset] == kinds[i - offset] && !starts[last + 1 - offset])
                    last++;
                return last;
            }
        }
    }

    /// <summary>
    /// The end of a run of capitals that closes with a word for a body: "Tuva Commercial Bank", however its parts are tagged;
    /// -1 where there is none, or where the run only says what the body is.
    /// </summary>
    private int BodyFrom(int first, int end)
    {
        var (last, body) = (first, -1);
        for (; last < Math.Min(end, first + LongestName) && char.IsUpper(text.Words[last].Form[0]) && text.Words[last].Upos is "PROPN" or "ADJ" or "NOUN"; last++)
        {
            if (last > first && text.Words[last].Upos == "PROPN" && AgentEndingAt(last, first) is { Agent.Kind: ActorKind.Organisation } agent && agent.First > first)
                body = last;
        }
        return body > 0 && !IsDescription(first, body) ? body : -1;
    }

    /// <summary>Surnames alone of people whom the text names in full, whatever the tags say of them.</summary>
    private void FindSurnames()
    {
        var surnames = _found.Where(m => m.Kind == ActorKind.Person && m.Name!.Contains(' ', StringComparison.Ordinal))
            .Select(m => m.Name![(m.Name!.LastIndexOf(' ') + 1)..]).Where(n => n.Length > 2).ToHashSet(StringComparer.Ordinal);
        if (surnames.Count == 0)
            return;
        _found.RemoveAll(m => m.First == m.Last && m.Kind != ActorKind.Person && m.Candidates.Count == 0 && surnames.Contains(m.Name!));
        var named = _found.SelectMany(m => Enumerable.Range(m.First, m.Last - m.First + 1)).ToHashSet();
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (text.Words[i].Upos == "PROPN" && !named.Contains(i) && surnames.Contains(text.Words[i].Form))
                AddName(i, i, [], "PER");
        }
    }

    /// <summary>The longest name of the lexicon that starts at a word.</summary>
    private (int Last, IReadOnlyList<KnownActor> Candidates) Longest(int start, int end)
    {
        var first = text.Words[start].Form;
        if (!char.IsUpper(first[0]) && !char.IsDigit(first[0]))
            return (-1, []);
        Span<char> name = stackalloc char[lexicon.LongestName];
        var (length, best, candidates) = (0, -1, (IReadOnlyList<KnownActor>)[]);
        for (var i = start; i < Math.Min(end, start + LongestName); i++)
        {
            var form = text.Words[i].Form;
            if (length + form.Length > name.Length)
                break;
            form.CopyTo(name[length..]);
            length += form.Length;
            var known = lexicon.Named(name[..length]);
            if (known.Length > 0)
                (best, candidates) = (i, known.ToArray());
            else if (lexicon.CountryOfSeat(name[..length]) is { } code && lexicon.Actors.TryGetValue(code, out var state))
                (best, candidates) = (i, [state]);
        }
        return (best, candidates);
    }

    /// <summary>Whether the words are used as a name: tagged as one, or a proper noun among them.</summary>
    private bool IsName(int first, int last, string?[] kinds, int offset)
    {
        for (var i = first; i <= last; i++)
        {
            if (text.Words[i].Upos == "PROPN" || kinds[i - offset] is "PER" or "ORG" or "LOC")
                return true;
        }
        // "US" before a noun is tagged as an adjective now and then.
        return first == last && text.Words[first].Upos is "ADJ" or "NOUN" && text.Words[first].Form.Skip(1).Any(char.IsUpper);
    }

    private void AddName(int first, int last, IReadOnlyList<KnownActor> candidates, string? tag)
    {
        var head = text.HeadOf(first, last);
        // "Tuva Commercial Bank" is no place, whatever the tag says.
        if (tag == "LOC" && candidates.Count == 0 && AgentEndingAt(last, first) is { Agent.Kind: ActorKind.Organisation })
            tag = "ORG";
        // "at Epsom": a town, whatever the tag says of it.
        if (tag == "PER" && candidates.Count == 0 && first == last && first > 0 && text.Lemma(first - 1) is "at" or "in" or "near" && lexicon.PlacesNamed(text.Words[first].Form).Count > 0)
            tag = "LOC";
        var kind = candidates.Count > 0 ? candidates[0].Kind : tag switch { "PER" => ActorKind.Person, "LOC" => ActorKind.State, _ => ActorKind.Organisation };
        if (candidates.Count == 0 && tag != "LOC" && IsDescription(first, last))
            return;   // "Russian Foreign Ministry" is a name to some, but says what it is
        if (candidates.Count == 0 && tag == "PER")
        {
            // "Secretary of State Antony Blinken": the office may reach into what is tagged as a name.
            for (var i = Math.Min(last - 1, first + 2); i >= first; i--)
            {
                if (AgentEndingAt(i, Math.Max(text.First(text.Sentence(first)), i - 3)) is { } title && title.First <= i)
                {
                    first = i + 1;
                    break;
                }
            }
            candidates = lexicon.Named(string.Concat(text.Words[first..(last + 1)].Select(w => w.Form))).ToArray();
            head = text.HeadOf(first, last);
        }
        if (candidates.Count == 0 && tag == "LOC")
        {
            // A place that is no seat of power is no actor; the step that reads places knows it.
            Array.Fill(_taken, true, first, last - first + 1);
            return;
        }
        var mention = new Mention(first, last, head, MentionForm.Name)
        {
            Name = text.Span(first, last).Of(text.Annotation.Text).ToString(),
            Candidates = candidates,
            Kind = kind,
            Definite = true,
            Country = candidates.Count > 0 ? candidates[0].Country : null,
        };
        if (kind == ActorKind.Person)
            mention = WithTitle(mention with { Country = null });
        else if (candidates.Count == 0)
            mention = mention with { Country = Countries(first, last).FirstOrDefault() ?? CountryBefore(first) };
        Array.Fill(_taken, true, mention.First, mention.Last - mention.First + 1);
        _found.Add(mention);
    }

    /// <summary>Takes in what stands before and after a person's name: "US Treasury Secretary Janet Yellen", "Lavrov, the Russian foreign minister,".</summary>
    private Mention WithTitle(Mention name)
    {
        var first = name.First;
        while (first - 1 >= text.First(text.Sentence(name.First)) && name.First - first < LongestTitle && IsTitleWord(first - 1, name))
            first--;
        var mention = name;
        if (first < name.First)
        {
            var described = Describe(first, name.First - 1);
            // Only a title is a part of the name; "China" before it is somebody else.
            if (described is not null || lexicon.Term("title", text.Words[first].Form.ToLowerInvariant()) is not null)
            {
                mention = name with
                {
                    First = first,
                    Country = described?.Country,
                    Office = described?.Office,
                    Sectors = described?.Sectors ?? [],
                    Noun = described?.Noun,
                    Pronoun = PronounOfTitle(first, name.First - 1),
                };
                mention = mention with { Head = text.HeadOf(mention.First, mention.Last) };
            }
        }
        // ", the Russian Foreign Minister," after the name.
        var comma = name.Last + 1;
        if (mention.Office is null && comma + 1 < text.Words.Length && text.Words[comma].Form == "," && text.Sentence(comma) == text.Sentence(name.Last))
        {
            var stop = comma + 1;
            while (stop < text.First(text.Sentence(comma) + 1) && text.Words[stop].Upos is "NOUN" or "PROPN" or "ADJ" or "DET" or "ADP" or "PART" or "NUM" && stop - comma <= LongestTitle)
                stop++;
            if (stop > comma + 1 && stop < text.Words.Length && text.Words[stop].Form is "," or "." or "\u2014" && Describe(comma + 1, stop - 1) is { } after)
            {
                mention = mention with { Country = mention.Country ?? after.Country, Office = after.Office, Sectors = mention.Sectors.Count > 0 ? mention.Sectors : after.Sectors, Noun = mention.Noun ?? after.Noun };
                Array.Fill(_taken, true, comma + 1, stop - comma - 1);
            }
        }
        return mention;
    }

    /// <summary>Whether all the words are nationalities and a known word for people or bodies.</summary>
    private bool IsDescription(int first, int last)
    {
        if (AgentEndingAt(last, first) is not { } agent)
            return false;
        for (var i = first; i < agent.First; i++)
        {
            if (text.Words[i].Upos != "DET" && !Countries(i, i).Any())
                return false;
        }
        return true;
    }

    private bool IsTitleWord(int i, Mention name)
    {
        if (_taken[i] && text.Words[i].Upos != "PROPN")
            return false;
        var word = text.Words[i];
        if (lexicon.Term("title", word.Form.ToLowerInvariant()) is not null)
            return true;
        if (word.Upos is not ("NOUN" or "PROPN" or "ADJ") && word.Form is not ("'s" or "’s" or "-") && (word.Form != "of" || text.Words[i + 1].Form is not ("State" or "Defense" or "Defence" or "War" or "Staff" or "Foreign")))
            return false;
        // "historian Anna Lindh": whatever the tree makes of it.
        if (i == name.First - 1 && word.Xpos == "NN" && AgentEndingAt(i, i) is { Agent.Kind: ActorKind.Person })
            return true;
        // What depends on something outside the name belongs to that, unless the name depends on it.
        for (var up = text.Head(i); up >= 0; up = text.Head(up))
        {
            if (up >= i && up <= name.Last)
                return true;
        }
        return text.IsUnder(name.Head, i);
    }

    private string? PronounOfTitle(int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (lexicon.Term("title", text.Words[i].Form.ToLowerInvariant()) is { Length: > 0 } pronoun)
                return pronoun;
        }
        return null;
    }

    /// <summary>What a title or description says: its office, country, sectors; null where it says nothing known.</summary>
    private Mention? Describe(int first, int last)
    {
        // The last noun before a preposition is what it is: "head of the Chinese Foreign Ministry".
        for (var i = first; i <= last; i++)
        {
            if (i < last && text.Words[i + 1].Upos is "NOUN" or "PROPN")
                continue;
            if (AgentEndingAt(i, first) is not { } agent)
                continue;
            var office = agent.Agent.Office ?? HeadOfBody(i, last);
            var words = Enumerable.Range(agent.First, i - agent.First + 1).Select(w => text.Lemma(w));
            return new(first, last, i, MentionForm.Description)
            {
                Country = Countries(first, last).FirstOrDefault(),
                Office = office,
                Sectors = agent.Agent.Sectors,
                Kind = agent.Agent.Kind,
                Noun = string.Join(' ', words),
            };
        }
        return null;
    }

    /// <summary>The office of one who heads a body: "head of the foreign ministry" is its minister.</summary>
    private string? HeadOfBody(int head, int last)
    {
        if (lexicon.Term("head", text.Lemma(head)) is null)
            return null;
        for (var i = head + 1; i <= last; i++)
        {
            if (text.Lemma(i) == "ministry" && AgentEndingAt(i, head + 1) is { } body && lexicon.AgentOf(body.Agent.Words.Replace("ministry", "minister", StringComparison.Ordinal)) is { Office: { } office })
                return office;
        }
        return null;
    }

    private void FindDescription(int head)
    {
        var word = text.Words[head];
        if (word.Upos is not ("NOUN" or "PROPN"))
            return;
        // Not the first half of a compound: the "bank" of "bank manager".
        if (text.Relation(head) is "compound" or "flat" && text.Head(head) > head)
            return;
        var plural = word.Xpos is "NNS" or "NNPS";
        // The "People" of "Great Hall of the People" is a part of a name.
        if (plural && word.Upos == "PROPN" && text.Relation(head) == "nmod" && text.Words[text.Head(head)].Upos == "PROPN")
            return;
        if (lexicon.CountryOfDemonym(word.Form) is { } nation && plural)
        {
            Add(new(head, head, head, MentionForm.Description) { Kind = ActorKind.Group, Country = nation, Plural = true, Noun = "people", Sectors = ["CVL"] });
            return;
        }
        if (AgentEndingAt(head, text.First(text.Sentence(head))) is not { } found)
            return;

        var (first, last) = (found.First, head);
        while (first - 1 >= text.First(text.Sentence(head)) && !IsOutside(first - 1, head))
            first--;
        // "Dutch and Belgian troops": what is joined to the adjective belongs to it too.
        foreach (var d in text.Dependents(head))
        {
            if (d < first && text.Relation(d) is "amod" or "compound" && CountryOfAdjective(d) is not null && !_taken[d])
                first = d;
        }
        // "of the Chinese Foreign Ministry" belongs to it.
        var of = -1;
        foreach (var d in text.Dependents(head))
        {
            if (d > head && text.Relation(d) == "nmod" && text.Case(d) is "of" or "for" && of < 0)
                (of, last) = (d, Math.Max(last, text.Reach(d).Last));
        }
        if (last - first > 14)
            last = head;
        var determiner = text.Dependent(head, "det", "nmod:poss");
        var counterpart = lexicon.Term("counterpart", text.Lemma(head)) is not null;
        // The allies of a country are not its own people.
        var others = lexicon.Term("relational", text.Lemma(head)) is not null;
        var countries = Countries(first, last).ToList();
        var country = countries.FirstOrDefault() ?? PossessorCountry(head);
        Add(new(first, last, head, MentionForm.Description)
        {
            Kind = found.Agent.PluralOnly || plural ? ActorKind.Group : found.Agent.Kind,
            Country = others ? null : country,
            Second = !others && plural && countries.Distinct().Count() == 2 && HasJoinedAdjectives(head) ? countries.Distinct().Last() : null,
            Others = others,
            Of = others ? country : null,
            Sectors = found.Agent.Sectors,
            Office = found.Agent.Office ?? HeadOfBody(head, last),
            Noun = found.Agent.Words,
            Plural = plural || found.Agent.PluralOnly,
            Definite = counterpart || (determiner >= 0 && text.Lemma(determiner) is not ("a" or "an" or "some" or "any" or "another" or "no" or "every")),
        });

        void Add(Mention mention)
        {
            _found.Add(mention);
            // Adjectives and compounds are a part of it; the body in "of" stays an actor of its own.
            for (var i = mention.First; i <= mention.Head; i++)
                _taken[i] |= text.Words[i].Upos != "PRON";
        }
    }

    /// <summary>"Dutch and Belgian troops": two nationalities joined by "and" before a noun.</summary>
    private bool HasJoinedAdjectives(int head)
    {
        foreach (var d in text.Dependents(head))
        {
            if (text.Relation(d) is "amod" or "compound" && text.Dependent(d, "conj") is >= 0 and var other && CountryOfAdjective(other) is not null)
                return true;
        }
        return false;
    }

    private bool IsOutside(int i, int head)
    {
        // A hyphen joins; a dash, with blanks around it, divides.
        var hyphen = text.Words[i].Form == "-" && text.Words[i].Span.End == text.Words[i + 1].Span.Start;
        if (!hyphen && text.Words[i].Upos is "PUNCT" or "VERB" or "AUX" or "ADP" or "CCONJ" or "SCONJ" or "ADV" or "PRON")
            return true;
        for (var up = text.Head(i); up >= 0; up = text.Head(up))
        {
            if (up == head)
                return text.Relation(i) is "conj" or "acl";
        }
        return true;
    }

    /// <summary>The longest word for people or bodies that ends at a word.</summary>
    private (int First, Agent Agent)? AgentEndingAt(int last, int least)
    {
        var phrase = text.Lemma(last);
        (int, Agent)? best = lexicon.AgentOf(phrase) is { } one ? (last, one) : null;
        for (var first = last - 1; first >= Math.Max(least, last - LongestAgent + 1); first--)
        {
            phrase = text.Lemma(first) + (text.Words[first].Form == "-" || phrase[0] == '-' ? "" : " ") + phrase;
            if (lexicon.AgentOf(phrase) is { } longer)
                best = (first, longer);
        }
        return best;
    }

    private IEnumerable<string> Countries(int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            // "West German" is of Germany, not of the West.
            if (i < last && text.Words[i].Form is "West" or "East" or "Western" or "Eastern" && CountryOfAdjective(i + 1) is not null)
            {
                continue;
            }
            if (CountryOfAdjective(i) is { } country)
            {
                yield return country;
            }
            else if (char.IsUpper(text.Words[i].Form[0]))
            {
                var (end, candidates) = Longest(i, last + 1);
                if (lexicon.Term("region", text.Words[i].Form) is { } within)
                {
                    yield return within;
                }
                else if (end >= i && candidates[0] is { Country: { } code, Kind: ActorKind.State or ActorKind.Organisation })
                {
                    yield return code;
                    i = end;
                }
            }
        }
    }

    private string? CountryOfAdjective(int i) =>
        char.IsUpper(text.Words[i].Form[0]) && text.Words[i].Upos is "ADJ" or "PROPN" or "NOUN" ? lexicon.CountryOfDemonym(text.Words[i].Form) : null;

    /// <summary>The country of the adjective right before a name: the "Chinese" of "Chinese Huawei".</summary>
    private string? CountryBefore(int first) => first > 0 && text.Sentence(first - 1) == text.Sentence(first) ? CountryOfAdjective(first - 1) : null;

    /// <summary>The country that owns it: the "China" of "several of China's largest banks".</summary>
    private string? PossessorCountry(int head)
    {
        var owner = text.Dependent(head, "nmod:poss");
        return owner >= 0 && char.IsUpper(text.Words[owner].Form[0]) && Longest(owner, owner + 1) is (>= 0, [{ Kind: ActorKind.State, Country: var code }, ..]) ? code : null;
    }

    /// <summary>Not the "it" of "it rains" or "it was agreed that".</summary>
    private bool IsReferring(int i) => text.Words[i].Relation != "expl" && text.Words[i].Upos == "PRON";
}
