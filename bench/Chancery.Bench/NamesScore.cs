using System.Globalization;
using System.Text.Json;
using Chancery.Language;
using Chancery.Models;

namespace Chancery.Bench;

/// <summary>
/// Scores names on the words of a check file that has hand-made ones (<c>gold</c>): exact spans with their kinds. Where the file has
/// no MISC, as Universal NER has none, ours are left out.
/// </summary>
internal static class NamesScore
{
    public static int Run(string file, string[] rest)
    {
        using var model = LanguageModel.Load(rest is [var path, ..] ? path : null);
        var (right, found, wanted) = (0, new List<string>(), 0);
        var all = new List<(HashSet<(int, int, string)> Gold, HashSet<(int, int, string)> Ours)>();
        foreach (var line in File.ReadLines(file))
        {
            using var json = JsonDocument.Parse(line);
            var sentences = json.RootElement.EnumerateArray().ToList();
            var (text, segmented) = CheckExport.Segmentation(sentences);
            var annotation = model.Annotator.Annotate(text, segmented);
            foreach (var (gold, ours) in sentences.Zip(annotation.Sentences))
                all.Add((Spans([.. gold.GetProperty("gold").EnumerateArray().Select(t => t.GetString()!)]), [.. ours.Names.Where(n => n.Kind is "PER" or "ORG" or "LOC" or "MISC").Select(n => (n.First, n.First + n.Count, n.Kind))]));
        }
        var misc = all.Any(a => a.Gold.Any(g => g.Item3 == "MISC"));
        foreach (var (gold, ours) in all)
        {
            wanted += gold.Count;
            right += gold.Count(ours.Contains);
            found.AddRange(ours.Where(o => misc || o.Item3 != "MISC").Select(o => o.Item3));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: names P {100.0 * right / found.Count:F1} R {100.0 * right / wanted:F1} F1 {200.0 * right / (found.Count + wanted):F1} ({wanted} names)"));
        return 0;
    }

    private static HashSet<(int, int, string)> Spans(string[] tags)
    {
        var spans = new HashSet<(int, int, string)>();
        for (var i = 0; i < tags.Length;)
        {
            var first = i++;
            if (tags[first] == "O")
                continue;
            while (i < tags.Length && tags[i] == "I-" + tags[first][2..])
                i++;
            spans.Add((first, i, tags[first][2..]));
        }
        return spans;
    }
}
