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

/// <summary>A document that could not be read, as it lies in the stream for those.</summary>
internal sealed record DeadDocument
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("error")]
    public required string Error { get; init; }

    [JsonPropertyName("deliveries")]
    public required int Deliveries { get; init; }

    [JsonPropertyName("at")]
    public required string At { get; init; }

    [JsonPropertyName("message")]
    public required byte[] Message { get; init; }
}

/// <summary>What became of a document so far.</summary>
internal sealed record Tries
{
    public static Tries None { get; } = new() { GivenOut = 1 };

    /// <summary>How many times it was given out, this time too. The server knows.</summary>
    [JsonIgnore]
    public int GivenOut { get; init; }

    /// <summary>How many times it failed.</summary>
    [JsonPropertyName("failed")]
    public int Failed { get; init; }

    /// <summary>How many times a worker gave it back, being stopped or of another version.</summary>
    [JsonPropertyName("given_back")]
    public int GivenBack { get; init; }

    /// <summary>Whether it was given up.</summary>
    [JsonPropertyName("buried")]
    public bool IsBuried { get; init; }

    /// <summary>How many times nothing was heard of it, nor of the worker that had it.</summary>
    [JsonIgnore]
    public int Unanswered => Math.Max(0, GivenOut - 1 - Failed - GivenBack);
}

/// <summary>What a worker says of itself.</summary>
public sealed record WorkerStatus
{
    /// <summary>Its machine and process.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>The version of its program.</summary>
    [JsonPropertyName("version")]
    public required string Version { get; init; }

    /// <summary>How many documents it reads at once.</summary>
    [JsonPropertyName("threads")]
    public required int Threads { get; init; }

    /// <summary>How many documents it has read.</summary>
    [JsonPropertyName("read")]
    public required long Read { get; init; }

    /// <summary>How many times it failed.</summary>
    [JsonPropertyName("failed")]
    public required long Failed { get; init; }

    /// <summary>Documents a second, of late.</summary>
    [JsonPropertyName("rate")]
    public required double Rate { get; init; }

    /// <summary>When it said so, ISO 8601, UTC.</summary>
    [JsonPropertyName("at")]
    public required string At { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QueuedDocument))]
[JsonSerializable(typeof(DeadDocument))]
[JsonSerializable(typeof(WorkerStatus))]
[JsonSerializable(typeof(Tries))]
internal sealed partial class QueueJson : JsonSerializerContext;
