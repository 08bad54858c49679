using System.Collections.Concurrent;
using System.Data.Common;
using Chancery.Archive.Databases;
using Chancery.Archive.Indexing;
using Chancery.Archive.Merging;
using Chancery.Archive.Queries;
using Chancery.Corrections;
using Chancery.Lexicon;
using Chancery.Records;
using Dapper;

namespace Chancery.Archive;

/// <summary>Many reports, one picture: documents with their records, and the views over all of them, in one SQLite file or a PostgreSQL database.</summary>
/// <remarks>Safe for many threads; into a file one writes at a time, into PostgreSQL many do. Several processes may share an archive.</remarks>
public sealed class Archive : IDisposable
{
    private const string DocumentColumns = "d.key, d.title, d.publisher, d.published, d.url, d.language, d.statements, d.events, d.copies, (SELECT o.key FROM document o WHERE o.id = d.copy_of) copy_of, d.note";

    private const string StoredColumns = "d.key, d.note, (SELECT o.key FROM document o WHERE o.id = d.copy_of) copy_of, c.text, c.record packed, d.title, d.publisher, d.published, d.url, d.language FROM document d JOIN content c ON c.document_id = d.id";

    // So many of his latest appearances say what office somebody has, and why he is held to be one.
    private const int Telling = 60;

    private readonly ArchiveDatabase _database;
    private readonly Lazy<WorldLexicon> _lexicon;
    private readonly Lock _writing = new();
    private readonly ConcurrentBag<Hand> _hands = [];

    private Archive(ArchiveDatabase database, Lazy<WorldLexicon> lexicon) => (_database, _lexicon) = (database, lexicon);

    /// <summary>The file, or the server's address.</summary>
    public string Path => _database.Path;

    /// <summary>What is known of the world; loaded when it is first needed.</summary>
    internal Lazy<WorldLexicon> Lexicon => _lexicon;

    internal Databases.WordIndex Words => _database.Words;

    /// <summary>Whether several may write at the same moment.</summary>
    public bool ManyWrite => _database.ManyWrite;

    /// <summary>Whether a newer program has brought it to a format that this one does not know, since it was opened.</summary>
    public bool IsNewer => Read(c => _database.Measure(c).Format > _database.NewestFormat);

