using System.Security.Cryptography;
using System.Text;
using Chancery.Records;

namespace Chancery.Archive;

/// <summary>By what name a document goes in an archive: its own, and eight digits that tell it from others of that name.</summary>
public static class DocumentKey
{
    private const int LongestName = 60;

    /// <summary>The key of a document. The same text from the same place has the same, whenever and wherever it is added.</summary>
    public static string Of(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var name = new StringBuilder(LongestName);
        foreach (var c in document.Id)
        {
            if (name.Length == LongestName)
                break;
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '_')
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }
        var from = string.Join('\n', document.Sha256(), document.Url, document.Publisher, document.Published);
        return $"{name.ToString().Trim('-', '.')}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(from)))[..8]}".TrimStart('-');
    }
}
