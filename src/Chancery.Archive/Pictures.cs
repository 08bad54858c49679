using Chancery.Archive.Queries;
using Chancery.Views;
using Dapper;

namespace Chancery.Archive;

/// <summary>What is drawn of an archive: networks, maps, tables, courses of time. Each piece leads to entries.</summary>
public static class Pictures
{
    /// <summary>The relations with most events in a stretch of time, by whole months.</summary>
    /// <param name="archive">Of which archive.</param>
    /// <param name="from">A day of the first month.</param>
    /// <param name="to">A day of the last.</param>
    /// <param name="actor">Whose; null for all.</param>
    /// <param name="limit">The most relations.</param>
    /// <exception cref="ArchiveException">There is nobody of that name.</exception>
    public static IReadOnlyList<Relation> Network(this Archive archive, DateOnly from, DateOnly to, string? actor, int limit)
    {
        ArgumentNullException.ThrowIfNull(archive);
        static int Month(DateOnly day) => (day.Year * 12) + day.Month - 1;
        return archive.Read(c => new PairTimes(c, new(c, archive.Words, archive.Lexicon), new(c, archive.Words, archive.Lexicon)).Of(Month(from), Month(to), actor, limit));
    }

    /// <summary>The places with most events. Where a filter asks for more than days, only the newest events that fit are counted.</summary>
    /// <exception cref="ArchiveException">The filter names somebody or something that the archive does not have.</exception>
    public static IReadOnlyList<PlaceCount> Places(this Archive archive, ArchiveFilter filter, int limit)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(filter);
        return archive.Read(c => new PlaceCounts(c, new(c, archive.Words, archive.Lexicon)).Of(filter, limit));
    }

    /// <summary>Who holds what on which issue.</summary>
    /// <param name="archive">Of which archive.</param>
    /// <param name="actor">Whose positions, a state's people and bodies with it; null for those with most.</param>
    /// <param name="issue">A part of the issues' names; null for those on which most hold something.</param>
    /// <param name="rows">The most actors.</param>
    /// <param name="columns">The most issues.</param>
    /// <exception cref="ArchiveException">There is nobody of that name.</exception>
    public static PositionTable PositionTable(this Archive archive, string? actor, string? issue, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return archive.Read(c => new PositionTables(c, new(c, archive.Words, archive.Lexicon), new(c, archive.Words, archive.Lexicon), archive.Lexicon.Value).Of(actor, issue, rows, columns));
    }

    /// <summary>The tellings of an entry by its number, in the order in which they were published.</summary>
    public static IReadOnlyList<ToldIn> Tellings(this Archive archive, long item, int limit, int skip = 0)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return archive.Read(c => new ItemTellings(c).Of(item, limit, skip));
    }

    /// <summary>Actors of a name; else those whose names have words that begin so, those in most documents first.</summary>
    public static IReadOnlyList<ArchiveActor> WellKnown(this Archive archive, string name, int limit)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(name);
        var keys = archive.Read(c =>
        {
            var numbers = new FacetFilter(c, archive.Words, archive.Lexicon).ActorsNamed(name, limit);
            return c.Query<string>("SELECT key FROM actor WHERE id IN @numbers ORDER BY documents + 0 DESC, id", new { numbers }).AsList();
        });
        return [.. keys.Select(archive.Actor).OfType<ArchiveActor>()];
    }

    /// <summary>The offices of an actor as reports show them, and its events by month; null where nobody has the key.</summary>
    public static ActorCourse? Course(this Archive archive, string key)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return archive.Read(c => c.Query<(long Id, string Kind)>("SELECT id, kind FROM actor WHERE documents > 0 AND key = @key", new { key }).FirstOrDefault() is { Id: > 0 } actor
            ? new ActorCourse(actor.Kind == "person" ? new ActorTimes(c).Offices(actor.Id) : [], new ActorTimes(c).Events(actor.Id)) : null);
    }
}

/// <summary>How many events happened at a place.</summary>
/// <param name="Place">The usual name.</param>
/// <param name="Country">ISO 3166-1 alpha-3.</param>
/// <param name="Position">Degrees north and east (WGS 84); null of a country.</param>
/// <param name="Events">How many.</param>
public sealed record PlaceCount(string Place, string? Country, (double Latitude, double Longitude)? Position, int Events);

/// <summary>Positions of actors on issues.</summary>
/// <param name="Actors">Those with most positions first.</param>
/// <param name="Issues">Those of the lexicon first, then those on which most hold something.</param>
/// <param name="Cells">What there is; not every actor holds something on every issue.</param>
public sealed record PositionTable(IReadOnlyList<ViewActor> Actors, IReadOnlyList<string> Issues, IReadOnlyList<PositionCell> Cells);

/// <summary>The position of one actor on one issue.</summary>
/// <param name="Actor">The key of the actor.</param>
/// <param name="Issue">The issue.</param>
/// <param name="Entry">The number of the entry of the view of positions.</param>
/// <param name="Stance">supports, opposes, neutral or ambivalent.</param>
/// <param name="Counts">How often, by stance.</param>
/// <param name="Since">The first day on which it was reported.</param>
/// <param name="Latest">The last.</param>
public sealed record PositionCell(string Actor, string Issue, long Entry, string Stance, IReadOnlyDictionary<string, int> Counts, DateOnly? Since, DateOnly? Latest);

/// <summary>An entry as one document tells it.</summary>
/// <param name="Document">The key of the document.</param>
/// <param name="Title">Its headline.</param>
/// <param name="Publisher">Who published it.</param>
/// <param name="Published">When, EDTF.</param>
/// <param name="Copies">How many copies of it there are.</param>
/// <param name="Entry">The statement or event of its record.</param>
/// <param name="Status">The status or stance that it tells; of words against deeds, <c>word</c> or <c>deed</c>.</param>
/// <param name="Words">The words.</param>
public sealed record ToldIn(string Document, string? Title, string? Publisher, string? Published, int Copies, string? Entry, string? Status, IReadOnlyList<Evidence> Words);

/// <summary>One actor over time.</summary>
/// <param name="Offices">The offices in which reports show it, the earliest first.</param>
/// <param name="Events">Its events by month, the first first.</param>
public sealed record ActorCourse(IReadOnlyList<OfficeSeen> Offices, IReadOnlyList<MonthCount> Events);

/// <summary>An office in which reports show somebody.</summary>
/// <param name="Office">The office.</param>
/// <param name="First">The day of the first report that does.</param>
/// <param name="Last">The day of the last.</param>
/// <param name="Reports">How many do.</param>
public sealed record OfficeSeen(string Office, DateOnly First, DateOnly Last, int Reports);

/// <summary>How many there are in a month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Events">How many.</param>
public sealed record MonthCount(DateOnly Month, int Events);
