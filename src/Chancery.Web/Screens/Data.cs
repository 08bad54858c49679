using System.Text.Json;
using Chancery.Archive.Lists;
using Chancery.Formats.Tables;
using Microsoft.AspNetCore.Http;

namespace Chancery.Web.Screens;

/// <summary>What a screen shows, as data under its address with an ending.</summary>
internal static class Data
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value as JSON.</summary>
    public static IResult AsJson(object value) => TypedResults.Json(value, Json, "application/json; charset=utf-8");

    /// <summary>Rows in the format that an ending asks for.</summary>
    public static async Task WriteAsync<T>(HttpContext context, string name, string format, IReadOnlyList<EntryColumn<T>> columns, IEnumerable<T> rows)
    {
        if (TableWriter.FormatOf(format) is not { } table)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        using var buffer = new MemoryStream();
        await TableWriter.WriteAsync(table, buffer, new(name, name, [.. columns.Select(c => c.Column)]), rows.Select(r => columns.Select(c => c.Value(r)).ToArray()), null, context.RequestAborted).ConfigureAwait(false);
        context.Response.ContentType = TableWriter.MediaTypeOf(table);
        context.Response.Headers.ContentDisposition = $"{(format is "json" or "jsonl" ? "inline" : "attachment")}; filename=\"{name}.{format}\"";
        context.Response.ContentLength = buffer.Length;
        buffer.Position = 0;
        await buffer.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A column of words.</summary>
    public static EntryColumn<T> Text<T>(string name, Func<T, string?> value) => new(new(name, ColumnType.Text, name), name, r => value(r));

    /// <summary>A column of whole numbers.</summary>
    public static EntryColumn<T> Whole<T>(string name, Func<T, long?> value) => new(new(name, ColumnType.Whole, name), name, r => value(r) is { } number ? number : default(Cell));

    /// <summary>A column of numbers.</summary>
    public static EntryColumn<T> Real<T>(string name, Func<T, double?> value) => new(new(name, ColumnType.Number, name), name, r => value(r));

    /// <summary>A column of lists.</summary>
    public static EntryColumn<T> List<T>(string name, Func<T, IReadOnlyList<string>> value) => new(new(name, ColumnType.List, name), name, r => Cell.Of(value(r)));
}
