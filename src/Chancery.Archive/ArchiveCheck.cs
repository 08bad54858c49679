using Chancery.Archive.Databases;
using Chancery.Archive.Indexing;
using Chancery.Corrections;
using Chancery.Lexicon;
using Dapper;

namespace Chancery.Archive;

/// <summary>Looks for damage in an archive, and for what was derived and no longer agrees with what it was derived from.</summary>
internal sealed class ArchiveCheck(ArchiveDatabase database, ArchiveConnection connection, Lazy<WorldLexicon> lexicon)
{
    public IReadOnlyList<string> Run(Action<int>? progress, CancellationToken cancellationToken)
    {
        var wrong = database.Faults(connection).ToList();
        Count("SELECT count(*) FROM document d LEFT JOIN content c ON c.document_id = d.id WHERE c.document_id IS NULL", "documents without their text");
        Count($"SELECT count(*) FROM mention m LEFT JOIN item i ON i.id = m.item_id WHERE i.id IS NULL AND coalesce({database.JsonField("m.data", "f")}, '') NOT IN ('word', 'deed') AND NOT EXISTS (SELECT 1 FROM dirty WHERE dirty.grp = m.grp AND dirty.view = m.view)", "tellings that no entry shows");
        Count("SELECT count(*) FROM item i WHERE NOT EXISTS (SELECT 1 FROM mention m WHERE m.item_id = i.id) AND NOT EXISTS (SELECT 1 FROM dirty WHERE dirty.grp = i.grp AND dirty.view = i.view)", "entries that no document tells");
        Count("SELECT count(*) FROM facet f LEFT JOIN item i ON i.id = f.item_id WHERE i.id IS NULL", "facets of no entry");
        Count("SELECT count(*) FROM document d JOIN document o ON o.id = d.copy_of WHERE o.copy_of IS NOT NULL", "copies of copies");
        Count($"SELECT count(*) FROM actor a WHERE {database.DocumentsOfActor} <> (SELECT count(DISTINCT document_id) FROM appearance p WHERE p.actor_id = a.id)", "actors whose documents are counted wrong");
        if (wrong.Count == 0)
            Derived(wrong, progress, cancellationToken);
        return wrong;

        void Count(string sql, string what)
        {
            if (connection.ExecuteScalar<long>(sql) is > 0 and var count)
                wrong.Add($"{count} {what}; run: chancery archive reread");
        }
    }

    /// <summary>Derives what each document tells once more and compares.</summary>
    private void Derived(List<string> wrong, Action<int>? progress, CancellationToken cancellationToken)
    {
        using var commands = database.Write();
        var writer = new ArchiveWriter(commands, lexicon);
        foreach (var (id, key, sha256, copy) in connection.Query<(long, string, string, bool)>("SELECT id, key, sha256, copy_of IS NOT NULL FROM document ORDER BY id").AsList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke(1);
            var (packed, stored) = connection.QuerySingle<(byte[] Text, byte[]? Record)>("SELECT text, record FROM content WHERE document_id = @id", new { id });
            try
            {
                var text = Packed.Text(packed);
                if (new Records.Document(key, text).Sha256() != sha256)
                {
                    wrong.Add($"{key}: its text is not the one that was added");
                    continue;
                }
                var record = stored is null ? null : Packed.Record(stored, text);
                var corrected = record is null ? null : Corrected.Apply(record, writer.CorrectionsOf(key));
                wrong.AddRange(corrected?.Lost.Select(l => $"{key}: the {l.Action.ToString().ToLowerInvariant()} of {l.Entry} by {l.By} finds its words no more") ?? []);
                var tellings = copy || corrected is null ? 0 : new Tellings(corrected.Record, connection.Query<(string Local, long Id, string Key)>(
                    "SELECT p.local, p.actor_id, a.key FROM appearance p JOIN actor a ON a.id = p.actor_id WHERE p.document_id = @id", new { id }).ToDictionary(a => a.Local, a => (a.Id, a.Key), StringComparer.Ordinal), corrected.Marks, lexicon.Value).All().Count();
                if (connection.ExecuteScalar<long>("SELECT count(*) FROM mention WHERE document_id = @id", new { id }) != tellings)
                    wrong.Add($"{key}: views show another reading of it; run: chancery archive reread");
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
            {
                wrong.Add($"{key}: damaged ({e.Message})");
            }
        }
    }
}
