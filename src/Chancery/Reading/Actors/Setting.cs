using Chancery.Lexicon;

namespace Chancery.Reading;

/// <summary>Where the scenes of a report lie: what tells the country of people and bodies of whom the text does not say it.</summary>
internal sealed class Setting(WorldLexicon lexicon, ParsedText text, Dateline? dateline)
{
    // In words: "Saint Vincent and the Grenadines".
    private const int LongestName = 5;

    // In sentences.
    private const int LongestScene = 12;

    private readonly Dictionary<int, string?> _scenes = [];

    /// <summary>The country in which the report was filed; null where it does not say.</summary>
    public string? Filed { get; } = dateline?.Country(lexicon, text);

    /// <summary>The country of the place whose name has a word for its head; null where it is no place.</summary>
    public string? PlaceAt(int word)
    {
        if (text.Words[word].Upos != "PROPN" || !char.IsUpper(text.Words[word].Form[0]))
            return null;
        // The head may be the first word of the name or the last.
        for (var first = Math.Max(text.First(text.Sentence(word)), text.Reach(word).First); first <= word; first++)
        {
            if (!char.IsUpper(text.Words[first].Form[0]))
                continue;
            var (name, spaced, best) = ("", "", (string?)null);
            for (var i = first; i < Math.Min(first + LongestName, text.First(text.Sentence(word) + 1)); i++)
            {
                name += text.Words[i].Form;
                spaced = i == first ? name : $"{spaced} {text.Words[i].Form}";
                if (i >= word && CountryOf(name, spaced) is { } country)
                    best = country;
            }
            if (best is not null)
                return best;
        }
        return null;
    }

    /// <summary>"In Tehran, …": the country of the place with which a sentence, or one before it in its paragraph, begins; null where none does.</summary>
    public string? Scene(int sentence)
    {
        for (var back = 0; back < LongestScene && sentence - back >= 0; back++)
        {
            var at = sentence - back;
            if (!_scenes.TryGetValue(at, out var scene))
                _scenes[at] = scene = OpeningPlace(at);
            if (scene is not null || text.Annotation.Sentences[at].StartsParagraph)
                return scene;
        }
        return null;
    }

    /// <summary>The country of the place with which a sentence begins: "In Tehran, …"; null where it begins otherwise.</summary>
    public string? OpeningPlace(int sentence)
    {
        var (first, end) = (text.First(sentence), text.First(sentence + 1));
        for (var i = first + 1; text.Lemma(first) is "in" or "at" or "from" or "on" && i < Math.Min(first + 4, end); i++)
        {
            if (PlaceAt(i) is { } place)
                return place;
        }
        return null;
    }

    private string? CountryOf(string name, string spaced) => lexicon.Term("region", spaced)
        ?? lexicon.CountryOfSeat(name)
        ?? (lexicon.Named(name) is [{ Kind: ActorKind.State, Country: { } code }, ..] ? code : lexicon.PlacesNamed(name).MaxBy(p => p.Population)?.Country);
}
