using System.Globalization;

namespace Chancery.Formats.Exports.Rows;

/// <summary>Rows of POLECAT.</summary>
internal sealed class PolecatRows : EventRowWriter
{
    private const string Missing = "None";

    public override IReadOnlyList<string> Columns { get; } =
    [
        "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
        "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
        "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
        "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
        "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
    ];

    public override string[] Row(CodedEvent one, EventRowOptions options)
    {
        var (document, place) = (one.In.Document, one.Event.Place);
        string?[] row =
        [
            one.Number.ToString(CultureInfo.InvariantCulture), Day(one.Day), one.Event.Type, List(one.Event.Modes), Number(one.Event.Score), Number(QuadCode.Of(one.Event.Type)), List(one.Event.Contexts),
            .. Actor(one.In.Record, one.SourceHere, one.Source), .. Actor(one.In.Record, one.TargetHere, one.Target),
            place?.Name, place?.Latitude is null ? null : place.Name, null, null, place?.Country, Number(place?.Latitude), Number(place?.Longitude), Number(place?.GeoNames), null, null,
            document.Publisher, one.In.Published is { } published ? Day(published) : null, one.In.People, one.In.Bodies, one.In.Places, document.Language, options.Version,
        ];
        return [.. row.Select(f => string.IsNullOrWhiteSpace(f) ? Missing : f)];
    }

    private static string?[] Actor(ExportRecord record, string? here, ExportActor? actor) => actor is null ? new string?[8] :
    [
        actor.Name, actor.Country, Number(CodeLists.Country(actor.Country)?.Cow), actor.Sectors.Count > 0 ? actor.Sectors[0] : null, List(actor.Sectors), actor.Office, record.ActorHere(here)?.Name, actor.Wikipedia,
    ];

    private static string? List(IReadOnlyList<string> values) => values.Count > 0 ? string.Join("; ", values) : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Number(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}
