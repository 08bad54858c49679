using System.Text;
using Chancery.Records;
using Markdig;

namespace Chancery.Formats.Intake;

/// <summary>Reports in Markdown, with what is known of them in lines between <c>---</c> at the top.</summary>
internal static class MarkdownFiles
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    public static (Document?, Problem?) Read(string text, string id, string name, IntakeOptions options)
    {
        var (front, body) = FrontMatter(text.ReplaceLineEndings("\n"));
        string? Of(params ReadOnlySpan<string> keys)
        {
            foreach (var key in keys)
                if (front.GetValueOrDefault(key) is { Length: > 0 } value)
                    return value;
            return null;
        }

        if (string.IsNullOrWhiteSpace(body))
            return (null, new("CH0105", $"{name}: there is nothing in it; remove it or give the text."));
        string html;
        try
        {
            html = Markdown.ToHtml(body, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's word for quotations inside quotations without end.
            return (null, new("CH0320", $"{name}: nested too deeply to be a report; save it as plain text."));
        }
        var (plain, problem) = HtmlPages.Fragment(html, name, options);
        if (problem is not null)
            return (null, problem);
        if (string.IsNullOrWhiteSpace(plain))
            return (null, new("CH0105", $"{name}: there is nothing in it; remove it or give the text."));
        var title = Of("title", "headline") ?? Heading(body, plain);
        return (new Report(id, plain)
        {
            Title = title,
            Published = PublishedDate.Of(Of("date", "published", "pubdate")),
            Publisher = Of("publisher", "source", "outlet"),
            Url = Of("url", "link", "canonical"),
            Language = Of("lang", "language"),
            Authors = Report.Names(Of("author", "authors", "byline")),
        }.ToDocument(options), null);
    }

    /// <summary>The first line where it is a heading.</summary>
    private static string? Heading(string body, string plain)
    {
        var start = body.AsSpan().TrimStart();
        var heading = start.StartsWith("# ") || start is [_, ..] && start.IndexOf('\n') is > 0 and var end && start[(end + 1)..].StartsWith("===");
        if (!heading)
            return null;
        var line = plain.AsSpan().TrimStart();
        return line.IndexOf('\n') is > 0 and var stop ? line[..stop].Trim().ToString() : null;
    }

    private static (Dictionary<string, string> Front, string Body) FrontMatter(string text)
    {
        var front = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
            return (front, text);
        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        if (end < 0 || end > 1 << 16)
            return (front, text);
        string? list = null;
        foreach (var line in text[4..Math.Max(4, end)].Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (list is not null && line.TrimStart().StartsWith("- ", StringComparison.Ordinal))
            {
                front[list] = string.Join(", ", ((string[])[front[list], Bare(line.TrimStart()[2..])]).Where(v => v.Length > 0));
            }
            else if (colon > 0 && !char.IsWhiteSpace(line[0]) && line[0] != '#')
            {
                list = line[..colon].Trim();
                front[list] = Bare(line[(colon + 1)..]);
            }
        }
        return (front, text[(end + 5)..]);
    }

    private static string Bare(string value)
    {
        var bare = value.Trim();
        if (bare is ['[', .., ']'])
            return string.Join(", ", bare[1..^1].Split(',').Select(Bare));
        return bare is ['"', .., '"'] or ['\'', .., '\''] ? new StringBuilder(bare[1..^1]).Replace("\\\"", "\"").Replace("''", "'").ToString() : bare;
    }
}
