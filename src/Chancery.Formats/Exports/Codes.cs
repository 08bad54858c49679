using Chancery.Records;

namespace Chancery.Formats.Exports;

/// <summary>PLOVER's quad codes, by type: 1 verbal co-operation, 2 material co-operation, 3 verbal conflict, 4 material conflict.</summary>
public static class QuadCode
{
    /// <summary>The sixteen types, from the most co-operative kind on.</summary>
    public static IReadOnlyList<string> Types { get; } =
        ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"];

    /// <summary>The quad code of a type; null for what PLOVER does not know. SANCTION is material conflict, as in the text of its own section.</summary>
    public static int? Of(string type) => type switch
    {
        "AGREE" or "CONSULT" or "SUPPORT" or "CONCEDE" => 1,
        "COOPERATE" or "AID" or "RETREAT" => 2,
        "REQUEST" or "ACCUSE" or "REJECT" or "THREATEN" => 3,
        "PROTEST" or "SANCTION" or "MOBILIZE" or "COERCE" or "ASSAULT" => 4,
        _ => null,
    };
}

/// <summary>Names of the record format for its values.</summary>
internal static class FormatNames
{
    public static string Of(EventStatus status) => status switch { EventStatus.Actual => "actual", EventStatus.Planned => "planned", EventStatus.Possible => "possible", _ => "negated" };

    public static string Of(Lexicon.ActorKind kind) => Lower(kind);

    public static string Of(LinkKind kind) => Lower(kind);

    public static string Of(SpeechAct act) => Lower(act);

    public static string Of(SpeechForm form) => Lower(form);

    private static string Lower<T>(T value)
        where T : struct, Enum => Names<T>.Lower[value];

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Lower = Enum.GetValues<T>().ToDictionary(v => v, v => v.ToString().ToLowerInvariant());
    }
}
