using System.Globalization;

namespace Chancery.Formats.Exports.Rows;

/// <summary>Rows of ICEWS. The event's text is CAMEO's name for it, as there, and never the news.</summary>
internal sealed class IcewsRows : EventRowWriter
{
    public override IReadOnlyList<string> Columns { get; } =
    [
        "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country",
        "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
    ];

    public override string[] Row(CodedEvent one, EventRowOptions options)
    {
        var place = one.Event.Place;
        return
        [
            one.Number.ToString(CultureInfo.InvariantCulture), one.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            one.Source.Name, Sectors(one.Source), Country(one.Source.Country),
            CodeLists.CameoName(one.Cameo) ?? "", one.Cameo, CodeLists.Goldstein(one.Cameo)?.ToString("0.0", CultureInfo.InvariantCulture) ?? "",
            one.Target!.Name, Sectors(one.Target), Country(one.Target.Country),
            one.In.Document.Id, "", one.In.Document.Publisher ?? "",
            place?.Latitude is null ? "" : place.Name, "", "", Country(place?.Country), Number(place?.Latitude), Number(place?.Longitude),
        ];
    }

    private static string Sectors(ExportActor actor) => string.Join(",", actor.Sectors.Select(CodeLists.SectorWords).OfType<string>());

    private static string Country(string? code) => CodeLists.Country(code)?.Name ?? "";

    private static string Number(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
