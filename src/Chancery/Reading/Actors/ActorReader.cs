using System.Globalization;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>
/// Tells who is meant by each mention: the same person by name, office, description and pronoun. Goes through the text once,
/// from its beginning, as a reader does, and keeps in mind who was spoken of last.
/// </summary>
internal sealed class ActorReader(WorldLexicon lexicon, ParsedText text, DateOnly? day)
{
    // In sentences. A reader has long forgotten who was spoken of before.
    private const int FarthestBack = 40;

    private readonly List<Entity> _entities = [];
    private readonly Dictionary<int, Entity> _atHead = [];
    private readonly List<(Mention Mention, Entity Entity)> _resolved = [];
    private readonly List<(int Sentence, List<Entity> Members)> _joint = [];
    private readonly Dictionary<string, int> _mentionsOfCountry = new(StringComparer.Ordinal);

    public Cast Read()
    {
        var ahead = new List<Mention>();
        foreach (var mention in new MentionFinder(lexicon, text).Find())
        {
            if (Resolve(mention) is { } entity)
                Take(mention, entity);
            else if (mention.Pronoun is "he" or "she")
                ahead.Add(mention);
        }
        foreach (var mention in ahead)
        {
            // "During her visit the minister warned": whom the same sentence names next.
            var named = _resolved.FirstOrDefault(r => r.Mention.First > mention.Last && r.Entity.Kind == ActorKind.Person && text.Sentence(r.Mention.Head) == text.Sentence(mention.Head));
            if (named.Entity is not null)
                Take(mention, named.Entity);
        }
        foreach (var official in _entities.Where(e => e is { Kind: ActorKind.Person, Country: null, Known: null, Mentions.Count: > 0 } && e.Sectors.Contains("GOV") && e.Offices(day).Any()))
            official.Country = Home(official.Mentions[0]);
        var kept = _entities.Where(e => e.Mentions.Count > 0).OrderBy(e => e.Mentions[0].First).ToList();
        kept.AddRange(kept.SelectMany(e => e.Members).Except(kept).ToList());
        for (var i = 0; i < kept.Count; i++)
            kept[i].Id = string.Create(CultureInfo.InvariantCulture, $"a{i + 1}");
        return new(
            [.. kept.Select(e => e.ToActor(text, day, Camp(e)))],
            _atHead.ToDictionary(p => p.Key, p => p.Value.Id),
            [.. _resolved.Select(r => (r.Mention, r.Entity.Id))])
        {
            Pair = kept.Find(e => e.IsPair)?.Id,
            Members = kept.Where(e => e.IsPair).ToDictionary(e => e.Id, e => (IReadOnlyList<string>)[.. e.Members.Select(m => m.Id)], StringComparer.Ordinal),
        };
    }

    /// <summary>
    /// The country of an official of whom the text does not say it: that of "In London, the foreign secretary said", else that of
    /// the official or state spoken of last in the paragraph, as a report of one cabinet goes on.
    /// </summary>
    private string? Home(Mention mention)
    {
        var sentence = text.Sentence(mention.Head);
        var first = text.First(sentence);
        var paragraph = sentence;
        while (paragraph > 0 && !text.Annotation.Sentences[paragraph].StartsParagraph)
            paragraph--;
        var before = _resolved.Where(r => r.Mention.First < mention.First && text.Sentence(r.Mention.Head) >= paragraph && r.Entity.Country is not null && r.Mention.Form != MentionForm.Pronoun).ToList();
        if (text.Lemma(first) == "in" && before.Find(r => r.Mention.First <= first + 2 && r.Mention.First > first && r.Entity.Kind == ActorKind.State).Entity is { } here)
            return here.Country;
        return before.LastOrDefault(r => r.Entity.Kind == ActorKind.Person || r.Entity.Sectors.Contains("GOV")).Entity?.Country;
    }

    /// <summary>The camp to which all members of a pair belong; null where they belong to none or to several.</summary>
    private string? Camp(Entity pair)
    {
        var camps = pair.Members.Select(m => m.Country is { } country ? lexicon.Term("camp", country) : null).Distinct().ToList();
        return camps is [var only] ? only : null;
    }

