using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Chancery.Formats.Intake;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

public class PdfTests
{
    private const string One = "The envoys of Ruritania and Freedonia met in Geneva on Monday to speak about the closed border, and agreed to meet again in the month of May.";
    private const string Two = "Trade between the two neighbours has fallen by half since the border was closed last autumn, according to the chamber of commerce.";
    private const string Three = "Farmers on both sides had asked for the crossings to be opened before the harvest, which is expected to begin early this year.";
    private const string Four = "No soldiers were seen in the hills on Monday, and the shepherds said that the nights had been quiet for more than a week.";

    /// <summary>Sets text in a column as a compositor would, with a hyphen where asked.</summary>
    private static double Set(PdfPageBuilder page, PdfDocumentBuilder.AddedFont font, string text, double left, double top, double width, double indent = 0, double size = 10)
    {
        var (line, y) = ("", top);
        foreach (var word in text.Split(' '))
        {
            var next = line.Length == 0 ? word : $"{line} {word}";
            var room = width - (y == top ? indent : 0);
            if (page.MeasureText(next, size, new PdfPoint(0, 0), font)[^1].EndBaseLine.X > room)
            {
                page.AddText(line, size, new PdfPoint(left + (y == top ? indent : 0), y), font);
                (line, y) = (word, y - size * 1.2);
            }
            else
            {
                line = next;
            }
        }
        page.AddText(line, size, new PdfPoint(left + (y == top ? indent : 0), y), font);
        return y - size * 1.2;
    }

    private static byte[] Build(Action<PdfDocumentBuilder, PdfDocumentBuilder.AddedFont> write)
    {
        var builder = new PdfDocumentBuilder();
        write(builder, builder.AddStandard14Font(Standard14Font.TimesRoman));
        return builder.Build();
    }

    [Fact]
    public void Paragraphs_are_put_together()
    {
        var pdf = Build((b, font) =>
        {
            b.DocumentInformation.Title = "Envoys meet";
            b.DocumentInformation.Author = "Anna Holm";
            b.DocumentInformation.CreationDate = "D:20240410233000-04'00'";
            var page = b.AddPage(PageSize.A4);
            var y = Set(page, font, One, 70, 760, 450);
            y = Set(page, font, Two, 70, y - 10, 450);
            Set(page, font, Three, 70, y - 10, 450);
        });
        var (document, problem) = Assert.Single(Reading.All(pdf, "reports/geneva.pdf"));
        Assert.Null(problem);
        Assert.Equal($"Envoys meet\n\n{One}\n\n{Two}\n\n{Three}", document!.Text);
        Assert.Equal(("geneva", "Envoys meet", "2024-04-10", "Anna Holm"), (document.Id, document.Title, document.Published, Assert.Single(document.Authors)));
    }

    [Fact]
    public void Columns_are_read_one_after_the_other()
    {
        var pdf = Build((b, font) =>
        {
            var page = b.AddPage(PageSize.A4);
            var left = Set(page, font, One, 60, 760, 220);
            Set(page, font, Two, 60, left, 220, indent: 12);
            var right = Set(page, font, Three, 310, 760, 220);
            Set(page, font, Four, 310, right, 220, indent: 12);
        });
        Assert.Equal(string.Join("\n\n", One, Two, Three, Four), Assert.Single(Reading.All(pdf, "a.pdf")).Document!.Text);
    }

    [Fact]
    public void Running_heads_and_page_numbers_go_and_sentences_go_on()
    {
        var pdf = Build((b, font) =>
        {
            string[] texts = [One, Two, Three];
            for (var i = 0; i < 3; i++)
            {
                var page = b.AddPage(PageSize.A4);
                page.AddText($"THE COURIER, {10 + i} April 2024", 8, new PdfPoint(70, 810), font);
                page.AddText($"- {i + 1} -", 8, new PdfPoint(290, 30), font);
                var words = texts[i].Split(' ');
                Set(page, font, i == 0 ? One + " She said that the" : i == 1 ? "talks would go on. " + Two : Three, 70, 760, 450);
                Assert.True(words.Length > 5);
            }
        });
        Assert.Equal($"{One} She said that the talks would go on. {Two}\n\n{Three}", Assert.Single(Reading.All(pdf, "a.pdf")).Document!.Text);
    }

