using System.Globalization;
using System.Text;
using System.Text.Json;
using Chancery.Formats.Intake;
using Chancery.Formats.Json;
using Chancery.Lexicon;
using Chancery.Models;
using Chancery.Reading;
using Chancery.Records;

namespace Chancery.Bench;

/// <summary>
/// Documents in any number with their records, for measuring archives: sentences of the samples put together anew, with other actors, places and days, each
/// with what reading found in it. Whom the lexicon knows is somebody else whom it knows, others are invented. Answers come with what they answer. A story is told
/// by one to five publishers, so that merging has work. The same seed gives the same documents.
/// </summary>
internal sealed class Synthesis
{
    private const int LeastSentences = 12, MostSentences = 19, LeastCore = 2, MostCore = 4, MostReports = 5;

    private static readonly DateOnly First = new(2014, 1, 1);
    private static readonly string[] Publishers = [.. Enumerable.Range(1, 40).Select(n => $"The {(char)('A' + (n % 26))}{new[] { "tlas", "urora", "ridge", "ourier", "eacon", "ity Post", "elta News", "agle" }[n % 8]} {n}")];
    private static readonly (string Name, string Country)[] Towns =
        [("Paris", "FRA"), ("Berlin", "DEU"), ("Cairo", "EGY"), ("Tokyo", "JPN"), ("Ankara", "TUR"), ("Warsaw", "POL"), ("Geneva", "CHE"), ("Vienna", "AUT"), ("Madrid", "ESP"), ("Rome", "ITA"), ("Lima", "PER"), ("Hanoi", "VNM"), ("Nairobi", "KEN"), ("Rabat", "MAR"), ("Oslo", "NOR"), ("Doha", "QAT"), ("Riyadh", "SAU"), ("Jakarta", "IDN"), ("Ottawa", "CAN"), ("Canberra", "AUS")];

    // The samples have no words that are against what a state does; half of the world's news has.
    private const string WordsAndDeeds = """
        Ministry rejects unilateral sanctions

        The Foreign Ministry of China condemned unilateral sanctions. "We oppose unilateral sanctions against any state," the Chinese Foreign Ministry said. Britain imposed sanctions on Iran.
        France rejected an embargo on Egypt. Egypt imposed sanctions on France. Russia denounced the asset freeze as illegal. Russia imposed sanctions on Poland. China imposed sanctions on Japan.
        Germany accused Hungary of breaking the treaty. Hungary denied that it had broken the treaty.
        """;

    private static readonly string[] Firsts = ["Ada", "Bela", "Carlo", "Dora", "Emil", "Fanny", "Georg", "Hedda", "Igor", "Jana", "Karim", "Lina", "Milan", "Nora", "Otto", "Petra", "Rana", "Samir", "Tilda", "Viktor"];
    private static readonly string[] Starts = ["Bar", "Cor", "Del", "Fen", "Gal", "Har", "Kal", "Lor", "Mar", "Nov", "Par", "Ros", "Sal", "Tor", "Val", "Wen", "Zam", "Bel", "Dor", "Kir"];
    private static readonly string[] Ends = ["enko", "ini", "man", "ova", "sen", "ström", "ado", "ides", "ian", "oğlu", "wicz", "lund", "stein", "mont", "field", "ani", "ez", "ić", "berg", "ley"];
    private static readonly string[] Bodies = ["Institute", "Bank", "Union", "Party", "Council", "Front", "Company", "Agency", "Chamber", "League"];

    private readonly WorldLexicon _lexicon;
    private readonly List<Piece> _pieces = [];
    private readonly Dictionary<ActorKind, KnownActor[]> _players;
    private readonly KnownActor[] _states;
    private readonly int _seed;

    /// <summary>One sentence of a sample, with what was found in it; offsets are the sample's.</summary>
    private sealed record Piece(Record Record, TextSpan Span, List<Event> Events, List<Statement> Statements, List<(TextSpan Span, string Actor)> Names)
    {
        /// <summary>Sentences that answer it.</summary>
        public List<Piece> Answers { get; } = [];

        public bool Has(string entry) => Events.Exists(e => e.Id == entry) || Statements.Exists(s => s.Id == entry);
    }

    /// <summary>Who stands in the place of an actor of a sample.</summary>
    private sealed record Player(string Name, ActorKind Kind, string? Country, string? Known)
    {
        public IReadOnlyList<string> Sectors { get; init; } = [];

