using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chancery.Archive;

/// <summary>The fields that a correction edits, as they lie in the archive.</summary>
internal static class CorrectionJson
{
    public static string? Of(IReadOnlyDictionary<string, string> changes) =>
        changes.Count == 0 ? null : JsonSerializer.Serialize(new SortedDictionary<string, string>(changes.ToDictionary(), StringComparer.Ordinal), ChangesJson.Default.SortedDictionaryStringString);

    public static IReadOnlyDictionary<string, string> Changes(string json) => JsonSerializer.Deserialize(json, ChangesJson.Default.SortedDictionaryStringString)!;
}

[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class ChangesJson : JsonSerializerContext;
