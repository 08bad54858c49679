using System.Net;
using Chancery.Web.Api.Adding;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Http;

namespace Chancery.Web.Api.Asking;

/// <summary>Reads a file that is sent as a form.</summary>
internal static class Uploads
{
    private static readonly string[] Fields = ["title", "published", "publisher"];

    /// <exception cref="Refusal">It is no form with one file and known fields.</exception>
    public static async Task<ToAdd> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            throw new Refusal(HttpStatusCode.UnsupportedMediaType, "CH0507", $"{Asked.Shown(context.Request.ContentType ?? "nothing")}: send a form of the type multipart/form-data, with the file in the field file.");
        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(new() { MultipartBodyLengthLimit = Limits.LargestBody, ValueCountLimit = 10, KeyLengthLimit = 100, ValueLengthLimit = 10_000 }, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Refusal.Body("The body is not a form of the type multipart/form-data, or too large.");
        }
        if (form.Files is not [{ Length: > 0 } file])
            throw new Refusal(HttpStatusCode.BadRequest, "CH0546", "Send one file that is not empty, in the field file.");
        if (form.Keys.FirstOrDefault(k => !Fields.Contains(k, StringComparer.Ordinal)) is { } unknown)
            throw Refusal.Body($"{Asked.Shown(unknown)}: there is no such field; there are file, {string.Join(", ", Fields)}.");
        string? Field(string name) => form[name].ToString().Trim() is { Length: > 0 } value ? value.Length <= Limits.LongestField ? value : throw Refusal.Body($"{name}: longer than {Limits.LongestField} characters.") : null;
        if (Field("published") is { } day && Asked.FaultOfDay(day) is { } fault)
            throw Refusal.Body($"published: {fault}");
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, context.RequestAborted).ConfigureAwait(false);
        // Of the name only its last part: whatever path the sender has is nobody's concern.
        var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
        return new(null, null, (bytes.ToArray(), name.Length > 0 ? name : "upload", file.ContentType), Field("title"), Field("published"), Field("publisher"));
    }
}
