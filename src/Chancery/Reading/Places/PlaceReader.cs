using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Finds the places that a text names: cities with their coordinates, and countries.</summary>
internal sealed class PlaceReader(WorldLexicon lexicon, ParsedText text, Cast cast, IReadOnlyList<(int First, int Last, TextDate Date)> dates)
{
    private const int LongestName = 5;

    /// <summary>Each place with the word that stands for it in the tree, in order.</summary>
    public List<(int Head, EventPlace Place)> Read()
    {
        var countries = cast.Actors.Select(a => a.Country).OfType<string>().GroupBy(c => c).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var found = new List<(int Head, EventPlace Place)>();
        // March is a town too.
        var dated = dates.SelectMany(d => Enumerable.Range(d.First, d.Last - d.First + 1)).ToHashSet();
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (dated.Contains(i) || text.Words[i].Upos is not ("PROPN" or "ADJ") || !char.IsUpper(text.Words[i].Form[0]))
                continue;
            // The "Bay" of "Oyster Bay" is no town.
            if (i > 0 && text.Words[i - 1].Upos == "PROPN" && text.Relation(i - 1) is "compound" or "flat" && text.Head(i - 1) == i && !dated.Contains(i - 1))
                continue;
            var (name, spaced) = ("", "");
            (int Last, EventPlace Place)? best = null;
            for (var last = i; last < Math.Min(i + LongestName, text.First(text.Sentence(i) + 1)); last++)
            {
                name += text.Words[last].Form;
                spaced = last == i ? name : $"{spaced} {text.Words[last].Form}";
                if (lexicon.Term("region", spaced) is { } within)
                    best = (last, new(spaced, within));
                else if (City(name, countries) is { } city)
                    best = (last, city);
                else if (lexicon.Named(name) is [{ Kind: ActorKind.State, Country: { } code } state, ..] && code is not ("UNO" or "EUR" or "WST"))
                    best = (last, new(state.Name, code));
            }
            if (best is not { } place || (place.Last == i && text.Words[i].Upos != "PROPN"))
                continue;
            found.Add((text.HeadOf(i, place.Last), place.Place));
            i = place.Last;
        }
        return found;
    }

    /// <summary>Of several cities of a name, the one in a country that the text speaks of, else the largest.</summary>
    private EventPlace? City(string name, Dictionary<string, int> countries)
    {
        var city = lexicon.PlacesNamed(name).MaxBy(p => (p.Population > 1_000_000 ? 2 : 0) + (countries.ContainsKey(p.Country) ? 2 : 0) + (p.Population / 20_000_000.0));
        return city is null ? null : new(city.Name, city.Country) { Latitude = city.Latitude, Longitude = city.Longitude, GeoNames = city.GeoNames };
    }
}
