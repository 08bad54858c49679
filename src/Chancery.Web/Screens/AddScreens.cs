using System.Text.Json;
using Chancery.Formats.Intake;
using Chancery.Records;
using Chancery.Web.Api.Adding;
using Chancery.Web.Pages;
using Chancery.Web.Security;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Screens;

/// <summary>Adding a text, a file or an address, and watching how it is read.</summary>
internal static class AddScreens
{
    private const int LongestText = 4_000_000;

    public static void MapAdd(this IEndpointRouteBuilder app)
    {
        app.MapGet("/add", (HttpContext context, Archive.Archive archive) => Screen.Page<AddPage>(new() { ["MayChange"] = DocumentScreens.MayChange(context), ["IsEmpty"] = archive.Documents(new() { Limit = 1 }).Count == 0 }));
        app.MapPost("/add", AddAsync).FromOwnPages();
        app.MapPost("/add/samples", (IAddJobs jobs) => Started(jobs.Start(new(null, null, (Samples.AsJsonLines(), "samples.jsonl", "application/jsonl"), null, null, null)))).FromOwnPages();
        app.MapGet("/add/{id}", (HttpContext context, IAddJobs jobs, Recent recent, string id) =>
        {
            if (jobs.Find(id) is not { Now: var job })
                return Over;
            if (job.State == "done")
                recent.Forget();
            return (IResult)Screen.Page<JobPage>(new() { ["Job"] = job, ["IsPart"] = Screen.WantsPart(context.Request) });
        });
    }

    private static RazorComponentResult<ProblemPage> Over =>
        Screen.Page<ProblemPage>(new() { ["Title"] = "Long over", ["Code"] = "CH0544", ["Detail"] = "There is no such job, or it is long over. What it added is among the reports." }, StatusCodes.Status404NotFound);

    private static async Task<IResult> AddAsync(HttpContext context, IAddJobs jobs)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        string? Field(string name) => form[name].ToString().Trim() is { Length: > 0 } value ? value : null;
        var (title, published, publisher) = (Field("title"), Field("published"), Field("publisher"));
        if (new[] { title, published, publisher }.Any(f => f?.Length > Limits.LongestField))
            return Refused("Headline, day or publisher is too long.", form);
        if (published is not null && Edtf.Days(published) is null)
            return Refused($"{published}: not a date; write it as 2024-04-08, 2024-04 or 2024.", form);
        if (form.Files is [{ Length: > 0 } file])
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, context.RequestAborted).ConfigureAwait(false);
            var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
            return Started(jobs.Start(new(null, null, (bytes.ToArray(), name.Length > 0 ? name : "upload", file.ContentType), title, published, publisher)));
        }
        if (Field("url") is { } address)
        {
            return address.Length <= 2000 && Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? Started(jobs.Start(new(null, url, null, title, published, publisher)))
                : Refused($"{(address.Length > 100 ? address[..100] + "…" : address)}: not an address; write it as https://example.org/news/1.html", form);
        }
        if (Field("text") is { } text)
            return text.Length <= LongestText ? Started(jobs.Start(new(text.ReplaceLineEndings("\n"), null, null, title, published, publisher))) : Refused("The text is too long; divide it.", form);
        return Refused("Give a text, choose a file, or write an address.", form);
    }

    private static IResult Started(IAddJob? job) => job is null
        ? Screen.Page<AddPage>(new() { ["MayChange"] = true, ["Problem"] = "Too many reports wait to be read; try again in a few seconds." }, StatusCodes.Status503ServiceUnavailable)
        : TypedResults.LocalRedirect($"/add/{job.Id}");

    private static RazorComponentResult<AddPage> Refused(string problem, IFormCollection form) =>
        Screen.Page<AddPage>(new() { ["MayChange"] = true, ["Problem"] = problem, ["Form"] = form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal) }, StatusCodes.Status400BadRequest);
}

/// <summary>The sample reports that come with the program.</summary>
public static class Samples
{
    private const string Prefix = "samples/";

    /// <summary>All of them, one JSON object a line.</summary>
    public static byte[] AsJsonLines()
    {
        var lines = new MemoryStream();
        var home = typeof(Samples).Assembly;
        foreach (var name in home.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var text = home.GetManifestResourceStream(name)!;
            foreach (var (document, _) in DocumentReader.Read(text, name[Prefix.Length..]))
            {
                lines.Write(JsonSerializer.SerializeToUtf8Bytes(new { id = document!.Id, title = document.Title, text = document.Text, published = document.Published, publisher = document.Publisher }));
                lines.WriteByte((byte)'\n');
            }
        }
        return lines.ToArray();
    }
}
