using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Chancery.Archive.Databases;

/// <summary>The SQLite file of an archive: opening it, and bringing an older one up to date.</summary>
internal sealed class SqliteDatabase : ArchiveDatabase
{
    // "Chan" in ASCII, so that a file of another program is not taken for an archive.
    private const int ApplicationId = 0x4368616E;

    // Others may be writing; a document or a batch of merges takes well under a second.
    private const int WaitSeconds = 60;

    // In KiB. Many read at the same time, each with a connection of its own; what all of them need, the system keeps.
    private const int ReaderCache = 16_384;

    // One writes. Pages of indexes stay in memory while many documents are added, and are written back once for many of them.
    private const int WriterCache = 262_144;

    private const string MigrationsPrefix = "migrations/";

    private readonly string _connection;
    private readonly Lazy<ArchiveConnection> _changes;

    private SqliteDatabase(string path, bool readOnly)
    {
        Path = path;
        IsReadOnly = readOnly;
        _connection = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = WaitSeconds,
            ForeignKeys = true,
            Pooling = true,
        }.ToString();
        _changes = new(() => Connect());
    }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override bool IsReadOnly { get; }

    /// <inheritdoc/>
    public override bool ManyWrite => false;

    /// <inheritdoc/>
    public override WordIndex Words => SqliteWords.Instance;

    /// <inheritdoc/>
    public override string DocumentsOfActor => "a.documents";

    /// <inheritdoc/>
    public override string LatestAppearances =>
        """
        SELECT p.actor_id, p.office, p.why FROM (
          SELECT a.id, (SELECT document_id FROM appearance WHERE actor_id = a.id ORDER BY document_id DESC LIMIT 1 OFFSET @most - 1) AS since FROM actor a WHERE a.id IN @ids) o
        CROSS JOIN appearance p WHERE p.actor_id = o.id AND p.document_id >= coalesce(o.since, 0)
        """;

    /// <summary>The number of the newest migration.</summary>
    public static int NewestVersion => Migrations(MigrationsPrefix).Max(m => m.Version);

    /// <summary>Opens an archive.</summary>
    /// <param name="path">The file; made where it is missing, unless only to be read.</param>
    /// <param name="create">Whether a missing file is made.</param>
    /// <exception cref="ArchiveException">It is no archive, newer than this program, missing, or cannot be written.</exception>
    public static SqliteDatabase OpenFile(string path, bool create)
    {
        if (Directory.Exists(path))
            throw new ArchiveException("CH0401", $"{path}: a folder; name the archive's file.");
        if (!File.Exists(path) && !create)
            throw new ArchiveException("CH0402", $"{path}: there is no archive yet; add reports to it with: chancery add FILE…");
        try
        {
            if (!File.Exists(path) && System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            var readOnly = File.Exists(path) && !MayWrite(path);
            var database = new SqliteDatabase(path, readOnly);
            using var connection = database.Open();
            database.Migrate(connection);
            return database;
        }
        catch (SqliteException e)
        {
            throw ArchiveException.Of(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException("CH0405", $"{path}: cannot be made ({e.Message}); check the folder and its permissions, or name another with --archive.", e);
        }
    }

    /// <inheritdoc/>
    public override ArchiveConnection Connect(bool pooled = true) => new(Open(pooled), SqliteSql.Own, SqliteSql.Values);

    /// <inheritdoc/>
    public override Commands Write() => new SqliteCommands(Open(cache: WriterCache));

    /// <inheritdoc/>
    public override ArchiveException Explain(DbException e) => e is SqliteException own ? ArchiveException.Of(Path, own) : new("CH0409", $"{Path}: {e.Message}", e);

    /// <inheritdoc/>
    public override bool IsDamage(DbException e) => e is SqliteException { SqliteErrorCode: ArchiveException.Corrupt or ArchiveException.NoDatabase };

    /// <inheritdoc/>
    public override int NewestFormat => NewestVersion;

    /// <inheritdoc/>
    public override (int Format, long Bytes) Measure(ArchiveConnection connection) =>
        (connection.ExecuteScalar<int>("PRAGMA user_version"), new FileInfo(Path).Length + (File.Exists(Path + "-wal") ? new FileInfo(Path + "-wal").Length : 0));

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(ArchiveConnection connection) =>
        connection.Query<string>("PRAGMA integrity_check(20)").Where(l => l != "ok").Select(l => $"the file: {l}")
            .Concat(connection.Query<(string Table, long Row)>("SELECT \"table\", coalesce(rowid, 0) FROM pragma_foreign_key_check LIMIT 20").Select(r => $"{r.Table}: row {r.Row} points to nothing"));

    /// <inheritdoc/>
    public override long Revision()
    {
        // SQLite tells one connection of the changes of all others, so one is kept that changes nothing.
        lock (_changes)
            return _changes.Value.ExecuteScalar<long>("PRAGMA data_version");
    }

    /// <inheritdoc/>
    public override void Backup(string path)
    {
        try
        {
            using var connection = Connect();
            connection.Execute("VACUUM INTO @path", new { path });
        }
        catch (SqliteException e)
        {
            throw ArchiveException.Of(IsDamage(e) ? Path : path, e);
        }
    }

    /// <inheritdoc/>
    public override string JsonField(string column, string field) => $"json_extract({column}, '$.{field}')";

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_changes.IsValueCreated)
            _changes.Value.Dispose();
    }

    private SqliteConnection Open(bool pooled = true, int cache = ReaderCache)
    {
        var connection = new SqliteConnection(pooled ? _connection : _connection + ";Pooling=False");
        connection.Open();
        // Negative: KiB. The file is not mapped into memory: what comes from there drags its surroundings from the disk with it, megabytes for one page.
        // NORMAL: a power cut may take the last documents, which are then added again, but a killed process takes nothing, and neither harms the file.
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{cache}; PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16384;"));
        return connection;
    }

    private static bool MayWrite(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    private void Migrate(SqliteConnection connection)
    {
        int application, version;
        long tables;
        // In one transaction: another process may be making the archive at this moment.
        using (connection.BeginTransaction(deferred: true))
        {
            tables = connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master");
            (application, version) = (connection.ExecuteScalar<int>("PRAGMA application_id"), connection.ExecuteScalar<int>("PRAGMA user_version"));
        }
        if (application != ApplicationId && tables > 0)
            throw new ArchiveException("CH0403", $"{Path}: a database, but not an archive of Chancery; name another file with --archive.");
        if (version > NewestVersion)
            throw new ArchiveException("CH0404", string.Create(CultureInfo.InvariantCulture, $"{Path}: made by a newer Chancery (format {version}, this one knows {NewestVersion}); use that one."));
        // A backup comes without it; with it, reading goes on while another writes.
        if (!IsReadOnly)
            connection.Execute("PRAGMA journal_mode = WAL");
        if (version == NewestVersion)
            return;
        if (IsReadOnly)
            throw new ArchiveException("CH0405", $"{Path}: cannot be written, and is of an older format that must be brought up to date; make it writable.");
        using var transaction = connection.BeginTransaction(deferred: false);
        // Another process may have been faster.
        version = connection.ExecuteScalar<int>("PRAGMA user_version", transaction: transaction);
        foreach (var (number, sql) in Migrations(MigrationsPrefix).Where(m => m.Version > version).OrderBy(m => m.Version))
            connection.Execute(sql + string.Create(CultureInfo.InvariantCulture, $"\nPRAGMA user_version = {number};"), transaction: transaction);
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"), transaction: transaction);
        transaction.Commit();
    }
}
