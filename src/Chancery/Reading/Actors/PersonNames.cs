using System.Globalization;
using System.Text;

namespace Chancery.Reading;

/// <summary>How a person named in full is named in short.</summary>
internal static class PersonNames
{
    private static readonly string[] Articles = ["al-", "el-", "Al-", "El-", "ar-", "as-", "ash-", "ad-", "an-", "az-"];

    private static readonly string[] Particles = ["de", "van", "von", "der", "den", "bin", "ibn", "da", "di", "du", "le", "la", "al", "el", "ben"];

    /// <summary>A name without the marks on its letters, which one report sets and the next leaves out: "Lajcak".</summary>
    public static string Plain(string name) => name.All(char.IsAscii) ? name
        : string.Concat(name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Normalize(NormalizationForm.FormC);

    /// <summary>Whether two names are one but for such marks.</summary>
    public static bool AreSame(string one, string other) => Plain(one) == Plain(other);

    /// <summary>The last word of a name.</summary>
    public static string Surname(string name) => name[(name.LastIndexOf(' ') + 1)..];

    /// <summary>What may stand for a full name: "Sudani" and "al-Sudani" for "Mohammed Shia al-Sudani", "de Waal" for "Thomas de Waal".</summary>
    public static IEnumerable<string> Short(string name)
    {
        var surname = Surname(name);
        yield return surname;
        if (Array.Find(Articles, surname.StartsWith) is { } article)
            yield return surname[article.Length..];
        if (surname.Length < name.Length && Surname(name[..^(surname.Length + 1)]) is var particle && Particles.Contains(particle))
            yield return $"{particle} {surname}";
    }

    /// <summary>Whether a name of one or two words may stand for a full one.</summary>
    public static bool IsShortFor(string name, string full) => name.Length < full.Length && Short(Plain(full)).Contains(Plain(name), StringComparer.Ordinal);

    /// <summary>Whether two full names differ in their first words: Markus Ritter is not Scott Ritter.</summary>
    public static bool Differ(string one, string other) =>
        one.IndexOf(' ', StringComparison.Ordinal) is > 0 and var first && other.IndexOf(' ', StringComparison.Ordinal) is > 0 and var second
        && char.ToUpperInvariant(one[0]) != char.ToUpperInvariant(other[0]) && Surname(one) == Surname(other) && one[..first] != other[..second];
}
