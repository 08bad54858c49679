using System.Text;
using Chancery.Formats.Intake;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

public sealed class FilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chancery-intake").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Put(string name, string text = "They met.") => Put(name, Encoding.UTF8.GetBytes(text));

    private string Put(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private IEnumerable<string> Below(IntakeFiles found) => found.Files.Select(f => Path.GetRelativePath(_folder, f).Replace('\\', '/'));

    [Fact]
    public void Folders_and_patterns_give_the_same_files_in_the_same_order()
    {
        foreach (var name in (string[])["b.txt", "a/z.html", "a/y.jsonl.gz", "README.md", "a/readme.md", "a/picture.png", "note.md", "packed.gz", "c.dat"])
            Put(name);
        Assert.Equal(["a/y.jsonl.gz", "a/z.html", "b.txt", "note.md"], Below(IntakeFiles.Find([_folder])));
        Assert.Equal(["a/z.html"], Below(IntakeFiles.Find([Path.Combine(_folder, "**", "*.html")])));
        Assert.Equal(["b.txt"], Below(IntakeFiles.Find([Path.Combine(_folder, "?.txt"), Path.Combine(_folder, "*.txt")])));
        Assert.Equal(["c.dat", "b.txt"], Below(IntakeFiles.Find([Path.Combine(_folder, "c.dat"), Path.Combine(_folder, "b.txt"), Path.Combine(_folder, "c.dat")])));
        Assert.Equal(["a/y.jsonl.gz", "a/z.html"], Below(IntakeFiles.Find([Path.Combine(_folder, "a", "*")])));
        Assert.Empty(IntakeFiles.Find([_folder]).Problems);
    }

    [Theory]
    [InlineData("nowhere.txt", "CH0101")]
    [InlineData("*.pdf", "CH0106")]
    [InlineData("none/*.txt", "CH0106")]
    [InlineData("empty", "CH0106")]
    public void What_is_not_there_is_told(string name, string code)
    {
        Put("empty/picture.png");
        var found = IntakeFiles.Find([Path.Combine(_folder, name)]);
        Assert.Empty(found.Files);
        Assert.Equal(code, Assert.Single(found.Problems).Code);
    }

    [Theory]
    [InlineData("a.txt", "Envoys meet\n\nThey met.", "Envoys meet\n\nThey met.")]
    [InlineData("a.txt", "<!doctype html><title>Envoys meet</title><article><p>The envoys of both states met in Geneva on Monday to speak about the border, and agreed to meet again in the month of May, they said.</article>", "Envoys meet\n\nThe envoys of both")]
    [InlineData("a.csv", "<!-- saved --><html><title>Envoys meet</title><article><p>The envoys of both states met in Geneva on Monday to speak about the border, and agreed to meet again in the month of May, they said.</article>", null)]
    [InlineData("noending", "{\"text\":\"They met.\"}", "They met.")]
    [InlineData("a.md", "---\ntitle: \"Envoys: a meeting\"\ndate: 2024-04-10\nsource: The Courier\nauthors:\n  - Anna Holm\n  - Jon Reyes\n---\n# Envoys: a meeting\n\nThey **met** in [Geneva](https://x.example).\n\n- one\n- two\n\n![A door](door.jpg)\n", "Envoys: a meeting\n\nThey met in Geneva.\n\none\ntwo")]
    [InlineData("a.md", "# Envoys meet\n\nThey `met`.\nThen they left.", "Envoys meet\n\nThey met. Then they left.")]
    public void A_file_is_what_it_holds(string name, string text, string? expected)
    {
        var (document, problem) = DocumentReader.Read(Put(name, text)).First();
        Assert.Equal(expected is null, problem is not null);
        if (expected is not null)
            Assert.StartsWith(expected, document!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Front_matter_is_what_is_known_of_a_report()
    {
        var document = Reading.One("---\ntitle: Envoys meet\ndate: 10 April 2024\nsource: The Courier\nauthors: [Anna Holm, \"Jon Reyes\"]\nurl: https://x.example/a\nlang: en\n---\nThey met.\n", "a.md");
        Assert.Equal(("Envoys meet", "2024-04-10", "The Courier", "https://x.example/a", "en"), (document.Title, document.Published, document.Publisher, document.Url, document.Language));
        Assert.Equal(["Anna Holm", "Jon Reyes"], document.Authors);
    }

    [Fact]
    public void Quotations_inside_quotations_without_end_are_refused_or_read() =>
        Assert.Single(Reading.All(new string('>', 50_000) + " deep", "a.md"));

    [Fact]
    public void Packed_files_are_unpacked()
    {
        Assert.Equal(("news-1", "They met."), DocumentReader.Read(Put("news.jsonl.gz", Reading.Packed("{\"text\":\"They met.\"}"))).Select(r => (r.Document!.Id, r.Document.Text)).Single());
        Assert.Equal(("note", "They met."), DocumentReader.Read(Put("note.txt.gz", Reading.Packed("They met."))).Select(r => (r.Document!.Id, r.Document.Text)).Single());
        Assert.Equal("CH0103", DocumentReader.Read(Put("bomb.txt.gz", Reading.Packed(new string(' ', 5 << 20))), new() { LargestFile = 1 << 20 }).Single().Problem!.Code);
        var damaged = Reading.Packed(string.Concat(Enumerable.Range(0, 10_000)));
        damaged.AsSpan(200, 300).Fill(0xFF);
        Assert.Equal("CH0316", DocumentReader.Read(Put("cut.txt.gz", damaged)).Last().Problem!.Code);
    }

    public static TheoryData<string, byte[]> Strangers => new()
    {
        { "a.txt", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0] },
        { "a.html", [0x50, 0x4B, 3, 4, 0, 0, 0, 0] },
        { "a.csv", [0xD0, 0xCF, 0x11, 0xE0, 0, 0] },
        { "a.jsonl", [1, 2, 3, 4, 5, 6] },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void What_is_no_text_is_refused(string name, byte[] bytes) => Assert.Equal("CH0310", Reading.Refused(bytes, name).Code);

    [Fact]
    public void A_feed_is_no_report() => Assert.Equal("CH0317", Reading.Refused("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel/></rss>", "feed.html").Code);

    [Fact]
    public void A_file_that_is_not_there_is_a_problem() => Assert.Equal("CH0101", DocumentReader.Read(Path.Combine(_folder, "no.html")).Single().Problem!.Code);

    [Fact]
    public void Media_types_are_heard()
    {
        Assert.Equal("They met.", Reading.One("text\nThey met.\n", "https://x.example/download", mediaType: "text/csv").Text);
        var page = Reading.One("<body><main><p>They met. " + new string('a', 200), "https://x.example/a.html?b=c", mediaType: "text/html");
        Assert.Equal(("https://x.example/a.html?b=c", "https://x.example/a.html?b=c"), (page.Id, page.Url));
        Assert.StartsWith("They met.", Reading.One("<body><main><p>They met. " + new string('a', 200), "https://x.example/", mediaType: "text/html; charset=utf-8").Text, StringComparison.Ordinal);
    }
}
