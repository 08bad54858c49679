using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Web.Pages;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Screens;

/// <summary>Where events happened.</summary>
internal static class MapScreens
{
    private const int MostPlaces = 300;

    public static void MapMap(this IEndpointRouteBuilder app)
    {
        app.MapGet("/map", (HttpContext context, Archive.Archive archive, Recent recent) =>
        {
            var (query, period) = (ListQuery.Of(context.Request.Query), Period.Of(context, archive));
            try
            {
                return Screen.Page<MapPage>(new() { ["Places"] = recent.Of($"map {query.Address("", ("from", Wording.Iso(period.From)), ("to", Wording.Iso(period.To)))}", () => Places(archive, query, period)), ["Period"] = period, ["Query"] = query });
            }
            catch (ArchiveException e) when (e.Code is "CH0420" or "CH0421")
            {
                return Screen.Page<MapPage>(new() { ["Places"] = Array.Empty<PlaceCount>(), ["Period"] = period, ["Query"] = query, ["Problem"] = e.Message });
            }
        });
        app.MapGet("/map.{format}", (HttpContext context, Archive.Archive archive, string format) =>
            Data.WriteAsync(context, "map", format, Columns, Places(archive, ListQuery.Of(context.Request.Query), Period.Of(context, archive))));
    }

    private static IReadOnlyList<PlaceCount> Places(Archive.Archive archive, ListQuery query, Period period) => archive.Places(query.Filter with { From = period.From, To = period.To }, MostPlaces);

    private static EntryColumn<PlaceCount>[] Columns { get; } =
    [
        Data.Text<PlaceCount>("place", p => p.Place), Data.Text<PlaceCount>("country", p => p.Country), Data.Real<PlaceCount>("latitude", p => p.Position?.Latitude), Data.Real<PlaceCount>("longitude", p => p.Position?.Longitude), Data.Whole<PlaceCount>("events", p => p.Events),
    ];
}
