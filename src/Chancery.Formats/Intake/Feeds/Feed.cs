using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>A feed: RSS 0.9x, 1.0 or 2.0, or Atom.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Link">The page that it is of.</param>
/// <param name="Items">What it lists, in its order; each id once.</param>
/// <param name="Faults">What was wrong with it where something could still be read (CH0353, CH0355).</param>
public sealed record Feed(string? Title, Uri? Link, IReadOnlyList<FeedItem> Items, IReadOnlyList<Problem> Faults)
{
    /// <summary>The largest feed that is taken, in bytes: 16 MiB.</summary>
    public const int Largest = 16 << 20;

    /// <summary>The most items that are taken of one feed.</summary>
    public const int MostItems = 5000;

    /// <summary>
    /// Reads a feed. Common faults are mended: white space before the XML declaration, a wrong encoding in it, HTML's entities, bare
    /// ampersands, control characters, prefixes without a namespace. A document type with declarations is refused, so no entity is ever
    /// expanded.
    /// </summary>
    /// <param name="stream">The feed.</param>
    /// <param name="address">Where it is from: completes addresses in it, and names it in messages.</param>
    public static (Feed? Feed, Problem? Problem) Parse(Stream stream, Uri address)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(address);
        return new PeekedStream(stream).ReadAll(Largest, CancellationToken.None) is { } bytes
            ? FeedReader.Read(bytes, address)
            : (null, new("CH0353", $"{address}: larger than {Largest / (1 << 20)} MiB, which no feed is; check the address."));
    }
}

/// <summary>An entry of a feed. Absent is null.</summary>
/// <param name="Id">Its guid or id; where it has none its link, else the hash of its title and text.</param>
public sealed record FeedItem(string Id)
{
    /// <summary>Where the report is.</summary>
    public Uri? Link { get; init; }

    /// <summary>The headline, as plain text.</summary>
    public string? Title { get; init; }

    /// <summary>The day it was published, as EDTF, as it is written.</summary>
    public string? Published { get; init; }

    /// <summary>The day it was changed, as EDTF, as it is written.</summary>
    public string? Updated { get; init; }

    /// <summary>The last date given, letter for letter, to tell whether the entry has changed.</summary>
    public string? Revision { get; init; }

    /// <summary>Who wrote it.</summary>
    public string? Author { get; init; }

    /// <summary>A summary, as HTML.</summary>
    public string? Summary { get; init; }

    /// <summary>The full text where the feed has it, as HTML.</summary>
    public string? Content { get; init; }
}
