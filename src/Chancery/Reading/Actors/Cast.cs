using Chancery.Records;

namespace Chancery.Reading;

/// <summary>The actors of a text, and who is meant at each word.</summary>
internal sealed class Cast(IReadOnlyList<Actor> actors, IReadOnlyDictionary<int, string> atHead, IReadOnlyList<(Mention Mention, string Actor)> mentions)
{
    private readonly Dictionary<string, Actor> _byId = actors.ToDictionary(a => a.Id, StringComparer.Ordinal);

    /// <summary>In the order in which the text first speaks of them.</summary>
    public IReadOnlyList<Actor> Actors { get; } = actors;

    /// <summary>Every mention with the id of the actor that it means.</summary>
    public IReadOnlyList<(Mention Mention, string Actor)> Mentions { get; } = mentions;

    /// <summary>The two of whom the text speaks as one ("both sides"); null where it does not.</summary>
    public string? Pair { get; init; }

    /// <summary>An actor by id.</summary>
    public Actor this[string id] => _byId[id];

    /// <summary>Who is meant by a word that stands for a mention in the tree; null where nobody is.</summary>
    public string? At(int word) => atHead.TryGetValue(word, out var id) ? id : null;
}
