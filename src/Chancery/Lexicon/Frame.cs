namespace Chancery.Lexicon;

/// <summary>The part that a slot of a frame plays.</summary>
public enum Role
{
    /// <summary>Who does it.</summary>
    Source,

    /// <summary>To whom it is done.</summary>
    Target,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>Where in the sentence a slot stands.</summary>
public enum Place
{
    /// <summary>The subject of the active verb; what a noun belongs to.</summary>
    Subject,

    /// <summary>The object of the active verb.</summary>
    DirectObject,

    /// <summary>After a preposition.</summary>
    Oblique,

    /// <summary>An infinitive.</summary>
    Infinitive,

    /// <summary>A clause with "that".</summary>
    Clause,

    /// <summary>A particle, as the "down" of "step down".</summary>
    Particle,

    /// <summary>The two after "between".</summary>
    Between,
}

/// <summary>A slot of a frame.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Prepositions">The prepositions before it, any of which will do; none where there is none.</param>
/// <param name="Words">The dictionary forms of which one must stand there; any word where there are none.</param>
/// <param name="Role">The part that whatever stands there plays.</param>
/// <param name="Optional">Whether the frame fits without it.</param>
public sealed record Slot(Place Place, IReadOnlyList<string> Prepositions, IReadOnlyList<string> Words, Role Role, bool Optional);

/// <summary>A word in a construction that tells of an event, or of none.</summary>
/// <param name="Lemma">The word that triggers it, in its dictionary form.</param>
/// <param name="Class">Its universal part of speech: VERB, NOUN or ADJ.</param>
/// <param name="Construction">The construction as the table has it.</param>
/// <param name="Slots">What it asks for.</param>
/// <param name="Type">A PLOVER event type, or NONE.</param>
public sealed record Frame(string Lemma, string Class, string Construction, IReadOnlyList<Slot> Slots, string Type)
{
    private static readonly HashSet<string> Prepositions = new(StringComparer.Ordinal)
    {
        "with", "on", "upon", "against", "to", "from", "of", "for", "at", "in", "into", "about", "over", "by", "between", "toward", "towards", "among", "after", "before",
        "near", "along", "around", "outside", "inside", "alongside", "beside", "across", "through", "throughout", "under", "behind", "beyond", "within", "without", "onto", "via", "amid", "despite", "as", "opposite",
    };

    // Prepositions only beside others, as in "near/off": alone they are particles or nouns.
    private static readonly HashSet<string> PrepositionsAmongOthers = new(StringComparer.Ordinal) { "off", "round", "toward", "below", "above", "up", "down" };

    private static readonly HashSet<string> Particles = new(StringComparer.Ordinal) { "up", "out", "off", "down", "back", "away", "over", "in", "on", "together", "jointly", "aside", "round", "home", "ashore", "free" };

    /// <summary>The PLOVER modes.</summary>
    public IReadOnlyList<string> Modes { get; init; } = [];

    /// <summary>The CAMEO code; null where there is none.</summary>
    public string? Cameo { get; init; }

    /// <summary>The status that the construction itself gives; null where the sentence decides.</summary>
    public Records.EventStatus? Status { get; init; }

    /// <summary>A sentence with its source and target marked: the frame's test.</summary>
    public required string Example { get; init; }

    /// <summary>How many words the construction asks for besides its trigger: the more, the surer; of near misses, more than of what they are near to.</summary>
    public int Weight => Slots.Count(s => !s.Optional && (s.Words.Count > 0 || s.Prepositions.Count > 0 || s.Place is Place.Particle or Place.Infinitive or Place.Clause)) * 2
        + Slots.Count(s => !s.Optional && s.Role == Role.Target)
        + (Type == "NONE" && Slots.Any(s => s.Words.Count > 0) ? 2 : 0);

    /// <summary>Reads a construction such as <c>S impose sanction/tariff on T</c>.</summary>
    /// <exception cref="FormatException">It cannot be read; the message says where.</exception>
    internal static List<Slot> Parse(string construction, string lemma, string upos)
    {
        var (slots, seen, optional) = (new List<Slot>(), false, false);
        List<string> prepositions = [];
        var tokens = construction.Replace("[", "[ ", StringComparison.Ordinal).Replace("]", " ]", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = tokens[i];
            var next = i + 1 < tokens.Length ? tokens[i + 1] : "";
            if (token is "[" or "]")
            {
                optional = token == "[";
                // "[with] T": the preposition alone may be missing.
                if (token == "]" && prepositions.Count > 0)
                    prepositions.Add("");
                continue;
            }
            if (!seen && token == lemma)
            {
                seen = true;
                continue;
            }
            if (token is "S" or "T" or "X")
            {
                var role = token switch { "S" => Role.Source, "T" => Role.Target, _ => Role.Other };
                // "talks between S and T" are of the two; who mediates "between T" is a third.
                if (prepositions is ["between"] && (upos != "VERB" || token == "S"))
                {
                    slots.Add(new(Place.Between, [], [], Role.Source, false));
                    break;
                }
                slots.Add(prepositions.Count > 0 ? new(Place.Oblique, prepositions, [], role, optional)
                    : !seen ? new(Place.Subject, [], [], role, optional)
                    : new(Place.DirectObject, [], [], role, optional));
                prepositions = [];
            }
            else if (token == "that")
            {
                slots.Add(new(Place.Clause, [], [], Role.Other, optional));
                break;
            }
            else if (token == "to" && next is not ("S" or "T") && upos is "VERB" or "ADJ" && IsVerbNext(tokens, i))
            {
                slots.Add(new(Place.Infinitive, [], next == "X" ? [] : next.Split('/'), Role.Other, optional));
                i++;
            }
            // "give in to T": the first of two belongs to the verb.
            else if (ArePrepositions(token.Split('/')) && next.Length > 0 && next != "]" + token && (next is "S" or "T" or "X" or "]" || !Particles.Contains(token) || char.IsLower(next[0])) && !ArePrepositions(next.Split('/')))
            {
                prepositions = [.. token.Split('/')];
            }
            else if (token.Split('/').All(Particles.Contains))
            {
                slots.Add(new(Place.Particle, [], token.Split('/'), Role.Other, optional));
            }
            else
            {
                slots.Add(prepositions.Count > 0 ? new(Place.Oblique, prepositions, token.Split('/'), Role.Other, optional) : new(Place.DirectObject, [], token.Split('/'), Role.Other, optional));
                prepositions = [];
            }
        }
        return seen ? slots : throw new FormatException($"the construction '{construction}' does not contain '{lemma}'");
    }

    private static bool ArePrepositions(string[] words) =>
        words.All(Prepositions.Contains) || (words.Length > 1 && words.Any(Prepositions.Contains) && words.All(w => Prepositions.Contains(w) || PrepositionsAmongOthers.Contains(w)));

    /// <summary>In "to X" and "to meet" what follows is a verb; in "to demand of T" a noun, as its preposition shows.</summary>
    private static bool IsVerbNext(string[] tokens, int to) =>
        tokens[to + 1] == "X" || to + 2 >= tokens.Length || tokens[to + 2] is not ("of" or "of/from") && tokens[to + 1] is not ("demand" or "visit/trip/tour");
}
