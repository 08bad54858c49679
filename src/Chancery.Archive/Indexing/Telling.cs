using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chancery.Records;

namespace Chancery.Archive.Indexing;

/// <summary>One telling of an entry of a view in one document.</summary>
/// <param name="View">Of which view.</param>
/// <param name="Group">What may be the same entry in other tellings: tellings of different groups never are.</param>
/// <param name="First">The first day on which it may have happened; 0 where nothing tells.</param>
/// <param name="Last">The last.</param>
/// <param name="Entry">The statement or event of the record; null for none.</param>
/// <param name="Spans">The words.</param>
/// <param name="Data">What is kept of it.</param>
internal sealed record Telling(ArchiveView View, long Group, int First, int Last, string? Entry, IReadOnlyList<TextSpan> Spans, EntryData Data)
{
    public string SpansText() => string.Join(' ', Spans.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Start} {s.End}")));

    public static IReadOnlyList<TextSpan> SpansOf(string text)
    {
        if (text.Length == 0)
            return [];
        var numbers = text.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        return [.. Enumerable.Range(0, numbers.Count / 2).Select(i => new TextSpan(numbers[2 * i], numbers[(2 * i) + 1]))];
    }

    /// <summary>A number for a group from what its members have in common.</summary>
    public static long GroupOf(params ReadOnlySpan<string?> common) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', common!))));
}
