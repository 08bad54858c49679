using Chancery.Lexicon;

namespace Chancery.Reading;

/// <summary>How a mention names what it means.</summary>
internal enum MentionForm
{
    /// <summary>By name: "Sergei Lavrov".</summary>
    Name,

    /// <summary>By what it is: "the Russian minister".</summary>
    Description,

    /// <summary>By a pronoun: "he".</summary>
    Pronoun,

    /// <summary>By an adjective of nationality: the "Russian" of "Russian attack".</summary>
    Nationality,
}

/// <summary>A stretch of words that means an actor.</summary>
/// <param name="First">The first word.</param>
/// <param name="Last">The last word.</param>
/// <param name="Head">The word that stands for it in the tree.</param>
/// <param name="Form">How it names what it means.</param>
internal sealed record Mention(int First, int Last, int Head, MentionForm Form)
{
    /// <summary>The word that stands for the name within a longer mention; the head where there is no other.</summary>
    public int NameHead { get; init; } = Head;

    /// <summary>The name alone, without titles; null where there is none.</summary>
    public string? Name { get; init; }

    /// <summary>Who in the lexicon it may be.</summary>
    public IReadOnlyList<KnownActor> Candidates { get; init; } = [];

    /// <summary>What kind of actor the words show.</summary>
    public ActorKind Kind { get; init; }

    /// <summary>The country that the words show; null where they show none.</summary>
    public string? Country { get; init; }

    /// <summary>The second country of "Dutch and Belgian troops"; null where there is none.</summary>
    public string? Second { get; init; }

    /// <summary>Whether it means others than the country beside it: its allies, its critics.</summary>
    public bool Others { get; init; }

    /// <summary>The country beside which those others stand: the "US" of "US allies".</summary>
    public string? Of { get; init; }

    /// <summary>The sectors that the words show.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];

    /// <summary>The office that the words show, in its usual form.</summary>
    public string? Office { get; init; }

    /// <summary>The words for the office as the text has them: "spokesman for the European Commission"; null where it gives none.</summary>
    public string? Title { get; init; }

    /// <summary>Where the name begins behind a description that a comma divides from it; -1 where none does.</summary>
    public int Divided { get; init; } = -1;

    /// <summary>The noun that says behind a name who that is; -1 where none does.</summary>
    public int After { get; init; } = -1;

    /// <summary>Whether it is only spoken of in passing: the "Iran" of "Iran-backed".</summary>
    public bool Aside { get; init; }

    /// <summary>The noun that describes it, in its dictionary form.</summary>
    public string? Noun { get; init; }

    /// <summary>Whether it means more than one.</summary>
    public bool Plural { get; init; }

    /// <summary>Whether the words point to someone known ("the", "this", "his").</summary>
    public bool Definite { get; init; }

    /// <summary>he, she, it, they, i or we, where the words show it.</summary>
    public string? Pronoun { get; init; }
}
