using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>An actor while the text is being read.</summary>
internal sealed class Entity
{
    private string? _office, _title;
    private bool _titledByName;

    public string Id { get; set; } = "";

    public required ActorKind Kind { get; init; }

    public required string Name { get; set; }

    public KnownActor? Known { get; set; }

    public string? Country { get; set; }

    public IReadOnlyList<string> Sectors { get; set; } = [];

    public string? Noun { get; set; }

    public string? Pronoun { get; private set; }

    public bool IsPair { get; init; }

    public List<Entity> Members { get; init; } = [];

    public List<Mention> Mentions { get; } = [];

    public int LastWord { get; private set; } = -1;

    public int FirstWord => Mentions.Count > 0 ? Mentions[0].First : int.MaxValue;

    /// <summary>The short name that the text gives beside the full one: "EUMA".</summary>
    public HashSet<string> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a name of its own is known of it, and not only what it is.</summary>
    public bool IsNamed { get; set; }

    /// <summary>Whether what is left unsaid of its country goes by where the report is set.</summary>
    public bool IsLocal { get; set; }

    /// <summary>What it may be shortened to: "IAEA".</summary>
    public string Initials => string.Concat(Name.Split(' ').Where(w => w.Length > 0 && char.IsUpper(w[0])).Select(w => w[0]));

    public IEnumerable<string> Offices(DateOnly? day)
    {
        if (_office is not null)
            yield return _office;
        if (Known?.OfficeOn(day) is { } held && held != _office)
            yield return held;
    }

    public Entity Called(string pronoun)
    {
        Pronoun ??= pronoun;
        return this;
    }

    public void Describe(Mention mention)
    {
        Country ??= mention.Country;
        if (Sectors.Count == 0)
            Sectors = mention.Sectors;
        _office ??= mention.Office;
        // What is said beside the name tells the office better than what is said in passing.
        if (mention.Title is not null && (_title is null || (mention.Form == MentionForm.Name && !_titledByName)) && (mention.Form == MentionForm.Name || mention.Office is not null || _title is null))
            (_title, _titledByName) = (mention.Title, mention.Form == MentionForm.Name);
        Noun ??= mention.Noun;
        Pronoun ??= mention.Pronoun;
    }

    public void Take(Mention mention)
    {
        Mentions.Add(mention);
        // An adjective speaks of a country in passing.
        if (mention.Form != MentionForm.Nationality)
            LastWord = Math.Max(LastWord, mention.Head);
    }

    public Actor ToActor(ParsedText text, DateOnly? day, string? camp) => new(Id, Name, Kind)
    {
        Country = IsPair ? camp : Country ?? Known?.Country,
        Sectors = Known?.SectorsOn(day) is { Count: > 0 } known ? known : Sectors,
        Office = Kind != ActorKind.Person ? null : (IsNamed && !_titledByName && _office is null ? null : _title) ?? Offices(day).FirstOrDefault() ?? (Known is null ? _title ?? Noun : null),
        Known = Known?.Key,
        Members = [.. Members.Select(m => m.Id)],
        Mentions = [.. Mentions.SelectMany(m => m.Divided > m.First + 1 ? [text.Span(m.First, m.Divided - 2), text.Span(m.Divided, m.Last)] : new[] { text.Span(m.First, m.Last) }).Distinct().OrderBy(m => m.Start)],
    };
}
