using Chancery.Records;

namespace Chancery.Archive;

/// <summary>A document on its way into an archive.</summary>
/// <param name="Document">The document.</param>
/// <param name="Record">What reading it found; null where it was not read.</param>
/// <param name="Note">Why it was not read, such as its language; null where it was.</param>
public sealed record Incoming(Document Document, Record? Record, string? Note = null)
{
    /// <summary>Without an address that no browser should follow: whoever sends a report chooses it, and pages make it a link.</summary>
    internal Incoming WithWebAddress() => Document.Url is null && Record?.Document.Url is null || (IsWeb(Document.Url) && IsWeb(Record?.Document.Url))
        ? this
        : this with { Document = Safe(Document), Record = Record is null ? null : Record with { Document = Safe(Record.Document) } };

    private static Document Safe(Document document) => IsWeb(document.Url) ? document : document with { Url = null };

    private static bool IsWeb(string? url) => url is null || (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https");
}

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
