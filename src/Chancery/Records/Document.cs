using System.Security.Cryptography;
using System.Text;

namespace Chancery.Records;

/// <summary>A report as it came in: its text and what is known of where it is from. Absent is null.</summary>
/// <param name="Id">Its name, by which records refer to it.</param>
/// <param name="Text">Its words; every span points into them.</param>
public sealed record Document(string Id, string Text)
{
    /// <summary>The headline.</summary>
    public string? Title { get; init; }

    /// <summary>Who published it.</summary>
    public string? Publisher { get; init; }

    /// <summary>Who wrote it, as the byline names them, in its order.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>When it was published, as EDTF (ISO 8601-2).</summary>
    public string? Published { get; init; }

    /// <summary>Where it can be read.</summary>
    public string? Url { get; init; }

    /// <summary>Its language as an ISO 639-1 code.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The SHA-256 of its text in UTF-8, in small hexadecimal digits, so that a citation outlives the archive.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}
