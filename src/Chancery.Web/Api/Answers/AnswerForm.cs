using System.Net;
using Chancery.Formats.Tables;
using Chancery.Web.Api.Asking;
using Microsoft.AspNetCore.Http;

namespace Chancery.Web.Api.Answers;

/// <summary>A form in which something is given.</summary>
/// <param name="Format">How rows are written; null for what is no list.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record AnswerForm(TableFormat? Format, string MediaType)
{
    public static AnswerForm Json { get; } = new(TableFormat.Json, "application/json");

    public static AnswerForm JsonLines { get; } = new(TableFormat.JsonLines, "application/jsonl");

    public static AnswerForm Csv { get; } = new(TableFormat.Csv, "text/csv");

    public static AnswerForm Parquet { get; } = new(TableFormat.Parquet, "application/vnd.apache.parquet");

    public static AnswerForm Text { get; } = new(null, "text/plain");

    public static AnswerForm Events { get; } = new(null, "text/event-stream");

    /// <summary>The forms of a list, the usual first.</summary>
    public static IReadOnlyList<AnswerForm> Lists { get; } = [Json, JsonLines, Csv, Parquet];

    /// <summary>The form that a request wants most (RFC 9110, section 12.5.1).</summary>
    /// <exception cref="Refusal">It wants none of those that there are.</exception>
    public static AnswerForm Wanted(HttpRequest request, IReadOnlyList<AnswerForm> forms)
    {
        if (request.Headers.Accept.Count == 0 || request.Headers.Accept.ToString() is "" or "*/*")
            return forms[0];
        foreach (var range in request.GetTypedHeaders().Accept.Where(a => a.Quality is null or > 0).OrderByDescending(a => a.Quality ?? 1))
        {
            if (forms.FirstOrDefault(f => range.MatchesMediaType(f.MediaType)) is { } form)
                return form;
        }
        throw new Refusal(HttpStatusCode.NotAcceptable, "CH0541", $"This is given as {string.Join(", ", forms.Select(f => f.MediaType))}; ask for one of them with Accept.");
    }
}
