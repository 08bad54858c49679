using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>By what a page is asked for again, so that it is sent only where it has changed.</summary>
/// <param name="ETag">What the site calls this version, as it was sent.</param>
/// <param name="LastModified">When the site says it was changed, as it was sent.</param>
public sealed record Validators(string? ETag, string? LastModified);

/// <summary>What came of a request.</summary>
public abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>The answer.</summary>
    /// <param name="Address">Where it came from, after redirects.</param>
    /// <param name="Bytes">The answer, unpacked.</param>
    /// <param name="MediaType">What the site says it is, with its charset; null where it does not say.</param>
    /// <param name="Validators">By what to ask for it again.</param>
    public sealed record Found(Uri Address, byte[] Bytes, string? MediaType, Validators Validators) : FetchResult;

    /// <summary>It has not changed since.</summary>
    public sealed record Unchanged : FetchResult;

    /// <summary>It cannot be had.</summary>
    /// <param name="Problem">Why.</param>
    /// <param name="Again">How long to leave the site alone; null where trying again is of no use.</param>
    public sealed record Refused(Problem Problem, TimeSpan? Again) : FetchResult;
}
