using Chancery.Language;
using Chancery.Lexicon;

namespace Chancery.Reading;

/// <summary>Finds every stretch of words that means an actor: names with their titles, descriptions, pronouns, adjectives of nationality.</summary>
internal sealed partial class MentionFinder(WorldLexicon lexicon, ParsedText text, Dateline? dateline)
{
    private const int LongestName = 9;
    private const int LongestTitle = 8;
    private const int LongestAgent = 6;

    private const int LongestShortName = 8;

    // In words: a figure of speech is short; longer quotations speak of people.
    private const int LongestFigure = 9;

    private readonly bool[] _taken = new bool[text.Words.Length];
    private readonly List<Mention> _found = [];

    /// <summary>All mentions in the order of their heads.</summary>
    public List<Mention> Find()
    {
        // Where a report was filed is nobody.
        if (dateline is { } filed)
            Array.Fill(_taken, true, filed.First, filed.Last - filed.First + 1);
        FindNames();
        FindShortNames();
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
            if ((text.Words[i].Upos == "PRON" || text.Lemma(i) == "both") && lexicon.Term("pronoun", text.Words[i].Form.ToLowerInvariant()) is { } pronoun && IsReferring(i))
                _found.Add(new(i, i, i, MentionForm.Pronoun) { Pronoun = pronoun, Plural = pronoun is "they" or "we" or "both", Kind = pronoun is "he" or "she" or "i" ? ActorKind.Person : ActorKind.Organisation });
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
            // "the newspaper Le Temps" names what it is, and then itself; so does "a state firm, Petrol,".
            if (mention is { Form: MentionForm.Name, Kind: ActorKind.Media or ActorKind.Organisation }
                && joined is [.., { Form: MentionForm.Description, Kind: ActorKind.Organisation or ActorKind.Group, Office: null } what] && what.Kind != ActorKind.Person && !IsPluralWord(what.Head)
                && ((what.Last == mention.First - 1 && text.Words[what.Last].Upos == "NOUN") || IsApposition(what, mention)))
            {
                joined[^1] = mention with { First = what.First, Head = what.Head, NameHead = mention.Head, Divided = what.Last == mention.First - 2 ? mention.First : -1, Country = mention.Country ?? what.Country };
                continue;
            }
            var at = joined.FindLastIndex(m => (m.Last == mention.First - 2 || m.Last == mention.First - 1 || (m.Last == mention.Last && mention.First > m.Head + 1)) && m is { Form: MentionForm.Description, Plural: false } && (m.Office is not null || m.Kind == ActorKind.Person));
            var divided = at >= 0 && joined[at].Last == mention.First - 2;
            if (at < 0 || mention is not { Form: MentionForm.Name, Kind: ActorKind.Person } || (divided && text.Words[mention.First - 1].Form != ",") || text.Sentence(joined[at].Head) != text.Sentence(mention.Head)
                || (divided && mention.Last + 1 < text.Words.Length && text.Words[mention.Last + 1].Upos is "CCONJ")
                || (!divided && text.Words[mention.First - 1].Upos is not ("NOUN" or "PROPN")))
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
                Divided = divided ? mention.First : -1,
                Country = mention.Country ?? described.Country,
                Office = mention.Office ?? described.Office,
                Title = mention.Title ?? (described.Title is { } title && title.EndsWith(" " + mention.Name, StringComparison.Ordinal) ? title[..^(mention.Name!.Length + 1)] : described.Title),
                Sectors = mention.Sectors.Count > 0 ? mention.Sectors : described.Sectors,
                Noun = mention.Noun ?? described.Noun,
            };
        }
        // The "CSU" of "CSU chairman Horst Seehofer" is a part of his title where nothing else is known of it.
        var titles = joined.Where(m => m is { Form: MentionForm.Name, Kind: ActorKind.Person }).SelectMany(m => Enumerable.Range(m.First, Math.Max(0, m.NameHead - m.First))).ToHashSet();
        joined.RemoveAll(m => m is { Form: MentionForm.Name, Kind: ActorKind.Organisation, Candidates.Count: 0 } && titles.Contains(m.First) && titles.Contains(m.Last));
        return joined;
    }

    private bool IsPluralWord(int word) => text.Words[word].Xpos is "NNS" or "NNPS" && !text.Words[word].Form.Equals(text.Words[word].Lemma, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether commas close in a name behind what it is, and the tree makes them one.</summary>
    private bool IsApposition(Mention what, Mention name) => what.Last == name.First - 2 && text.Words[name.First - 1].Form == "," && name.Last + 1 < text.Words.Length && text.Words[name.Last + 1].Form is "," or "."
        && text.Relation(name.Head) == "appos" && text.Head(name.Head) == what.Head;

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
                if (dateline?.Contains(i) == true)
                {
                    i++;
                    continue;
                }
                var (last, candidates) = Longest(i, end);
                var tagged = TaggedFrom(i);
                // "The National" is a newspaper; "The National Unity Government" is not.
                if (last > i && text.Lemma(i) == "the" && TaggedFrom(i + 1) > last)
                    (last, candidates) = (-1, []);
                // "South Korean President Yoon Suk Yeol", tagged as a body: the name begins behind the office.
                if (tagged > Math.Max(i, last) && kinds[i - offset] is "ORG" && NameBehindOffice(i, tagged) is >= 0 and var person)
                {
                    var (known, whole) = (Longest(person, end), lexicon.Named(string.Concat(text.Words[person..(tagged + 1)].Select(w => w.Form))).ToArray());
                    AddName(person, tagged, known.Last == tagged ? known.Candidates : whole, "PER");
                    i = tagged + 1;
                    continue;
                }
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

    /// <summary>"(EUTM)": capitals in brackets are a short name, there and wherever else they stand, whatever the tags say of them.</summary>
    private void FindShortNames()
    {
        var named = _found.SelectMany(m => Enumerable.Range(m.First, m.Last - m.First + 1)).ToHashSet();
        var shorts = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i + 1 < text.Words.Length; i++)
        {
            var form = text.Words[i].Form;
            if (text.Words[i - 1].Form == "(" && text.Words[i + 1].Form == ")" && form.Length is >= 3 and <= LongestShortName && form.All(char.IsAsciiLetterUpper) && text.Words[i].Upos == "PROPN" && dateline?.Contains(i) != true)
                shorts.Add(form);
        }
        for (var i = 0; shorts.Count > 0 && i < text.Words.Length; i++)
        {
            if (shorts.Contains(text.Words[i].Form) && !named.Contains(i) && dateline?.Contains(i) != true)
                AddName(i, i, lexicon.Named(text.Words[i].Form).ToArray(), "ORG");
        }
    }

    /// <summary>Surnames alone of people whom the text names in full, whatever the tags say of them.</summary>
    private void FindSurnames()
    {
        var surnames = _found.Where(m => m.Kind == ActorKind.Person && m.Name!.Contains(' ', StringComparison.Ordinal))
            .SelectMany(m => PersonNames.Short(m.Name!)).Where(n => n.Length > 2).ToHashSet(StringComparer.Ordinal);
        if (surnames.Count == 0)
            return;
        _found.RemoveAll(m => m.First == m.Last && m.Kind != ActorKind.Person && m.Candidates.Count == 0 && m.Name is { } name && surnames.Contains(name));
        var named = _found.SelectMany(m => Enumerable.Range(m.First, m.Last - m.First + 1)).ToHashSet();
        for (var i = 0; i < text.Words.Length; i++)
        {
            // The first word of a sentence may have the tag of a noun.
            if (text.Words[i].Upos is "PROPN" or "NOUN" or "ADJ" or "X" && !named.Contains(i) && surnames.Contains(text.Words[i].Form))
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
        // "spokeswoman He Yongqian" is no pronoun.
        if (tag is "PER" or "ORG" && candidates.Count == 0 && first > 1 && text.Words[first - 1].Form == "He" && text.Words[first - 2].Upos is "NOUN" or "PROPN" && text.Sentence(first - 2) == text.Sentence(first))
            (first, tag) = (first - 1, "PER");
        var head = text.HeadOf(first, last);
        // "Tuva Commercial Bank" is no place, whatever the tag says.
        if (tag == "LOC" && candidates.Count == 0 && AgentEndingAt(last, first) is { Agent.Kind: ActorKind.Organisation })
            tag = "ORG";
        // "(EUMA)": no person's name.
        if (tag == "PER" && candidates.Count == 0 && first == last && first > 0 && text.Words[first - 1].Form == "(" && text.Words[first].Form.All(char.IsUpper))
            tag = "ORG";
        // "at Epsom": a town, whatever the tag says of it.
        if (tag == "PER" && candidates.Count == 0 && first == last && first > 0 && text.Lemma(first - 1) is "at" or "in" or "near" && lexicon.PlacesNamed(text.Words[first].Form).Count > 0)
            tag = "LOC";
        // "Saskatchewan", "a dealer in Nova Scotia": a part of a state, whatever the tag says of it.
        if (tag is "PER" or "ORG" && candidates.Count == 0 && lexicon.Term("region", string.Join(' ', Enumerable.Range(first, last - first + 1).Select(w => text.Words[w].Form))) is not null)
            tag = "LOC";
        var kind = candidates.Count > 0 ? candidates[0].Kind : tag switch { "PER" => ActorKind.Person, "LOC" => ActorKind.State, _ => ActorKind.Organisation };
        // "26 billion yuan" names nobody.
        if (candidates.Count == 0 && !text.Span(first, last).Of(text.Annotation.Text).ContainsAnyInRange('A', 'Z') && text.Words[first].Form.All(char.IsAscii))
            return;
        // "Georgians" are people, not a body.
        if (candidates.Count == 0 && first == last && text.Words[first].Xpos is "NNPS" && lexicon.CountryOfDemonym(text.Words[first].Form) is not null)
            return;
        if (candidates.Count == 0 && tag != "LOC" && IsDescription(first, last))
            return;   // "Russian Foreign Ministry" is a name to some, but says what it is
        // "Mr Bayramov", tagged as a body.
        if (candidates.Count == 0 && first < last && tag is "ORG" or "MISC" && lexicon.Term("title", text.Words[first].Form.ToLowerInvariant()) is { Length: > 0 } && text.Words[last].Upos == "PROPN")
            (first, tag, kind) = (first + 1, "PER", ActorKind.Person);
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
            candidates = [.. lexicon.Named(string.Concat(text.Words[first..(last + 1)].Select(w => w.Form))).ToArray().Where(c => c.Kind == ActorKind.Person)];
            head = text.HeadOf(first, last);
        }
        if (candidates.Count == 0 && tag == "LOC")
        {
            // A place that is no seat of power is no actor; the step that reads places knows it.
            Array.Fill(_taken, true, first, last - first + 1);
            return;
        }
        // The "Iran" of "Iran-backed" is spoken of in passing.
        var passing = kind == ActorKind.State && IsInPassing(last);
        var mention = new Mention(first, last, head, passing ? MentionForm.Nationality : MentionForm.Name)
        {
            Aside = passing,
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
        var end = text.First(text.Sentence(head) + 1) - 1;
        if (AgentAround(head, text.First(text.Sentence(head)), end) is not var (foundFirst, foundLast, agent) || IsFigure(head, plural, agent))
            return;

        var (first, last) = (foundFirst, foundLast);
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
            // "thanked the partners for their position": that is what they are thanked for.
            if (d > foundLast && text.Relation(d) == "nmod" && of < 0 && (text.Case(d) == "of" || (text.Case(d) == "for" && lexicon.Term("relational", text.Lemma(head)) is null)))
                (of, last) = (d, Math.Max(last, EndOf(d)));
        }
        if (last - first > 14)
            last = foundLast;
        var determiner = text.Dependent(head, "det", "nmod:poss");
        // The word right before is its article, whatever the tree makes of it.
        if (determiner < 0 && first > text.First(text.Sentence(head)) && text.Words[first - 1].Upos == "DET" && text.Lemma(first - 1) is "the" or "this" or "that" or "these" or "those")
            determiner = --first;
        var counterpart = lexicon.Term("counterpart", text.Lemma(head)) is not null;
        // The allies of a country are not its own people.
        var others = lexicon.Term("relational", text.Lemma(head)) is not null || (first < head && text.Lemma(head - 1) == "fellow");
        var within = Math.Max(foundLast, Within(foundLast, last, agent));
        var countries = Countries(first, within).ToList();
        var country = countries.FirstOrDefault() ?? PossessorCountry(head);
        var two = others || !plural ? null : Joined(head);
        Add(new(first, last, head, MentionForm.Description)
        {
            Kind = agent.PluralOnly || plural ? ActorKind.Group : agent.Kind,
            Country = others ? null : two?.One ?? country,
            Second = two?.Other,
            Others = others,
            Of = others ? country : null,
            Sectors = agent.Sectors,
            Office = OfficeOf(agent, first, foundFirst, foundLast, last),
            Title = plural ? null : TitleOf(agent, first, foundFirst, foundLast, last),
            Noun = agent.Words,
            Plural = plural || agent.PluralOnly,
            Definite = counterpart || (determiner >= 0 && text.Lemma(determiner) is not ("a" or "an" or "some" or "any" or "another" or "no" or "every" or "each")),
        });

        void Add(Mention mention)
        {
            _found.Add(mention);
            // Adjectives and compounds are a part of it; the body in "of" stays an actor of its own.
            for (var i = mention.First; i <= mention.Head; i++)
                _taken[i] |= text.Words[i].Upos != "PRON";
        }
    }

    /// <summary>Where the words that belong to a noun end, before a comma or bracket brings in something else.</summary>
    private int EndOf(int noun)
    {
        var last = noun;
        while (last < text.Reach(noun).Last && text.Words[last + 1].Form is not ("," or "(" or "—" or "–" or ";" or ":"))
            last++;
        return last;
    }

    /// <summary>Words for people that mean nobody: "remains a careful supplier", "each house", "a balcony" in somebody's figure of speech.</summary>
    private bool IsFigure(int head, bool plural, Agent agent)
    {
        if (agent.Office is not null || plural || CountryWithin(head))
            return false;
        // "put into force", "a state of emergency"
        if ((agent.Words is "force" && text.Case(head) is "into" or "in" or "by") || (agent.Words is "state" && text.Dependent(head, "nmod") is >= 0 and var of && text.Case(of) == "of" && text.Words[of].Upos == "NOUN"))
            return true;
        var determiner = text.Dependent(head, "det");
        if (determiner < 0)
            return false;
        if (text.Lemma(determiner) is "each" or "every" or "any" or "no")
            return true;
        if (text.Lemma(determiner) is not ("a" or "an"))
            return false;
        // "is a supplier", "remains a supplier", "as a gesture": what somebody is, not somebody.
        return text.Dependent(head, "cop") >= 0 || (text.Relation(head) == "xcomp" && text.Words[text.Head(head)].Upos == "VERB") || (text.Relation(head) is "obl" or "nmod" && text.Case(head) == "as") || IsQuoted(head);
    }

    private bool CountryWithin(int head)
    {
        foreach (var d in text.Dependents(head))
        {
            if (CountryOfAdjective(d) is not null)
                return true;
        }
        return false;
    }

    /// <summary>Whether a word stands in some words within quotation marks that are no sentence of their own.</summary>
    private bool IsQuoted(int word)
    {
        var (first, last) = (text.First(text.Sentence(word)), text.First(text.Sentence(word) + 1));
        var (open, close) = (word, word);
        while (open >= first && !IsMark(open))
            open--;
        while (close < last && !IsMark(close))
            close++;
        return open > first && close < last && close - open <= LongestFigure;

        bool IsMark(int i) => text.Words[i].Form is "\"" or "“" or "”" or "‘" or "``" or "''" || (text.Words[i].Form is "'" or "’" && text.Words[i].Upos == "PUNCT");
    }

    /// <summary>Two countries joined before or behind a noun: "Dutch and Belgian troops", "UK and EU negotiators", "the armies of Chad and Mali"; null where there are not two.</summary>
    private (string One, string Other)? Joined(int head)
    {
        foreach (var d in text.Dependents(head))
        {
            if (!(text.Relation(d) is "amod" or "compound" || text.Words[d].Relation == "nmod:poss" || (text.Relation(d) == "nmod" && d > head && text.Case(d) == "of")) || CountryAt(d) is not { } one)
                continue;
            // "Russia and Turkey's foreign ministers", taken apart by the tree.
            var start = text.Reach(d).First;
            if (text.Words[d].Relation == "nmod:poss" && start >= text.First(text.Sentence(head)) + 2 && text.Lemma(start - 1) == "and" && CountryAt(start - 2) is { } beside && beside != one)
                return (beside, one);
            string? other = null;
            var more = 0;
            foreach (var joined in text.Dependents(d))
            {
                if (text.Relation(joined) == "conj" && CountryAt(joined) is { } country && country != one)
                    (other, more) = (country, more + 1);
            }
            if (more == 1)
                return (one, other!);
        }
        return null;
    }

    private string? CountryAt(int word) => CountryOfAdjective(word)
        ?? (char.IsUpper(text.Words[word].Form[0]) && Longest(text.Reach(word).First is var first && text.Words[first].Upos == "PROPN" ? first : word, text.First(text.Sentence(word) + 1)) is (>= 0, [{ Kind: ActorKind.State, Country: var code }, ..]) ? code : null);

    /// <summary>Whether "-backed" or the like follows a word.</summary>
    private bool IsInPassing(int word) => word + 2 < text.Words.Length && text.Words[word + 1].Form == "-" && text.Words[word + 1].Span.Start == text.Words[word].Span.End && text.Words[word + 2].Span.Start == text.Words[word + 1].Span.End
        && (text.Words[word + 2].Upos is "VERB" or "ADJ" || text.Words[word + 2].Xpos is "VBN" or "VBD" or "JJ");

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
            // What is "Iran-backed" is not Iran's.
            if (IsInPassing(i))
                continue;
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

    private string? CountryOfAdjective(int i) => char.IsUpper(text.Words[i].Form[0]) && text.Words[i].Upos is "ADJ" or "PROPN" or "NOUN"
        ? (i > 0 && char.IsUpper(text.Words[i - 1].Form[0]) ? lexicon.CountryOfDemonym($"{text.Words[i - 1].Form} {text.Words[i].Form}") : null) ?? lexicon.CountryOfDemonym(text.Words[i].Form) : null;

    /// <summary>The country of the adjective right before a name: the "Chinese" of "Chinese Huawei".</summary>
    private string? CountryBefore(int first) => first > 0 && text.Sentence(first - 1) == text.Sentence(first) ? CountryOfAdjective(first - 1) : null;

    /// <summary>The country that owns it: the "China" of "several of China's largest banks".</summary>
    private string? PossessorCountry(int head)
    {
        var owner = text.Dependent(head, "nmod:poss");
        return owner >= 0 && char.IsUpper(text.Words[owner].Form[0]) && Longest(owner, owner + 1) is (>= 0, [{ Kind: ActorKind.State, Country: var code }, ..]) ? code : null;
    }

    /// <summary>Not the "it" of "it rains" or "it was agreed that"; nor the "both" of "both sides".</summary>
    private bool IsReferring(int i) => text.Words[i].Relation != "expl" && (text.Words[i].Upos == "PRON" || text.Relation(i) is "nsubj" or "obj" or "obl") && text.Dependent(i, "nmod") < 0;
}