    [Fact]
    public void Divided_words_are_mended()
    {
        var pdf = Build((b, font) =>
        {
            var page = b.AddPage(PageSize.A4);
            string[] lines = ["The ministers of both countries spoke of co-operation and of a cease-fire, and the repre-", "sentatives of the farmers asked that the cease-", "fire should last. They met at Stratford-upon-", "Avon."];
            for (var i = 0; i < lines.Length; i++)
                page.AddText(lines[i], 10, new PdfPoint(70, 760 - 12 * i), font);
        });
        Assert.Equal("The ministers of both countries spoke of co-operation and of a cease-fire, and the representatives of the farmers asked that the cease-fire should last. They met at Stratford-upon-Avon.",
            Assert.Single(Reading.All(pdf, "a.pdf")).Document!.Text);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_told_apart()
    {
        var good = Build((b, font) => Set(b.AddPage(PageSize.A4), font, One, 70, 760, 450));
        Assert.Equal("CH0330", Reading.Refused(Locked(), "a.pdf").Code);
        Assert.Equal("CH0331", Reading.Refused("%PDF-1.7\nnothing of the kind", "a.pdf").Code);
        Assert.Equal("CH0331", Reading.Refused(good[..(good.Length / 3)], "a.pdf").Code);
        Assert.Equal("CH0332", Reading.Refused(Build((b, _) => b.AddPage(PageSize.A4)), "a.pdf").Code);
        Assert.Equal("CH0333", Reading.Refused(Build((b, _) => { for (var i = 0; i < 4; i++) b.AddPage(PageSize.A4); }), "a.pdf", new() { MostPages = 3 }).Code);
    }

    [Fact]
    public void A_pdf_with_a_wrong_ending_is_read()
    {
        var good = Build((b, font) => Set(b.AddPage(PageSize.A4), font, One, 70, 760, 450));
        Assert.Equal(One, Assert.Single(Reading.All(good, "a.txt")).Document!.Text);
    }

    [Fact]
    public void Damage_anywhere_is_a_document_or_a_problem()
    {
        var good = Build((b, font) => Set(b.AddPage(PageSize.A4), font, One, 70, 760, 450));
        var chance = new Random(7);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 60; i++)
        {
            var bad = (byte[])good.Clone();
            for (var n = 0; n < 20; n++)
                bad[chance.Next(10, bad.Length)] = (byte)chance.Next(256);
            var (document, problem) = Assert.Single(Reading.All(bad, "a.pdf", new() { LongestTime = TimeSpan.FromSeconds(5) }));
            Assert.True(document is null != problem is null);
        }
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
    }

    [Fact]
    public void A_file_that_unpacks_without_end_is_refused()
    {
        var packed = new MemoryStream();
        using (var to = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 300; i++)
                to.Write(new byte[1 << 20]);
        var stream = $"<< /Length {packed.Length} /Filter /FlateDecode >>\nstream\n{Encoding.Latin1.GetString(packed.ToArray())}\nendstream";
        Assert.Equal("CH0333", Reading.Refused(Made("", stream), "a.pdf").Code);
    }

    /// <summary>A file that says it is encrypted, with a password that nobody knows.</summary>
    private static byte[] Locked() => Made("/Encrypt 4 0 R", $"<< /Filter /Standard /V 1 /R 2 /O <{new string('A', 64)}> /U <{new string('B', 64)}> /P -4 >>");

    /// <summary>A file of one page put together by hand; its fourth object is what a test says, and the page's content.</summary>
    private static byte[] Made(string trailer, string fourth)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>", fourth,
        ];
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(file.Length);
            file.Append($"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var start = file.Length;
        file.Append("xref\n0 5\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            file.Append($"{offset:0000000000} 00000 n \n");
        file.Append($"trailer\n<< /Size 5 /Root 1 0 R {trailer} /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }
}