    private void Take(Mention mention, Entity entity)
    {
        entity.Take(mention);
        _atHead.TryAdd(mention.Head, entity);
        _atHead.TryAdd(mention.NameHead, entity);
        _resolved.Add((mention, entity));
        if (entity.Country is { } country && entity.Kind != ActorKind.Media)
            _mentionsOfCountry[country] = _mentionsOfCountry.GetValueOrDefault(country) + 1;
        // "Rome and Vienna": named together, so that "both" may mean them.
        if (text.Relation(mention.Head) == "conj" && _atHead.TryGetValue(text.Head(mention.Head), out var first) && first != entity)
        {
            if (_joint is [.., var last] && last.Members.Contains(first) && last.Sentence == text.Sentence(mention.Head))
                last.Members.Add(entity);
            else
                _joint.Add((text.Sentence(mention.Head), [first, entity]));
        }
    }

    private Entity? Resolve(Mention mention) => mention.Form switch
    {
        MentionForm.Name when mention.Kind == ActorKind.Person => Person(mention),
        MentionForm.Name => Body(mention),
        MentionForm.Description => Described(mention),
        MentionForm.Pronoun => Meant(mention),
        _ => State(mention.Country!),
    };

    private Entity Person(Mention mention)
    {
        var name = mention.Name!;
        var surname = name[(name.LastIndexOf(' ') + 1)..];
        var known = Choose(mention.Candidates, mention);
        var before = _entities.LastOrDefault(e => e.Kind == ActorKind.Person
            && ((known is not null && e.Known == known) || e.Name == name || (!name.Contains(' ', StringComparison.Ordinal) && (e.Surname == surname || (e.Country is { } of && lexicon.Term("surname-first", of) is not null && e.Name.StartsWith(name + " ", StringComparison.Ordinal)))) || (e.Name == surname && known is null)));
        if (before is null && known is null)
            known = Choose([.. lexicon.Surnamed(surname).Where(p => name == surname || p.Name.Split(' ')[0] == name.Split(' ')[0])], mention, strict: true);
        var entity = before ?? (known is null ? null : _entities.Find(e => e.Known == known)) ?? Add(new() { Kind = ActorKind.Person, Name = name });
        if (known is not null)
        {
            (entity.Known, entity.Name) = (known, known.Name);
            entity.Country ??= known.Country;
        }
        else if (name.Length > entity.Name.Length && entity.Known is null)
        {
            entity.Name = name;
        }
        entity.Describe(mention);
        return entity;
    }

    /// <summary>Which of several people of one name is meant: whose country and office fit, and who was in office then.</summary>
    private KnownActor? Choose(IReadOnlyList<KnownActor> candidates, Mention mention, bool strict = false)
    {
        KnownActor? best = null;
        var (bestScore, tie) = (0, false);
        foreach (var candidate in candidates)
        {
            if (candidate.Kind != ActorKind.Person || (mention.Country is { } country && candidate.Country is { } own && own != country))
                continue;
            var term = candidate.TermOn(day);
            var score = 1 + (term is not null ? 3 : 0) + (mention.Country is not null ? 2 : 0)
                + (mention.Office is { } office && candidate.Terms.Any(t => t.Office == office) ? 3 : 0);
            if (score > bestScore)
                (best, bestScore, tie) = (candidate, score, false);
            else if (score == bestScore)
                tie = true;
        }
        return tie || (strict && bestScore < 4) ? null : best;
    }

    private Entity Body(Mention mention)
    {
        var known = mention.Candidates.FirstOrDefault(c => c.Kind != ActorKind.Person);
        if (known is { Kind: ActorKind.State })
            return State(known.Key);
        var name = mention.Name!;
        var entity = _entities.Find(e => known is not null ? e.Known == known : e.Name == name || e.Initials == name)
            ?? Add(new() { Kind = known?.Kind ?? ActorKind.Organisation, Name = known?.Name ?? name, Known = known, Country = known?.Country });
        entity.Describe(mention);
        return entity;
    }

    private Entity State(string code)
    {
        if (_entities.Find(e => e.Kind == ActorKind.State && e.Country == code) is { } before)
            return before;
        lexicon.Actors.TryGetValue(code, out var known);
        return Add(new() { Kind = ActorKind.State, Name = known?.Name ?? code, Known = known, Country = code });
    }

