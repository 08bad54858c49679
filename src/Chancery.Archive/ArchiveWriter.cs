using Chancery.Archive.Databases;
using Chancery.Archive.Indexing;
using Chancery.Corrections;
using Chancery.Formats.Intake;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Archive;

/// <summary>
/// Puts documents into an archive and takes them out, each in one transaction: a process killed at any moment leaves whole
/// documents. What views show is merged afterwards, see <see cref="Merging.Merger"/>; what is still to be merged is written down.
/// </summary>
internal sealed class ArchiveWriter(Commands commands, Lazy<WorldLexicon> lexicon)
{
    private readonly CopyFinder _copies = new(commands);

    /// <summary>Adds a document.</summary>
    public Admission Add(string key, Incoming incoming) => commands.InTransaction(() =>
    {
        commands.ShareArchive();
        var document = incoming.Document;
        if (commands.Number(
            """
            INSERT INTO document (key, title, publisher, published, day, url, language, characters, sha256, note)
            VALUES (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10) ON CONFLICT DO NOTHING RETURNING id
            """,
            key, document.Title, document.Publisher, document.Published, Day(document.Published), document.Url, document.Language,
            new CodePointOffsets(document.Text).At(document.Text.Length), document.Sha256(), incoming.Note) is not { } id)
            return Admission.Known;
        var text = NearCopy.Of(document.Text);
        commands.Run("INSERT INTO content (document_id, text, record, signature) VALUES (@1, @2, @3, @4)",
            id, Packed.Pack(document.Text), incoming.Record is { } record ? Packed.Pack(record with { Document = document with { Id = key } }) : null, CopyFinder.Pack(text));
        commands.Words.AddDocument(commands, id, document.Title, document.Text);
        if (_copies.Add(id, text) is { Count: > 0 } family)
            return SetFamily(family, id);
        if (incoming.Record is null)
            return Admission.Unread;
        Index(id);
        return Admission.New;
    });

    /// <summary>Puts another record in the place of a document's; what people decided stays.</summary>
    public void Replace(string key, Record record) => commands.InTransaction(() =>
    {
        commands.HaveArchive();
        if (commands.Number("SELECT id FROM document WHERE key = @1", key) is not { } id)
            return false;
        commands.Run("UPDATE content SET record = @2 WHERE document_id = @1", id, Packed.Pack(record with { Document = record.Document with { Id = key } }));
        commands.Run("UPDATE document SET note = NULL WHERE id = @1", id);
        return Again(id);
    });

    /// <summary>Writes down what a person decided of an entry of a document. Of copies the corrected one speaks for all.</summary>
    public void Correct(string key, Correction correction) => commands.Lasting(() =>
    {
        commands.HaveArchive();
        commands.Run(
            """
            INSERT INTO correction (document_key, entry, anchor, action, changes, note, by, at)
            SELECT @1, @2, @3, @4, @5, @6, @7, @8 WHERE NOT EXISTS (SELECT 1 FROM correction WHERE document_key = @1 AND anchor = @3 AND action = @4 AND changes IS NOT DISTINCT FROM @5 AND by = @7 AND at = @8)
            """,
            key, correction.Entry, correction.Anchor, correction.Action.ToString().ToLowerInvariant(), CorrectionJson.Of(correction.Changes), correction.Note, correction.By, correction.At);
        if (commands.Number("SELECT id FROM document WHERE key = @1", key) is not { } id)
            return false;
        var original = commands.Number("SELECT copy_of FROM document WHERE id = @1", id) ?? id;
        var family = commands.Rows("SELECT id FROM document WHERE copy_of = @1 OR id = @1", r => r.GetInt64(0), original);
        if (family.Count == 1)
            return Again(id);
        SetFamily(family, added: null);
        return true;
    });

    /// <summary>Writes down that two actors are one, or takes it back, and looks at their documents again.</summary>
    /// <param name="identity">What is said.</param>
    /// <param name="always">Whether it goes before what was said of the same one at a later time.</param>
    /// <returns>How many documents were looked at again.</returns>
    public int Identify(Identity identity, bool always) => commands.Lasting(() =>
    {
        commands.HaveArchive();
        if (!always && commands.Number("SELECT count(*) FROM identity WHERE key = @1 AND at >= @2", identity.Key, identity.At) > 0)
            return 0;
        var (key, before) = (identity.Key, Root(identity.Key));
        commands.Run("DELETE FROM identity WHERE key = @1", key);
        if (identity.SameAs is not null)
            commands.Run("INSERT INTO identity (key, same_as, by, at) VALUES (@1, @2, @3, @4)", key, identity.SameAs, identity.By, identity.At);
        var documents = key.Split('#') is [var document, _] && commands.Number("SELECT id FROM document WHERE key = @1", document) is { } one
            ? [one]
            : commands.Rows("SELECT DISTINCT p.document_id FROM appearance p JOIN actor a ON a.id = p.actor_id WHERE a.key IN (@1, @2) ORDER BY p.document_id", r => r.GetInt64(0), key, before);
        foreach (var id in documents)
            Again(id);
        // Names that only the other one had are no longer its own.
        foreach (var actor in new[] { key, before, Root(key) }.Distinct(StringComparer.Ordinal).Where(k => !lexicon.Value.Actors.ContainsKey(k)))
            commands.Run("UPDATE actor SET name = coalesce((SELECT min(p.name) FROM appearance p WHERE p.actor_id = actor.id AND p.why NOT LIKE 'said by a person%'), name) WHERE key = @1", actor);
        return documents.Count;
    });