    /// <summary>Where an archive lies unless told otherwise: <c>chancery/archive.db</c> in the folder for a user's data.</summary>
    public static string DefaultPath => System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "chancery", "archive.db");

    /// <summary>Whether what <see cref="Open(string, WorldLexicon, bool)"/> takes is how to reach a PostgreSQL server, and no file.</summary>
    public static bool IsOnServer(string path) => PostgresDatabase.IsMeant(path);

    /// <summary>Opens an archive.</summary>
    /// <param name="path">Its file, or how to reach a PostgreSQL server: <c>Host=…</c> or <c>postgresql://…</c>.</param>
    /// <param name="lexicon">What is known of the world.</param>
    /// <param name="create">Whether a missing archive is made.</param>
    /// <exception cref="ArchiveException">It is no archive, newer than this program, missing, or cannot be written.</exception>
    public static Archive Open(string path, WorldLexicon lexicon, bool create = true)
    {
        ArgumentNullException.ThrowIfNull(lexicon);
        return Open(path, new Lazy<WorldLexicon>(lexicon), create);
    }

    /// <summary>Opens an archive without what is known of the world, which many questions do not need, and which takes longer to load than they do.</summary>
    /// <param name="path">As above.</param>
    /// <param name="lexicon">What is known of the world, for when it is needed.</param>
    /// <param name="create">Whether a missing archive is made.</param>
    /// <exception cref="ArchiveException">It is no archive, newer than this program, missing, or cannot be written.</exception>
    public static Archive Open(string path, Lazy<WorldLexicon> lexicon, bool create = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(lexicon);
        return new(ArchiveDatabase.Open(path, create), lexicon);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_hands.TryTake(out var hand))
            hand.Commands.Dispose();
        _database.Dispose();
    }

    /// <summary>Whether a document is there already, so that it need not be read again.</summary>
    public bool Has(Document document) => Read(c => c.ExecuteScalar<long>("SELECT count(*) FROM document WHERE key = @key", new { key = DocumentKey.Of(document) }) > 0);

    /// <summary>Adds a document, whole or not at all. Views show it after <see cref="Merge"/>.</summary>
    /// <param name="incoming">The document with its record.</param>
    /// <param name="key">By what it goes; null for a key made from it. An exported document keeps its own.</param>
    public Admission Add(Incoming incoming, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(incoming);
        key ??= DocumentKey.Of(incoming.Document);
        return Write(w => w.Writer.Add(key, incoming.WithWebAddress()));
    }

    /// <summary>Puts another record in the place of a document's. What people decided of its entries stays.</summary>
    public void Replace(string key, Record record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Write(w => { w.Writer.Replace(key, record); return 0; });
    }

    /// <summary>Takes a document out, with everything that only it told.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Forget(string key) => Write(w => w.Writer.Forget(key));

    /// <summary>How many groups of entries have changed since views were last merged.</summary>
    public long Waiting => Read(Pending);

    /// <summary>Brings views up to date with all documents; stopped at any moment it goes on there the next time.</summary>
    /// <param name="progress">Told how many groups were merged.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public void Merge(Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        for (int merged; (merged = Write(w => w.Merger.MergeBatch())) > 0;)
        {
            progress?.Invoke(merged);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A page of a view, newest first.</summary>
    /// <param name="view">Of which view.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="evidence">The most pieces of evidence of an entry.</param>
    /// <exception cref="ArchiveException">The filter names somebody or something that the archive does not have.</exception>
    public Page<ArchiveEntry> Entries(ArchiveView view, ArchiveFilter filter, int evidence = 3)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Read(c => new EntryPages(c, _database.Words, _lexicon).Of(view, filter, evidence));
    }

    /// <summary>One entry by its number; null where there is none, or it was merged anew.</summary>
    public (ArchiveView View, ArchiveEntry Entry)? Entry(long id, int evidence) => Read(c =>
        c.Query<int?>("SELECT view FROM item WHERE id = @id", new { id }).FirstOrDefault() is { } view ? ((ArchiveView)view, new EntryPages(c, _database.Words, _lexicon).Load([id], evidence)[0]) : ((ArchiveView, ArchiveEntry)?)null);

    /// <summary>Entries first reported on or after a day, those in most reports first.</summary>
    public IReadOnlyList<ArchiveEntry> Reported(ArchiveView view, DateOnly since, int limit, int evidence = 1) => Read(c => new EntryPages(c, _database.Words, _lexicon).Load(
        c.Query<long>("SELECT id FROM item WHERE view = @view AND seen >= @since AND since >= @since ORDER BY publishers DESC, reports DESC, first DESC, id LIMIT @limit", new { view = (int)view, since = since.DayNumber, limit }).AsList(), evidence));

    /// <summary>Who is in the archive, those in most documents first.</summary>
    /// <param name="name">A name or a part of one, or a state's; null for all.</param>
    /// <param name="limit">The most actors.</param>
    /// <param name="skip">How many to leave out.</param>
    public IReadOnlyList<ArchiveActor> Actors(string? name, int limit, int skip = 0) => Read(c =>
    {
        var filter = new FacetFilter(c, _database.Words, _lexicon);
        var state = name is null ? null : filter.StateOf(name);
        var numbers = name is null || state is not null ? [] : filter.ActorsNamed(name, limit, skip);
        // Those of a name are a page already.
        var page = name is null || state is not null ? "LIMIT @limit OFFSET @skip" : "";
        return ActorsWhere(c, $"{(name is null ? "true" : state is not null ? "country = @state" : "id IN @numbers")} ORDER BY documents DESC, id {page}", new { numbers, state, limit, skip });
    });

    /// <summary>The documents, newest first.</summary>
    public IReadOnlyList<ArchiveDocument> Documents(ArchiveFilter filter, int skip = 0)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Read(c =>
        {
            var (where, values) = new FacetFilter(c, _database.Words, _lexicon).DocumentsOf(filter);
            values.AddDynamicParams(new { filter.Limit, skip });
            return c.Query<Row>($"SELECT {DocumentColumns} FROM document d WHERE true{where} ORDER BY d.day DESC, d.id DESC LIMIT @Limit OFFSET @skip", values).Select(r => r.Document()).ToList();
        });
    }

    /// <summary>Documents by their keys; those that are not there are left out.</summary>
    public IReadOnlyDictionary<string, ArchiveDocument> DocumentsOf(IEnumerable<string> keys) => Read(c => keys.Distinct(StringComparer.Ordinal).Chunk(1000)
        .SelectMany(some => c.Query<Row>($"SELECT {DocumentColumns} FROM document d WHERE d.key IN @some", new { some })).ToDictionary(r => r.Key, r => r.Document(), StringComparer.Ordinal));

    /// <summary>Documents and statements with some words, the best first; of very common words the newest.</summary>
    /// <param name="words">Words that must all be there; "in quotation marks" as they stand, <c>word*</c> for beginnings, OR between alternatives.</param>
    /// <param name="limit">The most of each.</param>
    /// <param name="skip">How many of each to leave out.</param>
    public (IReadOnlyList<ArchiveDocument> Documents, IReadOnlyList<ArchiveEntry> Statements) Search(string words, int limit, int skip = 0) => Search(words, new ArchiveFilter { Limit = limit }, skip);

    /// <summary>Documents and statements with some words, of those that a filter lets through.</summary>
    /// <param name="words">As above.</param>
    /// <param name="filter">Who, when, by whom published; of statements all that it says.</param>
    /// <param name="skip">How many of each to leave out.</param>
    /// <exception cref="ArchiveException">The filter names somebody or something that the archive does not have.</exception>
    public (IReadOnlyList<ArchiveDocument> Documents, IReadOnlyList<ArchiveEntry> Statements) Search(string words, ArchiveFilter filter, int skip = 0)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Read(c => new WordSearch(c, _database.Words, new(c, _database.Words, _lexicon), new(c, _database.Words, _lexicon)).Find(words, filter, skip));
    }

    /// <summary>The balance of co-operation and conflict, of those with most events first.</summary>
    /// <param name="actor">Of whom; null for all.</param>
    /// <param name="with">With whom; null for all.</param>
    /// <param name="limit">The most relations.</param>
    /// <param name="skip">How many to leave out.</param>
    /// <param name="months">Whether to tell it by month.</param>
    /// <param name="from">The first month, by a day in it; null for all time.</param>
    /// <param name="to">The last month, by a day in it; null for all time.</param>
    public IReadOnlyList<Relation> Relations(string? actor, string? with, int limit, int skip = 0, bool months = false, DateOnly? from = null, DateOnly? to = null) =>
        Read(c => new Balances(c, new(c, _database.Words, _lexicon), new(c, _database.Words, _lexicon)).Of(actor, with, limit, skip, months, from, to));

    /// <summary>The records, by the keys of their documents, as they were read, each with what people decided of it.</summary>
    public IEnumerable<ArchivedRecord> Records()
    {
        using var connection = Guarded(() => _database.Connect());
        using var commands = Guarded(_database.Write);
        var corrections = new ArchiveWriter(commands, _lexicon);
        using var rows = Guarded(() => connection.Query<Stored>($"SELECT {StoredColumns} ORDER BY d.key", buffered: false).GetEnumerator());
        while (Guarded(rows.MoveNext))
            yield return Guarded(() => rows.Current.Record(corrections.CorrectionsOf(rows.Current.Key)));
    }

    /// <summary>One document with its record; null where there is none of that key.</summary>
    public ArchivedRecord? Find(string key) => Read(c =>
    {
        if (c.Query<Stored>($"SELECT {StoredColumns} WHERE d.key = @key", new { key }).FirstOrDefault() is not { } found)
            return null;
        using var commands = _database.Write();
        return found.Record(new ArchiveWriter(commands, _lexicon).CorrectionsOf(key));
    });

    /// <summary>Who is meant across documents by each actor of each document, by key and id within the record.</summary>
    public IReadOnlyDictionary<string, ArchiveActor> ActorsIn(string key) => Read(c => c.Query<(string Local, string Key, string Name, string Kind, string? Country, int Documents, string? Office, string Why)>(
        "SELECT p.local, a.key, a.name, a.kind, a.country, a.documents, p.office, p.why FROM appearance p JOIN actor a ON a.id = p.actor_id JOIN document d ON d.id = p.document_id WHERE d.key = @key", new { key })
        .ToDictionary(r => r.Local, r => new ArchiveActor(r.Key, r.Name, r.Kind, r.Country, r.Documents, r.Office is null ? [] : [r.Office], [r.Why]), StringComparer.Ordinal));

    /// <summary>The entry across documents of each event of a document: its number, how many reports and publishers tell it.</summary>
    public IReadOnlyDictionary<string, (long Item, int Reports, int Publishers)> EventsIn(string key) => Read(c => c.Query<(string Entry, long Item, int Reports, int Publishers)>(
        "SELECT m.entry, i.id, i.reports, i.publishers FROM mention m JOIN item i ON i.id = m.item_id JOIN document d ON d.id = m.document_id WHERE d.key = @key AND m.view = @view", new { key, view = (int)ArchiveView.Timeline })
        .ToDictionary(r => r.Entry, r => (r.Item, r.Reports, r.Publishers), StringComparer.Ordinal));

    /// <summary>Writes down what a person decided of an entry, and shows it everywhere after <see cref="Merge"/>.</summary>
    /// <exception cref="ArchiveException">There is no such document or entry, or a new value cannot be.</exception>
    public void Correct(string key, Correction correction)
    {
        ArgumentNullException.ThrowIfNull(correction);
        var found = Find(key) ?? throw new ArchiveException("CH0423", $"{key}: no such document in the archive; list them with: chancery documents");
        if (found.Record is not { } record || !record.Statements.Any(s => s.Id == correction.Entry) && !record.Events.Any(e => e.Id == correction.Entry))
            throw new ArchiveException("CH0424", $"{key}: it has no statement or event {correction.Entry}; see them with --evidence.");
        foreach (var (field, value) in correction.Changes)
        {
            if (Corrected.Refusal(record, correction.Entry, field, value) is { } refusal)
                throw new ArchiveException("CH0425", $"{key} {correction.Entry}: {refusal}.");
        }
        AddCorrection(key, correction with { Anchor = Corrected.AnchorOf(record, correction.Entry) });
    }

    /// <summary>What people decided, the latest first: the trail of changes.</summary>
    /// <param name="limit">The most corrections.</param>
    /// <param name="skip">How many to leave out.</param>
    public IReadOnlyList<(string Document, Correction Correction)> Corrections(int limit, int skip = 0) => Read(c =>
        c.Query<(string Document, string Entry, string Anchor, string Action, string? Changes, string? Note, string By, string At)>(
            "SELECT document_key, entry, anchor, action, changes, note, by, at FROM correction ORDER BY id DESC LIMIT @limit OFFSET @skip", new { limit, skip })
        .Select(r => (r.Document, new Correction(r.Entry, r.Anchor, Enum.Parse<CorrectionAction>(r.Action, ignoreCase: true), r.By, r.At)
        {
            Changes = r.Changes is null ? new Dictionary<string, string>() : CorrectionJson.Changes(r.Changes),
            Note = r.Note,
        })).ToList());

    /// <summary>Writes a correction down as it was exported.</summary>
    public void AddCorrection(string key, Correction correction)
    {
        ArgumentNullException.ThrowIfNull(correction);
        Write(w => { w.Writer.Correct(key, correction); return 0; });
    }

    /// <summary>Writes down that two actors are one, or, with a document's key, that of an actor there; or takes it back.</summary>
    /// <param name="key">The key of the actor; <c>DOCUMENT#NAME</c> for one of one document.</param>
    /// <param name="sameAs">The key of the actor that it is; null to take it back.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="at">When, in ISO 8601.</param>
    /// <returns>How many documents were looked at again.</returns>
    /// <exception cref="ArchiveException">There is no such actor, or the two are held to be one already.</exception>
    public int SetIdentity(string key, string? sameAs, string by, string at)
    {
        ArgumentNullException.ThrowIfNull(key);
        var own = key.Split('#') is [var document, var name] && Find(document) is not null ? $"{document}#{ActorKey.Plain(name)}" : key;
        if (sameAs is null)
            return Write(w => w.Writer.Identify(new(own, null, by, at), always: true));
        if (own == key ? !IsActor(key) : !ActorNames(key.Split('#')[0]).Contains(own.Split('#')[1]))
            throw new ArchiveException("CH0420", $"{key}: nobody of that name in the archive; look with: chancery actors --actor PART");
        if (!IsActor(sameAs))
            throw new ArchiveException("CH0420", $"{sameAs}: nobody goes by that key in the archive; the keys are in: chancery actors --format csv");
        if (Write(w => w.Writer.Root(sameAs)) == own)
            throw new ArchiveException("CH0425", $"{key}: it and {sameAs} are one already; to turn it round, take that back first with: chancery correct actor {sameAs} --undo");
        return Write(w => w.Writer.Identify(new(own, sameAs, by, at), always: true));
    }

    /// <summary>What people said of actors being one, by key.</summary>
    public IReadOnlyList<Identity> Identities() => Read(c => c.Query<(string Key, string SameAs, string By, string At)>("SELECT key, same_as, by, at FROM identity ORDER BY key")
        .Select(i => new Identity(i.Key, i.SameAs, i.By, i.At)).ToList());

    /// <summary>Writes down that two actors are one as it was exported; what was said here of the same one later stays.</summary>
    public void AddIdentity(Identity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        Write(w => w.Writer.Identify(identity, always: false));
    }

    private bool IsActor(string key) => _lexicon.Value.Actors.ContainsKey(key) || Read(c => c.ExecuteScalar<long>("SELECT count(*) FROM actor WHERE key = @key", new { key })) > 0;

    private HashSet<string> ActorNames(string document) => [.. Find(document)?.Record?.Actors.Select(a => ActorKey.Plain(a.Name)) ?? []];

    /// <summary>Whether there is no document in the archive.</summary>
    public bool IsEmpty => Read(c => !c.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM document)"));

    /// <summary>How much is in the archive. Everything is counted, which takes a while where there is much.</summary>
    public ArchiveInfo Info() => Read(c => new ArchiveInfo(
        Path, _database.Measure(c).Format, _database.Measure(c).Bytes,
        c.ExecuteScalar<long>("SELECT count(*) FROM document"), c.ExecuteScalar<long>("SELECT count(*) FROM document WHERE copy_of IS NOT NULL"), c.ExecuteScalar<long>("SELECT count(*) FROM document WHERE note IS NOT NULL"),
        c.ExecuteScalar<long>("SELECT count(*) FROM actor WHERE documents > 0"), c.ExecuteScalar<long>("SELECT coalesce(sum(statements), 0) FROM document"), c.ExecuteScalar<long>("SELECT coalesce(sum(events), 0) FROM document"),
        c.ExecuteScalar<long>("SELECT count(*) FROM item WHERE view = 1"), c.ExecuteScalar<long>("SELECT count(*) FROM correction"), Pending(c)));

    /// <summary>Looks for damage: of the file, of documents, and of what was derived from them.</summary>
    /// <returns>What is wrong; empty where nothing is.</returns>
    public IReadOnlyList<string> Check(Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        try
        {
            // A fresh connection: one that has checked before remembers how the index of words was then, and takes what has been added since for damage.
            using var connection = _database.Connect(pooled: false);
            return new ArchiveCheck(_database, connection, _lexicon).Run(progress, cancellationToken);
        }
        catch (DbException e) when (_database.IsDamage(e))
        {
            return [$"the file: {e.Message}; go back to a backup"];
        }
        catch (DbException e)
        {
            throw _database.Explain(e);
        }
    }

    /// <summary>Writes a copy of the whole archive, while others may go on reading and adding.</summary>
    public void Backup(string path)
    {
        if (File.Exists(path))
            throw new ArchiveException("CH0410", $"{path}: there already; name a new file, so that nothing of yours is lost.");
        Guarded(() => { _database.Backup(path); return 0; });
    }

    /// <summary>Copies the whole archive into another one that is empty, whole or not at all: from a file to a server, or back.</summary>
    /// <param name="to">The other.</param>
    /// <param name="progress">Told what is copied, and how many rows of it.</param>
    /// <param name="cancellationToken">Stops, and leaves nothing behind.</param>
    /// <exception cref="ArchiveException">The other one has documents already, or cannot be written.</exception>
    public void CopyTo(Archive to, Action<string, long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        to.Guarded(() => Guarded(() => { ArchiveCopy.Run(_database, to._database, progress, cancellationToken); return 0; }));
    }

    /// <summary>A number that is another one after anybody, in this process or another, has changed the archive; it means nothing once the archive is closed.</summary>
    public long Revision() => Guarded(_database.Revision);

    /// <summary>The text of a document; null where there is none of that key.</summary>
    public string? TextOf(string key) => Read(c => c.ExecuteScalar<byte[]?>("SELECT c.text FROM document d JOIN content c ON c.document_id = d.id WHERE d.key = @key", new { key }) is { } packed ? Packed.Text(packed) : null);

    /// <summary>A document with its text but without its record, as those need it who quote from it; null where there is none of that key.</summary>
    public Document? Source(string key) => Read(c =>
        c.Query<Stored>("SELECT d.key, c.text, d.title, d.publisher, d.published, d.url, d.language FROM document d JOIN content c ON c.document_id = d.id WHERE d.key = @key", new { key }).FirstOrDefault()?.Record([]).Document);

    /// <summary>Documents in the order in which they came, each with its place in that order.</summary>
    /// <param name="after">The place after which to begin; 0 for the first.</param>
    /// <param name="limit">The most documents.</param>
    public IReadOnlyList<(long Place, ArchiveDocument Document)> Arrivals(long after, int limit) => Read(c =>
        c.Query<Row>($"SELECT d.id place, {DocumentColumns} FROM document d WHERE d.id > @after ORDER BY d.id LIMIT @limit", new { after, limit }).Select(r => (r.Place, r.Document())).ToList());

    /// <summary>The actor of a key; null where no document has one.</summary>
    public ArchiveActor? Actor(string key) => Read(c => ActorsWhere(c, "key = @key", new { key }).FirstOrDefault());

    private List<ArchiveActor> ActorsWhere(ArchiveConnection c, string condition, object values)
    {
        var actors = c.Query<(long Id, string Key, string Name, string Kind, string? Country, int Documents)>($"SELECT id, key, name, kind, country, documents FROM actor WHERE documents > 0 AND {condition}", values).AsList();
        var latest = actors.Select(a => a.Id).Chunk(1000).SelectMany(ids => c.Query<(long Id, string? Office, string Why)>(_database.LatestAppearances, new { ids, most = Telling })).ToLookup(a => a.Id);
        return actors.ConvertAll(a => new ArchiveActor(
            a.Key, a.Name, a.Kind, a.Country, a.Documents,
            [.. latest[a.Id].Where(l => l.Office is not null).GroupBy(l => l.Office!).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(3).Select(g => g.Key)],
            [.. latest[a.Id].Select(l => l.Why).Distinct().Order(StringComparer.Ordinal)]));
    }

    /// <summary>What servers over this archive share of their own; null where it is a file, beside which one server keeps that.</summary>
    public ServerNotes? Notes => ManyWrite ? new(this) : null;

    /// <summary>What is watched.</summary>
    public WatchList Watched => new(this);

    internal void WriteOwn(Action<Commands> work) => Write(w => w.Commands.InTransaction(() => { work(w.Commands); return 0; }));

    internal T Read<T>(Func<ArchiveConnection, T> work) => Guarded(() =>
    {
        using var connection = _database.Connect();
        return work(connection);
    });

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DbException e)
        {
            throw _database.Explain(e);
        }
        catch (Exception e) when (e is InvalidDataException or System.Text.Json.JsonException)
        {
            throw ArchiveException.Damaged(Path, e);
        }
    }

    private static long Pending(ArchiveConnection c) => c.ExecuteScalar<long>("SELECT count(*) FROM (SELECT DISTINCT grp, view FROM dirty) marked");

    private T Write<T>(Func<Hand, T> work)
    {
        if (_database.IsReadOnly)
            throw new ArchiveException("CH0405", $"{Path}: cannot be written; check the permissions of the file and its folder, or of the account.");
        if (_database.ManyWrite)
            return Guarded(() => ByHand(work));
        lock (_writing)
            return Guarded(() => ByHand(work));
    }

    private T ByHand<T>(Func<Hand, T> work)
    {
        Hand? hand;
        // A server that was away took the connections of those who waited with it.
        while (_hands.TryTake(out hand) && !hand.Commands.IsOpen)
            hand.Commands.Dispose();
        hand ??= new(_database.Write(), _lexicon);
        try
        {
            var result = work(hand);
            _hands.Add(hand);
            return result;
        }
        catch
        {
            // A connection that failed may be broken.
            hand.Commands.Dispose();
            throw;
        }
    }

    /// <summary>One that writes, on a connection of its own.</summary>
    private sealed class Hand(Commands commands, Lazy<WorldLexicon> lexicon)
    {
        public Commands Commands { get; } = commands;

        public ArchiveWriter Writer { get; } = new(commands, lexicon);

        public Merger Merger { get; } = new(commands);
    }

    private sealed class Stored
    {
        public required string Key { get; init; }
        public string? Note { get; init; }
        public string? Copy_of { get; init; }
        public required byte[] Text { get; init; }
        public byte[]? Packed { get; init; }
        public string? Title { get; init; }
        public string? Publisher { get; init; }
        public string? Published { get; init; }
        public string? Url { get; init; }
        public required string Language { get; init; }

        public ArchivedRecord Record(IReadOnlyList<Correction> corrections)
        {
            var document = new Document(Key, Chancery.Archive.Packed.Text(Text)) { Title = Title, Publisher = Publisher, Published = Published, Url = Url, Language = Language };
            return new(document, Packed is null ? null : Chancery.Archive.Packed.Record(Packed, document.Text), Note, Copy_of, corrections);
        }
    }

    internal sealed class Row
    {
        public long Place { get; init; }
        public required string Key { get; init; }
        public string? Title { get; init; }
        public string? Publisher { get; init; }
        public string? Published { get; init; }
        public string? Url { get; init; }
        public required string Language { get; init; }
        public long Statements { get; init; }
        public long Events { get; init; }
        public long Copies { get; init; }
        public string? Copy_of { get; init; }
        public string? Note { get; init; }

        public ArchiveDocument Document() => new(Key, Title, Publisher, Published, Url, Language, (int)Statements, (int)Events, (int)Copies, Copy_of, Note);
    }
}

