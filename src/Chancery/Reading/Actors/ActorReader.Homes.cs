using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>The country of people and bodies of whom the text does not say it in so many words.</summary>
internal sealed partial class ActorReader
{
    private readonly Dictionary<string, Entity> _governments = new(StringComparer.Ordinal);
    private string? _junta;

    // Those who belong to a state, or act within one. Journalists, experts and refugees may come from anywhere.
    private static readonly string[] Local = ["GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "SPY", "PRM"];

    /// <summary>Gives an actor the country that its words, its clause and its paragraph show.</summary>
    private void Settle(Entity entity, Mention mention)
    {
        if (entity.Kind == ActorKind.Organisation && entity.Known is not null)
            return;
        if (Belonging(mention) is { } own)
        {
            entity.Country = own;
            return;
        }
        // "Chinese companies and the financial sector": both are Chinese.
        if (entity is { IsNamed: false, Kind: ActorKind.Organisation or ActorKind.Group } && text.Relation(mention.Head) == "conj" && text.Dependent(mention.Head, "nmod") < 0
            && _atHead.TryGetValue(text.Head(mention.Head), out var beside) && beside is { IsNamed: false, Country: { } theirs, Kind: ActorKind.Group or ActorKind.Organisation })
        {
            entity.Country = theirs;
            return;
        }
        // What a paragraph shows counts where he is first spoken of; later ones may tell of others.
        if (entity.Mentions.Count > 1)
            return;
        if (entity.Sectors is ["NGO", ..] && !entity.IsNamed)
        {
            entity.Country = "NGO";
            return;
        }
        // "In Pristina, Blerta Krasniqi, a political scientist, sees": where she speaks, if nothing else is said of her.
        if (entity is { Kind: ActorKind.Person, IsNamed: true, Known: null } or { Kind: ActorKind.Person, Known: null, Noun: null } && mention is { Form: MentionForm.Name, Office: null }
            && text.Relation(mention.Head) == "nsubj" && _setting.OpeningPlace(text.Sentence(mention.Head)) is { } here)
        {
            entity.Country = here;
            return;
        }
        if (mention.Others || !IsLocal(entity, mention))
            return;
        // "the army", "the generals", where the text has told of a junta.
        if (_junta is not null && mention.Definite && entity.Sectors.Contains("MIL") && text.Dependent(mention.Head, "amod", "compound") < 0)
        {
            entity.Country = _junta;
            return;
        }
        // "the Council", "the Commission", in a report of the Union.
        if (entity is { Kind: ActorKind.Organisation, IsNamed: false } && mention.Definite && text.Words[mention.Head].Upos == "PROPN" && entity.Noun is "council" or "commission" or "parliament" && _mentionsOfCountry.ContainsKey("EUR"))
        {
            entity.Country = "EUR";
            return;
        }
        if (Around(mention) is { } around)
            entity.Country = around;
        else
            entity.IsLocal = true;
    }

    /// <summary>Whether somebody belongs to the place of which the text speaks; "two diplomats" of whom no more is said may be anyone's.</summary>
    private bool IsLocal(Entity entity, Mention mention)
    {
        // "Southeast Asian leaders" are of no one state.
        foreach (var d in text.Dependents(mention.Head))
        {
            if (!entity.IsNamed && text.Relation(d) is "amod" && char.IsUpper(text.Words[d].Form[0]) && d > text.First(text.Sentence(d)) && entity.Noun?.Contains(text.Lemma(d), StringComparison.Ordinal) != true)
                return false;
        }
        // "Justice Ministry officials" are of a ministry there.
        if (text.Dependent(mention.Head, "compound") is >= 0 and var body && lexicon.AgentOf(text.Lemma(body)) is { Sectors: ["GOV" or "MIL" or "COP", ..] })
            return true;
        if (entity.Noun is { } noun && lexicon.Term("local", noun) is { } local)
            return local == "here";
        // "Several hundred people marched": those there.
        if (entity.Noun is "people" && text.Relation(mention.Head) == "nsubj" && text.Dependent(mention.Head, "nummod", "amod") >= 0)
            return true;
        if (!entity.Sectors.Any(Local.Contains))
            return false;
        return entity.IsNamed || entity.Kind == ActorKind.Organisation || mention.Definite || mention.Office is not null || !entity.Sectors.Contains("GOV") || text.Dependent(mention.Head, "compound", "amod", "nummod") >= 0;
    }

    /// <summary>Whose it is, where it is: "the country's army", "officials in Accra", "Kabul police", "leader of the militia".</summary>
    private string? Belonging(Mention mention)
    {
        foreach (var word in new[] { mention.After, mention.Head, mention.NameHead }.Distinct())
        {
            if (word < 0)
                continue;
            foreach (var d in text.Dependents(word))
            {
                if (text.Words[d].Relation == "nmod:poss")
                {
                    var owner = _atHead.GetValueOrDefault(d);
                    if (lexicon.Term("local", text.Lemma(word)) is "host")
                        return owner is null ? null : OtherThan(owner.Country);
                    // Who opposes a president is of his country; who opposes a country may be anyone.
                    if (mention.Others && (owner is not { Kind: ActorKind.Person } || lexicon.Term("local", text.Lemma(word)) is not "here"))
                        return null;
                    if ((owner?.Country ?? _setting.PlaceAt(d)) is { } country)
                        return country;
                }
                else if (!mention.Others && text.Relation(d) == "nmod" && text.Case(d) is { } marker && IsWhence(marker, text.Lemma(word)) && CountryUnder(d) is { } where)
                {
                    return where;
                }
                else if (!mention.Others && text.Relation(d) == "compound" && (_atHead.GetValueOrDefault(d)?.Country ?? _setting.PlaceAt(d)) is { } named && !(mention.Form == MentionForm.Name && d >= mention.First && mention.Title is null))
                {
                    return named;
                }
            }
        }
        return null;

        static bool IsWhence(string marker, string noun) => marker is "of" or "in" or "from" or "at" or "on" or "near" || (marker == "for" && noun.StartsWith("spokes", StringComparison.Ordinal));
    }

    private string? CountryUnder(int word)
    {
        if (_atHead.TryGetValue(word, out var entity) && entity.Country is { } country)
            return country;
        if (_setting.PlaceAt(word) is { } place)
            return place;
        foreach (var d in text.Dependents(word))
        {
            if (text.Relation(d) is "nmod" or "appos" or "flat" && (text.Relation(d) != "nmod" || text.Words[d].Relation == "nmod:poss" || text.Case(d) is "of" or "in" or "from" or "at") && CountryUnder(d) is { } under)
                return under;
        }
        return null;
    }

    /// <summary>What the clause and the paragraph show: where it happens, "In Tehran, …", or of whom the paragraph spoke last.</summary>
    private string? Around(Mention mention)
    {
        // "demonstrated in Chisinau": those who stand where it happens are from there; officials and soldiers need not be.
        if (mention.Sectors.Any(s => s is "CVL" or "COP" or "JUD") && text.Relation(mention.Head) == "nsubj")
        {
            foreach (var d in text.Dependents(text.Head(mention.Head)))
            {
                if (text.Relation(d) == "obl" && text.Case(d) is "in" or "at" or "near" or "through" or "across" or "outside" && PlaceUnder(d) is { } there)
                    return there;
            }
        }
        var sentence = text.Sentence(mention.Head);
        return _setting.Scene(sentence) ?? SpokenOf(mention);
    }

    private string? PlaceUnder(int word)
    {
        if (_setting.PlaceAt(word) is { } place)
            return place;
        foreach (var d in text.Dependents(word))
        {
            if (text.Relation(d) == "nmod" && text.Case(d) is "in" or "at" or "near" or "of" && _setting.PlaceAt(d) is { } within)
                return within;
        }
        return null;
    }

    /// <summary>The state of which, or of whose people, the paragraph spoke last, subjects first.</summary>
    private string? SpokenOf(Mention mention)
    {
        var sentence = text.Sentence(mention.Head);
        var paragraph = sentence;
        while (paragraph > 0 && sentence - paragraph < FarthestBack && !text.Annotation.Sentences[paragraph].StartsParagraph)
            paragraph--;
        // "the ambassador was summoned to the foreign ministry": to that of his hosts.
        if (text.Relation(mention.Head) == "obl" && text.Case(mention.Head) == "to" && text.Lemma(text.Head(mention.Head)) == "summon"
            && text.Dependent(text.Head(mention.Head), "nsubj:pass") is >= 0 and var summoned && _atHead.TryGetValue(summoned, out var guest) && Principals() is { } both && both.Exists(e => e.Country == guest.Country))
            return both.Find(e => e.Country != guest.Country)?.Country;
        // "demanded that France withdraw Captain Marchand": he is France's, where nothing hostile is done to him.
        var verb = text.Head(mention.Head);
        var acting = text.Relation(mention.Head) == "obj" && text.Words[verb].Upos == "VERB" && !IsHostile(verb) ? text.Dependent(verb, "nsubj") : -1;
        string? best = null;
        var bestCost = int.MaxValue;
        var scene = Scene();
        // "was received by Vice Minister Sugiyama": not of the country of him who was received.
        var received = text.Relation(mention.Head) == "obl" && text.Case(mention.Head) == "by" && text.Lemma(text.Head(mention.Head)) is "receive" or "meet" or "welcome" or "greet" or "summon" or "host" ? text.Head(mention.Head) : -1;
        for (var i = _resolved.Count - 1; i >= 0; i--)
        {
            var (other, entity) = _resolved[i];
            var at = text.Sentence(other.Head);
            if (at < paragraph || sentence - at > FarthestBack)
                break;
            // Of whom a quotation speaks is not of whom the report speaks.
            if (other.First >= mention.First || other.Aside || (text.IsQuoted(other.Head) && !text.IsQuoted(mention.Head)) || entity.Kind == ActorKind.Media || other.Pronoun is "it" or "they" || !(entity is { Country: null, IsLocal: true } || (entity.Country is { } country && IsState(country)))
                || (other.Noun is { } noun && (lexicon.Term("generic", noun) is "visitor" || noun is "embassy" or "consulate")) || (received >= 0 && text.Head(other.Head) == received && text.Relation(other.Head) == "nsubj"))
                continue;
            var cost = ((sentence - at) * 10) + (text.Relation(other.Head) == "nsubj" ? 0 : 6) + (other.Form == MentionForm.Nationality ? 8 : 0)
                - (entity.Country is { } own && own == scene ? 8 : 0) - (other.Head == acting ? 10 : 0);
            if (cost < bestCost)
                (best, bestCost) = (entity.Country, cost);
        }
        return best;
    }

    /// <summary>Whether a verb may tell of harm to its object: an arrest, a charge, an expulsion.</summary>
    private bool IsHostile(int verb)
    {
        foreach (var frame in lexicon.FramesOf(text.Lemma(verb), "VERB"))
        {
            if (frame.Type is "ACCUSE" or "REJECT" or "THREATEN" or "COERCE" or "ASSAULT" or "SANCTION" or "CONSULT" && frame.Slots.Any(s => s is { Role: Role.Target, Place: Place.DirectObject }))
                return true;
        }
        return false;
    }

    /// <summary>Where the report as a whole is set: where it was filed, if it speaks of that country, else the state of which it speaks most.</summary>
    private string? Scene() => _setting.Filed is { } filed && IsState(filed) && _mentionsOfCountry.GetValueOrDefault(filed) > 1 ? filed
        : _mentionsOfCountry.Where(c => IsState(c.Key)).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key).FirstOrDefault();

