namespace Chancery.Web.Serving;

/// <summary>How much anyone may ask for at once.</summary>
internal static class Limits
{
    /// <summary>Bytes of an upload.</summary>
    public const long LargestBody = 32L << 20;

    /// <summary>Entries of a page of a list.</summary>
    public const int PageSize = 50;

    /// <summary>The most entries of one page.</summary>
    public const int LargestPage = 500;

    /// <summary>Entries of a list that is downloaded.</summary>
    public const int LargestDownload = 100_000;

    /// <summary>Actors of a list that is downloaded; each is looked up by itself.</summary>
    public const int ActorDownload = 5000;

    /// <summary>Pieces of evidence that are shown of one entry.</summary>
    public const int MostWords = 50;

    /// <summary>Characters of one field of a query.</summary>
    public const int LongestField = 300;
}
