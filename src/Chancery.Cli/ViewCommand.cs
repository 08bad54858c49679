using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chancery.Cli.Output;
using Chancery.Formats.Json;
using Chancery.Lexicon;
using Chancery.Records;
using Chancery.Views;
using Spectre.Console;

namespace Chancery.Cli;

/// <summary>The command <c>chancery view</c>: reads documents and shows what they come to together.</summary>
internal static class ViewCommand
{
    public const string All = "all";

    private static readonly string[] Names = ["diary", "measures", "positions", "disputes"];

    public static Argument<string> Which()
    {
        var which = new Argument<string>("VIEW") { Description = "all, diary (visits, meetings, calls, speeches), measures (sanctions and the like), positions, or disputes." };
        which.AcceptOnlyFromAmong([All, .. Names]);
        return which;
    }

    /// <summary>Writes the views as JSON: one as a list, all as an object of lists.</summary>
    public static void WriteJson(Utf8JsonWriter to, string which, IReadOnlyCollection<Record> records, WorldLexicon lexicon)
    {
        var views = new ViewJson(to, records);
        if (which == All)
            to.WriteStartObject();
        foreach (var name in Names.Where(n => which == All || which == n))
        {
            if (which == All)
                to.WritePropertyName(name);
            switch (name)
            {
                case "diary":
                    views.Write(Diary.Of(records, lexicon));
                    break;
                case "measures":
                    views.Write(Measures.Of(records, lexicon));
                    break;
                case "positions":
                    views.Write(Positions.Of(records, lexicon));
                    break;
                default:
                    views.Write(Disputes.Of(records, lexicon));
                    break;
            }
        }
        if (which == All)
            to.WriteEndObject();
    }

    /// <summary>Writes the views as tables.</summary>
    public static void WriteText(TextWriter to, string which, IReadOnlyCollection<Record> records, WorldLexicon lexicon, bool evidence, Terminal terminal)
    {
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        var console = terminal.Page(page);
        var views = new ViewText(console, evidence);
        if (which is All or "diary")
            views.Write(Diary.Of(records, lexicon));
        if (which is All or "measures")
            views.Write(Measures.Of(records, lexicon));
        if (which is All or "positions")
            views.Write(Positions.Of(records, lexicon));
        if (which is All or "disputes")
            views.Write(Disputes.Of(records, lexicon));
        Terminal.Trim(page.ToString(), to);
    }
}
