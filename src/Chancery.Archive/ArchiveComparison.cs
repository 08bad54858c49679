using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chancery.Formats.Json;

namespace Chancery.Archive;

/// <summary>Whether two archives hold the same reports and show the same entries, whatever numbers they have.</summary>
public static class ArchiveComparison
{
    // So many differences are told of each kind.
    private const int MostTold = 5;
    private const int PageSize = 500, MostEvidence = 1000;

    /// <summary>Compares.</summary>
    /// <returns>How much was compared, and what differs.</returns>
    public static (long Compared, IReadOnlyList<string> Differences) Of(Archive one, Archive other, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (compared, differences) = (0L, new List<string>());
        Take("reports", Records);
        foreach (var view in Enum.GetValues<ArchiveView>())
            Take(view.ToString().ToLowerInvariant(), a => Entries(a, view));
        Take("actors", a => Listed(skip => a.Actors(null, PageSize, skip), x => $"{x.Key} {x.Name} {x.Kind} {x.Country} {x.Documents}"));
        Take("relations", a => Listed(skip => a.Relations(null, null, PageSize, skip), Balance));
        return (compared, differences);

        void Take(string what, Func<Archive, IEnumerable<string>> lines)
        {
            var counts = new Dictionary<string, (int Count, string Line)>(StringComparer.Ordinal);
            Count(one, +1);
            Count(other, -1);
            foreach (var (count, line) in counts.Values.Where(c => c.Count != 0).OrderBy(c => c.Line, StringComparer.Ordinal).Take(MostTold))
                differences.Add($"{what}: only in {(count > 0 ? one.Path : other.Path)}: {line}");
            if (counts.Values.Count(c => c.Count != 0) is > MostTold and var all)
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {all - MostTold:N0} more differ"));

            void Count(Archive archive, int sign)
            {
                foreach (var line in lines(archive))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    // Whole lines of a large archive would fill the memory.
                    var key = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
                    var count = counts.GetValueOrDefault(key).Count + sign;
                    if (count == 0)
                        counts.Remove(key);
                    else
                        counts[key] = (count, line.Length > 300 ? $"{line[..300]}…" : line);
                    compared += sign > 0 ? 1 : 0;
                }
            }
        }
    }

    private static IEnumerable<string> Records(Archive archive)
    {
        foreach (var one in archive.Records())
        {
            using var buffer = new MemoryStream();
            using (var to = new Utf8JsonWriter(buffer, RecordJson.Options(indented: false)))
                RecordJson.Write(to, one.Record ?? new(one.Document, [], [], []), withText: true);
            yield return $"{one.Document.Id} {one.Note} copy of {one.CopyOf} {string.Join(' ', one.Corrections.Select(c => $"{c.Entry} {c.Action} {c.By} {c.At} {string.Join(',', c.Changes)}"))} {Encoding.UTF8.GetString(buffer.ToArray())}";
        }
    }

    private static IEnumerable<string> Entries(Archive archive, ArchiveView view)
    {
        string? after = null;
        do
        {
            var page = archive.Entries(view, new() { Limit = PageSize, After = after }, MostEvidence);
            foreach (var e in page.Entries)
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"{e.Kind} {e.Status} {Names(e.Who)} > {Names(e.With)} by {Names(e.WordOf)} on {e.Date} ({e.Day:o}) in {e.Place} {e.PlaceCountry} {e.Position} {string.Join('+', e.Modes)} {string.Join('+', e.Contexts)} {e.Cameo} {e.Score} '{e.Text}' '{e.Answer}' {e.Claimed} {e.Contradicted} {string.Join('+', e.Counts.OrderBy(c => c.Key, StringComparer.Ordinal))} {e.Corrected} {e.Reports}/{e.Sources} {string.Join('+', e.Publishers)} since {e.Since:o}: {string.Join(" | ", e.Evidence.Select(x => $"{x.Document} {x.Span.Start}-{x.Span.End} {x.Entry}"))}");
            }
            after = page.Next;
        }
        while (after is not null);
    }

    private static IEnumerable<string> Listed<T>(Func<int, IReadOnlyList<T>> page, Func<T, string> line)
    {
        for (var skip = 0; ; skip += PageSize)
        {
            var some = page(skip);
            foreach (var one in some)
                yield return line(one);
            if (some.Count < PageSize)
                yield break;
        }
    }

    private static string Balance(Relation r)
    {
        // Which of two stands first has no meaning.
        var names = new[] { r.One.Id, r.Other.Id }.Order(StringComparer.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join('-', names)} {r.Events} {r.Sum}");
    }

    private static string Names(IEnumerable<Views.ViewActor> actors) => string.Join('+', actors.Select(a => a.Id));
}
