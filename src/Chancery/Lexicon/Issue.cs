namespace Chancery.Lexicon;

/// <summary>What actors argue about.</summary>
/// <param name="Key">Unique, for programs.</param>
/// <param name="Name">For people.</param>
/// <param name="Words">The phrases that name it, in dictionary form and lower case.</param>
/// <param name="Deeds">PLOVER types of the deeds that do not go with speaking against it.</param>
public sealed record Issue(string Key, string Name, IReadOnlyList<string> Words, IReadOnlyList<string> Deeds);