    private Entity? Described(Mention mention)
    {
        // "the Russian government", "the Chinese side" are the state.
        if (mention is { Kind: ActorKind.State, Country: { } code })
            return State(code);
        if (Pair(mention) is { } both)
            return both;
        if (mention is { Second: { } second, Country: { } one } && State(one) != State(second))
            return PairOf(State(one), State(second));
        if (mention.Office is not null || mention.Kind == ActorKind.Person)
            return Someone(mention);
        if (mention.Plural)
            return Several(mention);
        // "his government" is that of his country.
        if (mention is { Kind: ActorKind.State, Plural: false } && text.Dependent(mention.Head, "nmod:poss") is >= 0 and var his && text.Lemma(his) is "he" or "she" or "his" or "her"
            && Latest(e => e.Kind == ActorKind.Person, mention)?.Country is { } home && lexicon.Actors.ContainsKey(home))
            return State(home);
        if (mention.Kind == ActorKind.State && mention.Definite && Latest(e => e.Kind == ActorKind.State, mention) is { } state)
            return state;
        // A body without a name: "the Russian Foreign Ministry", "the ministry".
        var same = _entities.LastOrDefault(e => e.Noun is not null && e.Kind == ActorKind.Organisation
            && (e.Noun == mention.Noun || e.Noun.EndsWith(" " + mention.Noun, StringComparison.Ordinal)) && (mention.Country is null || e.Country == mention.Country));
        same ??= Add(new() { Kind = mention.Kind == ActorKind.State ? ActorKind.Organisation : mention.Kind, Name = NameOf(mention), Noun = mention.Noun });
        same.Describe(mention);
        return same;
    }

    private Entity? Someone(Mention mention)
    {
        if (Counterpart(mention) is { } other)
            return other;
        if (mention.Plural)
            return Several(mention);
        var office = mention.Office;
        // First whom the text has already: the Russian minister is he of whom it spoke.
        if (mention.Definite || office is not null)
        {
            var before = Latest(
                e => e.Kind == ActorKind.Person && (mention.Country is null || e.Country is null || e.Country == mention.Country) && Fits(e, mention), mention);
            if (before is not null)
            {
                before.Describe(mention);
                return before;
            }
        }
        var offices = office is not null ? [office] : lexicon.Term("leads", mention.Noun!)?.Split(',') ?? [];
        if (mention is { Definite: true, Country: { } country } && offices.Select(o => lexicon.Holder(o, country, day)).FirstOrDefault(h => h is not null) is { } holder)
        {
            var held = _entities.Find(e => e.Known == holder) ?? Add(new() { Kind = ActorKind.Person, Name = holder.Name, Known = holder, Country = holder.Country });
            held.Describe(mention);
            return held;
        }
        var entity = Add(new() { Kind = ActorKind.Person, Name = NameOf(mention), Noun = mention.Noun });
        entity.Describe(mention);
        return entity;
    }

    private bool Fits(Entity entity, Mention mention)
    {
        var noun = mention.Noun!;
        var last = noun[(noun.LastIndexOf(' ') + 1)..];
        if (entity.Offices(day).Any(o => mention.Office is not null ? o == mention.Office || (noun == last && o.EndsWith(last, StringComparison.Ordinal)) : o.Split(' ').Contains(last)))
            return true;
        if (entity.Noun is { } own && (own == noun || own.EndsWith(" " + last, StringComparison.Ordinal)))
            return true;
        if (lexicon.Term("leads", noun) is { } leads)
            return entity.Offices(day).Any(o => leads.Split(',').Contains(o));
        // "the source", "the official": anyone of the trade.
        return mention.Office is null && lexicon.Term("generic", noun) is "any"
            && (noun is "source" ? entity.Sectors.Count == 0 || !entity.Sectors.Contains("GOV") : entity.Sectors.Intersect(mention.Sectors).Any());
    }

