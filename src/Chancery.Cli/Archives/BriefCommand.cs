using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Formats.Exports.Calendars;

namespace Chancery.Cli.Archives;

/// <summary>The command <c>chancery brief</c>: what happened, what was said, what is coming, what is disputed, each line with its source.</summary>
internal static class BriefCommand
{
    public static Command Make(Terminal terminal, TimeProvider clock)
    {
        var options = new ArchiveOptions();
        var since = new Option<string>("--since") { Description = "From when: a day, or how long ago, as 1d, 2w.", DefaultValueFactory = _ => "1d", HelpName = "DATE" };
        var actor = new Option<string?>("--actor") { Description = "Only what somebody has a part in; a state stands for all of its people and bodies.", HelpName = "NAME" };
        var format = new Option<string>("--format") { Description = "md or html.", DefaultValueFactory = _ => "md" };
        format.AcceptOnlyFromAmong("md", "html");
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };
        since.Validators.Add(result =>
        {
            if (SinceOf(result.GetValueOrDefault<string>(), clock) is null)
                result.AddError($"--since {result.GetValueOrDefault<string>()}: give a day as 2024-04-08, or how long ago as 1d or 2w.");
        });
        var command = new Command("brief", "The daily brief: what happened, what was said, what is coming, what is disputed, each line with its source.") { since, actor, format, output };
        options.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var archive = options.Open(parsed);
            var day = SinceOf(parsed.GetValue(since)!, clock)!.Value;
            var parts = Brief.Of(archive, day, DateOnly.FromDateTime(clock.GetLocalNow().DateTime), parsed.GetValue(actor));
            var reports = archive.DocumentsOf(parts.SelectMany(p => p.Entries).SelectMany(e => e.Evidence).Select(e => e.Document));
            var brief = parts.Select(s => (s.Title, s.Entries.Select(e => LineOf(s.View, e) with { Source = SourceOf(e, reports) }).ToList())).ToList();
            var title = $"Brief since {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{(parsed.GetValue(actor) is { } who ? $": {who}" : "")}";
            await new ListWriter(terminal, "", parsed.GetValue(output)).WriteTextAsync(to => to.Write(parsed.GetValue(format) == "html" ? Html(title, brief) : Markdown(title, brief))).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    private static DateOnly? SinceOf(string? text, TimeProvider clock)
    {
        if (text is null)
            return null;
        if (text.Length > 1 && text[^1] is 'd' or 'w' && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 5000)
            return DateOnly.FromDateTime(clock.GetLocalNow().DateTime).AddDays(-number * (text[^1] == 'w' ? 7 : 1));
        return Records.Edtf.Days(text)?.First;
    }

    private sealed record Line(string Words, string? Quote)
    {
        public Source Source { get; init; } = new("", null);
    }

    /// <summary>Where it stands: who published it and when, by what key it is found, and its address if it has one.</summary>
    private sealed record Source(string Words, string? Address);

    private static Source SourceOf(ArchiveEntry entry, IReadOnlyDictionary<string, ArchiveDocument> reports)
    {
        var first = entry.Evidence.Count > 0 ? reports.GetValueOrDefault(entry.Evidence[0].Document) : null;
        var others = entry.Reports > 1 ? string.Create(CultureInfo.InvariantCulture, $"{entry.Reports} reports, first ") : "";
        var words = new[] { first?.Publisher ?? string.Join(", ", entry.Publishers.Take(3)), first?.Published, first?.Key }.Where(w => !string.IsNullOrEmpty(w));
        // An address comes from outside; one that a browser would run is none.
        var address = first?.Url is { } url && Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" ? parsed.AbsoluteUri : null;
        return new(others + string.Join(", ", words), address);
    }

    private static bool IsMutual(ArchiveEntry e) => e.Who.Count > 1 && e.Who.SequenceEqual(e.With);

