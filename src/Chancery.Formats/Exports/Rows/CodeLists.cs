using System.Globalization;

namespace Chancery.Formats.Exports.Rows;

/// <summary>The codes of a state in the lists that others code by; null where a list has none, or we are not sure.</summary>
/// <param name="Iso3">ISO 3166-1 alpha-3, or PLOVER's KOS.</param>
/// <param name="Iso2">ISO 3166-1 alpha-2.</param>
/// <param name="Fips">FIPS 10-4.</param>
/// <param name="Cow">The number in the Correlates of War state system.</param>
/// <param name="CowAbbreviation">The letters in the Correlates of War state system.</param>
/// <param name="Cameo">CAMEO's, which is mostly ISO's.</param>
/// <param name="Name">The usual English name.</param>
public sealed record CountryCodes(string Iso3, string? Iso2, string? Fips, int? Cow, string? CowAbbreviation, string Cameo, string Name);

/// <summary>Codes that are kept as data.</summary>
public static class CodeLists
{
    private static readonly Dictionary<string, CountryCodes> ByIso3 = Read("countries.tsv", 7).ToDictionary(
        f => f[0], f => new CountryCodes(f[0], Given(f[1]), Given(f[2]), f[3].Length > 0 ? int.Parse(f[3], CultureInfo.InvariantCulture) : null, Given(f[4]), Given(f[5]) ?? f[0], f[6]), StringComparer.Ordinal);

    private static readonly Dictionary<string, (double? Goldstein, string? Name)> ByCameo = Read("cameo.tsv", 3).ToDictionary(
        f => f[0], f => (f[1].Length > 0 ? double.Parse(f[1], CultureInfo.InvariantCulture) : (double?)null, Given(f[2])), StringComparer.Ordinal);

    private static readonly Dictionary<string, (string? Cameo, string? Words)> BySector = Read("sectors.tsv", 3).ToDictionary(f => f[0], f => (Given(f[1]), Given(f[2])), StringComparer.Ordinal);

    /// <summary>All states.</summary>
    public static IReadOnlyCollection<CountryCodes> Countries => ByIso3.Values;

    /// <summary>The codes of a state by its ISO 3166-1 alpha-3 code; null for what is no state, such as <c>UNO</c>.</summary>
    public static CountryCodes? Country(string? iso3) => iso3 is not null && ByIso3.TryGetValue(iso3, out var codes) ? codes : null;

    /// <summary>Where a CAMEO code stands on the Goldstein scale, as GDELT publishes it; null where it has no place there.</summary>
    public static double? Goldstein(string cameo) => ByCameo.TryGetValue(cameo, out var code) ? code.Goldstein : null;

    /// <summary>CAMEO's name for a code, that of the code above where it has none of its own; null for what CAMEO does not know.</summary>
    public static string? CameoName(string cameo)
    {
        ArgumentNullException.ThrowIfNull(cameo);
        for (; cameo.Length >= 2; cameo = cameo[..^1])
        {
            if (ByCameo.TryGetValue(cameo, out var code) && code.Name is { } name)
                return name;
        }
        return null;
    }

    /// <summary>CAMEO's type code for a PLOVER sector; null where it has none that fits.</summary>
    public static string? CameoType(string sector) => BySector.TryGetValue(sector, out var codes) ? codes.Cameo : null;

    /// <summary>A PLOVER sector in words, as ICEWS writes sectors; null for what says nothing.</summary>
    public static string? SectorWords(string sector) => BySector.TryGetValue(sector, out var codes) ? codes.Words : null;

    /// <summary>The CAMEO code of an event: its own, else the general one under the root that its PLOVER type comes from; null where the type is unknown.</summary>
    public static string? CameoOf(Chancery.Records.Event one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return one.Cameo is { Length: >= 2 } own ? (own.Length == 2 ? own + "0" : own) : one.Type switch
        {
            "AGREE" => "030",
            "CONSULT" => "040",
            "SUPPORT" => "050",
            "COOPERATE" => "060",
            "AID" => "070",
            "CONCEDE" or "RETREAT" => "080",
            "REQUEST" => "100",
            "ACCUSE" => "110",
            "REJECT" => "120",
            "THREATEN" => "130",
            "PROTEST" => "140",
            "MOBILIZE" => "150",
            "SANCTION" => "160",
            "COERCE" => "170",
            "ASSAULT" => one.Modes.Any(m => m is "firearms" or "heavy-weapons" or "aerial" or "drone") ? "190" : "180",
            _ => null,
        };
    }

    private static string? Given(string field) => field.Length > 0 ? field : null;

    private static List<string[]> Read(string name, int columns)
    {
        using var stream = typeof(CodeLists).Assembly.GetManifestResourceStream($"exports/{name}") ?? throw new InvalidDataException($"{name} is missing from the library.");
        using var reader = new StreamReader(stream);
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var fields = line.Split('\t');
            if (fields.Length != columns)
                throw new InvalidDataException($"{name}: {fields.Length} fields instead of {columns}: {line}");
            rows.Add(fields);
        }
        rows.RemoveAt(0);
        return rows;
    }
}