    /// <summary>"his Chinese counterpart": who holds the same office there.</summary>
    private Entity? Counterpart(Mention mention)
    {
        if (lexicon.Term("counterpart", mention.Noun!) is null || mention.Plural)
            return null;
        var owner = text.Dependent(mention.Head, "nmod:poss");
        var one = owner >= 0 && _atHead.TryGetValue(owner, out var found) ? found : Latest(e => e.Kind == ActorKind.Person, mention);
        if (one is null || mention.Country is not { } country)
            return null;
        foreach (var office in one.Offices(day))
        {
            var held = _entities.LastOrDefault(e => e.Kind == ActorKind.Person && e.Country == country && e.Offices(day).Contains(office));
            if (held is null && lexicon.Holder(office, country, day) is { } holder)
                held = _entities.Find(e => e.Known == holder) ?? Add(new() { Kind = ActorKind.Person, Name = holder.Name, Known = holder, Country = country });
            if (held is not null)
                return held;
        }
        return _entities.LastOrDefault(e => e.Kind == ActorKind.Person && e.Country == country);
    }

    /// <summary>"both parties", "the two ministers": one actor for the two of whom the text speaks.</summary>
    private Entity? Pair(Mention mention)
    {
        // "both foreign ministers" are ministers.
        var noun = mention.Noun!;
        if (!mention.Plural || mention.Country is not null || (lexicon.Term("party", noun) ?? lexicon.Term("party", noun[(noun.LastIndexOf(' ') + 1)..])) is not { } kind)
            return null;
        var two = false;
        foreach (var d in text.Dependents(mention.Head))
            two |= lexicon.Term("pair", text.Lemma(d)) is not null;
        if (!two && !(mention.Definite && text.Dependent(mention.Head, "nmod", "amod", "acl") < 0))
            return null;
        return Both(kind, mention);
    }

    /// <summary>
    /// The two meant by "both", "the two" or "they", as one: those named together just before, else two ministers where
    /// ministers are meant, else the two countries of which the text speaks most.
    /// </summary>
    private Entity? Both(string kind, Mention mention)
    {
        var sentence = text.Sentence(mention.Head);
        var members = _joint.LastOrDefault(j => sentence - j.Sentence <= 1 && j.Members.Count == 2 && j.Members.All(IsMeant)).Members;
        if (members is null && kind == "person")
        {
            var people = _entities.Where(e => e.Kind == ActorKind.Person && e.Mentions.Count > 0 && (mention.Noun is null || Fits(e, mention))).OrderByDescending(e => e.LastWord).ToList();
            if (people.Count > 0 && people.Find(p => p.Country != people[0].Country || p.Country is null) is { } other)
                members = [people[0], other];
        }
        else if (members is null && Principals() is { } principals)
        {
            members = principals;
        }
        return members is [var one, var two] && one != two ? PairOf(one, two) : null;

        bool IsMeant(Entity e) => kind switch { "person" => e.Kind == ActorKind.Person, "state" => IsState(e), _ => e.Kind == ActorKind.Person || IsState(e) };

        static bool IsState(Entity e) => e.Kind == ActorKind.State || e.Known?.Country is "EUR";
    }

    private Entity PairOf(Entity one, Entity two)
    {
        if (_entities.Find(e => e.IsPair && e.Members.Contains(one) && e.Members.Contains(two)) is { } before)
            return before;
        if (two.FirstWord < one.FirstWord)
            (one, two) = (two, one);
        return Add(new() { Kind = ActorKind.Group, Name = $"{one.Name} and {two.Name}", IsPair = true, Sectors = ["GOV"], Members = [one, two] });
    }

    /// <summary>The two countries of which the text has spoken most; null where it has not spoken of two.</summary>
    private List<Entity>? Principals()
    {
        var codes = _mentionsOfCountry.OrderByDescending(c => c.Value).Where(c => lexicon.Actors.TryGetValue(c.Key, out var state) && state.Kind == ActorKind.State).Select(c => c.Key).Take(2).ToList();
        return codes.Count < 2 ? null : [.. codes.Select(State)];
    }