    private bool IsState(string code) => code is not ("UNO" or "EUR" or "WST" or "IGO" or "NGO" or "MNC" or "IMG") && lexicon.Actors.TryGetValue(code, out var state) && state.Kind == ActorKind.State;

    /// <summary>The other of the two states of which the text speaks most: that of the hosts of one's guest.</summary>
    private string? OtherThan(string? country) => _setting.Filed is { } filed && filed != country ? filed
        : Principals() is { } two && two.Exists(e => e.Country == country) ? two.Find(e => e.Country != country)?.Country : null;

    /// <summary>Keeps in mind whose government the text has called by a word.</summary>
    private Entity? Remembered(Mention mention, Entity? state)
    {
        if (state?.Country is { } country && mention.Noun is { } noun && (noun is "junta" || noun.EndsWith(" junta", StringComparison.Ordinal) || noun is "military government" or "military ruler"))
            _junta ??= country;
        if (state is not null)
            _governments.TryAdd(mention.Noun!, state);
        return state;
    }

    /// <summary>"the government", "his government", "the regime": the state whose it is; null where the text shows none.</summary>
    private Entity? Government(Mention mention)
    {
        if (text.Dependent(mention.Head, "nmod:poss") is >= 0 and var his)
        {
            return _atHead.TryGetValue(his, out var owner) && owner.Country is { } home && lexicon.Actors.ContainsKey(home) ? State(home) : null;
        }
        if (!mention.Definite)
            return null;
        // "the junta" is the one of which the text has told.
        if (mention.Noun is not ("government" or "capital") && _governments.TryGetValue(mention.Noun!, out var before) && lexicon.Term("party", mention.Noun!) is null)
            return before;
        if (Belonging(mention) is { } where && lexicon.Actors.ContainsKey(where))
            return State(where);
        // "the country", "the island": the last one spoken of.
        if (lexicon.Term("party", mention.Noun!) is "state" && mention.Noun is not ("government" or "capital"))
            return Latest(e => e.Kind == ActorKind.State, mention);
        return (_setting.Scene(text.Sentence(mention.Head)) ?? SpokenOf(mention)) is { } around && lexicon.Actors.ContainsKey(around) ? State(around)
            : _setting.Filed is { } filed && IsState(filed) && _mentionsOfCountry.GetValueOrDefault(filed) > 1 ? State(filed)
            : Latest(e => e.Kind == ActorKind.State && e.Country is { } code && IsState(code), mention);
    }
}
