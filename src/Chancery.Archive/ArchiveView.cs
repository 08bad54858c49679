namespace Chancery.Archive;

/// <summary>The lists that an archive keeps over all its records.</summary>
public enum ArchiveView
{
    /// <summary>Events in order.</summary>
    Timeline = 1,

    /// <summary>Who said what, on whose word.</summary>
    Statements = 2,

    /// <summary>Visits, meetings, calls, negotiations, summits and speeches.</summary>
    Diary = 3,

    /// <summary>Sanctions, restrictions, tariffs and the like, and their lifting.</summary>
    Measures = 4,

    /// <summary>What each actor holds on each issue.</summary>
    Positions = 5,

    /// <summary>Accusations with their answers, and words against deeds.</summary>
    Disputes = 6,
}

/// <summary>By what entries are found. The numbers are in archives: never change one.</summary>
public enum Facet
{
    /// <summary>The actor who does or says it.</summary>
    Who = 2,

    /// <summary>The actor to whom it is done or said.</summary>
    With = 3,

    /// <summary>The actor on whose word it is.</summary>
    WordOf = 4,

    /// <summary>The type of an event, kind of a measure or dispute, act of a statement, occasion of the diary.</summary>
    Kind = 5,

    /// <summary>The status, or the stance.</summary>
    Status = 6,

    /// <summary>The name of the place.</summary>
    Place = 7,

    /// <summary>The country of the place.</summary>
    PlaceCountry = 8,

    /// <summary>Who published a report of it.</summary>
    Publisher = 9,

    /// <summary><c>claimed</c> or <c>own</c>: whether a source or the reporter says so.</summary>
    Voice = 10,

    /// <summary>The country of those on whose word it is.</summary>
    CountryOfWordOf = 11,

    /// <summary>The country of who does or says it.</summary>
    CountryOfWho = 12,

    /// <summary>The country of those to whom it is done or said.</summary>
    CountryOfWith = 13,

    /// <summary>The issue of a position.</summary>
    Issue = 14,

    /// <summary><c>confirmed</c>, <c>edited</c>: what people decided.</summary>
    Corrected = 15,

    /// <summary><c>contradicted</c> where some reports say it did not happen.</summary>
    Agreement = 16,
}
