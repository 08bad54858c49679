using Chancery.Archive;
using Chancery.Web.Pages;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Screens;

/// <summary>Search over actors, statements and reports.</summary>
internal static class SearchScreens
{
    private const int Most = 20;

    public static void MapSearch(this IEndpointRouteBuilder app)
    {
        app.MapGet("/search", (HttpContext context, Archive.Archive archive, int? skip) =>
        {
            var words = context.Request.Query["q"].ToString().Trim();
            if (words.Length > Limits.LongestField)
                throw new BadHttpRequestException($"q: longer than {Limits.LongestField} characters.");
            return Screen.Page<SearchPage>(new() { ["Found"] = Found.Of(archive, words, ListQuery.Of(context.Request.Query).Filter, Math.Clamp(skip ?? 0, 0, 10_000), Most) });
        });
        app.MapGet("/search.json", (HttpContext context, Archive.Archive archive) =>
        {
            var words = context.Request.Query["q"].ToString().Trim();
            var found = Found.Of(archive, words[..Math.Min(words.Length, Limits.LongestField)], ListQuery.Of(context.Request.Query).Filter, 0, Limits.PageSize);
            return Data.AsJson(new
            {
                Words = words, found.Problem,
                Actors = found.Actors.Select(a => new { a.Key, a.Name, a.Kind, a.Country, a.Documents }),
                Statements = found.Statements.Select(s => new { s.Id, Act = s.Kind, Speaker = s.Who.Select(w => w.Name), s.Text, s.Date, Reported = Wording.Iso(s.Since), Documents = s.Evidence.Select(e => e.Document) }),
                Documents = found.Documents.Select(d => new { d.Key, d.Title, d.Publisher, d.Published, d.Passage }),
            });
        });
        app.MapGet("/search.csv", (HttpContext context, Archive.Archive archive) => Data.WriteAsync(context, "search", "csv", Archive.Lists.EntryColumns.ForDocuments, Found.Of(archive, context.Request.Query["q"].ToString().Trim(), ListQuery.Of(context.Request.Query).Filter, 0, Limits.PageSize).Documents));
    }
}

/// <summary>What a search found.</summary>
/// <param name="Words">What was searched for.</param>
/// <param name="Filter">Of whom, when, and published by whom it should be.</param>
/// <param name="Actors">Actors of that name.</param>
/// <param name="Statements">What was said with these words.</param>
/// <param name="Documents">The reports with them.</param>
public sealed record Found(string Words, ArchiveFilter Filter, IReadOnlyList<ArchiveActor> Actors, IReadOnlyList<ArchiveEntry> Statements, IReadOnlyList<ArchiveDocument> Documents)
{
    /// <summary>How many of each were left out before these.</summary>
    public int Skip { get; init; }

    /// <summary>Whether there may be more.</summary>
    public bool More { get; init; }

    /// <summary>Why nothing was looked for; null where it was.</summary>
    public string? Problem { get; init; }

    // Filters are looked at after the search, so more is found than shown.
    private const int Spare = 10;

    /// <summary>Searches.</summary>
    public static Found Of(Archive.Archive archive, string words, ArchiveFilter filter, int skip, int most)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(filter);
        if (words.Length == 0)
            return new(words, filter, [], [], []);
        try
        {
            var narrow = filter.Actor is not null || filter.Publisher is not null || filter.From is not null || filter.To is not null;
            var (documents, statements) = archive.Search(words, narrow ? most * Spare : most + 1, narrow ? 0 : skip);
            var actors = skip > 0 ? [] : archive.WellKnown(words.Trim('"', '*'), 8);
            var (fittingDocuments, fittingStatements) = (documents.Where(d => Fits(d, filter)).ToList(), statements.Where(s => Fits(s, filter)).ToList());
            return new(words, filter, actors, [.. fittingStatements.Take(most)], [.. fittingDocuments.Take(most)]) { Skip = skip, More = !narrow && (documents.Count > most || statements.Count > most) };
        }
        catch (ArchiveException e) when (e.Code == "CH0426")
        {
            return new(words, filter, [], [], []) { Problem = e.Message };
        }
    }

    private static bool Fits(ArchiveDocument document, ArchiveFilter filter) => Within(Records.Edtf.Days(document.Published)?.Last, filter) && (filter.Publisher is null || document.Publisher?.Contains(filter.Publisher, StringComparison.OrdinalIgnoreCase) == true)
        && (filter.Actor is null);

    private static bool Fits(ArchiveEntry entry, ArchiveFilter filter) => Within(entry.Day ?? entry.Since, filter) && (filter.Publisher is null || entry.Publishers.Any(p => p.Contains(filter.Publisher, StringComparison.OrdinalIgnoreCase)))
        && (filter.Actor is null || entry.Who.Concat(entry.With).Any(a => a.Id == filter.Actor || a.Name.Contains(filter.Actor, StringComparison.OrdinalIgnoreCase)));

    private static bool Within(DateOnly? day, ArchiveFilter filter) => (filter.From is null || day >= filter.From) && (filter.To is null || day <= filter.To);
}
