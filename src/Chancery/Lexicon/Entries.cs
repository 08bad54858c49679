namespace Chancery.Lexicon;

/// <summary>What kind of actor someone or something is.</summary>
public enum ActorKind
{
    /// <summary>One person.</summary>
    Person,

    /// <summary>A body with a name of its own.</summary>
    Organisation,

    /// <summary>A state, its government included.</summary>
    State,

    /// <summary>People or bodies known only by what they are.</summary>
    Group,

    /// <summary>A news agency, newspaper or broadcaster.</summary>
    Media,
}

/// <summary>Someone or something that the lexicon knows by name.</summary>
/// <param name="Key">Unique, such as <c>RUS-LAVROV</c>; the country's code for a state.</param>
/// <param name="Name">The usual name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Country">ISO 3166-1 alpha-3 or one of PLOVER's extra codes; null where there is none.</param>
/// <param name="Sectors">PLOVER sectors, the most fitting first.</param>
public sealed record KnownActor(string Key, string Name, ActorKind Kind, string? Country, IReadOnlyList<string> Sectors)
{
    /// <summary>Other names and spellings.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The offices held, for a person.</summary>
    public IReadOnlyList<Term> Terms { get; init; } = [];

    /// <summary>The office held on a day; the last one known where no day is given; null where there is none.</summary>
    public string? OfficeOn(DateOnly? day) => TermOn(day)?.Office is { Length: > 0 } office ? office : null;

    /// <summary>The sectors on a day: those of the term of office then, else those of the actor at all times.</summary>
    public IReadOnlyList<string> SectorsOn(DateOnly? day) => TermOn(day) is { Sectors.Count: > 0 } term ? term.Sectors : Sectors;

    /// <summary>The country or body whose office was held on a day; where none was, the actor's own country.</summary>
    public string? CountryOn(DateOnly? day) => TermOn(day)?.Country ?? Country;

    /// <summary>The term of office on a day, the latest to begin where there are several.</summary>
    public Term? TermOn(DateOnly? day) => day is { } date
        ? Terms.Where(t => t.From <= date && date <= t.To).MaxBy(t => t.From)
        : Terms.MaxBy(t => t.From);
}

/// <summary>An office held for a time.</summary>
/// <param name="Office">The office, such as <c>foreign minister</c>; empty for a role without a name.</param>
/// <param name="Country">The country or body whose office it is.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; <see cref="DateOnly.MaxValue"/> for one still held.</param>
public sealed record Term(string Office, string? Country, DateOnly From, DateOnly To)
{
    /// <summary>The PLOVER sectors of whoever holds it; none where they are the holder's own.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];
}

/// <summary>A common noun or short phrase for people or bodies, such as "lawmaker" or "security forces".</summary>
/// <param name="Words">The dictionary form, lower case, words divided by blanks.</param>
/// <param name="Kind">Person, organisation, state or group.</param>
/// <param name="Sectors">PLOVER sectors, the most fitting first.</param>
/// <param name="Office">The office that it names, in its usual form; null where it names none.</param>
/// <param name="PluralOnly">Whether it means many wherever it stands ("troops").</param>
public sealed record Agent(string Words, ActorKind Kind, IReadOnlyList<string> Sectors, string? Office, bool PluralOnly);

/// <summary>A city.</summary>
/// <param name="Name">The usual name.</param>
/// <param name="Country">ISO 3166-1 alpha-3.</param>
/// <param name="Latitude">Degrees north (WGS 84).</param>
/// <param name="Longitude">Degrees east (WGS 84).</param>
/// <param name="Population">How many live there.</param>
/// <param name="GeoNames">Its number in GeoNames.</param>
public sealed record KnownPlace(string Name, string Country, double Latitude, double Longitude, int Population, int GeoNames);
