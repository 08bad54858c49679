using System.Collections.Frozen;
using System.Reflection;

namespace Chancery.Lexicon;

/// <summary>
/// What is known of the world: states, people with their offices, organisations, media, and the nouns that stand for people.
/// Read from tables that a political scientist can edit; see <c>docs/lexicon.md</c>.
/// </summary>
/// <remarks>Immutable, so safe for any number of threads.</remarks>
public sealed class WorldLexicon
{
    private readonly FrozenDictionary<string, KnownActor[]>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _demonyms;
    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _seats;
    private readonly FrozenDictionary<string, Agent>.AlternateLookup<ReadOnlySpan<char>> _agents;
    private readonly FrozenDictionary<(string Kind, string Words), string> _terms;
    private readonly FrozenDictionary<string, string[]> _termsOf;
    private readonly Dictionary<string, List<KnownPlace>>.AlternateLookup<ReadOnlySpan<char>> _places;
    private readonly FrozenDictionary<(string Lemma, string Class), Records.SpeechAct> _cues;
    private readonly FrozenDictionary<(string Lemma, string Class), Frame[]> _frames;
    private readonly FrozenDictionary<(string Type, string Mode), double> _scores;
    private readonly FrozenDictionary<string, KnownActor[]> _bySurname;
    private readonly FrozenDictionary<(string Office, string Country), KnownActor[]> _holders;

