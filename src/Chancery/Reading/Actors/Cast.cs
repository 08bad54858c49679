using System.Globalization;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>The actors of a text, and who is meant at each word.</summary>
internal sealed class Cast(List<Actor> actors, IReadOnlyDictionary<int, string> atHead, IReadOnlyList<(Mention Mention, string Actor)> mentions)
{
    private readonly Dictionary<string, Actor> _byId = actors.ToDictionary(a => a.Id, StringComparer.Ordinal);

    /// <summary>In the order in which the text first speaks of them.</summary>
    public IReadOnlyList<Actor> Actors { get; } = actors;

    /// <summary>Every mention with the id of the actor that it means.</summary>
    public IReadOnlyList<(Mention Mention, string Actor)> Mentions { get; } = mentions;

    /// <summary>The two of whom the text speaks as one ("both sides"); null where it does not.</summary>
    public string? Pair { get; init; }

    /// <summary>Of each actor that stands for two ("both sides"), the two.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Members { get; init; }

    /// <summary>An actor by id.</summary>
    public Actor this[string id] => _byId[id];

    /// <summary>The actor that stands for a state, taken in if the text has only named a place in it; null for an unknown code.</summary>
    public string? State(WorldLexicon lexicon, string code, TextSpan words)
    {
        if (actors.Find(a => a.Kind == ActorKind.State && a.Country == code) is { } before)
            return before.Id;
        // The place may be the seat of somebody: Brussels, in a report of the Union.
        if (actors.Find(a => a.Kind == ActorKind.State && a.Mentions.Any(m => m == words)) is { } seated)
            return seated.Id;
        if (!lexicon.Actors.TryGetValue(code, out var known) || known.Kind != ActorKind.State)
            return null;
        var state = new Actor(string.Create(CultureInfo.InvariantCulture, $"a{actors.Count + 1}"), known.Name, ActorKind.State) { Country = code, Sectors = known.Sectors, Known = known.Key, Mentions = [words] };
        actors.Add(state);
        _byId[state.Id] = state;
        return state.Id;
    }

    /// <summary>An actor for a name that nothing else has shown to be one: it acts, so it is one.</summary>
    public string Named(TextSpan words, ParsedText text)
    {
        var name = words.Of(text.Annotation.Text).ToString();
        if (name.StartsWith("the ", StringComparison.OrdinalIgnoreCase))
            (name, words) = (name[4..], new(words.Start + 4, words.End));
        if (actors.Find(a => a.Name == name || a.Mentions.Any(m => m.Contains(words) || words.Contains(m) && words.Length - m.Length < 15 && a.Kind is ActorKind.Organisation or ActorKind.Media)) is { } before)
            return before.Id;
        var actor = new Actor(string.Create(CultureInfo.InvariantCulture, $"a{actors.Count + 1}"), name, ActorKind.Organisation) { Mentions = [words] };
        actors.Add(actor);
        _byId[actor.Id] = actor;
        return actor.Id;
    }

    /// <summary>Who is meant by a word that stands for a mention in the tree; null where nobody is.</summary>
    public string? At(int word) => atHead.TryGetValue(word, out var id) ? id : null;

    /// <summary>Who is meant by a word or the rest of its name; null where nobody is. The head of a name with its title may be either of the two.</summary>
    public string? At(int word, ParsedText text)
    {
        if (At(word) is { } id)
            return id;
        foreach (var d in text.Dependents(word))
        {
            if (text.Relation(d) is "flat" or "compound" or "appos" && At(d) is { } named)
                return named;
        }
        return null;
    }

    /// <summary>Those for whom an actor stands: the two of "both sides", else himself.</summary>
    public IReadOnlyList<string> Those(string actor) => Members.TryGetValue(actor, out var members) ? members : [actor];
}
