using Chancery.Archive.Databases;
using System.Runtime.InteropServices;
using Chancery.Formats.Intake;

namespace Chancery.Archive;

/// <summary>Finds the documents of which another is a copy, by parts of their signatures.</summary>
internal sealed class CopyFinder(Commands commands)
{
    // Texts that share most parts are looked at first; a text of which hundreds are nearly copies has found its family by then.
    private const int MostCandidates = 100;

    // Two who say "No comment." say nothing of each other.
    private const int LeastCharacters = 40;

    // Fewer different runs of words than these say nothing: "No comment." is no copy of another "No comment."
    private const int LeastRuns = 8;

    // At one address a report is brought up to date; less than this of it is another one, as on a page of headlines.
    private const double SameAddress = 0.1;

    /// <summary>Writes a new document's signature down.</summary>
    /// <returns>The new document and those it is a copy of, with all of their copies; empty where there are none.</returns>
    public IReadOnlyCollection<long> Add(long id, NearCopy text)
    {
        // The same to the letter, or at the same address.
        var same = commands.Rows("SELECT o.id FROM document d JOIN document o ON o.sha256 = d.sha256 WHERE d.id = @1 AND o.id <> @1 AND d.characters > @2", r => r.GetInt64(0), id, LeastCharacters);
        if (text.Runs < LeastRuns)
            return same.Count > 0 ? FamilyOf(id, same) : [];
        var keys = text.Keys.Distinct().ToArray();
        // A copy that another adds at this moment shares one of them; who comes second sees the first.
        commands.Have(keys);
        same.AddRange(commands.Rows("SELECT o.id FROM document d JOIN document o ON o.url = d.url WHERE d.id = @1 AND o.id <> @1", r => r.GetInt64(0), id).Where(o => NearCopy.Similarity(text, SignaturesOf([o])[o]) >= SameAddress));
        var candidates = new Dictionary<long, int>();
        foreach (var candidate in commands.Rows("SELECT document_id FROM band WHERE band IN @1", r => r.GetInt64(0), keys))
            CollectionsMarshal.GetValueRefOrAddDefault(candidates, candidate, out _)++;
        var likely = candidates.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(MostCandidates).Select(c => c.Key).ToList();
        var signatures = SignaturesOf(likely);
        var copies = likely.Where(c => NearCopy.Are(text, signatures[c])).Union(same).ToList();
        commands.RunAll("INSERT INTO band (band, document_id) VALUES (@1, @2)", keys.Select(k => new object?[] { k, id }));
        return copies.Count == 0 ? [] : FamilyOf(id, copies);
    }

    private SortedSet<long> FamilyOf(long id, List<long> copies)
    {
        var family = new SortedSet<long> { id };
        foreach (var original in OriginalsOf(copies))
            family.UnionWith(commands.Rows("SELECT id FROM document WHERE id = @1 OR copy_of = @1", r => r.GetInt64(0), original));
        return family;
    }

    /// <summary>The originals of some documents, kept from changing until the transaction ends.</summary>
    private List<long> OriginalsOf(List<long> copies)
    {
        for (List<long> had = []; ;)
        {
            var originals = commands.Rows("SELECT DISTINCT coalesce(copy_of, id) FROM document WHERE id IN @1", r => r.GetInt64(0), copies.ToArray());
            if (originals.TrueForAll(had.Contains))
                return originals;
            // Whoever had one of them before may have made it a copy of another.
            commands.HaveDocuments(originals);
            had.AddRange(originals);
        }
    }

    /// <summary>Takes a document's signature out.</summary>
    public void Remove(long id)
    {
        commands.RunAll("DELETE FROM band WHERE band = @1 AND document_id = @2", SignaturesOf([id])[id].Keys.Distinct().Select(k => new object?[] { k, id }));
    }

    public static byte[] Pack(NearCopy text) => [.. MemoryMarshal.AsBytes<uint>([.. text.Signature, (uint)text.Runs])];

    private Dictionary<long, NearCopy> SignaturesOf(List<long> ids) => ids.Count == 0 ? [] : commands.Rows(
        "SELECT document_id, signature FROM content WHERE document_id IN @1", r => (Id: r.GetInt64(0), Text: Unpack(r.GetFieldValue<byte[]>(1))), ids.ToArray()).ToDictionary(s => s.Id, s => s.Text);

    private static NearCopy Unpack(byte[] signature)
    {
        var numbers = MemoryMarshal.Cast<byte, uint>(signature);
        return NearCopy.From(numbers[..^1].ToArray(), (int)numbers[^1]);
    }
}
