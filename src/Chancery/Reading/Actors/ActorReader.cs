using System.Globalization;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>
/// Tells who is meant by each mention: the same person by name, office, description and pronoun. Goes through the text once,
/// from its beginning, as a reader does, and keeps in mind who was spoken of last.
/// </summary>
internal sealed partial class ActorReader(WorldLexicon lexicon, ParsedText text, DateOnly? day, Dateline? dateline)
{
    // In sentences. A reader has long forgotten who was spoken of before.
    private const int FarthestBack = 40;

    private readonly Setting _setting = new(lexicon, text, dateline);
    private readonly List<Entity> _entities = [];
    private readonly HashSet<Mention> _pending = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, Mention> _byHead = [];
    private readonly List<Mention> _ahead = [];
    private bool[]? _quoted;
    private readonly Dictionary<int, Entity> _atHead = [];
    private readonly List<(Mention Mention, Entity Entity)> _resolved = [];
    private readonly List<(int Sentence, List<Entity> Members)> _joint = [];
    private readonly Dictionary<string, int> _mentionsOfCountry = new(StringComparer.Ordinal);

    public Cast Read()
    {
        var mentions = new MentionFinder(lexicon, text, dateline).Find();
        foreach (var mention in mentions)
        {
            _byHead.TryAdd(mention.Head, mention);
            _byHead.TryAdd(mention.NameHead, mention);
        }
        _pending.UnionWith(mentions);
        foreach (var mention in mentions)
            Visit(mention);
        foreach (var mention in _ahead)
        {
            // "During her visit the minister warned": whom the same sentence names next.
            var named = _resolved.FirstOrDefault(r => r.Mention.First > mention.Last && r.Entity.Kind == ActorKind.Person && text.Sentence(r.Mention.Head) == text.Sentence(mention.Head));
            if (named.Entity is not null)
                Take(mention, named.Entity);
        }
        foreach (var local in _entities.Where(e => e is { Country: null, IsLocal: true }))
            local.Country = Scene();
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

    private void Visit(Mention mention)
    {
        if (!_pending.Remove(mention))
            return;
        // Whose it is must be known before it: "the country's defence force", "officials in Accra".
        foreach (var d in text.Dependents(mention.After >= 0 ? mention.After : mention.Head))
        {
            if (text.Relation(d) == "nmod" && _byHead.TryGetValue(d, out var inner))
                Visit(inner);
        }
        if (Resolve(mention) is { } entity)
            Take(mention, entity);
        else if (mention.Pronoun is "he" or "she")
            _ahead.Add(mention);
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
        if (entity is { Country: null, IsPair: false } && entity.Kind is ActorKind.Person or ActorKind.Organisation or ActorKind.Group && mention.Form != MentionForm.Pronoun)
            Settle(entity, mention);
        _atHead.TryAdd(mention.Head, entity);
        _atHead.TryAdd(mention.NameHead, entity);
        _resolved.Add((mention, entity));
        if (entity.Country is { } country && entity.Kind != ActorKind.Media && !mention.Aside)
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
        var surname = PersonNames.Surname(name);
        var known = Choose(mention.Candidates, mention);
        // "Mr Ritter", where the text has spoken of another Ritter than the one whom we know.
        if (known is not null && _entities.Exists(e => e.Kind == ActorKind.Person && e.Known is null && e.Name != name && PersonNames.IsShortFor(name, e.Name) && PersonNames.Differ(e.Name, known.Name)))
            known = null;
        var before = _entities.LastOrDefault(e => e.Kind == ActorKind.Person
            && ((known is not null && e.Known == known) || PersonNames.AreSame(e.Name, name) || PersonNames.IsShortFor(name, e.Name) || (!name.Contains(' ', StringComparison.Ordinal) && ( e.Name.StartsWith(name + " ", StringComparison.Ordinal) && (e.Country is not { } of || lexicon.Term("surname-first", of) is not null))) || (e.Name == surname && known is null)));
        if (before is null && known is null)
            known = Choose([.. lexicon.Surnamed(surname).Where(p => name == surname || p.Name.Split(' ')[0] == name.Split(' ')[0])], mention, strict: true);
        before ??= known is null ? null : _entities.Find(e => e.Known == known);
        var entity = before ?? Unnamed(mention, known) ?? Add(new() { Kind = ActorKind.Person, Name = name });
        // "the Chinese ambassador", named at last.
        if (!entity.IsNamed)
            (entity.Name, entity.IsNamed) = (name, true);
        if (known is not null)
        {
            (entity.Known, entity.Name) = (known, known.Name);
            entity.Country ??= known.CountryOn(day);
        }
        else if (name.Length > entity.Name.Length && entity.Known is null)
        {
            entity.Name = name;
        }
        entity.Describe(mention);
        return entity;
    }

    /// <summary>Of whom the text has spoken by his office, before it names him.</summary>
    private Entity? Unnamed(Mention mention, KnownActor? known)
    {
        var country = known?.CountryOn(day) ?? mention.Country;
        return mention.Office is not { } office ? null : _entities.LastOrDefault(e => e is { Kind: ActorKind.Person, IsNamed: false, Known: null } && e.Offices(day).Contains(office)
            && (country is null || e.Country is null || e.Country == country) && e.Mentions.Exists(m => m.Definite) && (country is not null || e.Country is not null));
    }

    /// <summary>Which of several people of one name is meant: whose country and office fit, and who was in office then.</summary>
    private KnownActor? Choose(IReadOnlyList<KnownActor> candidates, Mention mention, bool strict = false)
    {
        KnownActor? best = null;
        var (bestScore, tie) = (0, false);
        foreach (var candidate in candidates)
        {
            if (candidate.Kind != ActorKind.Person || (mention.Country is { } country && candidate.Country is { } own && own != country && !candidate.Terms.Any(t => t.Country == country)))
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
        var entity = _entities.Find(e => known is not null ? e.Known == known : e.Name == name || e.Aliases.Contains(name) || (e.IsNamed && e.Initials == name))
            ?? (known is null ? InBrackets(mention) : null)
            ?? Add(new() { Kind = known?.Kind ?? ActorKind.Organisation, Name = known?.Name ?? name, Known = known, Country = known?.Country, IsNamed = true });
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
        // "in the capital" is where, not who.
        if (mention is { Noun: "capital", Plural: false } && text.Case(mention.Head) is not null)
            return null;
        // "the Russian government", "the Chinese side" are the state.
        if (mention is { Kind: ActorKind.State, Country: { } code })
            return Remembered(mention, State(code));
        if (Pair(mention) is { } both)
            return both;
        if (mention is { Second: { } second, Country: { } one } && one != second && PairOfCountries(mention, one, second) is { } two)
            return two;
        // "called on his neighbour": the other one of whom the report tells.
        if (mention is { Plural: false, Others: true, Of: null, Country: null } && lexicon.Term("relational", mention.Noun!) is "others" && text.Dependent(mention.Head, "nmod:poss") is >= 0 and var whose
            && _atHead.TryGetValue(whose, out var owner) && Principals() is { } pair && pair.Exists(e => e.Country == owner.Country))
            return pair.Find(e => e.Country != owner.Country);
        if (StandsFor(mention) is { } named)
            return named;
        // "its ambassador", "police in Riga": not those of another country of whom the text has spoken before.
        if (mention is { Country: null, Others: false } && Belonging(mention) is { } home)
            mention = mention with { Country = home };
        if (mention.Office is not null || mention.Kind == ActorKind.Person)
            return Someone(mention);
        if (mention.Plural)
            return Several(mention);
        if (mention.Kind == ActorKind.State && Remembered(mention, Government(mention)) is { } state)
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
            var held = _entities.Find(e => e.Known == holder) ?? Add(new() { Kind = ActorKind.Person, Name = holder.Name, Known = holder, Country = country, IsNamed = true });
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
        // "the man": anybody; "the visitor": who is not from here.
        if (mention.Definite && lexicon.Term("generic", noun) is "anyone" or "visitor")
            return noun is not ("visitor" or "guest") || (entity.Country is not null && entity.Country != _setting.Filed && entity.Known is not null);
        // "the source", "the official": anyone of the trade.
        return mention.Office is null && mention.Definite && lexicon.Term("generic", noun) is "any" && !(entity.IsNamed && noun is "official" or "diplomat" or "source" && entity.Offices(day).Any())
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
                held = _entities.Find(e => e.Known == holder) ?? Add(new() { Kind = ActorKind.Person, Name = holder.Name, Known = holder, Country = country, IsNamed = true });
            if (held is not null)
                return held;
        }
        return _entities.LastOrDefault(e => e.Kind == ActorKind.Person && e.Country == country);
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
        if (text.Dependent(mention.Head, "nmod:poss") >= 0 || (text.Dependent(mention.Head, "nmod") is >= 0 and var whose && text.Case(whose) != "for") || Latest(e => e.Kind == ActorKind.Person && e.Country is not null, mention) is not { } one || Principals() is not { } two)
            return null;
        return two.Find(e => e.Country == one.Country) is null ? null : two.Find(e => e.Country != one.Country);
    }

    private Entity? Meant(Mention mention) => mention.Pronoun switch
    {
        "they" or "it" when Sayer(mention) is { } sayer => sayer,
        "he" or "she" => Latest(e => e.Kind == ActorKind.Person && (e.Pronoun is null || e.Pronoun == mention.Pronoun), mention) is { } person ? person.Called(mention.Pronoun!) : null,
        "they" when Jointly(mention) is { } two => two,
        "they" => Latest(e => e.Kind == ActorKind.Group && text.Sentence(mention.Head) - text.Sentence(e.LastWord) <= 1, mention) ?? Both("any", mention),
        "both" => Both("any", mention),
        "it" => Latest(e => e.Kind is ActorKind.State or ActorKind.Organisation or ActorKind.Media, mention),
        _ => null,
    };

    /// <summary>"The minister and his Chinese colleagues concluded. They …": the two countries together, where a group of one was named beside somebody of the other.</summary>
    private Entity? Jointly(Mention mention)
    {
        var sentence = text.Sentence(mention.Head);
        return _joint.LastOrDefault(j => sentence - j.Sentence is 0 or 1).Members is [{ Country: { } one } first, { Country: { } other } second] && one != other && (first.Kind == ActorKind.Group || second.Kind == ActorKind.Group)
            && !first.IsPair && !second.IsPair && lexicon.Actors.ContainsKey(one) && lexicon.Actors.ContainsKey(other) ? PairOf(State(one), State(other)) : null;
    }

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
            if (other.First >= mention.First || !fits(entity) || (back > 6 && entity.Mentions.Count < 3 && (mention.Form == MentionForm.Pronoun || mention.Noun is null || entity.Noun != mention.Noun)))
                continue;
            // A pronoun that is the object of a verb is not its subject.
            if (mention is { Form: MentionForm.Pronoun } or { Kind: ActorKind.State } && text.Relation(mention.Head) is "obj" or "iobj" or "obl" && IsSubjectOf(other.Head, text.Head(mention.Head)))
                continue;
            // What a quotation speaks of is not who speaks: "'Nobody restrains him,' he observes."
            if (mention.Form == MentionForm.Pronoun && IsQuoted(other.Head) && !IsQuoted(mention.Head) && back == 0)
                continue;
            var cost = (back * 10) + (mention.Form == MentionForm.Pronoun && IsQuoted(other.Head) && !IsQuoted(mention.Head) ? 8 : 0) + (text.Relation(other.Head) == "nsubj" ? 0 : subject && back == 0 ? 12 : 6) + (other.Form == MentionForm.Nationality ? 8 : 0) + (other.Form == MentionForm.Name ? 0 : 1);
            if (cost < bestCost)
                (best, bestCost) = (entity, cost);
        }
        return best;
    }

    private bool IsQuoted(int word)
    {
        if (_quoted is null)
        {
            _quoted = new bool[text.Words.Length];
            var inside = false;
            for (var i = 0; i < text.Words.Length; i++)
            {
                if (text.Annotation.Sentences[text.Sentence(i)].StartsParagraph && i == text.First(text.Sentence(i)))
                    inside = false;
                var form = text.Words[i].Form;
                if (form is "“" or "``" or "‘" || (form is "\"" && !inside))
                    inside = true;
                else if (form is "”" or "''" or "\"" || (form is "’" && text.Words[i].Upos == "PUNCT"))
                    inside = false;
                else
                    _quoted[i] = inside;
            }
        }
        return _quoted[word];
    }

    /// <summary>Whether a word, or the one to which "and" joins it, is the subject of a verb, also of one that shares it: "telephoned the king and invited him".</summary>
    private bool IsSubjectOf(int word, int verb)
    {
        while (text.Relation(word) == "conj")
            word = text.Head(word);
        while (text.Relation(verb) is "conj" or "xcomp" or "advcl" && text.Dependent(verb, "nsubj", "nsubj:pass") < 0)
            verb = text.Head(verb);
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
}
