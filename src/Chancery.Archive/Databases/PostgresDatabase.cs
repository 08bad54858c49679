using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;

namespace Chancery.Archive.Databases;

/// <summary>An archive in a PostgreSQL database, for more machines than one.</summary>
internal sealed partial class PostgresDatabase : ArchiveDatabase
{
    // "Chan" in ASCII, and what is held of it: by one who migrates, by writers together or one alone, by who counts, by who merges a part.
    internal const int LockClass = 0x4368616E, Migrating = 0, Writing = 1, Counting = 2, FirstPart = 16;

    private const string MigrationsPrefix = "postgres/";

    private readonly NpgsqlDataSource _source;

    private PostgresDatabase(NpgsqlDataSource source, string path) => (_source, Path) = (source, path);

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override bool IsReadOnly => _isReadOnly;

    private bool _isReadOnly;

    /// <inheritdoc/>
    public override bool ManyWrite => true;

    /// <inheritdoc/>
    public override WordIndex Words => PostgresWords.Instance;

    /// <inheritdoc/>
    public override string DocumentsOfActor => "a.documents + coalesce((SELECT sum(more) FROM actor_count n WHERE n.actor_id = a.id), 0)";

    /// <inheritdoc/>
    public override string LatestAppearances =>
        """
        SELECT a.id, p.office, p.why FROM unnest(@ids) a(id)
        CROSS JOIN LATERAL (SELECT office, why FROM appearance WHERE actor_id = a.id ORDER BY document_id DESC LIMIT @most) p
        """;

    /// <summary>The number of the newest migration.</summary>
    public static int NewestVersion => Migrations(MigrationsPrefix).Max(m => m.Version);

    /// <summary>Whether a server is meant, and no file.</summary>
    public static bool IsMeant(string path) => ServerShape().IsMatch(path);

