using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Web.Pages;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Screens;

/// <summary>Who holds what on which issue, as a table.</summary>
internal static class PositionScreens
{
    private const int Rows = 30, Columns = 14;

    public static void MapPositions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/positions/matrix", (HttpContext context, Archive.Archive archive, Recent recent) =>
        {
            var filter = ListQuery.Of(context.Request.Query).Filter;
            try
            {
                return Screen.Page<MatrixPage>(new() { ["Table"] = recent.Of($"positions {filter.Actor} | {filter.On}", () => archive.PositionTable(filter.Actor, filter.On, Rows, Columns)), ["Filter"] = filter });
            }
            catch (ArchiveException e) when (e.Code == "CH0420")
            {
                return Screen.Page<MatrixPage>(new() { ["Table"] = new PositionTable([], [], []), ["Filter"] = filter, ["Problem"] = e.Message });
            }
        });
        app.MapGet("/positions/matrix.{format}", (HttpContext context, Archive.Archive archive, string format) =>
        {
            var filter = ListQuery.Of(context.Request.Query).Filter;
            return Data.WriteAsync(context, "positions-matrix", format, Cells, archive.PositionTable(filter.Actor, filter.On, Rows * 5, Columns * 5).Cells);
        });
    }

    private static EntryColumn<PositionCell>[] Cells { get; } =
    [
        Data.Text<PositionCell>("actor", c => c.Actor), Data.Text<PositionCell>("issue", c => c.Issue), Data.Text<PositionCell>("stance", c => c.Stance), Data.Whole<PositionCell>("times", c => c.Counts.Values.Sum()),
        Data.Text<PositionCell>("since", c => Wording.Iso(c.Since)), Data.Text<PositionCell>("latest", c => Wording.Iso(c.Latest)), Data.Whole<PositionCell>("entry", c => c.Entry),
    ];
}
