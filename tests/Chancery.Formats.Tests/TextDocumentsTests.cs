using System.Text;
using Chancery.Formats.Text;
using CsCheck;
using Xunit;

namespace Chancery.Formats.Tests;

public class TextDocumentsTests
{
    public static TheoryData<string, byte[], string> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes("Delcassé said “no”"), "Delcassé said “no”" },
        { "UTF-8 with a mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("é")], "é" },
        { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("é “")], "é “" },
        { "UTF-16, big end first", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("é “")], "é “" },
        { "Windows-1252", [0x93, (byte)'D', 0xE9, 0x94, 0x20, 0x96, 0x20, 0x80], "“Dé” – €" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Reads_text_in_the_encodings_that_reports_come_in(string encoding, byte[] bytes, string expected)
    {
        var (document, problem) = TextDocuments.Read(new MemoryStream(bytes), "d", encoding);
        Assert.Null(problem);
        Assert.Equal(expected, document!.Text);
    }

    [Fact]
    public void Any_bytes_are_a_document_or_a_problem() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var (document, problem) = TextDocuments.Read(new MemoryStream(bytes), "d", "any");
            return document is null != problem is null;
        });

    [Theory]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46, 0x00, 0x01 }, "CH0104")]
    [InlineData(new byte[] { }, "CH0105")]
    [InlineData(new byte[] { 0x20, 0x0A }, "CH0105")]
    [InlineData(new byte[] { 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65 }, "CH0103")]
    public void Says_what_is_wrong_with_a_file(byte[] bytes, string code)
    {
        var (document, problem) = TextDocuments.Read(new MemoryStream(bytes), "d", "reports/a.txt", largest: 16);
        Assert.Null(document);
        Assert.Equal(code, problem!.Code);
        Assert.StartsWith("reports/a.txt: ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem() => Assert.Equal("CH0101", TextDocuments.Read("no/such/file.txt").Problem!.Code);

    [Theory]
    [InlineData("Envoys meet\n\nGENEVA - They met.", "Envoys meet")]
    [InlineData("They met.\n\nThey left.", null)]
    [InlineData("One line", null)]
    [InlineData("They met and\nthey left.", null)]
    public void The_first_line_is_a_headline_where_it_stands_alone(string text, string? expected) =>
        Assert.Equal(expected, TextDocuments.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "d", "d").Document!.Title);
}
