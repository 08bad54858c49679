using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chancery.Records;

namespace Chancery.Workers;

/// <summary>A document as it travels through a queue: packed JSON, or where the text is large, the name under which the text lies in the object store.</summary>
internal sealed record QueuedDocument
{
    /// <summary>The form of these messages; a worker leaves those of a form that it does not know to others.</summary>
    public const string Form = "chancery/document/1";

    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("title")]
    public string? Title { get; init; }

    [JsonPropertyName("publisher")]
    public string? Publisher { get; init; }

    [JsonPropertyName("published")]
    public string? Published { get; init; }

    [JsonPropertyName("url")]
    public string? Url { get; init; }

    [JsonPropertyName("language")]
    public required string Language { get; init; }

    [JsonPropertyName("text")]
    public string? Text { get; init; }

    /// <summary>Where the text lies instead.</summary>
    [JsonPropertyName("object")]
    public string? Object { get; init; }

    public static QueuedDocument Of(Document document) => new()
    {
        Id = document.Id, Title = document.Title, Publisher = document.Publisher, Published = document.Published, Url = document.Url, Language = document.Language, Text = document.Text,
    };

    /// <summary>The same for the same document, whoever sends it and whenever.</summary>
    public static string HashOf(Document document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', document.Id, document.Sha256(), document.Url, document.Publisher, document.Published))));

    public Document ToDocument(string text) => new(Id, text) { Title = Title, Publisher = Publisher, Published = Published, Url = Url, Language = Language };

    public byte[] Pack()
    {
        using var to = new MemoryStream();
        using (var brotli = new BrotliStream(to, CompressionLevel.Fastest))
            JsonSerializer.Serialize(brotli, this, QueueJson.Default.QueuedDocument);
        return to.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no such message.</exception>
    public static QueuedDocument Unpack(byte[] packed)
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
            return JsonSerializer.Deserialize(brotli, QueueJson.Default.QueuedDocument) ?? throw new InvalidDataException("an empty message");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"not a document of a queue ({e.Message})", e);
        }
    }
}
