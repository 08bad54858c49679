using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace Chancery.Archive.Databases;

/// <summary>
/// The database in which an archive lies. SQL is written once, in what SQLite and PostgreSQL have in common; what they do not have
/// in common is here.
/// </summary>
internal abstract class ArchiveDatabase : IDisposable
{
    /// <summary>The file or the server's address, as people are told it: never with a password.</summary>
    public abstract string Path { get; }

    /// <summary>Whether nothing may be written.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>Whether several may write at the same moment.</summary>
    public abstract bool ManyWrite { get; }

    /// <summary>The words by which documents and statements are found.</summary>
    public abstract WordIndex Words { get; }

    /// <summary>The SQL for how many documents an actor <c>a</c> is in.</summary>
    public abstract string DocumentsOfActor { get; }

    /// <summary>The SQL for number, office and why of the latest appearances of some actors, <c>@ids</c>, of each at least <c>@most</c> where there are so many.</summary>
    public abstract string LatestAppearances { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="path">The file, or how to reach a PostgreSQL server: <c>Host=…</c> or <c>postgresql://…</c>.</param>
    /// <param name="create">Whether a missing archive is made.</param>
    /// <exception cref="ArchiveException">It is no archive, newer than this program, missing, or cannot be written.</exception>
    public static ArchiveDatabase Open(string path, bool create) => PostgresDatabase.IsMeant(path) ? PostgresDatabase.OpenServer(path, create) : SqliteDatabase.OpenFile(path, create);

    /// <summary>A connection for reading, open.</summary>
    /// <param name="pooled">Whether it may be one that was used before.</param>
    public abstract ArchiveConnection Connect(bool pooled = true);

    /// <summary>A connection for writing.</summary>
    public abstract Commands Write();

    /// <summary>What the database met, in words that say what to do.</summary>
    public abstract ArchiveException Explain(DbException e);

    /// <summary>Whether the database itself is damaged, so that nothing in it can be looked at.</summary>
    public abstract bool IsDamage(DbException e);

    /// <summary>The newest format that this program knows.</summary>
    public abstract int NewestFormat { get; }

    /// <summary>The number of the archive's format, and its size in bytes.</summary>
    public abstract (int Format, long Bytes) Measure(ArchiveConnection connection);

    /// <summary>What is wrong with the database itself.</summary>
    public abstract IEnumerable<string> Faults(ArchiveConnection connection);

    /// <summary>A number that is another one after anybody has changed the archive.</summary>
    public abstract long Revision();

    /// <summary>Writes a copy of the whole archive to a new SQLite file.</summary>
    public abstract void Backup(string path);

    /// <summary>What helps an archive into which much was copied at once.</summary>
    public virtual void AfterCopy()
    {
    }

    /// <summary>The SQL for a field of a JSON text.</summary>
    public abstract string JsonField(string column, string field);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The steps by which an archive comes to the newest format.</summary>
    /// <param name="prefix">Of which database.</param>
    protected static IEnumerable<(int Version, string Sql)> Migrations(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (int.Parse(name.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture), reader.ReadToEnd());
        }
    }
}
