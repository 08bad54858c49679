using Dapper;

namespace Chancery.Archive.Databases;

/// <summary>What of an archive is found by its words.</summary>
internal enum Worded
{
    Documents,
    Statements,
    Actors,
    Issues,
}

/// <summary>The words of documents and statements, as the database keeps them to be found.</summary>
internal abstract class WordIndex
{
    public abstract void AddDocument(Commands commands, long id, string? title, string text);

    public abstract void AddStatements(Commands commands, IEnumerable<(long Id, string Text)> statements);

    public abstract void Remove(Commands commands, Worded what, long id);

    /// <summary>The numbers of what has some words, the best first.</summary>
    /// <param name="connection">Where to look.</param>
    /// <param name="what">Documents or statements.</param>
    /// <param name="words">Alternatives of words that must all be there; never empty.</param>
    /// <param name="limit">The most.</param>
    /// <param name="skip">How many to leave out.</param>
    /// <param name="only">From the SQL of a number to a further condition on it, which begins with AND; null for none.</param>
    /// <param name="values">The values of the condition.</param>
    public abstract List<long> Find(ArchiveConnection connection, Worded what, IReadOnlyList<IReadOnlyList<SoughtWord>> words, int limit, int skip, Func<string, string>? only = null, DynamicParameters? values = null);

    /// <summary>The SQL for the numbers of actors or issues whose names have words that begin as <c>@words</c> says.</summary>
    public abstract string With(Worded what);

    /// <summary>What <c>@words</c> is for a name or a part of one; empty where there is no word in it.</summary>
    public abstract string Beginnings(string name);
}

/// <summary>A word or phrase that is looked for.</summary>
/// <param name="Words">As it was typed, without quotation marks.</param>
/// <param name="Begins">Whether the last word may go on.</param>
internal readonly record struct SoughtWord(string Words, bool Begins);