    private Entity? Several(Mention mention)
    {
        if (mention is { Others: true, Definite: true, Country: null, Of: null } && Partners(mention) is { } partners)
            return partners;
        if (mention is { Others: true, Of: null } && text.Dependent(mention.Head, "nmod:poss") is >= 0 and var owner && text.Words[owner].Upos == "PRON")
            mention = mention with { Of = (text.Relation(mention.Head) == "conj" && _atHead.TryGetValue(text.Head(mention.Head), out var beside) ? beside : Latest(e => e.Kind == ActorKind.State, mention))?.Country };
        // The allies of a Western state are the West.
        if (mention is { Others: true, Of: { } of } && lexicon.Term("relational", mention.Noun!) is "camp" && lexicon.Term("camp", of) is { } camp)
            mention = mention with { Country = camp };
        var same = _entities.LastOrDefault(e => e.Kind == ActorKind.Group && !e.IsPair && e.Noun == mention.Noun && (mention.Country is null ? mention.Definite : e.Country == mention.Country));
        same ??= Add(new() { Kind = ActorKind.Group, Name = NameOf(mention), Noun = mention.Noun });
        same.Describe(mention);
        return same;
    }

    /// <summary>"the partners", "these allies": those named together just before, else the other one of the two of whom the text speaks.</summary>
    private Entity? Partners(Mention mention)
    {
        var sentence = text.Sentence(mention.Head);
        if (text.Dependent(mention.Head, "det") is >= 0 and var pointer && text.Lemma(pointer) is "this" or "that" or "these" or "those")
            return _joint.LastOrDefault(j => sentence - j.Sentence <= 1).Members is not null ? Both("any", mention) : null;
        if (text.Dependent(mention.Head, "nmod:poss", "nmod") >= 0 || Latest(e => e.Kind == ActorKind.Person && e.Country is not null, mention) is not { } one || Principals() is not { } two)
            return null;
        return two.Find(e => e.Country == one.Country) is null ? null : two.Find(e => e.Country != one.Country);
    }

    private Entity? Meant(Mention mention) => mention.Pronoun switch
    {
        "they" or "it" when Sayer(mention) is { } sayer => sayer,
        "he" or "she" => Latest(e => e.Kind == ActorKind.Person && (e.Pronoun is null || e.Pronoun == mention.Pronoun), mention) is { } person ? person.Called(mention.Pronoun!) : null,
        "they" => Latest(e => e.Kind == ActorKind.Group && text.Sentence(mention.Head) - text.Sentence(e.LastWord) <= 1, mention) ?? Both("any", mention),
        "it" => Latest(e => e.Kind is ActorKind.State or ActorKind.Organisation or ActorKind.Media, mention),
        _ => null,
    };

    /// <summary>Who says it: "The army said that it had fired", "The workers said they would go on".</summary>
    private Entity? Sayer(Mention mention)
    {
        var verb = text.Head(mention.Head);
        if (text.Relation(mention.Head) != "nsubj" || verb < 0 || text.Relation(verb) != "ccomp" || text.Head(verb) is not (>= 0 and var saying) || lexicon.ActOf(text.Lemma(saying), "VERB") is null)
            return null;
        if (new Clause(text, saying).Subject() is not (>= 0 and var subject) || subject > mention.First || !_atHead.TryGetValue(subject, out var sayer))
            return null;
        if (mention.Pronoun == "they" && _joint.LastOrDefault(j => j.Sentence == text.Sentence(subject) && j.Members[0] == sayer).Members is [var one, var two])
            return PairOf(one, two);
        return sayer.Kind is ActorKind.State or ActorKind.Organisation or ActorKind.Media or ActorKind.Group ? sayer : null;
    }

