namespace Chancery.Archive;

/// <summary>Which entries of a view are wanted. What is null or empty asks for nothing.</summary>
public sealed record ArchiveFilter
{
    /// <summary>Somebody in any role: a name, a part of one, or the key of an actor. A state stands for all of its people and bodies.</summary>
    public string? Actor { get; init; }

    /// <summary>Somebody else in any role.</summary>
    public string? With { get; init; }

    /// <summary>Who does or says it.</summary>
    public string? By { get; init; }

    /// <summary>Whom it is done to or said to; of positions, a part of the name.</summary>
    public string? On { get; init; }

    /// <summary>On whose word.</summary>
    public string? WordOf { get; init; }

    /// <summary>Types of events, kinds of measures and disputes, acts, occasions; any of them.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Status or stance; any of them.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>The first day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>A place, or the code of a country.</summary>
    public string? Place { get; init; }

    /// <summary>Who published a report of it.</summary>
    public string? Publisher { get; init; }

    /// <summary>True for what a source claims, false for what reporters say in their own voice.</summary>
    public bool? Claimed { get; init; }

    /// <summary>Only what some reports say did not happen.</summary>
    public bool Contradicted { get; init; }

    /// <summary>Whether a state stands for itself alone, not for its people and bodies, and actors only for what they have a part in, not for what is known on their word.</summary>
    public bool Alone { get; init; }

    /// <summary>The most entries of a page.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Where the page before ended; null for the first page.</summary>
    public string? After { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="Next">What to give as <see cref="ArchiveFilter.After"/> for the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Entries, string? Next);
