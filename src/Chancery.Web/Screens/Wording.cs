using System.Globalization;
using Chancery.Archive;

namespace Chancery.Web.Screens;

/// <summary>How values are put into words on pages.</summary>
internal static class Wording
{
    // PLOVER's types of conflict; the others are co-operation.
    private static readonly HashSet<string> Conflict = new(["REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"], StringComparer.Ordinal);

    /// <summary>PLOVER's event types, from co-operation to conflict.</summary>
    public static IReadOnlyList<string> EventTypes { get; } = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"];

    public static bool IsHostile(string type) => Conflict.Contains(type);

    public static string Tone(string type) => IsHostile(type) ? "hostile" : "friendly";

    public static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static string Long(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Score(double score) => score.ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture);

    public static string Count(long number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    public static string OneLine(string? words) => string.Join(' ', (words ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What is said, without the marks of quotation that the page gives it anyway.</summary>
    public static string Said(string? words)
    {
        var line = OneLine(words);
        // Where words in quotation marks stand among others the marks are needed.
        var inner = line.Trim('"', '“', '”');
        return inner.Length < line.Length && inner.AsSpan().IndexOfAny('"', '“', '”') < 0 && (line[0] is '"' or '“') ? inner.TrimEnd(',') : line;
    }

    /// <summary>Words as a class of the style sheet: "in force" is <c>in-force</c>.</summary>
    public static string Class(string? words) => words?.Replace(' ', '-') ?? "";

    /// <summary>An address with fields; those without a value are left out.</summary>
    public static string Address(string path, params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var address = new System.Text.StringBuilder(path);
        var first = true;
        foreach (var (name, value) in fields)
        {
            if (string.IsNullOrEmpty(value))
                continue;
            address.Append(first ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            first = false;
        }
        return address.ToString();
    }

    public static string Actor(string key) => Address("/actor", ("of", key));

    public static string Document(string key, string? entry = null) => $"/documents/{Uri.EscapeDataString(key)}{(entry is null ? "" : "#" + Uri.EscapeDataString(entry))}";

    public static string TitleOf(ArchiveDocument document) => document.Title is { Length: > 0 } title ? OneLine(title) : document.Key;
}
