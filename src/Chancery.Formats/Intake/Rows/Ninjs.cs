using System.Text.Json;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>News items in IPTC's ninjs, versions 1 to 3.</summary>
internal static class Ninjs
{
    /// <summary>Whether an object is one: it says <c>uri</c> and has one of the fields that only ninjs has.</summary>
    public static bool Is(JsonElement item) =>
        item.TryGetProperty("uri", out _) &&
        (item.TryGetProperty("body_text", out _) || item.TryGetProperty("body_xhtml", out _) || item.TryGetProperty("bodies", out _) ||
         item.TryGetProperty("versioncreated", out _) || item.TryGetProperty("pubstatus", out _));

    public static (Document?, Problem?) Read(JsonElement item, string name, long? line, string place, IntakeOptions options)
    {
        var uri = Report.Absent(Text(item, "uri"));
        var status = Text(item, "pubstatus");
        if (status is "canceled" or "cancelled" || (status?.EndsWith(":canceled", StringComparison.Ordinal) ?? false))
            return (null, new("CH0340", $"{place}: the sender withdrew {uri ?? "this item"} (pubstatus {status}); take what was read of it out of use."));
        var (body, problem) = Body(item, place, options);
        if (problem is not null)
            return (null, problem);
        if (Report.Absent(body) is not { } text)
            return (null, new("CH0313", $"{place}: no text in this ninjs item (body_text, body_xhtml, bodies); a picture or a summary is no report."));

        var stem = FileNames.Stem(name);
        var report = new Report(uri ?? (line is { } n ? $"{stem}-{n}" : stem), text)
        {
            Title = Title(item),
            Publisher = Text(item, "copyrightholder") ?? Text(item, "source") ?? Named(item, "infosources") ?? Named(item, "organisations", "source"),
            Published = PublishedDate.Of(Text(item, "versioncreated")) ?? PublishedDate.Of(Text(item, "firstcreated")) ?? PublishedDate.Of(Text(item, "contentcreated")),
            Url = Text(item, "url") ?? (Uri.TryCreate(uri, UriKind.Absolute, out var web) && web.Scheme is "http" or "https" ? uri : null),
            Language = Text(item, "language"),
            Authors = Report.Names(Text(item, "byline")) is { Count: > 0 } by ? by : Report.Names(Named(item, "by") ?? FirstValue(item, "bylines")),
        };
        return (report.ToDocument(options), null);
    }

    private static (string?, Problem?) Body(JsonElement item, string place, IntakeOptions options)
    {
        if (Report.Absent(Text(item, "body_text")) is { } plain)
            return (plain, null);
        if (Report.Absent(Text(item, "body_xhtml")) is { } markup)
            return HtmlPages.Fragment(markup, place, options);
        (string Text, bool Markup)? best = null;
        foreach (var body in List(item, "bodies"))
        {
            var value = Report.Absent(JsonFiles.Text(JsonFiles.Field(body, "value")));
            var isMarkup = (JsonFiles.Text(JsonFiles.Field(body, "contenttype")) ?? "").Contains("html", StringComparison.OrdinalIgnoreCase);
            if (value is not null && (best is null || (!isMarkup && best.Value.Markup)))
                best = (value, isMarkup);
        }
        // Version 1 allows a body of any name and media type: body_xml, body_sportsml.
        return best is not { } found ? (null, null) : found.Markup ? HtmlPages.Fragment(found.Text, place, options) : (found.Text, null);
    }

    private static string? Title(JsonElement item) =>
        Report.Absent(Text(item, "headline"))
        ?? List(item, "headlines").OrderBy(h => JsonFiles.Text(JsonFiles.Field(h, "role")) is null or "main" or "headline" ? 0 : 1)
            .Select(h => Report.Absent(JsonFiles.Text(JsonFiles.Field(h, "value")))).FirstOrDefault(h => h is not null)
        ?? Report.Absent(Text(item, "title"));

    private static string? Named(JsonElement item, string list, string? role = null) =>
        List(item, list).Where(i => role is null || JsonFiles.Text(JsonFiles.Field(i, "rel")) == role)
            .Select(i => Report.Absent(JsonFiles.Text(JsonFiles.Field(i, "name")))).FirstOrDefault(n => n is not null);

    private static string? FirstValue(JsonElement item, string list) =>
        List(item, list).Select(i => Report.Absent(JsonFiles.Text(JsonFiles.Field(i, "value")))).FirstOrDefault(v => v is not null);

    private static IEnumerable<JsonElement> List(JsonElement item, string name) =>
        item.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? Report.Absent(JsonFiles.Text(value)) : null;
}