    private WorldLexicon(LexiconBuilder builder)
    {
        Actors = builder.Actors.ToFrozenDictionary(a => a.Key, StringComparer.Ordinal);
        _byName = builder.Names.ToFrozenDictionary(p => p.Key, p => p.Value.Distinct().ToArray(), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _demonyms = builder.Demonyms.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _seats = builder.Seats.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _agents = builder.Agents.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _holders = Actors.Values.SelectMany(a => a.Terms.Where(t => t.Country is not null).Select(t => (Key: (t.Office, t.Country!), Actor: a)))
            .GroupBy(x => x.Key).ToFrozenDictionary(g => g.Key, g => g.Select(x => x.Actor).Distinct().OrderBy(a => a.Key, StringComparer.Ordinal).ToArray());
        _terms = builder.Terms.ToFrozenDictionary();
        _termsOf = builder.Terms.Keys.GroupBy(t => t.Kind).ToFrozenDictionary(g => g.Key, g => g.Select(t => t.Words).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        // Too many names to be worth freezing for one run.
        _places = builder.Places.GetAlternateLookup<ReadOnlySpan<char>>();
        _frames = builder.Frames.GroupBy(f => (f.Lemma, f.Class)).ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(f => f.Weight).ToArray());
        _cues = builder.Cues.ToFrozenDictionary();
        _scores = builder.Scores.ToFrozenDictionary();
        Contexts = builder.Contexts;
        Issues = [.. builder.Issues.Values];
        _bySurname = Actors.Values.Where(a => a.Kind == ActorKind.Person).GroupBy(a => a.Name[(a.Name.LastIndexOf(' ') + 1)..], StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.OrderBy(a => a.Key, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        LongestName = builder.Names.Keys.Concat(builder.Seats.Keys).Concat(builder.Demonyms.Keys).Select(n => n.Length).DefaultIfEmpty().Max();
    }

    /// <summary>Everyone and everything known by name, by key.</summary>
    public IReadOnlyDictionary<string, KnownActor> Actors { get; }

    /// <summary>Every frame.</summary>
    public IEnumerable<Frame> Frames => _frames.Values.SelectMany(f => f);

    /// <summary>What actors argue about.</summary>
    public IReadOnlyList<Issue> Issues { get; }

    /// <summary>Words that show what an event is about.</summary>
    internal PhraseTable<string> Contexts { get; }

    /// <summary>How many names of places are known.</summary>
    public int PlaceNameCount => _places.Dictionary.Count;

    /// <summary>How many nouns and phrases stand for people or bodies.</summary>
    public int AgentCount => _agents.Dictionary.Count;

    /// <summary>The length of the longest name, without blanks.</summary>
    internal int LongestName { get; }

    /// <summary>The lexicon inside this assembly.</summary>
    /// <exception cref="InvalidDataException">A table is damaged; the message names file and line.</exception>
    public static WorldLexicon Load() => Parse(Tables());

    /// <summary>Reads a lexicon.</summary>
    /// <param name="tables">
    /// The name and contents of each table, of any number of lexicons: <c>states.tsv</c>, <c>people.tsv</c>,
    /// <c>organisations.tsv</c>, <c>media.tsv</c>, <c>agents.tsv</c>, <c>places.tsv</c>, <c>cues.tsv</c>, <c>frames.tsv</c> and any in <c>frames/</c>,
    /// <c>scores.tsv</c>, <c>contexts.tsv</c>, <c>issues.tsv</c>, <c>terms.tsv</c>. A later row replaces an earlier one with the same key.
    /// </param>
    /// <exception cref="InvalidDataException">A table cannot be read; the message names file and line.</exception>
    public static WorldLexicon Parse(IEnumerable<(string File, string Text)> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var builder = new LexiconBuilder();
        foreach (var (file, text) in tables)
            builder.Add(file, text);
        return new(builder.Finish());
    }

    /// <summary>The tables inside this assembly, to read them together with others.</summary>
    public static IEnumerable<(string File, string Text)> Tables()
    {
        const string Prefix = "lexicon/";
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name[Prefix.Length..], reader.ReadToEnd());
        }
    }

    /// <summary>Who or what goes by a name.</summary>
    /// <param name="name">The name as written, without its blanks.</param>
    public ReadOnlySpan<KnownActor> Named(ReadOnlySpan<char> name) => _byName.TryGetValue(name, out var found) ? found : [];

    /// <summary>People whose name ends with a word.</summary>
    internal IReadOnlyList<KnownActor> Surnamed(string surname) => _bySurname.TryGetValue(surname, out var found) ? found : [];

    /// <summary>What a word stands for in one of the small sets of <c>terms.tsv</c>; null where it is not in the set.</summary>
    internal string? Term(string kind, string words) => _terms.TryGetValue((kind, words), out var value) ? value : null;

    /// <summary>The words of a set, in no order that means anything.</summary>
    internal IEnumerable<string> TermsOf(string kind) => _termsOf.TryGetValue(kind, out var words) ? words : [];

    /// <summary>The frames of a word, those that ask for most first.</summary>
    internal ReadOnlySpan<Frame> FramesOf(string lemma, string upos) => _frames.TryGetValue((lemma, upos), out var frames) ? frames : [];

    /// <summary>How co-operative or hostile an event is, by its first mode that has a score, else by its type; null where neither has one.</summary>
    internal double? ScoreOf(string type, IReadOnlyList<string> modes)
    {
        foreach (var mode in modes)
        {
            if (_scores.TryGetValue((type, mode), out var score))
                return score;
        }
        return _scores.TryGetValue((type, ""), out var plain) ? plain : null;
    }

    /// <summary>What is done by saying it with such a word; null where it tells of nothing said.</summary>
    /// <param name="lemma">The dictionary form in lower case.</param>
    /// <param name="upos">The universal part of speech.</param>
    internal Records.SpeechAct? ActOf(string lemma, string upos) => _cues.TryGetValue((lemma, upos), out var act) ? act : null;

    /// <summary>The places of a name.</summary>
    /// <param name="name">The name as written, without its blanks.</param>
    public IReadOnlyList<KnownPlace> PlacesNamed(ReadOnlySpan<char> name) => _places.TryGetValue(name, out var found) ? found : [];

    /// <summary>The country of an adjective or noun of nationality; null where it is none.</summary>
    public string? CountryOfDemonym(ReadOnlySpan<char> word) => _demonyms.TryGetValue(word, out var code) ? code : null;

    /// <summary>The country whose government goes by the name of a place, such as "Kremlin"; null where none does.</summary>
    /// <param name="name">The name as written, without its blanks.</param>
    public string? CountryOfSeat(ReadOnlySpan<char> name) => _seats.TryGetValue(name, out var code) ? code : null;

    /// <summary>What a noun or phrase stands for; null where it is no word for people or bodies.</summary>
    /// <param name="words">Dictionary forms in lower case, divided by blanks.</param>
    public Agent? AgentOf(ReadOnlySpan<char> words) => _agents.TryGetValue(words, out var agent) ? agent : null;

    /// <summary>Who held an office on a day; who held it last where no day is given; null where nobody is known to have.</summary>
    public KnownActor? Holder(string office, string country, DateOnly? day)
    {
        if (!_holders.TryGetValue((office, country), out var holders))
            return null;
        return holders
            .Select(h => (Holder: h, Term: h.Terms.Where(t => t.Office == office && t.Country == country && (day is null || (t.From <= day && day <= t.To))).MaxBy(t => t.From)))
            .Where(h => h.Term is not null).OrderByDescending(h => h.Term!.From).Select(h => h.Holder).FirstOrDefault();
    }
}