/// <summary>A document as it lies in an archive.</summary>
/// <param name="Document">The document; its id is its key.</param>
/// <param name="Record">What reading it found; null where it was not read.</param>
/// <param name="Note">Why it was not read.</param>
/// <param name="CopyOf">The key of the document of which it is a copy.</param>
/// <param name="Corrections">What people decided of its entries.</param>
public sealed record ArchivedRecord(Document Document, Record? Record, string? Note, string? CopyOf, IReadOnlyList<Correction> Corrections);

/// <summary>That one actor is another.</summary>
/// <param name="Key">The key of the actor; <c>DOCUMENT#NAME</c> for one of one document.</param>
/// <param name="SameAs">The key of the actor that it is; null where that is taken back.</param>
/// <param name="By">Who says so.</param>
/// <param name="At">When, in ISO 8601.</param>
public sealed record Identity(string Key, string? SameAs, string By, string At);

/// <summary>How much is in an archive.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">The number of its format.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Documents">How many documents.</param>
/// <param name="Copies">How many of them are copies of others.</param>
/// <param name="Unread">How many were not read.</param>
/// <param name="Actors">How many actors.</param>
/// <param name="Statements">How many statements.</param>
/// <param name="Events">How many tellings of events.</param>
/// <param name="MergedEvents">How many events these come to.</param>
/// <param name="Corrections">How many corrections.</param>
/// <param name="Waiting">How many groups of entries wait to be merged.</param>
public sealed record ArchiveInfo(string Path, int Format, long Bytes, long Documents, long Copies, long Unread, long Actors, long Statements, long Events, long MergedEvents, long Corrections, long Waiting);
