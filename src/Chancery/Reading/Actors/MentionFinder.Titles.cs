using Chancery.Lexicon;

namespace Chancery.Reading;

/// <summary>What stands before and after a person's name, and what it says: office, country, sectors.</summary>
internal sealed partial class MentionFinder
{
    // In words: "the head of the mission of the Organization for Security and Co-operation in Europe".
    private const int LongestApposition = 16;

    /// <summary>Takes in what stands before and after a person's name: "US Treasury Secretary Janet Yellen", "Lavrov, the Russian foreign minister,".</summary>
    private Mention WithTitle(Mention name)
    {
        var first = TitleBefore(name);
        var mention = name;
        if (first < name.First)
        {
            var described = Describe(first, name.First - 1);
            // Only a title is a part of the name; "China" before it is somebody else.
            if (described is { Kind: ActorKind.Person } || lexicon.Term("title", text.Words[first].Form.ToLowerInvariant()) is not null)
            {
                mention = name with
                {
                    First = first,
                    Country = described?.Country,
                    Office = described?.Office,
                    Title = described?.Title,
                    Sectors = described?.Sectors ?? [],
                    Noun = described?.Noun,
                    Pronoun = PronounOfTitle(first, name.First - 1),
                };
                mention = mention with { Head = text.HeadOf(mention.First, mention.Last) };
            }
        }
        if (mention.Title is null && Apposition(name) is { } after)
        {
            mention = mention with
            {
                Country = mention.Country ?? after.Country,
                Office = after.Office,
                Title = after.Title,
                Sectors = mention.Sectors.Count > 0 ? mention.Sectors : after.Sectors,
                Noun = mention.Noun ?? after.Noun,
                After = after.Head,
            };
            Array.Fill(_taken, true, after.First, after.Head - after.First + 1);
        }
        return mention.Country is null && mention.Office is null ? mention with { Country = CountryOfCharge(mention) } : mention;
    }

    /// <summary>", who heads the Serbian office for refugees": the country of what somebody is said to head.</summary>
    private string? CountryOfCharge(Mention name)
    {
        foreach (var clause in text.Dependents(name.Head))
        {
            if (text.Words[clause].Relation != "acl:relcl" || lexicon.Term("heads", text.Lemma(clause)) is null || text.Dependent(clause, "obj") is not (>= 0 and var body))
                continue;
            var (first, last) = text.Reach(body);
            return Countries(first, Math.Min(last, body)).FirstOrDefault() ?? PossessorCountry(body);
        }
        return null;
    }

    /// <summary>Where the title before a name begins.</summary>
    private int TitleBefore(Mention name)
    {
        var start = text.First(text.Sentence(name.First));
        var first = name.First;
        while (first - 1 >= start && name.First - first < LongestTitle && dateline?.Contains(first - 1) != true && IsTitleWord(first - 1, name))
            first--;
        // "Secretary of State Antony Blinken": the words for an office right before a name are its own, whatever the tree makes of them.
        if (name.First > start && dateline?.Contains(name.First - 1) != true && AgentEndingAt(name.First - 1, start) is { Agent.Kind: ActorKind.Person } title && title.First < first && text.Words[name.First - 1].Xpos is not ("NNS" or "NNPS"))
        {
            first = title.First;
            while (first - 1 >= start && name.First - first < LongestTitle && text.Head(first - 1) is var up && up >= first && up <= name.Last
                && (CountryOfAdjective(first - 1) is not null || text.Words[first - 1].Upos is "PROPN" or "ADJ" || text.Words[first - 1].Form is "-"))
                first--;
        }
        // "Timor-Leste's Prime Minister": not from the middle of another name.
        if (first < name.First && _found.Find(m => m.First < first && m.Last >= first && m.Last < name.First) is { } cut)
            first = cut.First;
        return first;
    }

