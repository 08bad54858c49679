using System.Data.Common;

namespace Chancery.Archive.Databases;

/// <summary>Commands of one connection that writes, each prepared once: adding a document runs a hundred of them.</summary>
/// <remarks>Values are <c>@1</c>, <c>@2</c> …; a list of numbers or words goes after <c>IN</c>.</remarks>
internal abstract class Commands : IDisposable
{
    /// <summary>The words by which documents and statements are found.</summary>
    public abstract WordIndex Words { get; }

    /// <summary>Whether its connection still stands.</summary>
    public virtual bool IsOpen => true;

    /// <summary>Whether it is a way to the database and back, so that much is to be asked at once.</summary>
    public abstract bool IsFar { get; }

    /// <summary>How many groups are merged in one transaction: the more, the fewer pages are written for each; the fewer, the sooner another who writes has his turn.</summary>
    public abstract int GroupsAtOnce { get; }

    /// <summary>A number for a new entry; null where the database gives it when the entry is written.</summary>
    public abstract long? NewItem();

    /// <summary>Runs a command of which nothing is to be known but that it succeeds, at the latest when the transaction ends.</summary>
    public abstract void Run(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Runs a command once for each row of values. No two rows are about the same.</summary>
    public virtual void RunAll(string sql, IEnumerable<object?[]> rows)
    {
        foreach (var row in rows)
            Run(sql, row);
    }

    /// <summary>The rows that a command gives, run once for each row of values. No two rows are about the same.</summary>
    public virtual List<T> RowsOfAll<T>(string sql, Func<DbDataReader, T> row, IEnumerable<object?[]> rows) => [.. rows.SelectMany(r => Rows(sql, row, r))];

    /// <summary>The number that a command gives; null where it gives none.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values) => Rows(sql, r => r.IsDBNull(0) ? (long?)null : r.GetInt64(0), values) is [{ } number, ..] ? number : null;

    /// <summary>The rows that a command gives.</summary>
    public abstract List<T> Rows<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<object?> values);

    /// <summary>Does everything or nothing.</summary>
    /// <param name="work">May be done again from the start, where others got in the way.</param>
    public abstract T InTransaction<T>(Func<T> work);

    /// <summary>Does everything or nothing, and ends only when it is on the disk: what a person decided cannot be read anew from anywhere.</summary>
    public virtual T Lasting<T>(Func<T> work) => InTransaction(work);

    /// <summary>Until the transaction ends, changes that touch other documents wait; several may hold this at a time.</summary>
    public abstract void ShareArchive();

    /// <summary>Until the transaction ends, all others that write wait.</summary>
    public abstract void HaveArchive();

    /// <summary>Until the transaction ends, others who want one of these wait.</summary>
    public abstract void Have(IEnumerable<long> keys);

    /// <summary>Until the transaction ends, others who want to change one of these documents wait.</summary>
    public abstract void HaveDocuments(IEnumerable<long> ids);

    /// <summary>Writes down that groups of tellings are to be merged anew.</summary>
    public abstract void Mark(IEnumerable<(long Group, ArchiveView View)> groups);

    /// <summary>Writes down that the groups of a document's tellings are to be merged anew.</summary>
    public abstract void MarkAll(long document);

    /// <summary>Counts a document more or less of every actor in it.</summary>
    public abstract void CountActors(long document, int more);

    /// <summary>Groups to be merged now, which nobody else merges until the transaction ends; empty where there are none.</summary>
    /// <param name="most">How many.</param>
    public abstract List<(long Group, ArchiveView View)> TakeMarked(int most);

    /// <summary>For writing many rows at once.</summary>
    public abstract BulkRows Bulk();

    /// <summary>What is to be done before groups are taken, in transactions of its own.</summary>
    public virtual void BeforeMerging()
    {
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
