using System.Text.Json.Serialization;

namespace Chancery.Web.Api.Shapes;

/// <summary>Co-operation and conflict of two actors.</summary>
public sealed record RelationEntry
{
    /// <summary>One of them.</summary>
    public required ActorName One { get; init; }

    /// <summary>The other.</summary>
    public required ActorName Other { get; init; }

    /// <summary>How many events.</summary>
    public required long Events { get; init; }

    /// <summary>The sum of their scores, each from -10 (hostile) to 10 (co-operative).</summary>
    public required double Sum { get; init; }

    /// <summary>Their mean.</summary>
    public required double Mean { get; init; }

    /// <summary>By month, in order; left out unless asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RelationMonthEntry>? Months { get; init; }
}

/// <summary>One month of a relation.</summary>
public sealed record RelationMonthEntry
{
    /// <summary>The month, such as 2024-04.</summary>
    public required string Period { get; init; }

    /// <summary>How many events.</summary>
    public required long Events { get; init; }

    /// <summary>The sum of their scores.</summary>
    public required double Sum { get; init; }

    /// <summary>Their mean.</summary>
    public required double Mean { get; init; }

    /// <summary>How many of each PLOVER type.</summary>
    public required IReadOnlyDictionary<string, long> ByType { get; init; }
}