    /// <summary>Of whom the text spoke last, those in subject's place before others of the same sentence.</summary>
    private Entity? Latest(Func<Entity, bool> fits, Mention mention)
    {
        var sentence = text.Sentence(mention.Head);
        // "In a letter to Eden, he …": who acts is rarely he to whom it is done.
        var subject = mention is { Form: MentionForm.Pronoun, Kind: ActorKind.Person } && text.Relation(mention.Head) == "nsubj";
        Entity? best = null;
        var bestCost = int.MaxValue;
        for (var i = _resolved.Count - 1; i >= 0; i--)
        {
            var (other, entity) = _resolved[i];
            var back = sentence - text.Sentence(other.Head);
            // Mentions come in the order of the text, so nobody nearer follows.
            if (back > FarthestBack || (back * 10) - 1 > bestCost)
                break;
            if (other.First >= mention.First || !fits(entity) || (back > 6 && entity.Mentions.Count < 3))
                continue;
            // A pronoun that is the object of a verb is not its subject.
            if (mention is { Form: MentionForm.Pronoun } or { Kind: ActorKind.State } && text.Relation(mention.Head) is "obj" or "iobj" or "obl" && IsSubjectOf(other.Head, text.Head(mention.Head)))
                continue;
            var cost = (back * 10) + (text.Relation(other.Head) == "nsubj" ? 0 : subject && back == 0 ? 12 : 6) + (other.Form == MentionForm.Nationality ? 8 : 0) + (other.Form == MentionForm.Name ? 0 : 1);
            if (cost < bestCost)
                (best, bestCost) = (entity, cost);
        }
        return best;
    }

    /// <summary>Whether a word, or the one to which "and" joins it, is the subject of a verb.</summary>
    private bool IsSubjectOf(int word, int verb)
    {
        while (text.Relation(word) == "conj")
            word = text.Head(word);
        return text.Relation(word) == "nsubj" && text.Head(word) == verb;
    }

    private string NameOf(Mention mention)
    {
        var first = mention.First;
        while (first < mention.Head && text.Words[first].Upos is "DET" or "PRON")
            first++;
        return string.Join(' ', text.Span(first, mention.Last).Of(text.Annotation.Text).ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
    }

    private Entity Add(Entity entity)
    {
        _entities.Add(entity);
        return entity;
    }

    /// <summary>An actor while the text is being read.</summary>
    private sealed class Entity
    {
        private string? _office;

        public string Id { get; set; } = "";

        public required ActorKind Kind { get; init; }

        public required string Name { get; set; }

        public KnownActor? Known { get; set; }

        public string? Country { get; set; }

        public IReadOnlyList<string> Sectors { get; set; } = [];

        public string? Noun { get; set; }

        public string? Pronoun { get; private set; }

        public bool IsPair { get; init; }

        public List<Entity> Members { get; init; } = [];

        public List<Mention> Mentions { get; } = [];

        public int LastWord { get; private set; } = -1;

        public int FirstWord => Mentions.Count > 0 ? Mentions[0].First : int.MaxValue;

        public string Surname => Name[(Name.LastIndexOf(' ') + 1)..];

        /// <summary>What it may be shortened to: "IAEA".</summary>
        public string Initials => string.Concat(Name.Split(' ').Where(w => w.Length > 0 && char.IsUpper(w[0])).Select(w => w[0]));

        public IEnumerable<string> Offices(DateOnly? day)
        {
            if (_office is not null)
                yield return _office;
            if (Known?.OfficeOn(day) is { } held && held != _office)
                yield return held;
        }

        public Entity Called(string pronoun)
        {
            Pronoun ??= pronoun;
            return this;
        }

        public void Describe(Mention mention)
        {
            Country ??= mention.Country;
            if (Sectors.Count == 0)
                Sectors = mention.Sectors;
            _office ??= mention.Office;
            Noun ??= mention.Noun;
            Pronoun ??= mention.Pronoun;
        }

        public void Take(Mention mention)
        {
            Mentions.Add(mention);
            // An adjective speaks of a country in passing.
            if (mention.Form != MentionForm.Nationality)
                LastWord = Math.Max(LastWord, mention.Head);
        }

        public Actor ToActor(ParsedText text, DateOnly? day, string? camp) => new(Id, Name, Kind)
        {
            Country = IsPair ? camp : Country ?? Known?.Country,
            Sectors = Known?.SectorsOn(day) is { Count: > 0 } known ? known : Sectors,
            Office = Kind == ActorKind.Person ? Offices(day).FirstOrDefault() ?? (Known is null ? Noun : null) : null,
            Known = Known?.Key,
            Members = [.. Members.Select(m => m.Id)],
            Mentions = [.. Mentions.OrderBy(m => m.First).Select(m => text.Span(m.First, m.Last)).Distinct()],
        };
    }
}
