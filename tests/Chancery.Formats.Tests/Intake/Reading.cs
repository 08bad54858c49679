using System.IO.Compression;
using System.Text;
using Chancery.Formats.Intake;
using Chancery.Records;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

/// <summary>Reads what a test wrote.</summary>
internal static class Reading
{
    public static List<(Document? Document, Problem? Problem)> All(string text, string name, IntakeOptions? options = null, string? mediaType = null) =>
        All(Encoding.UTF8.GetBytes(text), name, options, mediaType);

    public static List<(Document? Document, Problem? Problem)> All(byte[] bytes, string name, IntakeOptions? options = null, string? mediaType = null) =>
        [.. DocumentReader.Read(new MemoryStream(bytes), name, mediaType, options)];

    public static Document One(string text, string name, IntakeOptions? options = null, string? mediaType = null)
    {
        var (document, problem) = Assert.Single(All(text, name, options, mediaType));
        Assert.Null(problem);
        return document!;
    }

    public static Problem Refused(string text, string name, IntakeOptions? options = null) => Refused(Encoding.UTF8.GetBytes(text), name, options);

    public static Problem Refused(byte[] bytes, string name, IntakeOptions? options = null)
    {
        var (document, problem) = Assert.Single(All(bytes, name, options));
        Assert.Null(document);
        Assert.StartsWith(name, problem!.Message, StringComparison.Ordinal);
        return problem;
    }

    public static byte[] Packed(string text)
    {
        var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return to.ToArray();
    }
}
