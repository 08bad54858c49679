using System.Text.Json.Serialization;

namespace Chancery.Workers;

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
