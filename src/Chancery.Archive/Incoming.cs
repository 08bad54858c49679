using Chancery.Records;

namespace Chancery.Archive;

/// <summary>A document on its way into an archive.</summary>
/// <param name="Document">The document.</param>
/// <param name="Record">What reading it found; null where it was not read.</param>
/// <param name="Note">Why it was not read, such as its language; null where it was.</param>
public sealed record Incoming(Document Document, Record? Record, string? Note = null);

/// <summary>What became of a document.</summary>
public enum Admission
{
    /// <summary>It is new.</summary>
    New,

    /// <summary>It is new, and a copy of another: one more report, but no more evidence.</summary>
    Copy,

    /// <summary>It is kept, but unread.</summary>
    Unread,

    /// <summary>It was there already.</summary>
    Known,
}
