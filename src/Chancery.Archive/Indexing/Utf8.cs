using System.Text;

namespace Chancery.Archive.Indexing;

/// <summary>The order of texts by their UTF-8 bytes, as both databases compare them.</summary>
internal static class Utf8
{
    public static int Compare(string one, string other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));
}