    /// <summary>
    /// ", the Russian Foreign Minister," after a name; ", a spokesman for the European Commission,". The head of what is found is
    /// the last word that belongs to the office alone.
    /// </summary>
    private Mention? Apposition(Mention name)
    {
        var comma = name.Last + 1;
        var end = text.First(text.Sentence(name.Last) + 1);
        if (comma + 1 >= end)
            return null;
        var from = text.Words[comma].Form is "," or "(" or "—" or "–" ? comma + 1 : -1;
        // "Thomas de Waal of Carnegie Europe": of whose house he is.
        if (from < 0)
            return null;
        var stop = from;
        while (stop < end && stop - comma <= LongestApposition && (text.Words[stop].Upos is "NOUN" or "PROPN" or "ADJ" or "DET" or "ADP" or "PART" or "NUM" or "PRON" || text.Words[stop].Form is "-" or "and") && text.Words[stop].Xpos is not ("WP" or "WDT" or "WRB") && text.Words[stop].Xpos != "PRP")
            stop++;
        if (stop == from)
            return null;
        var closed = stop >= end || text.Words[stop].Form is "," or "." or "—" or "–" or ")" or ";" || text.Words[stop].Xpos is "WP" or "WDT" or "WRB";
        if (Describe(from, stop - 1) is not { Kind: ActorKind.Person } after || text.Words[after.Head].Xpos is "NNS" or "NNPS")
            return null;
        // Where no comma closes it, the tree must say that it belongs to the name, lest "Lavrov, the minister and Wang" be one.
        if (!closed && !(text.Relation(after.Head) == "appos" && text.Head(after.Head) is var of && of >= name.First && of <= name.Last))
            return null;
        // A body or person before the office's own words is somebody else: "Lavrov, Wang Yi and the ambassador".
        for (var i = from; i < after.Head; i++)
        {
            if (text.Words[i].Form is "and" or "with" || (text.Words[i].Upos == "ADP" && !(lexicon.AgentOf(string.Join(' ', Enumerable.Range(i - 1, 3).Select(w => text.Lemma(w)))) is not null)))
                return null;
        }
        return after;
    }

