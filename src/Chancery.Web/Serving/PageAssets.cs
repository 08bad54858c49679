using System.Collections.Concurrent;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Chancery.Web.Serving;

/// <summary>Style, script and outlines that pages load; they lie in the assembly. Their addresses change with their content, so that browsers keep them.</summary>
public static class PageAssets
{
    private const string Prefix = "assets/";

    private static readonly Assembly Home = typeof(PageAssets).Assembly;
    private static readonly ConcurrentDictionary<string, Asset?> Known = new(StringComparer.Ordinal);

    private sealed record Asset(byte[] Bytes, byte[] Packed, string Version, string MediaType);

    /// <summary>The address of an asset, such as <c>chancery.css</c> or <c>vendor/htmx.min.js</c>.</summary>
    public static string Address(string name) => $"/{Prefix}{name}?v={(Find(name) ?? throw new ArgumentException($"no asset {name}", nameof(name))).Version}";

    /// <summary>Answers with an asset.</summary>
    public static async Task ServeAsync(HttpContext context, string name)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Find(name) is not { } asset)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var (headers, tag) = (context.Response.GetTypedHeaders(), new EntityTagHeaderValue($"\"{asset.Version}\""));
        headers.ETag = tag;
        headers.CacheControl = new() { Public = true, MaxAge = TimeSpan.FromDays(365), Extensions = { new("immutable") } };
        context.Response.Headers.Vary = "Accept-Encoding";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Contains(tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var packed = context.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "br");
        if (packed)
            context.Response.Headers.ContentEncoding = "br";
        context.Response.ContentType = asset.MediaType;
        var bytes = packed ? asset.Packed : asset.Bytes;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static Asset? Find(string name) => Known.TryGetValue(name, out var known) ? known : Load(name) is { } asset ? Known.GetOrAdd(name, asset) : null;

    private static Asset? Load(string name)
    {
        using var stream = Home.GetManifestResourceStream(Prefix + name);
        if (stream is null)
            return null;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        var bytes = buffer.ToArray();
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(bytes);
        return new(bytes, packed.ToArray(), Convert.ToHexStringLower(SHA256.HashData(bytes))[..12], Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".json" => "application/json",
            ".svg" => "image/svg+xml",
            ".woff2" => "font/woff2",
            ".txt" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        });
    }
}