    private static Line LineOf(ArchiveView view, ArchiveEntry e) => view switch
    {
        ArchiveView.Timeline => LineOf(e, $"{Day(e)}{Names(e.Who)}: {Kind(e)}{(IsMutual(e) ? "" : Names(e.With, " → "))}{Claim(e)}"),
        ArchiveView.Measures => LineOf(e, $"{Day(e)}{Names(e.Who)}: {e.Kind}{Names(e.With, " on ")}, {e.Status}"),
        ArchiveView.Statements => LineOf(e, $"{Names(e.Who)} ({e.Kind}{Names(e.WordOf, ", as told by ")})"),
        ArchiveView.Diary => LineOf(e, $"{Day(e)}{DiaryCalendar.TitleOf(e.ToDiaryItem())} ({e.Status}{Names(e.WordOf, ", on the word of ")})"),
        _ when e.Kind == "contradicted by deeds" => LineOf(e, $"Do words and deeds part? {Names(e.Who)}: “{ListWriter.OnOneLine(e.Text ?? "")}” – {Names(e.WordOf)}: “{ListWriter.OnOneLine(e.Answer ?? "")}”") with { Quote = null },
        _ => LineOf(e, $"{Names(e.Who, none: "Somebody")}: “{ListWriter.OnOneLine(e.Text ?? "")}” – {e.Kind} by {Names(e.WordOf, none: "somebody")}: “{ListWriter.OnOneLine(e.Answer ?? "")}”") with { Quote = null },
    };

    private static Line LineOf(ArchiveEntry entry, string words) =>
        new(words + (entry.Corrected is null ? "" : $" ({entry.Corrected} by a person)") + (entry.Contradicted ? " (other reports say that it did not happen)" : ""), entry.Evidence.Count > 0 ? ListWriter.OnOneLine(entry.Evidence[0].Text) : null);

    private static string Day(ArchiveEntry entry) => entry.Date is { } date ? $"{date}: " : "";

    private static string Kind(ArchiveEntry entry) => entry.Kind.ToLowerInvariant() + (entry.Modes.Count > 0 ? $" ({string.Join(", ", entry.Modes)})" : "");

    private static string Claim(ArchiveEntry entry) => entry.Claimed == true ? Names(entry.WordOf, ", as claimed by ", "") : "";

    private static string Names(IReadOnlyList<Views.ViewActor> actors, string before = "", string none = "") => actors.Count > 0 ? before + string.Join(", ", actors.Select(a => a.Name)) : none;

    private static string Markdown(string title, List<(string Title, List<Line> Lines)> sections)
    {
        var page = new StringBuilder($"# {Escaped(title)}\n");
        foreach (var (heading, lines) in sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n");
            foreach (var line in lines)
                page.Append(CultureInfo.InvariantCulture, $"- {Escaped(line.Words)}{(line.Quote is null ? "" : $": “{Escaped(line.Quote)}”")} {Cited(line.Source)}\n");
            if (lines.Count == 0)
                page.Append("Nothing.\n");
        }
        return page.ToString();

        static string Cited(Source source) => source.Address is null ? $"[{Escaped(source.Words)}]" : $"[{Escaped(source.Words)}](<{source.Address.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)}>)";

        static string Escaped(string words) => System.Text.RegularExpressions.Regex.Replace(words, @"([\\`*_\[\]<>#|])", @"\$1");
    }

    private static string Html(string title, List<(string Title, List<Line> Lines)> sections)
    {
        var page = new StringBuilder($"<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{WebUtility.HtmlEncode(title)}</title>\n<h1>{WebUtility.HtmlEncode(title)}</h1>\n");
        foreach (var (heading, lines) in sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{heading}</h2>\n");
            if (lines.Count == 0)
            {
                page.Append("<p>Nothing.</p>\n");
                continue;
            }
            page.Append("<ul>\n");
            foreach (var line in lines)
                page.Append(CultureInfo.InvariantCulture, $"<li>{WebUtility.HtmlEncode(line.Words)}{(line.Quote is null ? "" : $" <q>{WebUtility.HtmlEncode(line.Quote)}</q>")} <cite>{Cited(line.Source)}</cite></li>\n");
            page.Append("</ul>\n");
        }
        return page.Append("</html>\n").ToString();

        static string Cited(Source source) => source.Address is null ? WebUtility.HtmlEncode(source.Words) : $"<a href=\"{WebUtility.HtmlEncode(source.Address)}\">{WebUtility.HtmlEncode(source.Words)}</a>";
    }
}
