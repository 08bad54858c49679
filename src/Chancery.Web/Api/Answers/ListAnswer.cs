using System.Text.Json;
using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Formats.Tables;
using Chancery.Web.Api.Asking;
using Chancery.Web.Api.Shapes;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Http;

namespace Chancery.Web.Api.Answers;

/// <summary>A list: a page of it as JSON, or all of it as JSON Lines, CSV or Parquet.</summary>
/// <param name="name">What it is called in files.</param>
/// <param name="about">What it lists.</param>
/// <param name="page">A page of at most so many entries after where another ended.</param>
/// <param name="shape">An entry as JSON.</param>
/// <param name="columns">An entry as a row.</param>
internal sealed class ListAnswer<TEntry, TShape>(string name, string about, Func<int, string?, Page<TEntry>> page, Func<TEntry, TShape> shape, IReadOnlyList<EntryColumn<TEntry>> columns)
{
    // Entries that are fetched at once for a whole list.
    private const int Batch = 1000;

    public async Task WriteAsync(HttpContext context, Asked asked, Freshness freshness)
    {
        var form = AnswerForm.Wanted(context.Request, AnswerForm.Lists);
        if (freshness.IsKnown(context, form))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var limit = asked.Whole("limit");
        if (form.Format == TableFormat.Json || limit is not null)
        {
            var one = page(limit ?? Limits.PageSize, asked.Text("after"));
            var next = Addresses.Linked(context, one.Next);
            if (form.Format == TableFormat.Json)
                await WriteJsonAsync(context, new EntryPage<TShape> { Entries = [.. one.Entries.Select(shape)], Next = next }).ConfigureAwait(false);
            else
                await WriteAllAsync(context, form, one.Entries).ConfigureAwait(false);
            return;
        }
        // The first entries are fetched before the answer begins, so that what is wrong with the question is told as a problem.
        await WriteAllAsync(context, form, All(page(Batch, asked.Text("after")))).ConfigureAwait(false);
    }

    public static Task WriteJsonAsync<T>(HttpContext context, T value, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(value, ApiJson.Options, "application/json; charset=utf-8", context.RequestAborted);
    }

    private async Task WriteAllAsync(HttpContext context, AnswerForm form, IEnumerable<TEntry> entries)
    {
        var (response, cancellation) = (context.Response, context.RequestAborted);
        response.ContentType = form.MediaType + (form == AnswerForm.Csv ? "; charset=utf-8; header=present" : "");
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}{TableWriter.ExtensionOf(form.Format!.Value)}\"";
        if (form == AnswerForm.JsonLines)
        {
            foreach (var entry in entries)
            {
                await JsonSerializer.SerializeAsync(response.Body, shape(entry), ApiJson.Options, cancellation).ConfigureAwait(false);
                await response.Body.WriteAsync("\n"u8.ToArray(), cancellation).ConfigureAwait(false);
            }
            return;
        }
        // Writers of tables write synchronously, which a server must not; what they write is bounded.
        using var buffer = new MemoryStream();
        await TableWriter.WriteAsync(form.Format!.Value, buffer, new(name, about, [.. columns.Select(c => c.Column)]), entries.Select(e => columns.Select(c => c.Value(e)).ToArray()), null, cancellation).ConfigureAwait(false);
        response.ContentLength = buffer.Length;
        buffer.Position = 0;
        await buffer.CopyToAsync(response.Body, cancellation).ConfigureAwait(false);
    }

    private IEnumerable<TEntry> All(Page<TEntry> first)
    {
        var left = Limits.LargestDownload;
        for (var at = first; ; at = page(Math.Min(left, Batch), at.Next))
        {
            foreach (var entry in at.Entries)
                yield return entry;
            left -= at.Entries.Count;
            if (at.Next is null || left <= 0)
                yield break;
        }
    }
}

/// <summary>Pages of lists that count what they leave out.</summary>
internal static class Skipped
{
    /// <summary>A page, given as many entries as are left after some.</summary>
    /// <param name="entries">At most so many entries after so many.</param>
    /// <param name="limit">The most entries of the page.</param>
    /// <param name="after">How many the pages before had.</param>
    public static Page<T> Page<T>(Func<int, int, IReadOnlyList<T>> entries, int limit, string? after)
    {
        var skip = after is null ? 0 : int.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
        var found = entries(limit + 1, skip);
        return found.Count > limit ? new([.. found.Take(limit)], (skip + limit).ToString(System.Globalization.CultureInfo.InvariantCulture)) : new(found, null);
    }
}
