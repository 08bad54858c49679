using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chancery.Formats.Exports.Datasets;
using Chancery.Formats.Exports.Rows;
using Chancery.Formats.Json;
using Chancery.Formats.Tables;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Formats.Exports.Entities;

/// <summary>
/// Records as entities of FollowTheMoney, one JSON object a line, for Aleph and its kin. Lossy: an event there has those involved, but neither
/// doer nor target, and no statement. An actor is written again for each document that speaks of it; <c>ftm aggregate</c> joins the pieces.
/// </summary>
public static class FollowTheMoney
{
    private const string Embargo = "163";

    /// <summary>Writes documents as Article, actors as Person, PublicBody, Organization or LegalEntity with a Mention each, actual events as Event, and sanctions imposed also as Sanction.</summary>
    /// <param name="to">Where to write; left open.</param>
    /// <param name="records">The records; walked through once.</param>
    /// <param name="includePlanned">Whether planned and possible events are there too, with a keyword that says so. Negated ones never are.</param>
    /// <returns>How many entities were written.</returns>
    public static long Write(Stream to, IEnumerable<ExportRecord> records, bool includePlanned = false)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(records);
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(buffer, RecordJson.Options(indented: false));
        var count = 0L;
        foreach (var entity in records.SelectMany(r => EntitiesOf(r, includePlanned)))
        {
            count++;
            entity.Write(json);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount < 1 << 15)
                continue;
            to.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
        to.Write(buffer.WrittenSpan);
        return count;
    }

    private static IEnumerable<Entity> EntitiesOf(ExportRecord record, bool includePlanned)
    {
        var document = record.Record.Document;
        var article = new Entity(IdOf("document", document.Id), "Article")
            .With("title", document.Title ?? document.Id).With("publisher", document.Publisher).With("sourceUrl", document.Url)
            .With("publishedAt", DateOf(document.Published)).With("language", document.Language == "en" ? "eng" : null);
        yield return article;
        foreach (var actor in record.Record.Actors.Where(a => a.Members.Count == 0))
        {
            var across = record.ActorOf(actor.Id)!;
            var id = IdOf("actor", across.Id);
            yield return new Entity(id, SchemaOf(across)).With("name", across.Name).With("alias", actor.Name == across.Name ? null : actor.Name).With("country", CountryOf(across.Country))
                .With("wikipediaUrl", across.Wikipedia is { } title ? $"https://en.wikipedia.org/wiki/{Uri.EscapeDataString(title.Replace(' ', '_'))}" : null)
                .With("position", across.Kind == ActorKind.Person ? across.Office : null).With("proof", article.Id);
            yield return new Entity(IdOf("mention", $"{document.Id}\n{actor.Id}"), "Mention").With("document", article.Id).With("resolved", id).With("contextCountry", CountryOf(across.Country));
        }
        foreach (var one in record.Record.Events)
        {
            if (one.Status == EventStatus.Negated || (one.Status != EventStatus.Actual && !includePlanned) || record.IsRetold(one))
                continue;
            foreach (var entity in EntitiesOf(record, one, article.Id))
                yield return entity;
        }
    }

    private static IEnumerable<Entity> EntitiesOf(ExportRecord record, Event one, string article)
    {
        var document = record.Record.Document;
        var (sources, targets) = (Actors(record, one.Source), Actors(record, one.Target));
        var days = DateRange.Of(one.Date?.Edtf);
        var words = TextCleaning.OnOneLine(new Words(document.Text).Of(one.Spans.Sentence));
        var told = new Entity(IdOf("event", record.EventOf(one).Id), "Event")
            .With("name", Title(one, sources, targets)).With("summary", words).With("location", one.Place?.Name).With("country", CountryOf(one.Place?.Country)).With("sourceUrl", document.Url).With("proof", article)
            .With("keywords", [one.Type, .. one.Modes, .. one.Contexts, .. Marks(record, one)])
            .With("involved", sources.Concat(targets).Select(a => IdOf("actor", a.Id)).Distinct(StringComparer.Ordinal));
        // What somebody claims must not read like a fact; there is no field for it.
        if (one.Statement is not null)
            told.With("description", record.ClaimantsOf(one) is { Count: > 0 } claimants ? $"On the word of {string.Join(", as told by ", claimants.Reverse().Select(c => c.Name))}" : "On the word of somebody unnamed");
        yield return Dated(told, one, days);
        if (one is not { Type: "SANCTION", Status: EventStatus.Actual } || one.Cameo != Embargo)
            yield break;
        foreach (var target in targets)
        {
            yield return Dated(
                new Entity(IdOf("sanction", $"{record.EventOf(one).Id}\n{target.Id}"), "Sanction").With("entity", IdOf("actor", target.Id)).With("authority", sources.Select(s => s.Name))
                    .With("country", sources.Select(s => CountryOf(s.Country)).OfType<string>()).With("summary", words).With("sourceUrl", document.Url), one, days);
        }
    }

    private static IEnumerable<string> Marks(ExportRecord record, Event one)
    {
        if (one.Status != EventStatus.Actual)
            yield return FormatNames.Of(one.Status);
        if (one.Statement is not null)
            yield return record.DenialsOf(one.Statement).Count > 0 ? "disputed" : "claimed";
    }

    // A day or month is a date there; a stretch of days has a start and an end, and what is vaguer is not written.
    private static Entity Dated(Entity entity, Event one, DateRange? days) =>
        DateOf(one.Date?.Edtf) is { } date ? entity.With("date", date)
        : days is { Precision: DatePrecision.Day } range ? entity.With("startDate", Day(range.First)).With("endDate", Day(range.Last))
        : entity;

    private static string Title(Event one, List<ExportActor> sources, List<ExportActor> targets)
    {
        var what = CodeLists.CameoOf(one) is { } cameo ? CodeLists.CameoName(cameo) ?? one.Type : one.Type;
        var (who, whom) = (string.Join(", ", sources.Select(s => s.Name)), string.Join(", ", targets.Select(t => t.Name)));
        return string.Join(" – ", new[] { who, what, whom }.Where(p => p.Length > 0));
    }

    private static List<ExportActor> Actors(ExportRecord record, IReadOnlyList<string> ids) => [.. record.Each(ids).Select(id => record.ActorOf(id)!)];

    private static string SchemaOf(ExportActor actor) => actor.Kind switch
    {
        ActorKind.Person => "Person",
        ActorKind.State => "PublicBody",
        ActorKind.Organisation => actor.Sectors.Any(s => s is "GOV" or "MIL" or "COP" or "JUD" or "LEG" or "SPY") ? "PublicBody" : "Organization",
        ActorKind.Media => "Organization",
        _ => "LegalEntity",
    };

    private static string? CountryOf(string? code) => code switch { null => null, "EUR" => "eu", "KOS" => "xk", _ => CodeLists.Country(code)?.Iso2?.ToLowerInvariant() };

    private static string? DateOf(string? edtf)
    {
        var range = DateRange.Of(edtf);
        return range switch
        {
            { Precision: DatePrecision.Day } day when day.First == day.Last => Day(day.First),
            { Precision: DatePrecision.Month } when edtf is { Length: 7 } => edtf,
            { Precision: DatePrecision.Year } when edtf is { Length: 4 } && !edtf.Contains('X', StringComparison.Ordinal) => edtf,
            _ => null,
        };
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Ids there have letters, digits, dots and hyphens only.
    private static string IdOf(string kind, string id) => $"chancery-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{id}")).AsSpan(0, 20))}";

    private sealed class Entity(string id, string schema)
    {
        private readonly List<(string Name, List<string> Values)> _properties = [];

        public string Id => id;

        public Entity With(string name, string? value) => value is { Length: > 0 } ? With(name, [value]) : this;

        public Entity With(string name, IEnumerable<string> values)
        {
            if (values.ToList() is { Count: > 0 } some)
                _properties.Add((name, some));
            return this;
        }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("schema", schema);
            json.WriteStartObject("properties");
            foreach (var (name, values) in _properties)
            {
                json.WriteStartArray(name);
                foreach (var value in values)
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
