using System.Text.Json.Serialization;

namespace Chancery.Workers;

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
