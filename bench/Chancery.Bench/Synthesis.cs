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
/// with what reading found in it. A story is told by one to five publishers, so that merging has work. The same seed gives the same documents.
/// </summary>
internal sealed class Synthesis
{
    private const int LeastSentences = 12, MostSentences = 19, LeastCore = 2, MostCore = 4, MostReports = 5;

    private static readonly DateOnly First = new(2014, 1, 1);
    private static readonly string[] Publishers = [.. Enumerable.Range(1, 40).Select(n => $"The {(char)('A' + (n % 26))}{new[] { "tlas", "urora", "ridge", "ourier", "eacon", "ity Post", "elta News", "agle" }[n % 8]} {n}")];
    private static readonly (string Name, string Country)[] Towns =
        [("Paris", "FRA"), ("Berlin", "DEU"), ("Cairo", "EGY"), ("Tokyo", "JPN"), ("Ankara", "TUR"), ("Warsaw", "POL"), ("Geneva", "CHE"), ("Vienna", "AUT"), ("Madrid", "ESP"), ("Rome", "ITA"), ("Lima", "PER"), ("Hanoi", "VNM"), ("Nairobi", "KEN"), ("Rabat", "MAR"), ("Oslo", "NOR"), ("Doha", "QAT"), ("Riyadh", "SAU"), ("Jakarta", "IDN"), ("Ottawa", "CAN"), ("Canberra", "AUS")];

    private readonly WorldLexicon _lexicon;
    private readonly List<Piece> _pieces = [];
    private readonly Dictionary<(ActorKind, bool), KnownActor[]> _players;
    private readonly int _seed;

    /// <summary>One sentence of a sample, with what was found in it; offsets are the sample's.</summary>
    private sealed record Piece(Record Record, TextSpan Span, List<Event> Events, List<Statement> Statements, List<(TextSpan Span, string Actor)> Names);

    private Synthesis(WorldLexicon lexicon, IEnumerable<Record> samples, int seed)
    {
        (_lexicon, _seed) = (lexicon, seed);
        foreach (var record in samples)
            _pieces.AddRange(PiecesOf(record));
        // States come up more often than others, and some more than others, as in the news.
        _players = lexicon.Actors.Values.GroupBy(a => (a.Kind, true)).ToDictionary(g => g.Key, g => g.OrderBy(a => a.Key, StringComparer.Ordinal).ToArray());
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
        var samples = Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(f => reader.Read(DocumentReader.Read(f).Single().Document!)).ToList();
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
        var (actors, events, statements) = (new Dictionary<string, (KnownActor Actor, List<TextSpan> Mentions)>(StringComparer.Ordinal), new List<Event>(), new List<Statement>());
        var fillers = Pick(random, random.Next(LeastSentences, MostSentences + 1) - core.Length);
        var own = random.Next();
        foreach (var (piece, players) in core.Select(p => (p, cast)).Concat(fillers.Select(p => (p, own))).OrderBy(_ => random.Next()))
        {
            if (text.Length > 0)
                text.Append(random.Next(4) == 0 ? "\n\n" : " ");
            Append(piece, players);
        }
        var document = new Document(id, text.ToString()) { Title = text.ToString(0, Math.Min(60, text.Length)).Replace('\n', ' '), Publisher = Publishers[random.Next(Publishers.Length)], Published = day.AddDays(random.Next(2)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        return new(document, [.. actors.Select(a => new Actor(a.Key, a.Value.Actor.Name, a.Value.Actor.Kind) { Country = a.Value.Actor.Country, Known = a.Value.Actor.Key, Sectors = a.Value.Actor.Sectors, Mentions = a.Value.Mentions.Count > 0 ? a.Value.Mentions : [new(0, 1)] })], statements, events);

        void Append(Piece piece, int players)
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
            var said = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var s in piece.Statements)
            {
                said[s.Id] = $"s{statements.Count + 1}";
                statements.Add(s with
                {
                    Id = said[s.Id], Spans = new(s.Spans.Speaker is { } by ? Span(by) : null, s.Spans.Cue is { } cue ? Span(cue) : null, Spans(s.Spans.Content)), Date = Dated(s.Date),
                    Speaker = s.Speaker is { } speaker && Ids([speaker]) is [var one] ? one : null, Addressees = Ids(s.Addressees), Via = s.Via is { } via ? said.GetValueOrDefault(via) : null,
                });
            }
            foreach (var e in piece.Events)
            {
                events.Add(e with
                {
                    Id = $"e{events.Count + 1}", Spans = new(Spans(e.Spans.Trigger), Spans(e.Spans.Source), Spans(e.Spans.Target), Span(e.Spans.Sentence)), Source = Ids(e.Source), Target = Ids(e.Target), Date = Dated(e.Date),
                    Statement = e.Statement is { } statement ? said.GetValueOrDefault(statement) : null, Place = e.Place is null ? null : PlaceOf(),
                });
            }
        }

        EventPlace PlaceOf() => _lexicon.PlacesNamed(town.Name).FirstOrDefault(p => p.Country == town.Country) is { } known
            ? new(known.Name, known.Country) { Latitude = known.Latitude, Longitude = known.Longitude, GeoNames = known.GeoNames }
            : new(town.Name, town.Country);

        (string Key, KnownActor Player) PlayerOf(Record sample, string actor, int players)
        {
            var known = sample.Actors.First(a => a.Id == actor);
            var all = _players.TryGetValue((known.Kind, true), out var kind) ? kind : _players[(ActorKind.State, true)];
            var chance = new Random(unchecked(players + Stable(sample.Document.Id + actor)));
            // Squared: the first of the list come up far more often than the last.
            var player = all[(int)(all.Length * chance.NextDouble() * chance.NextDouble())];
            var key = "a" + Stable(player.Key).ToString("x8", CultureInfo.InvariantCulture);
            actors.TryAdd(key, (player, []));
            return (key, player);
        }
    }

    private static int Stable(string words)
    {
        var hash = 17;
        foreach (var c in words)
            hash = unchecked((hash * 31) + c);
        return hash & int.MaxValue;
    }
}