        public string? Office { get; init; }
    }

    private Synthesis(WorldLexicon lexicon, IEnumerable<Record> samples, int seed)
    {
        (_lexicon, _seed) = (lexicon, seed);
        foreach (var record in samples)
        {
            var pieces = PiecesOf(record).ToList();
            foreach (var link in record.Links)
            {
                if (pieces.Find(p => p.Has(link.To)) is { } claim && pieces.Find(p => p.Has(link.From)) is { } answer && claim != answer && !claim.Answers.Contains(answer))
                    claim.Answers.Add(answer);
            }
            _pieces.AddRange(pieces);
        }
        _players = lexicon.Actors.Values.GroupBy(a => a.Kind).ToDictionary(g => g.Key, g => g.OrderBy(a => a.Key, StringComparer.Ordinal).ToArray());
        _states = _players[ActorKind.State];
    }

    /// <summary>Writes documents as texts or records, a line each.</summary>
    public static int Run(string[] args)
    {
        var number = int.Parse(Option(args, "--documents") ?? "1000", CultureInfo.InvariantCulture);
        var seed = int.Parse(Option(args, "--seed") ?? "1", CultureInfo.InvariantCulture);
        var records = args.Contains("--records");
        var lexicon = WorldLexicon.Load();
        var reader = new Reader(LanguageModel.Load(), lexicon, EventModel.Load(null));
        var folder = Option(args, "--samples") ?? "samples";
        var samples = Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(f => DocumentReader.Read(f).Single().Document!)
            .Append(new("words-and-deeds", WordsAndDeeds)).Select(d => reader.Read(d)).ToList();
        using var to = new FileStream(Option(args, "--to") ?? throw new ArgumentException("--to FILE.jsonl is missing"), FileMode.Create);
        var (events, statements, documents) = (0L, 0L, 0);
        foreach (var record in new Synthesis(lexicon, samples, seed).Documents().Take(number))
        {
            using (var json = new Utf8JsonWriter(to, RecordJson.Options(indented: false)))
            {
                if (records)
                    RecordJson.Write(json, record, withText: true, null);
                else
                    JsonSerializer.Serialize(json, new { id = record.Document.Id, title = record.Document.Title, text = record.Document.Text, published = record.Document.Published, publisher = record.Document.Publisher });
            }
            to.WriteByte((byte)'\n');
            (events, statements, documents) = (events + record.Events.Count, statements + record.Statements.Count, documents + 1);
        }
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{documents:N0} documents, {events:N0} events, {statements:N0} statements"));
        return 0;
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    /// <summary>Each sentence with what lies within it whole.</summary>
    private static IEnumerable<Piece> PiecesOf(Record record)
    {
        var sentences = record.Events.Select(e => e.Spans.Sentence).Concat(record.Statements.Select(s => Line(record.Document.Text, s.Spans.Content[0]))).Distinct().OrderBy(s => s.Start).ThenByDescending(s => s.Length).ToList();
        var taken = 0;
        foreach (var sentence in sentences.Where(s => s.Length is > 20 and < 600))
        {
            if (sentence.Start < taken)
                continue;
            taken = sentence.End;
            var names = record.Actors.SelectMany(a => a.Mentions.Where(sentence.Contains).Select(m => (m, a.Id))).OrderBy(n => n.m.Start).ThenByDescending(n => n.m.Length).ToList();
            var outer = new List<(TextSpan Span, string Actor)>();
            foreach (var (span, actor) in names)
            {
                // Names only: pronouns and titles stay as they are.
                if (char.IsUpper(record.Document.Text[span.Start]) && (outer.Count == 0 || outer[^1].Span.End <= span.Start))
                    outer.Add((span, actor));
            }
            yield return new(
                record, sentence, [.. record.Events.Where(e => sentence == e.Spans.Sentence && e.Spans.Trigger.All(sentence.Contains) && e.Spans.Source.Concat(e.Spans.Target).All(sentence.Contains))],
                [.. record.Statements.Where(s => s.Spans.Content.All(sentence.Contains) && (s.Spans.Cue is not { } cue || sentence.Contains(cue)) && (s.Spans.Speaker is not { } by || sentence.Contains(by)))], outer);
        }

        static TextSpan Line(string text, TextSpan within)
        {
            var start = text.LastIndexOfAny(['.', '\n'], Math.Max(0, within.Start - 1)) + 1;
            var end = text.IndexOfAny(['.', '\n'], within.End);
            while (start < within.Start && char.IsWhiteSpace(text[start]))
                start++;
            return new(start, end < 0 ? text.Length : Math.Min(end + 1, text.Length));
        }
    }

    private IEnumerable<Record> Documents()
    {
        for (var story = 0; ; story++)
        {
            var random = new Random(unchecked((_seed * 7_919) + story));
            var (day, core, cast) = (First.AddDays(random.Next(3650)), Pick(random, random.Next(LeastCore, MostCore + 1)), random.Next());
            var town = Towns[random.Next(Towns.Length)];
            for (int report = 0, reports = 1 + (random.Next(MostReports) * random.Next(MostReports) / MostReports); report < reports; report++)
                yield return Document($"story-{story}-{report}", core, cast, day, town, random);
        }
    }

    private Piece[] Pick(Random random, int number) => [.. Enumerable.Range(0, number).Select(_ => _pieces[random.Next(_pieces.Count)])];

    private Record Document(string id, Piece[] core, int cast, DateOnly day, (string Name, string Country) town, Random random)
    {
        var text = new StringBuilder();
        var (actors, events, statements, links) = (new Dictionary<string, (Player Player, List<TextSpan> Mentions)>(StringComparer.Ordinal), new List<Event>(), new List<Statement>(), new List<Link>());
        var fillers = Pick(random, random.Next(LeastSentences, MostSentences + 1) - core.Length);
        var own = random.Next();
        foreach (var (piece, players) in core.Select(p => (p, cast)).Concat(fillers.Select(p => (p, own))).OrderBy(_ => random.Next()))
        {
            var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var sentence in piece.Answers.Prepend(piece))
            {
                if (text.Length > 0)
                    text.Append(random.Next(4) == 0 ? "\n\n" : " ");
                Append(sentence, players, numbers);
            }
            links.AddRange(piece.Record.Links.Where(l => numbers.ContainsKey(l.From) && numbers.ContainsKey(l.To)).Select(l => new Link(l.Kind, numbers[l.From], numbers[l.To])));
        }
        var document = new Document(id, text.ToString()) { Title = text.ToString(0, Math.Min(60, text.Length)).Replace('\n', ' '), Publisher = Publishers[random.Next(Publishers.Length)], Published = day.AddDays(random.Next(2)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        return new(
            document,
            [.. actors.Select(a => new Actor(a.Key, a.Value.Player.Name, a.Value.Player.Kind) { Country = a.Value.Player.Country, Known = a.Value.Player.Known, Sectors = a.Value.Player.Sectors, Office = a.Value.Player.Office, Mentions = a.Value.Mentions.Count > 0 ? a.Value.Mentions : [new(0, 1)] })],
            statements, events) { Links = links };

        void Append(Piece piece, int players, Dictionary<string, string> numbers)
        {
            var (from, moves) = (piece.Span.Start, new List<(int At, int To)>());
            // A name of its own for the day and the chance, so that sentences are seldom quite the same.
            foreach (var (span, actor) in piece.Names)
            {
                text.Append(piece.Record.Document.Text, from, span.Start - from);
                var (key, player) = PlayerOf(piece.Record, actor, players);
                moves.Add((span.Start, text.Length));
                text.Append(player.Name);
                actors[key].Mentions.Add(new(moves[^1].To, text.Length));
                moves.Add((span.End, text.Length));
                from = span.End;
            }
            text.Append(piece.Record.Document.Text, from, piece.Span.End - from);
            moves.Add((piece.Span.End, text.Length));
            int Moved(int at)
            {
                var (before, after) = moves.FindIndex(m => m.At >= at) is >= 0 and var i ? (i > 0 ? moves[i - 1] : (piece.Span.Start, moves[0].To - (moves[0].At - piece.Span.Start)), moves[i]) : (moves[^1], moves[^1]);
                return at == after.At ? after.To : Math.Min(before.Item2 + (at - before.Item1), after.To);
            }
            TextSpan Span(TextSpan span) => new(Moved(span.Start), Math.Max(Moved(span.Start), Moved(span.End)));
            TextSpan[] Spans(IEnumerable<TextSpan> spans) => [.. spans.Select(Span)];
            string[] Ids(IEnumerable<string> ids) => [.. ids.Where(i => piece.Record.Actors.Any(a => a.Id == i)).Select(i => PlayerOf(piece.Record, i, players).Key).Distinct()];
            TextDate? Dated(TextDate? date) => date is null ? null : new(day.AddDays(-(date.Edtf.Length % 3)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), piece.Span.Contains(date.Words) ? Span(date.Words) : Span(new(piece.Span.Start, piece.Span.Start + 1)));
            foreach (var s in piece.Statements)
            {
                numbers[s.Id] = $"s{statements.Count + 1}";
                statements.Add(s with
                {
                    Id = numbers[s.Id], Spans = new(s.Spans.Speaker is { } by ? Span(by) : null, s.Spans.Cue is { } cue ? Span(cue) : null, Spans(s.Spans.Content)), Date = Dated(s.Date),
                    Speaker = s.Speaker is { } speaker && Ids([speaker]) is [var one] ? one : null, Addressees = Ids(s.Addressees), Via = s.Via is { } via ? numbers.GetValueOrDefault(via) : null,
                });
            }
            foreach (var e in piece.Events)
            {
                numbers[e.Id] = $"e{events.Count + 1}";
                events.Add(e with
                {
                    Id = numbers[e.Id], Spans = new(Spans(e.Spans.Trigger), Spans(e.Spans.Source), Spans(e.Spans.Target), Span(e.Spans.Sentence)), Source = Ids(e.Source), Target = Ids(e.Target), Date = Dated(e.Date),
                    Statement = e.Statement is { } statement ? numbers.GetValueOrDefault(statement) : null, Place = e.Place is null ? null : PlaceOf(),
                });
            }
        }

        EventPlace PlaceOf() => _lexicon.PlacesNamed(town.Name).FirstOrDefault(p => p.Country == town.Country) is { } known
            ? new(known.Name, known.Country) { Latitude = known.Latitude, Longitude = known.Longitude, GeoNames = known.GeoNames }
            : new(town.Name, town.Country);

        (string Key, Player Player) PlayerOf(Record sample, string actor, int players)
        {
            var plays = sample.Actors.First(a => a.Id == actor);
            var chance = new Random(unchecked(players + Stable(sample.Document.Id + actor)));
            var player = plays.Known is null ? Invented(plays, chance) : KnownPlayer(plays.Kind, chance);
            var key = "a" + Stable(player.Known ?? player.Name + player.Country).ToString("x8", CultureInfo.InvariantCulture);
            actors.TryAdd(key, (player, []));
            return (key, player);
        }
    }

    // Squared: the first of the list come up far more often than the last, as in the news.
    private static T Some<T>(T[] all, Random chance) => all[(int)(all.Length * chance.NextDouble() * chance.NextDouble())];

    private Player KnownPlayer(ActorKind kind, Random chance)
    {
        var known = Some(_players.GetValueOrDefault(kind, _states), chance);
        return new(known.Name, known.Kind, known.Country, known.Key) { Sectors = known.Sectors };
    }

    /// <summary>Somebody whom no lexicon knows: of full name and country, or "the official", who is somebody in one report only.</summary>
    private Player Invented(Actor plays, Random chance)
    {
        var (words, state) = (plays.Name.Split(' '), Some(_states, chance));
        var name = plays.Kind switch
        {
            ActorKind.Person when words.Length > 1 => $"{Some(Firsts, chance)} {Some(Starts, chance)}{Some(Ends, chance)}",
            ActorKind.Person when char.IsUpper(plays.Name[0]) => $"{Some(Starts, chance)}{Some(Ends, chance)}",
            ActorKind.Organisation or ActorKind.Media when words.Length > 1 => $"{Some(Starts, chance)}{Some(Ends, chance)} {Some(Bodies, chance)}",
            ActorKind.Group when words.Length > 1 && plays.Country is not null => $"{state.Name} {words[^1]}",
            _ => plays.Name,
        };
        return new(name, plays.Kind, plays.Country is null ? null : state.Key, null) { Sectors = plays.Sectors, Office = plays.Office };
    }

    private static int Stable(string words)
    {
        var hash = 17;
        foreach (var c in words)
            hash = unchecked((hash * 31) + c);
        return hash & int.MaxValue;
    }
}