    /// <summary>Who an actor is by what people said, from one to the next.</summary>
    public string Root(string key)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { key };
        while (SameAs(key) is { } next && seen.Add(next))
            key = next;
        return key;
    }

    /// <summary>Takes a document out, with everything that only it told. Its copies tell it from now on.</summary>
    public bool Forget(string key) => commands.InTransaction(() =>
    {
        commands.HaveArchive();
        if (commands.Number("SELECT id FROM document WHERE key = @1", key) is not { } id)
            return false;
        Unindex(id);
        _copies.Remove(id);
        var original = commands.Number("SELECT copy_of FROM document WHERE id = @1", id) ?? id;
        var family = commands.Rows("SELECT id FROM document WHERE (copy_of = @1 OR id = @1) AND id <> @2", r => r.GetInt64(0), original, id);
        commands.Run("UPDATE document SET copy_of = NULL WHERE copy_of = @1", id);
        commands.Words.Remove(commands, Worded.Documents, id);
        commands.Run("DELETE FROM document WHERE id = @1", id);
        commands.Run("DELETE FROM correction WHERE document_key = @1", key);
        if (family.Count > 0)
            SetFamily(family, added: null);
        return true;
    });

    private static int Day(string? published) => Edtf.Days(published)?.Last.DayNumber ?? 0;

    private bool Again(long id)
    {
        Unindex(id);
        if (commands.Number("SELECT copy_of FROM document WHERE id = @1", id) is null)
            Index(id);
        return true;
    }

    /// <summary>Of documents that are copies of each other the first published is the original, and the only one that tells anything.</summary>
    private Admission SetFamily(IReadOnlyCollection<long> family, long? added)
    {
        var members = family.SelectMany(m => commands.Rows("SELECT id, CASE day WHEN 0 THEN 9999999 ELSE day END, key, copy_of IS NULL, (SELECT record IS NOT NULL FROM content WHERE document_id = id), EXISTS (SELECT 1 FROM correction WHERE document_key = key) FROM document WHERE id = @1",
            r => (Id: r.GetInt64(0), Day: r.GetInt64(1), Key: r.GetString(2), Original: r.GetBoolean(3), Read: r.GetBoolean(4), Corrected: r.GetBoolean(5)), m)).ToList();
        // What people decided always wins, so a copy that they looked at goes before one that came out earlier.
        var original = members.OrderByDescending(m => m.Read).ThenByDescending(m => m.Corrected).ThenBy(m => m.Day).ThenBy(m => m.Key, StringComparer.Ordinal).First();
        foreach (var member in members.Where(m => m.Id != original.Id && (m.Original || m.Id == added)))
        {
            Unindex(member.Id);
            commands.Run("UPDATE document SET copy_of = @2, copies = 0 WHERE id = @1", member.Id, original.Id);
        }
        foreach (var member in members.Where(m => m.Id != original.Id))
            commands.Run("UPDATE document SET copy_of = @2 WHERE id = @1", member.Id, original.Id);
        commands.Run("UPDATE document SET copy_of = NULL, copies = @2 WHERE id = @1", original.Id, members.Count - 1);
        Unindex(original.Id);
        Index(original.Id);
        return Admission.Copy;
    }

    /// <summary>Writes what a document tells, for the views to be merged from.</summary>
    private void Index(long id)
    {
        var (key, record) = commands.Rows("SELECT d.key, c.text, c.record FROM document d JOIN content c ON c.document_id = d.id WHERE d.id = @1",
            r => (r.GetString(0), r.IsDBNull(2) ? null : Packed.Record(r.GetFieldValue<byte[]>(2), Packed.Text(r.GetFieldValue<byte[]>(1)))), id)[0];
        if (record is null)
            return;
        var corrected = Corrected.Apply(record, CorrectionsOf(key));
        var actors = Appear(id, key, corrected.Record.Actors);
        var tellings = new Tellings(corrected.Record, actors, corrected.Marks, lexicon.Value).All().ToList();
        commands.RunAll("INSERT INTO mention (document_id, view, grp, first, last, entry, spans, data) VALUES (@1, @2, @3, @4, @5, @6, @7, @8)",
            tellings.Select(t => new object?[] { id, (int)t.View, t.Group, t.First, t.Last, t.Entry, t.SpansText(), t.Data.ToJson() }));
        commands.Mark(tellings.Select(t => (t.Group, t.View)).Distinct());
        commands.Run("UPDATE document SET statements = @2, events = @3 WHERE id = @1", id, corrected.Record.Statements.Count, corrected.Record.Events.Count);
    }

    private void Unindex(long id)
    {
        commands.MarkAll(id);
        commands.Run("DELETE FROM mention WHERE document_id = @1", id);
        commands.CountActors(id, -1);
        commands.Run("DELETE FROM appearance WHERE document_id = @1", id);
        commands.Run("UPDATE document SET statements = 0, events = 0 WHERE id = @1", id);
    }

    /// <summary>Writes down who the actors of a document are across documents.</summary>
    private Dictionary<string, (long Id, string Key)> Appear(long document, string documentKey, IReadOnlyList<Actor> all)
    {
        var own = all.Select(a => (Actor: a, Here: $"{documentKey}#{ActorKey.Plain(a.Name)}", Key: ActorKey.Of(a, documentKey))).ToList();
        // As one object: an array of words would be taken for the values themselves.
        var said = commands.Rows("SELECT key FROM identity WHERE key IN @1", r => r.GetString(0), (object)own.SelectMany(a => new[] { a.Here, a.Key.Key }).Distinct().ToArray()).ToHashSet(StringComparer.Ordinal);
        // What people said of this one here goes before what they said of the name.
        var meant = own.ConvertAll(a => said.Contains(a.Here) ? (a.Actor, Own: false, Key: Root(a.Here), Why: "said by a person, for this document")
            : said.Contains(a.Key.Key) ? (a.Actor, Own: false, Key: Root(a.Key.Key), Why: "said by a person")
            : (a.Actor, Own: true, a.Key.Key, a.Key.Why));
        var known = commands.Rows("SELECT key, id, name FROM actor WHERE key IN @1", r => (Key: r.GetString(0), Id: r.GetInt64(1), Name: r.GetString(2)), (object)meant.Select(m => m.Key).Distinct().ToArray()).ToDictionary(a => a.Key, a => (a.Id, a.Name), StringComparer.Ordinal);
        // In one order, so that two who add the same actors at the same moment do not wait for each other.
        var stored = new SortedDictionary<string, (Actor Actor, string Name, bool Own)>(StringComparer.Ordinal);
        foreach (var (actor, isOwn, key, _) in meant)
        {
            var name = lexicon.Value.Actors.TryGetValue(key, out var listed) ? listed.Name : actor.Name;
            var first = stored.TryGetValue(key, out var other) ? other.Actor : actor;
            var called = other.Name ?? (known.TryGetValue(key, out var there) ? there.Name : null);
            // Of several spellings the first in order, whatever the order in which they come; what another is called counts for nothing.
            if (called is null || (isOwn && Utf8.Compare(name, called) < 0))
                stored[key] = (first, name, isOwn);
        }
        foreach (var those in stored.GroupBy(s => s.Value.Own))
        {
            foreach (var (key, id) in Store(those.Select(s => (s.Key, s.Value.Name, s.Value.Actor)), those.Key))
                known[key] = (id, stored[key].Name);
        }
        commands.RunAll("INSERT INTO appearance (document_id, local, actor_id, name, office, why) VALUES (@1, @2, @3, @4, @5, @6)",
            meant.Select(m => new object?[] { document, m.Actor.Id, known[m.Key].Id, m.Actor.Name, m.Actor.Office, m.Why }));
        commands.CountActors(document, +1);
        return meant.ToDictionary(m => m.Actor.Id, m => (known[m.Key].Id, m.Key), StringComparer.Ordinal);
    }

    private List<(string Key, long Id)> Store(IEnumerable<(string Key, string Name, Actor Actor)> actors, bool own) => commands.RowsOfAll(
        $"""
        INSERT INTO actor (key, name, kind, country, sectors, known) VALUES (@1, @2, @3, @4, @5, @6)
        ON CONFLICT (key) DO UPDATE SET name = {(own ? "CASE WHEN excluded.name < actor.name THEN excluded.name ELSE actor.name END" : "actor.name")} RETURNING key, id
        """,
        r => (r.GetString(0), r.GetInt64(1)),
        actors.Select(a => new object?[] { a.Key, a.Name, a.Actor.Kind.ToString().ToLowerInvariant(), a.Actor.Country, string.Join(' ', a.Actor.Sectors), a.Actor.Known }));

    private string? SameAs(string key)
    {
        var found = commands.Rows("SELECT same_as FROM identity WHERE key = @1", r => r.GetString(0), key);
        return found.Count > 0 ? found[0] : null;
    }

    internal List<Correction> CorrectionsOf(string key) => commands.Rows(
        "SELECT entry, anchor, action, changes, note, by, at FROM correction WHERE document_key = @1 ORDER BY id",
        r => new Correction(r.GetString(0), r.GetString(1), Enum.Parse<CorrectionAction>(r.GetString(2), ignoreCase: true), r.GetString(5), r.GetString(6))
        {
            Changes = r.IsDBNull(3) ? new Dictionary<string, string>() : CorrectionJson.Changes(r.GetString(3)),
            Note = r.IsDBNull(4) ? null : r.GetString(4),
        },
        key);
}
