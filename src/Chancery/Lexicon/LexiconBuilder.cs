using System.Globalization;
using Chancery.Tables;

namespace Chancery.Lexicon;

/// <summary>Puts a lexicon together from its tables, a later row over an earlier one of the same key.</summary>
internal sealed class LexiconBuilder
{
    internal static readonly string[] SectorCodes =
    [
        "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
    ];

    private static readonly string[] EventTypes =
    [
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "NONE",
    ];

    private readonly HashSet<(string, string, string)> _seen = [];
    private readonly Dictionary<string, KnownActor> _actors = new(StringComparer.Ordinal);

    public IEnumerable<KnownActor> Actors => _actors.Values;

    public Dictionary<string, List<KnownActor>> Names { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Demonyms { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Seats { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Agent> Agents { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Kind, string Words), string> Terms { get; } = [];

    public Dictionary<(string Lemma, string Class), Records.SpeechAct> Cues { get; } = [];

    public List<Frame> Frames { get; } = [];

    public Dictionary<(string Type, string Mode), double> Scores { get; } = [];

    public PhraseTable<string> Contexts { get; } = new();

    public Dictionary<string, Issue> Issues { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<KnownPlace>> Places { get; } = new(StringComparer.Ordinal);

    public void Add(string file, string text)
    {
        if (file.Replace('\\', '/').Contains("frames/", StringComparison.Ordinal))
        {
            AddFrames(file, text);
            return;
        }
        switch (Path.GetFileName(file))
        {
            case "states.tsv":
                AddStates(file, text);
                break;
            case "people.tsv":
                AddPeople(file, text);
                break;
            case "organisations.tsv":
                AddOrganisations(file, text, ActorKind.Organisation);
                break;
            case "media.tsv":
                AddOrganisations(file, text, ActorKind.Media);
                break;
            case "agents.tsv":
                AddAgents(file, text);
                break;
            case "places.tsv":
                AddPlaces(file, text);
                break;
            case "frames.tsv":
                AddFrames(file, text);
                break;
            case "cues.tsv":
                AddCues(file, text);
                break;
            case "scores.tsv":
                AddScores(file, text);
                break;
            case "contexts.tsv":
                foreach (var row in Table.Read(file, text, "words", "context"))
                    Contexts.Add(row.Required("words"), row.Required("context"));
                break;
            case "issues.tsv":
                foreach (var row in Table.Read(file, text, "key", "name", "words", "deeds"))
                    Issues[row.Required("key")] = new(row.Required("key"), row.Required("name"), row.List("words") is { Length: > 0 } words ? words : throw row.Broken("'words' is empty; give the phrases that name the issue"), row.List("deeds"));
                break;
            case "terms.tsv":
                foreach (var row in Table.Read(file, text, "kind", "words", "value"))
                    Terms[(row.Required("kind"), row.Required("words"))] = row["value"];
                break;
        }
    }

    public LexiconBuilder Finish()
    {
        foreach (var actor in _actors.Values)
        {
            foreach (var name in actor.Names.Prepend(actor.Name))
            {
                var key = name.Replace(" ", "", StringComparison.Ordinal);
                if (!Names.TryGetValue(key, out var found))
                    Names[key] = found = [];
                found.Add(actor);
            }
        }
        return this;
    }

    private static string[] Sectors(Table.Row row)
    {
        var sectors = row.List("sectors");
        return sectors.FirstOrDefault(s => !SectorCodes.Contains(s)) is { } wrong ? throw row.Broken($"'{wrong}' is no PLOVER sector") : sectors;
    }

    private static string? Country(Table.Row row, string column)
    {
        var code = row[column];
        if (code.Length == 0)
            return null;
        return code.Length == 3 && code.All(char.IsAsciiLetterUpper) ? code : throw row.Broken($"'{code}' is no country's code; three capitals, as in ISO 3166-1 alpha-3");
    }

    private static DateOnly Day(Table.Row row, string column, bool last)
    {
        var text = row[column];
        if (text.Length == 0)
            return last ? DateOnly.MaxValue : DateOnly.MinValue;
        var full = text.Length switch { 4 => text + "-01-01", 7 => text + "-01", _ => text };
        if (!DateOnly.TryParseExact(full, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw row.Broken($"'{text}' is no date; write 2004, 2004-03 or 2004-03-09");
        // As precise as the table: a year that an office ended in belongs to it whole.
        return !last ? day : text.Length switch { 4 => day.AddYears(1).AddDays(-1), 7 => day.AddMonths(1).AddDays(-1), _ => day };
    }

    private void AddStates(string file, string text)
    {
        foreach (var row in Table.Read(file, text, "code", "name", "names", "demonyms", "seats"))
        {
            row.Required("code");
            var code = Country(row, "code")!;
            _actors[code] = new(code, row.Required("name"), ActorKind.State, code, ["GOV"]) { Names = row.List("names") };
            foreach (var demonym in row.List("demonyms"))
                Demonyms.TryAdd(demonym.Replace(" ", "", StringComparison.Ordinal), code);
            foreach (var seat in row.List("seats"))
                Seats.TryAdd(seat.Replace("the ", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), code);
        }
    }

    private void AddPeople(string file, string text)
    {
        foreach (var row in Table.Read(file, text, "key", "name", "names", "country", "sectors", "office", "from", "to"))
        {
            var (key, country) = (row.Required("key"), Country(row, "country"));
            var (from, to) = (Day(row, "from", last: false), Day(row, "to", last: true));
            if (to < from)
                throw row.Broken("the office ends before it begins");
            // A role without the name of an office still has its time.
            var term = row["office"].Length + row["from"].Length + row["to"].Length > 0 ? new Term(row["office"], country, from, to) { Sectors = Sectors(row) } : null;
            var known = _actors.GetValueOrDefault(key) ?? new(key, row.Required("name"), ActorKind.Person, country, Sectors(row)) { Names = row.List("names") };
            _actors[key] = term is null ? known : known with { Terms = [.. known.Terms, term] };
        }
    }

    private void AddOrganisations(string file, string text, ActorKind kind)
    {
        foreach (var row in Table.Read(file, text, "key", "name", "names", "country", "sectors"))
            _actors[row.Required("key")] = new(row["key"], row.Required("name"), kind, Country(row, "country"), Sectors(row)) { Names = row.List("names") };
    }

    private void AddScores(string file, string text)
    {
        foreach (var row in Table.Read(file, text, "type", "mode", "score"))
        {
            if (!EventTypes.Contains(row.Required("type")))
                throw row.Broken($"'{row["type"]}' is no PLOVER type");
            if (!double.TryParse(row["score"], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || score is not (>= -10 and <= 10))
                throw row.Broken($"'{row["score"]}' is no score; write a number from -10 to 10");
            Scores[(row["type"], row["mode"])] = score;
        }
    }

    private void AddPlaces(string file, string text)
    {
        foreach (var row in Table.Read(file, text, "name", "names", "country", "latitude", "longitude", "population", "geonames"))
        {
            if (!double.TryParse(row["latitude"], CultureInfo.InvariantCulture, out var latitude) || Math.Abs(latitude) > 90
                || !double.TryParse(row["longitude"], CultureInfo.InvariantCulture, out var longitude) || Math.Abs(longitude) > 180)
                throw row.Broken($"'{row["latitude"]}', '{row["longitude"]}' are no degrees; write them as 39.9075 and 116.39723");
            if (!int.TryParse(row["population"], NumberStyles.None, CultureInfo.InvariantCulture, out var population) || !int.TryParse(row["geonames"], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw row.Broken("population and geonames must be whole numbers");
            var place = new KnownPlace(row.Required("name"), Country(row, "country") ?? throw row.Broken("'country' is empty"), latitude, longitude, population, number);
            foreach (var name in row.List("names").Prepend(place.Name))
                Add(name, place);
        }

        void Add(string name, KnownPlace place)
        {
            var key = name.Contains(' ', StringComparison.Ordinal) ? name.Replace(" ", "", StringComparison.Ordinal) : name;
            if (!Places.TryGetValue(key, out var found))
                Places[key] = found = new(1);
            found.Add(place);
        }
    }

    private void AddFrames(string file, string text)
    {
        foreach (var row in Table.Read(file, text, "lemma", "pos", "construction", "type", "modes", "cameo", "status", "example"))
        {
            var upos = row.Required("pos").ToUpperInvariant();
            if (upos is not ("VERB" or "NOUN" or "ADJ"))
                throw row.Broken($"'{row["pos"]}' is no part of speech; write verb, noun or adj");
            if (!EventTypes.Contains(row.Required("type")))
                throw row.Broken($"'{row["type"]}' is no PLOVER type; docs/lexicon.md lists them");
            Records.EventStatus status = default;
            if (row["status"].Length > 0 && !Enum.TryParse(row["status"], ignoreCase: true, out status))
                throw row.Broken($"'{row["status"]}' is no status; write actual, planned, possible or negated, or nothing");
            try
            {
                var slots = Frame.Parse(row.Required("construction"), row.Required("lemma"), upos);
                Frames.Add(new(row["lemma"], upos, row["construction"], slots, row["type"])
                {
                    Modes = row.List("modes"),
                    Cameo = row["cameo"] is { Length: > 0 } cameo ? cameo : null,
                    Status = row["status"].Length > 0 ? status : null,
                    Example = row.Required("example"),
                });
            }
            catch (FormatException e)
            {
                throw row.Broken(e.Message);
            }
        }
    }

    private void AddCues(string file, string text)
    {
        foreach (var row in Table.Read(file, text, "lemma", "pos", "act"))
        {
            if (!Enum.TryParse<Records.SpeechAct>(row["act"], ignoreCase: true, out var act) || row["act"].Any(char.IsAsciiLetterUpper))
                throw row.Broken($"'{row["act"]}' is no speech act; docs/lexicon.md lists them");
            Cues[(row.Required("lemma"), row.Required("pos").ToUpperInvariant())] = act;
        }
    }

    private void AddAgents(string file, string text)
    {
        foreach (var row in Table.Read(file, text, "words", "number", "kind", "sectors", "office"))
        {
            if (!Enum.TryParse<ActorKind>(row["kind"], ignoreCase: true, out var kind))
                throw row.Broken($"'{row["kind"]}' is no kind; write person, group, organisation or state");
            if (row["number"] is not ("any" or "plural"))
                throw row.Broken($"'{row["number"]}' is no number; write any or plural");
            Agents[row.Required("words")] = new(row["words"], kind, Sectors(row), row["office"] is { Length: > 0 } office ? office : null, row["number"] == "plural");
        }
    }
}
