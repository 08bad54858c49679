using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Who is meant by words for two: "both parties", "the two ministers", "the presidents of Chad and Mali".</summary>
internal sealed partial class ActorReader
{
    /// <summary>"both parties", "the two ministers": one actor for the two of whom the text speaks.</summary>
    private Entity? Pair(Mention mention)
    {
        if (!mention.Plural || mention.Country is not null || mention.Noun is not { } noun || lexicon.Term("party", noun[(noun.LastIndexOf(' ') + 1)..]) is not { } kind)
            return null;
        var two = false;
        foreach (var d in text.Dependents(mention.Head))
            two |= lexicon.Term("pair", text.Lemma(d)) is not null;
        if (!two && !(mention.Definite && text.Dependent(mention.Head, "nmod", "amod", "acl") < 0) && !(mention is { Definite: true, Office: not null } && text.Dependent(mention.Head, "nmod", "acl", "nmod:poss") < 0))
            return null;
        // "the leaders", of whom the text has spoken as many.
        if (!two && _entities.Exists(e => e is { Kind: ActorKind.Group, IsPair: false } && e.Noun == noun && e.Mentions.Count > 0))
            return null;
        return Both(kind, mention);
    }

    /// <summary>"Dutch and Belgian troops", "the presidents of Chad and Mali": of the two states, or those who hold the office there.</summary>
    private Entity? PairOfCountries(Mention mention, string one, string other)
    {
        if (Officers(mention, one, other) is { } officers)
            return officers;
        return lexicon.Actors.ContainsKey(one) && lexicon.Actors.ContainsKey(other) ? PairOf(State(one), State(other)) : null;
    }

    /// <summary>Those who hold the office of a mention in two states, as one; null where one of them is not known.</summary>
    private Entity? Officers(Mention mention, string one, string other)
    {
        var offices = OfficesOf(mention);
        return Officer(offices, one) is { } first && Officer(offices, other) is { } second ? PairOf(first, second) : null;
    }

    /// <summary>The offices that a word may mean: a leader is a president or a prime minister.</summary>
    private string[] OfficesOf(Mention mention) => mention.Office is { } office ? [office] : lexicon.Term("leads", mention.Noun!)?.Split(',') ?? [];

    private Entity? Officer(string[] offices, string country)
    {
        foreach (var office in offices)
        {
            if (_entities.LastOrDefault(e => e.Kind == ActorKind.Person && e.Country == country && e.Offices(day).Contains(office)) is { } before)
                return before;
            if (lexicon.Holder(office, country, day) is { } holder)
                return _entities.Find(e => e.Known == holder) ?? Add(new() { Kind = ActorKind.Person, Name = holder.Name, Known = holder, Country = holder.Country, IsNamed = true });
        }
        return null;
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
            // "both foreign ministers", of whom the text has named none or one: those of the two states of which it speaks.
            if ((members is null || mention.Office is not null) && mention.Noun is not null && Principals(4) is { Count: > 1 } states
                && states.Select(s => (State: s.Country!, Officer: Officer(OfficesOf(mention), s.Country!))).Where(s => s.Officer is not null).Take(2).ToList() is [var here, var there]
                && !(members is not null && members.All(m => m.Country == here.State || m.Country == there.State)))
                return PairOf(here.Officer!, there.Officer!);
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

    /// <summary>The countries of which the text has spoken most; null where it has not spoken of two.</summary>
    private List<Entity>? Principals(int most = 2)
    {
        var codes = _mentionsOfCountry.OrderByDescending(c => c.Value).Where(c => lexicon.Actors.TryGetValue(c.Key, out var state) && state.Kind == ActorKind.State).Select(c => c.Key).Take(most).ToList();
        return codes.Count < 2 ? null : [.. codes.Select(State)];
    }
}
