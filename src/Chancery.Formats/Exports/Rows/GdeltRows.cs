using System.Globalization;

namespace Chancery.Formats.Exports.Rows;

/// <summary>Rows of GDELT 2.0 events.</summary>
internal sealed class GdeltRows : EventRowWriter
{
    private static readonly string[] OfActor = ["Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code"];
    private static readonly string[] OfPlace = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"];

    public override IReadOnlyList<string> Columns { get; } =
    [
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        .. ActorColumns(1), .. ActorColumns(2),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
        .. GeoColumns("Actor1"), .. GeoColumns("Actor2"), .. GeoColumns("Action"),
        "DATEADDED", "SOURCEURL",
    ];

    public override string[] Row(CodedEvent one, EventRowOptions options)
    {
        var (day, reports) = (one.Day, one.Across.Reports.ToString(CultureInfo.InvariantCulture));
        return
        [
            one.Number.ToString(CultureInfo.InvariantCulture), Day(day, "yyyyMMdd"), Day(day, "yyyyMM"), Day(day, "yyyy"),
            (day.Year + (((day.Month * 30) + day.Day) / 365.0)).ToString("0.0000", CultureInfo.InvariantCulture),
            .. Actor(one.Source), .. Actor(one.Target),
            one.In.IsLead(one.Event.Spans.Sentence) ? "1" : "0", one.Cameo, one.Cameo[..Math.Min(3, one.Cameo.Length)], one.Cameo[..2], QuadClass(one.Cameo),
            CodeLists.Goldstein(one.Cameo)?.ToString("0.0", CultureInfo.InvariantCulture) ?? "",
            reports, one.Across.Publishers.ToString(CultureInfo.InvariantCulture), reports, "",
            .. NoPlace, .. NoPlace, .. Place(one.Event.Place),
            Stamp(options.Added), one.In.Document.Url ?? one.In.Document.Id,
        ];
    }

    /// <summary>A time as GDELT writes it: <c>yyyyMMddHHmmss</c> in UTC.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private static string[] NoPlace { get; } = ["0", "", "", "", "", "", "", ""];

    private static string[] Actor(ExportActor? actor)
    {
        if (actor is null)
            return ["", "", "", "", "", "", "", "", "", ""];
        // PLOVER writes what kind of body an actor across borders is where a country would stand; CAMEO has groups and types for them.
        var country = CodeLists.Country(actor.Country)?.Cameo ?? (actor.Country is "EUR" or "WST" ? actor.Country : "");
        var group = actor.Country == "UNO" ? "UNO" : "";
        string[] types = [.. (actor.Country is "IGO" or "NGO" or "IMG" or "MNC" ? [actor.Country] : Array.Empty<string>())
            .Concat(actor.Sectors.Select(CodeLists.CameoType).OfType<string>()).Distinct(StringComparer.Ordinal).Take(3)];
        return [country + group + string.Concat(types), actor.Name.ToUpperInvariant(), country, group, "", "", "", Nth(types, 0), Nth(types, 1), Nth(types, 2)];
    }

    private static string[] Place(Chancery.Records.EventPlace? place)
    {
        if (place is null)
            return NoPlace;
        var country = CodeLists.Country(place.Country);
        var city = place.Latitude is not null;
        // 1 a country, 3 a city of the United States, 4 a city elsewhere; provinces are not told apart.
        return
        [
            city ? place.Country == "USA" ? "3" : "4" : "1", city && country is not null ? $"{place.Name}, {country.Name}" : place.Name, country?.Fips ?? "", city ? "" : country?.Fips ?? "", "",
            place.Latitude?.ToString(CultureInfo.InvariantCulture) ?? "", place.Longitude?.ToString(CultureInfo.InvariantCulture) ?? "", "",
        ];
    }

    private static string QuadClass(string cameo) => int.TryParse(cameo.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var root)
        ? root switch { <= 5 => "1", <= 8 => "2", <= 13 => "3", _ => "4" }
        : "";

    private static string Nth(string[] values, int index) => index < values.Length ? values[index] : "";

    private static string Day(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);

    private static IEnumerable<string> ActorColumns(int number) => OfActor.Select(c => $"Actor{number}{c}");

    private static IEnumerable<string> GeoColumns(string of) => OfPlace.Select(c => $"{of}Geo_{c}");
}
