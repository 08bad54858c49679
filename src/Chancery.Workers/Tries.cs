using System.Text.Json.Serialization;

namespace Chancery.Workers;

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
