using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Chancery.Web.Api.Answers;

/// <summary>Tells whoever asks again that nothing has changed. A tag is made of the archive's state and of what was asked.</summary>
/// <param name="archive">The archive.</param>
/// <param name="clock">States of different runs of the server are not the same.</param>
internal sealed class Freshness(Archive.Archive archive, TimeProvider clock)
{
    private readonly long _started = clock.GetUtcNow().UtcTicks;

    /// <summary>Sets the headers; says whether the asker has the same answer already, so that 304 is all to say.</summary>
    public bool IsKnown(HttpContext context, AnswerForm form)
    {
        var (request, headers) = (context.Request, context.Response.GetTypedHeaders());
        var state = string.Create(CultureInfo.InvariantCulture, $"{_started} {archive.Revision()} {form.MediaType} {request.Path}{request.QueryString}");
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..20]}\"", isWeak: true);
        headers.ETag = tag;
        headers.CacheControl = new() { Private = true, NoCache = true };
        context.Response.Headers.Vary = "Accept";
        return request.GetTypedHeaders().IfNoneMatch.Any(t => t.Tag == "*" || t.Compare(tag, useStrongComparison: false));
    }
}
