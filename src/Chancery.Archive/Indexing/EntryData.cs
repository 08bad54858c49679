using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chancery.Archive.Indexing;

/// <summary>What is kept of an entry of a view; one shape for all, its parts named as the views name them.</summary>
/// <remarks>Numbers of actors are those of the archive. Names are short, and empty lists absent, because there are millions of them.</remarks>
internal sealed record EntryData
{
    /// <summary>The form of a telling that is one side of words against deeds; both are needed for an entry.</summary>
    public const string Word = "word", Deed = "deed";

    /// <summary>Type, kind, act or occasion.</summary>
    [JsonPropertyName("k")]
    public required string Kind { get; init; }

    [JsonPropertyName("st")]
    public string? Status { get; init; }

    [JsonIgnore]
    public IReadOnlyList<long> Who
    {
        get => SomeWho ?? [];
        init => SomeWho = value.Count > 0 ? value : null;
    }

    [JsonPropertyName("w")]
    public IReadOnlyList<long>? SomeWho { get; init; }

    [JsonIgnore]
    public IReadOnlyList<long> With
    {
        get => SomeWith ?? [];
        init => SomeWith = value.Count > 0 ? value : null;
    }

    [JsonPropertyName("x")]
    public IReadOnlyList<long>? SomeWith { get; init; }

    /// <summary>On whose word, the outermost source first; of a dispute, who answers.</summary>
    [JsonIgnore]
    public IReadOnlyList<long> WordOf
    {
        get => SomeWordOf ?? [];
        init => SomeWordOf = value.Count > 0 ? value : null;
    }

    [JsonPropertyName("o")]
    public IReadOnlyList<long>? SomeWordOf { get; init; }

    [JsonPropertyName("d")]
    public string? Date { get; init; }

    [JsonPropertyName("p")]
    public string? Place { get; init; }

    [JsonPropertyName("pc")]
    public string? PlaceCountry { get; init; }

    [JsonPropertyName("la")]
    public double? Latitude { get; init; }

    [JsonPropertyName("lo")]
    public double? Longitude { get; init; }

    [JsonIgnore]
    public IReadOnlyList<string> Modes
    {
        get => SomeModes ?? [];
        init => SomeModes = value.Count > 0 ? value : null;
    }

    [JsonPropertyName("m")]
    public IReadOnlyList<string>? SomeModes { get; init; }

    [JsonIgnore]
    public IReadOnlyList<string> Contexts
    {
        get => SomeContexts ?? [];
        init => SomeContexts = value.Count > 0 ? value : null;
    }

    [JsonPropertyName("c")]
    public IReadOnlyList<string>? SomeContexts { get; init; }

    [JsonPropertyName("ca")]
    public string? Cameo { get; init; }

    [JsonPropertyName("s")]
    public double? Score { get; init; }

    [JsonPropertyName("cf")]
    public double? Confidence { get; init; }

    /// <summary>The words said or claimed, the issue of a position.</summary>
    [JsonPropertyName("t")]
    public string? Text { get; init; }

    [JsonPropertyName("a")]
    public string? Answer { get; init; }

    /// <summary>Whether a source claims it; null where that makes no sense.</summary>
    [JsonPropertyName("v")]
    public bool? Claimed { get; init; }

    /// <summary>How often, by stance or status, where tellings differ.</summary>
    [JsonPropertyName("n")]
    public IReadOnlyDictionary<string, int>? Counts { get; init; }

    /// <summary>Of a position: how it was at first, and how it changed.</summary>
    [JsonPropertyName("h")]
    public IReadOnlyList<StanceData>? Course { get; init; }

    [JsonPropertyName("f")]
    public string? Form { get; init; }

    /// <summary>What a person decided: confirmed or edited.</summary>
    [JsonPropertyName("r")]
    public string? Corrected { get; init; }

    /// <summary>Of an entry over all tellings: who published them.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Publishers
    {
        get => SomePublishers ?? [];
        init => SomePublishers = value.Count > 0 ? value : null;
    }

    [JsonPropertyName("pb")]
    public IReadOnlyList<string>? SomePublishers { get; init; }

    /// <summary>Whether some tellings say that it did not happen, and others that it did.</summary>
    [JsonPropertyName("cx")]
    public bool? Contradicted { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, EntryJson.Default.EntryData);

    public static EntryData Of(string json) => JsonSerializer.Deserialize(json, EntryJson.Default.EntryData)!;
}

/// <summary>How a position was for a time.</summary>
/// <param name="Stance">supports, opposes, neutral or ambivalent.</param>
/// <param name="First">The first day on which it was reported; 0 where no report has a date.</param>
/// <param name="Last">The last.</param>
/// <param name="Times">How often.</param>
internal sealed record StanceData([property: JsonPropertyName("s")] string Stance, [property: JsonPropertyName("f")] int First, [property: JsonPropertyName("l")] int Last, [property: JsonPropertyName("n")] int Times);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EntryData))]
internal sealed partial class EntryJson : JsonSerializerContext;
