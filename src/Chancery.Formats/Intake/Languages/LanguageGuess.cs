using System.Text;

namespace Chancery.Formats.Intake;

/// <summary>Guesses the language of a text: first by its script, then by the small words and letter groups in <c>languages.tsv</c>.</summary>
public static class LanguageGuess
{
    private const int LongestLooked = 4000, ShortText = 60;
    private const float ClearlyMore = 1.8f;
    private static readonly Profiles Known = Profiles.Load();

    /// <summary>The codes that can be the answer, ISO 639-1.</summary>
    public static IReadOnlyCollection<string> Languages { get; } =
        [.. Known.Languages.Concat(["ja", "ko", "zh", "el", "he", "hi", "th", "ka", "hy", "bn", "ta", "te", "am"]).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The language of a text.</summary>
    /// <param name="text">A paragraph or more; of a long text the first 4,000 letters are looked at.</param>
    /// <returns>An ISO 639-1 code; null where there is too little to tell.</returns>
    public static string? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var looked = text.AsSpan(0, Math.Min(text.Length, LongestLooked));
        return Script.Of(looked) switch
        {
            null => null,
            "Latn" => Known.Best(looked, "Latn"),
            "Cyrl" => Known.Best(looked, "Cyrl") ?? "ru",
            "Arab" => Known.Best(looked, "Arab") ?? "ar",
            "Deva" => Known.Best(looked, "Deva") ?? "hi",
            var language => language,
        };
    }

    /// <summary>Words and letter groups with what finding one says for each language.</summary>
    private sealed class Profiles
    {
        private readonly Dictionary<string, List<(string Language, float Weight)>> _words = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<(string Language, float Weight)>> _groups = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _scripts = new(StringComparer.Ordinal);

        public IEnumerable<string> Languages => _scripts.Keys;

        public static Profiles Load()
        {
            using var stream = typeof(LanguageGuess).Assembly.GetManifestResourceStream("intake/languages.tsv")!;
            using var reader = new StreamReader(stream);
            var profiles = new Profiles();
            while (reader.ReadLine() is { } line)
            {
                if (line.Length == 0 || line[0] == '#' || line.StartsWith("language\t", StringComparison.Ordinal))
                    continue;
                var fields = line.Split('\t');
                if (fields.Length != 4)
                    throw new InvalidDataException($"languages.tsv: '{line}' has {fields.Length} fields instead of 4 (language, script, words, groups).");
                profiles._scripts[fields[0]] = fields[1];
                foreach (var word in fields[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
                    Add(profiles._words, word, fields[0]);
                foreach (var group in fields[3].Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
                    Add(profiles._groups, group, fields[0]);
            }
            Weigh(profiles._words, 1f);
            Weigh(profiles._groups, 0.35f);
            return profiles;
        }

        public string? Best(ReadOnlySpan<char> text, string script)
        {
            var scores = _scripts.Where(s => s.Value == script).ToDictionary(s => s.Key, _ => 0f);
            var counted = 0;
            foreach (var word in Words(text))
            {
                counted++;
                Count(_words, word, scores);
                var framed = $"_{word}_";
                for (var length = 1; length <= 4; length++)
                    for (var i = 0; i + length <= framed.Length; i++)
                        Count(_groups, framed.Substring(i, length), scores);
            }
            var best = scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(2).ToList();
            // A sentence of names and two small words may look like anything: of so little only what is clear counts against English.
            if (text.Length < ShortText && best[0].Key != "en" && scores.TryGetValue("en", out var english) && english * ClearlyMore >= best[0].Value)
                return null;
            // Names and figures alone are no language: some of its small words must be there.
            return counted > 0 && best[0].Value >= Math.Max(0.7f, counted * 0.05f) && (best.Count == 1 || best[0].Value > best[1].Value * 1.05f) ? best[0].Key : null;
        }

        private static void Count(Dictionary<string, List<(string Language, float Weight)>> table, string key, Dictionary<string, float> scores)
        {
            if (!table.TryGetValue(key, out var found))
                return;
            foreach (var (language, weight) in found)
                if (scores.ContainsKey(language))
                    scores[language] += weight;
        }

        private static void Add(Dictionary<string, List<(string, float)>> table, string key, string language)
        {
            if (!table.TryGetValue(key, out var list))
                table[key] = list = [];
            list.Add((language, 1));
        }

        /// <summary>What many languages have says little, a longer word more.</summary>
        private static void Weigh(Dictionary<string, List<(string Language, float Weight)>> table, float most)
        {
            foreach (var (key, list) in table)
            {
                var weight = most * Math.Min(1f, 0.5f + 0.2f * key.Length) / MathF.Sqrt(list.Count);
                for (var i = 0; i < list.Count; i++)
                    list[i] = (list[i].Language, weight);
            }
        }

        private static List<string> Words(ReadOnlySpan<char> text)
        {
            var words = new List<string>();
            var word = new StringBuilder();
            foreach (var letter in text)
            {
                if (char.IsLetter(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)
                    word.Append(char.ToLowerInvariant(letter));
                else if (letter is '\'' or '’' && word.Length > 0)
                    word.Append('\'');
                else if (word.Length > 0)
                    Take(words, word);
            }
            if (word.Length > 0)
                Take(words, word);
            return words;
        }

        private static void Take(List<string> words, StringBuilder word)
        {
            var whole = word.ToString().Trim('\'');
            word.Clear();
            // French l'accord, English don't, Italian dell'accordo: both halves count.
            foreach (var part in whole.Split('\''))
                if (part.Length > 0)
                    words.Add(part);
        }
    }
}