    /// <summary>Opens an archive on a server.</summary>
    /// <exception cref="ArchiveException">It cannot be reached, is no archive, newer than this program, or missing.</exception>
    public static PostgresDatabase OpenServer(string path, bool create)
    {
        var settings = SettingsOf(path);
        var shown = string.Create(CultureInfo.InvariantCulture, $"postgresql://{settings.Username}{(settings.Username is null ? "" : "@")}{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}{(settings.SearchPath is null ? "" : $"?search_path={settings.SearchPath}")}");
        var database = new PostgresDatabase(new NpgsqlDataSourceBuilder(settings.ToString()).Build(), shown);
        try
        {
            database.Migrate(create);
            return database;
        }
        catch (Exception e) when (e is DbException or SocketException or TimeoutException)
        {
            database.Dispose();
            throw e is DbException met ? database.Explain(met) : Unreachable(shown, e);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ArchiveConnection Connect(bool pooled = true) => new(_source.OpenConnection(), PostgresSql.Named, joinsLists: true);

    /// <inheritdoc/>
    public override Commands Write() => new PostgresCommands(_source.OpenConnection());

    /// <inheritdoc/>
    public override ArchiveException Explain(DbException e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => new("CH0431", $"{Path}: the server refuses the account ({MessageOf(e)}); check user and password.", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new("CH0432", $"{Path}: the server has no such database; make it with: createdb, and repeat.", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidSchemaName } => new("CH0432", $"{Path}: the database has no such schema; make it with: CREATE SCHEMA, and repeat.", e),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction } => new("CH0405", $"{Path}: the account may not do that ({MessageOf(e)}); give it the right to, or use another.", e),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.InsufficientResources } => new("CH0407", $"{Path}: the server's disk or memory is full ({MessageOf(e)}); what was added before is kept. Make room and repeat.", e),
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded } => new("CH0433", $"{Path}: the server has too many connections ({MessageOf(e)}); run fewer workers or raise max_connections.", e),
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable } => new("CH0406", $"{Path}: others were writing the same for too long; repeat.", e),
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } => new("CH0408", $"{Path}: damaged ({MessageOf(e)}); go back to a backup.", e),
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => Unreachable(Path, e),
        PostgresException => new("CH0409", $"{Path}: {MessageOf(e)}", e),
        _ => Unreachable(Path, e),
    };

    /// <inheritdoc/>
    public override bool IsDamage(DbException e) => e is PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted };

    /// <inheritdoc/>
    public override int NewestFormat => NewestVersion;

    /// <inheritdoc/>
    public override (int Format, long Bytes) Measure(ArchiveConnection connection) => (
        connection.ExecuteScalar<int>("SELECT version FROM archive_format"),
        connection.ExecuteScalar<long>("SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"));

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(ArchiveConnection connection) =>
        connection.Query<string>("SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisvalid").Select(i => $"the index {i} is not valid; run: REINDEX INDEX {i}");

    /// <inheritdoc/>
    public override long Revision()
    {
        using var connection = Connect();
        // Which transactions that write have begun and ended: other databases of the server count too, which does no harm.
        return connection.ExecuteScalar<long>("SELECT hashtextextended(pg_current_snapshot()::text, 0)");
    }

    /// <inheritdoc/>
    public override void Backup(string path)
    {
        using var file = SqliteDatabase.OpenFile(path, create: true);
        ArchiveCopy.Run(this, file, null, CancellationToken.None);
    }

    /// <inheritdoc/>
    public override void AfterCopy()
    {
        using var connection = _source.OpenConnection();
        // Without it, what an index says is looked up in the table too, and the planner knows nothing of what there is.
        foreach (var table in (string[])["document", "content", "actor", "appearance", "mention", "item", "facet_value", "facet", "pair", "document_words", "statement_words"])
            Run(connection, $"VACUUM (ANALYZE) {table}");
    }

    /// <inheritdoc/>
    public override string JsonField(string column, string field) => $"({column}::json ->> '{field}')";

    /// <inheritdoc/>
    public override void Dispose() => _source.Dispose();

    private static string MessageOf(DbException e) => e is PostgresException met ? met.MessageText : e.Message;

    private static ArchiveException Unreachable(string path, Exception e) => new("CH0430", $"{path}: the server cannot be reached or went away ({(e.InnerException ?? e).Message.TrimEnd('.')}); is it running, and are host and port right? What was added before is kept.", e);

    private static NpgsqlConnectionStringBuilder SettingsOf(string path)
    {
        try
        {
            var settings = path.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) ? FromAddress(new(path)) : new NpgsqlConnectionStringBuilder(path);
            settings.ApplicationName ??= "chancery";
            settings.IncludeErrorDetail = false;
            // To compile a question takes longer than to answer it with a page.
            if (settings.Options is null && Environment.GetEnvironmentVariable("PGOPTIONS") is null)
                settings.Options = "-c jit=off";
            // No command leaves anything behind in its connection.
            if (!settings.ContainsKey("No Reset On Close"))
                settings.NoResetOnClose = true;
            // The same few hundred commands again and again.
            if (!settings.ContainsKey("Max Auto Prepare"))
                (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (300, 2);
            // A network that was cut must not keep anybody waiting for ever.
            if (!settings.ContainsKey("Keepalive"))
                settings.KeepAlive = 15;
            if (!settings.ContainsKey("Timeout"))
                settings.Timeout = 10;
            if (!settings.ContainsKey("Command Timeout"))
                settings.CommandTimeout = 120;
            return settings;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            throw new ArchiveException("CH0434", $"--archive: not how a PostgreSQL server is written ({e.Message.TrimEnd('.')}); write it as Host=db.example;Database=chancery;Username=chancery or postgresql://chancery@db.example/chancery", e);
        }
    }

    private static NpgsqlConnectionStringBuilder FromAddress(Uri address)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = address.Host, Database = Uri.UnescapeDataString(address.AbsolutePath.Trim('/')) is { Length: > 0 } database ? database : null };
        if (address.Port > 0)
            settings.Port = address.Port;
        if (address.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var password])
            (settings.Username, settings.Password) = (Uri.UnescapeDataString(user), password.Length > 0 ? Uri.UnescapeDataString(password[0]) : null);
        foreach (var option in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = option.Split('=', 2) is [var n, var v] ? (n, Uri.UnescapeDataString(v)) : (option, "");
            settings[name switch { "sslmode" => "SSL Mode", "sslrootcert" => "Root Certificate", "application_name" => "Application Name", "search_path" => "Search Path", _ => name }] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        return settings;
    }

    private void Migrate(bool create)
    {
        using var connection = _source.OpenConnection();
        var version = VersionOf(connection);
        if (version is null && !create)
            throw new ArchiveException("CH0402", $"{Path}: there is no archive yet; add reports to it with: chancery add FILE…");
        _isReadOnly = Scalar<bool>(connection, "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean") || (version is not null && !Scalar<bool>(connection, "SELECT has_table_privilege('document', 'INSERT')"));
        if (version == NewestVersion)
            return;
        if (version > NewestVersion)
            throw new ArchiveException("CH0404", string.Create(CultureInfo.InvariantCulture, $"{Path}: made by a newer Chancery (format {version}, this one knows {NewestVersion}); use that one."));
        if (_isReadOnly)
            throw new ArchiveException("CH0405", $"{Path}: cannot be written, and is missing or of an older format that must be brought up to date; use an account that may.");
        using var transaction = connection.BeginTransaction();
        // Several may open it at the same moment: one brings it up to date, all others wait for that.
        Scalar<object>(connection, $"SELECT pg_advisory_xact_lock({LockClass}, {Migrating} + (hashtext(current_schema()) & -256))");
        version = VersionOf(connection);
        if (version is null && Scalar<long>(connection, "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')") > 0)
            throw new ArchiveException("CH0403", $"{Path}: a database with tables of something else; name another, or a schema of its own with: Search Path=…");
        foreach (var (number, sql) in Migrations(MigrationsPrefix).Where(m => m.Version > (version ?? 0)).OrderBy(m => m.Version))
        {
            Run(connection, sql);
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"UPDATE archive_format SET version = {number}"));
        }
        transaction.Commit();
    }

    // Asked of the catalogue itself: what to_regclass said before the lock it may say from memory after it, when another has made the tables meanwhile.
    private static int? VersionOf(NpgsqlConnection connection) =>
        Scalar<bool>(connection, "SELECT EXISTS (SELECT FROM pg_class WHERE relname = 'archive_format' AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = ANY (current_schemas(false))))")
            ? Scalar<int>(connection, "SELECT version FROM archive_format") : null;

    private static T? Scalar<T>(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() is T value ? value : default;
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"^(postgres(ql)?://|(.*;)?\s*(host|server)\s*=)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ServerShape();
}