    /// <summary>Where the name behind an office within some capitals begins; -1 where there is none.</summary>
    private int NameBehindOffice(int first, int last)
    {
        for (var i = last - 1; i >= first; i--)
        {
            if (AgentEndingAt(i, first) is { Agent: { Kind: ActorKind.Person, Office: not null } } && Enumerable.Range(i + 1, last - i).All(w => text.Words[w].Upos == "PROPN" || text.Words[w].Form == "-"))
                return i + 1;
        }
        return -1;
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
            // "the prime minister's adviser" is no prime minister.
            if (i < last && (text.Words[i + 1].Upos is "NOUN" or "PROPN" || IsHyphened(i) || (i + 1 < last && text.Words[i + 1].Form is "'s" or "’s")))
                continue;
            if (AgentAround(i, first, last) is not var (agentFirst, agentLast, agent))
                continue;
            var words = Enumerable.Range(agentFirst, agentLast - agentFirst + 1).Select(w => text.Lemma(w));
            var within = Within(agentLast, last, agent);
            return new(first, last, agentLast, MentionForm.Description)
            {
                Country = Countries(first, within).FirstOrDefault(),
                Office = OfficeOf(agent, first, agentFirst, agentLast, last),
                Title = TitleOf(agent, first, agentFirst, agentLast, last),
                Sectors = agent.Sectors,
                Kind = agent.Kind,
                Noun = string.Join(' ', words),
            };
        }
        return null;
    }

    /// <summary>Whether a hyphen joins a word to the next: the "secretary" of "secretary-general".</summary>
    private bool IsHyphened(int word) => word + 2 < text.Words.Length && text.Words[word + 1].Form == "-" && text.Words[word + 1].Span.Start == text.Words[word].Span.End && text.Words[word + 2].Span.Start == text.Words[word + 1].Span.End;

    /// <summary>The word for people or bodies that ends at a word, or reaches over it: "secretary of state".</summary>
    private (int First, int Last, Agent Agent)? AgentAround(int word, int least, int most)
    {
        for (var end = Math.Min(most, word + 3); end >= word + 2; end--)
        {
            if (text.Words[word + 1].Upos == "ADP" && AgentEndingAt(end, least) is var (longer, whole) && longer <= word)
                return (longer, end, whole);
        }
        return AgentEndingAt(word, least) is var (first, agent) ? (first, word, agent) : null;
    }

    /// <summary>How far the words reach that may tell his country: an adviser for Europe is no European, a spokesman for Europe is.</summary>
    private int Within(int agentLast, int last, Agent agent)
    {
        for (var i = agentLast + 1; i <= last; i++)
        {
            if (text.Lemma(i) is "to" or "on" or "with" or "against" or "about" || (text.Lemma(i) == "for" && !agent.Words.Contains("spokes", StringComparison.Ordinal)))
                return i - 1;
        }
        return last;
    }

    /// <summary>The office in its usual form; none for who held it once, or holds it in a part of the state or in a body.</summary>
    private string? OfficeOf(Agent agent, int first, int agentFirst, int agentLast, int last)
    {
        if (IsFormer(first, agentFirst))
            return null;
        if (agent.Office is not { } office)
            return HeadOfBody(agentLast, last);
        // "Ontario Premier"
        if (Enumerable.Range(first, agentFirst - first).Any(w => lexicon.Term("region", text.Words[w].Form) is not null))
            return null;
        if (agentLast + 1 >= last || text.Lemma(agentLast + 1) != "of")
            return office;
        var of = Enumerable.Range(agentLast + 2, last - agentLast - 1).FirstOrDefault(w => char.IsUpper(text.Words[w].Form[0]), -1);
        return of < 0 ? office : Longest(of, last + 1) is (>= 0, [{ Kind: ActorKind.State }, ..]) && !Enumerable.Range(of, last - of + 1).Any(w => text.Lemma(w) is "region" or "province" or "state") ? office : null;
    }

    private bool IsFormer(int first, int agentFirst) =>
        Enumerable.Range(first, agentFirst - first + 1).Any(w => text.Lemma(w) is "former" or "ex" or "late" or "then" or "onetime" or "ousted" or "deposed" or "ex-president");

    /// <summary>The words for the office: "State Department spokesman", "head of the Pacific Command".</summary>
    private string? TitleOf(Agent agent, int first, int agentFirst, int agentLast, int last)
    {
        if (agent.Kind != ActorKind.Person || lexicon.Term("counterpart", agent.Words) is not null || lexicon.Term("informal", agent.Words) is not null || HeadOfBody(agentLast, last) is not null)
            return null;
        var words = new List<string>();
        for (var i = first; i <= agentLast; i++)
        {
            // "ASEAN Secretary-General": the office is the same wherever it is held.
            if (i < agentFirst && (agent.Office is not null || text.Words[i].Upos is "DET" or "PRON" or "NUM" or "PUNCT" || CountryOfAdjective(i) is not null || text.Lemma(i) is "new" or "senior" || lexicon.Named(text.Words[i].Form) is [{ Kind: ActorKind.State }, ..]))
                continue;
            if (text.Words[i].Form is "'s" or "’s" or "'" or "’" && i < agentFirst)
            {
                words.Clear();
                continue;
            }
            words.Add(i == first || agent.Office is not null || i >= agentFirst ? text.Words[i].Form.ToLowerInvariant() : text.Words[i].Form);
        }
        // "foreign minister of Chad" is that; "leader of the militia" is nothing without it.
        if ((agent.Office is null || OfficeOf(agent, first, agentFirst, agentLast, last) is null) && agentLast + 1 < last && text.Words[agentLast + 1].Upos == "ADP" && text.Lemma(agentLast + 1) is "of" or "for" or "at" or "to" or "in")
            words.AddRange(Enumerable.Range(agentLast + 1, last - agentLast).Select(w => text.Words[w].Form));
        return words.Count == 0 || words.Count > LongestApposition ? null : string.Join(' ', words).Replace(" - ", "-", StringComparison.Ordinal).Replace(" 's", "'s", StringComparison.Ordinal).Replace(" ’s", "’s", StringComparison.Ordinal);
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
}
